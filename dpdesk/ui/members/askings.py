"""What a person was asked, with which words, and what they said: a yes becomes a consent or permission in the same step."""

from __future__ import annotations

from dpdesk.domain.asking import CONFIRMATION, Answer, Asking, body_of, purposes
from dpdesk.domain.contacting import Method
from dpdesk.domain.roles import Right
from dpdesk.ui.members import sentences
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.given_entry import evidence, expires_on, given_on, methods, spec, wording
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, answer_name, day, field_name, method_name


class Askings(Block):
    """Every question, newest first; those without an answer may be answered here."""

    def draw(self, record: Record) -> None:
        """One entry for each."""
        self._record = record
        self._bodies = {each.code: each.name for each in self.page.context.session.policy.recipient_bodies}
        waiting = sum(each.answer is Answer.WAITING for each in record.askings)
        self.set_heading(_("Asked ({n} without an answer)", n=waiting) if waiting else _("Asked"))
        if not record.askings:
            self.say(_("Nobody has asked this person for a consent or permission, as far as the desk knows."))
        for each in record.askings:
            self._line(each)
        if self.page.may(Right.MEMBERS_EDIT):
            self.act(_("Record that they were asked…"), self.open_entry, icon="plus")

    def _line(self, each: Asking) -> None:
        name = sentences.purpose_words(each.purpose, self._bodies)
        if each.how == CONFIRMATION:
            self.item(_("{what}: confirmed in writing on {day}", what=name, day=day(each.asked_on)), [_by(each)], role="quiet")
            return
        said = (_("{what}: asked on {day}", what=name, day=day(each.asked_on)) if each.answer is Answer.WAITING
                else _("{what}: {answer} on {day}", what=name, answer=answer_name(each.answer.value).lower(), day=day(each.answered_on)))
        details = [_("Asked {how}, on {day}.", how=method_name(each.how).lower(), day=day(each.asked_on))
                   if each.answer is not Answer.WAITING else f"{method_name(each.how)}.",
                   _("With version {n} of the words.", n=each.version) if each.version else "", _by(each)]
        actions = []
        if each.answer is Answer.WAITING:
            if self.page.may(Right.MEMBERS_EDIT):
                actions.append(button(_("Said yes…"), lambda: self._ask_yes(each, name), role="quiet",
                                      name=_("They said yes: {what}", what=name)))
            if self.page.may(Right.STOPS_ADD):
                actions.append(button(_("Said no"), lambda: self._ask_no(each, name), role="quiet",
                                      name=_("They said no: {what}", what=name)))
        self.item(said, [" ".join(filter(None, details))], *actions, role="label" if actions else "")

    def open_entry(self) -> None:
        """Ask what they were asked."""
        from dpdesk.services.session import today
        every = [(code, sentences.purpose_words(code, self._bodies)) for code in purposes(self._bodies)]
        answers = [(answer.value, answer_name(answer.value)) for answer in (Answer.WAITING, Answer.NO)]
        self.ask(Entry(_("Record that they were asked"), _("The words in use are kept with it. A yes is recorded once it is there."),
                       [spec("purpose", "choice", "", every), spec("asked_on", "date"),
                        FieldSpec("method", field_name("how"), "choice", choices=tuple(methods())), spec("answer", "choice", "", answers)],
                       _("Record it"), self._asked, values={"asked_on": today().isoformat()}))

    def _asked(self, values: dict[str, str]) -> None:
        from dpdesk.services import asking
        question = asking.Question(values["purpose"], values["asked_on"], Method(values["method"]))
        reply = asking.Reply(Answer.NO, values["asked_on"]) if values["answer"] == Answer.NO else None
        self.page.write(lambda session, person: asking.ask(session, person, question, reply), _("It is recorded that they were asked."),
                        self)

    def _ask_yes(self, each: Asking, name: str) -> None:
        from dpdesk.services.session import today
        words = next((w.text for w in self._record.wordings.values() if w.id == each.wording_id), "")
        specs = [given_on(), wording(), expires_on(self.page)]
        if not body_of(each.purpose):
            specs.insert(2, evidence())
        self.ask(Entry(_("They said yes: {what}", what=name), _("It is recorded as a consent or permission in the same step."), specs,
                       _("Record the yes"), lambda values: self._answered(each, Answer.YES, values),
                       values={"given_on": today().isoformat(), "wording": words}))

    def _ask_no(self, each: Asking, name: str) -> None:
        from dpdesk.services.session import today
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("They said no: {what}?", what=name), _("An earlier yes ends with it, and nobody asks again for six months."),
                    _("Record the no"), lambda: self._answered(each, Answer.NO, {"given_on": today().isoformat()}))

    def _answered(self, each: Asking, answer: Answer, values: dict[str, str]) -> None:
        from dpdesk.services import asking
        reply = asking.Reply(answer, values["given_on"], values.get("wording", ""), values.get("evidence", ""),
                             values.get("expires_on", ""))
        said = _("Their yes is recorded.") if answer is Answer.YES else _("Their no is recorded.")
        self.page.write(lambda session, _person: asking.answer(session, each.id, reply), said, self)


def _by(each: Asking) -> str:
    return _("Recorded by {officer}.").format(officer=each.recorded_by) if each.recorded_by else ""
