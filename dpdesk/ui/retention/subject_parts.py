"""Parts of the page of one person's data: what can be done for them, and who was given their data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import WITHIN
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import RestrictionGround
from dpdesk.domain.subjects import Section as Held
from dpdesk.services.names import field_name
from dpdesk.services.subject_words import ground_name, section_name
from dpdesk.ui import theme
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, trn

if TYPE_CHECKING:
    from dpdesk.ui.retention.subject import SubjectPage


LISTED, LONGEST = 25, 400


def acts(page: SubjectPage, known: dict[str, Any]) -> QWidget:
    """Restrict, hold, hand on, erase: what the person may ask for besides a copy."""
    inside = QVBoxLayout()
    inside.setSpacing(theme.SPACE)
    inside.addWidget(text(_("What else they may ask for"), "label"))
    buttons = []
    person = page.who.person if page.who else ""
    if page.may(Right.SUBJECT_RESTRICT):
        if known["restricted"]:
            buttons.append(button(_("End the restriction…"), lambda: _ask_free(page), icon="unlock"))
        else:
            buttons.append(button(_("Restrict the use…"), lambda: _ask_restrict(page), icon="ban"))
    if page.who and page.who.electors and page.may(Right.MEMBERS_ERASE):
        buttons.append(button(_("Make their answers nameless…"), lambda: _ask_nameless(page), icon="x"))
    if person and page.may(Right.SUBJECT_PACK):
        buttons.append(button(_("Data for another controller…"), page.ask_portable, icon="download"))
    if person and page.may(Right.RETENTION_PLAN) and not known["holds"]:
        buttons.append(button(_("Hold from erasing…"), lambda: _ask_hold(page), icon="lock"))
    if person and page.context.session.may(Right.MEMBERS_SEE):
        buttons.append(button(_("Open the record"), lambda: page.context.go("member", {"id": person}), icon="user"))
    if person and page.may(Right.MEMBERS_ERASE):
        buttons.append(button(_("Erase…"), lambda: page.context.go("erase", {"ids": [person]}), role="danger"))
    for hold in known["holds"]:
        inside.addWidget(text(_("Held from erasing until {day}: {reason}", day=day(hold.review_on), reason=hold.reason), "warning"))
    for each in known["restricted"]:
        inside.addWidget(text(_("Restricted: {ground}. {reason}", ground=ground_name(each.ground.value), reason=each.reason), "warning"))
    inside.addWidget(flow(*buttons) if buttons else text(_("Nothing more in your role."), "quiet"))
    return card(inside)


def listed(found: Held) -> QWidget:
    """The records of one place, filled in when it is unfolded."""
    plain = [record for record in found.records if not record.shared]
    made = Section(_("{name} ({n})", name=section_name(found.code), n=len(plain)), open=False)

    def fill() -> None:
        if made.body.count():
            return
        for record in plain[:LISTED]:
            inside = QVBoxLayout()
            inside.addWidget(fact_list([(name, value[:LONGEST]) for name, value in record.values]))
            made.body.addWidget(card(inside))
        if len(plain) > LISTED:
            made.body.addWidget(text(trn("{n} more is in the pack.", "{n} more are in the pack.", len(plain) - LISTED), "quiet"))
    made.unfolded.connect(fill)
    return made


def told(page: SubjectPage, recipients: list[Any]) -> QWidget:
    """Who was given their data: they are told of a correction (S1 §8.6.g)."""
    section = Section(_("Who was given their data ({n})", n=len(recipients)), open=False)
    section.body.addWidget(text(_("When something is put right, erased or restricted, tell these, and write down that you did "
                                  "(S1 §8.6.g, §13.7; UK GDPR Art 19).") if recipients else _("No copy with their data left the desk."),
                                "quiet"))
    for each in recipients:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addWidget(text(_("{body}, {day}", body=each.body, day=day(each.on)), "label"))
        columns = ", ".join(map(field_name, each.columns))
        inside.addWidget(text(" ".join(part for part in (columns, "" if each.open else _("That copy is gone."), ) if part) or
                              _("A list with them on it.")))
        section.body.addWidget(card(inside))
    if page.may(Right.SUBJECT_PACK) and any(each.whom != WITHIN for each in recipients):
        section.body.addWidget(flow(button(_("Write to them…"), lambda: _ask_letters(page), icon="mail")))
    return section


def _ask_letters(page: SubjectPage) -> None:
    from dpdesk.services import subject_letters
    page.slot.ask(Entry(_("Write to whoever was given their data"), _(
        "A letter to each body outside the branch, with what it was given and when: one PDF, a letter a page. It is not encrypted, and "
        "goes on the list of copies."), [
        FieldSpec("correction_how", _("What became of it"), "choice",
                  choices=tuple((code, _(name)) for code, (name, _said) in subject_letters.HOW.items())),
        FieldSpec("correction_what", _("What is right now"), "long", _(
            "As they are to write it; for what was erased or held back: which data."), longest=subject_letters.LONGEST)],
        _("Choose where…"), lambda values: _letters(page, values)))


def _letters(page: SubjectPage, values: dict[str, str]) -> None:
    if not values["correction_what"].strip():
        page.slot.show_problems(Invalid({"correction_what": "missing"}))
        return
    page.ask_letters(values["correction_how"], values["correction_what"])


def _ask_restrict(page: SubjectPage) -> None:
    from dpdesk.services import restrictions
    session, person = page.context.session, page.who.key if page.who else ""
    page.slot.ask(Entry(_("Restrict the use of their data"), _(
        "From now on it is only stored: they are in no list and no search of others, on no sheet, get no e-mail, and nobody is told of "
        "them."), [
        FieldSpec("ground", _("Ground"), "choice", choices=tuple((each.value, ground_name(each.value)) for each in RestrictionGround)),
        FieldSpec("reason", _("What they say"), "long", longest=500)], _("Restrict it"),
        lambda values: page.write(lambda: restrictions.restrict(session, person, values["ground"], values["reason"]),
                                  lambda _made: _("The use is restricted, everywhere at once."))))


def _ask_free(page: SubjectPage) -> None:
    from dpdesk.services import restrictions
    session, person = page.context.session, page.who.key if page.who else ""
    page.slot.ask(Entry(_("End the restriction"), _("Tell them first (UK GDPR Art 18(3))."), [
        FieldSpec("reason", _("How it was settled, and when they were told"), "long", longest=500)], _("End it"),
        lambda values: page.write(lambda: restrictions.free(session, person, values["reason"]),
                                  lambda _none: _("The restriction is ended."))))


def _ask_hold(page: SubjectPage) -> None:
    from dpdesk.services import holds
    session, person = page.context.session, page.who.person if page.who else ""
    page.slot.ask(Entry(_("Hold from erasing"), _("Nothing of them is erased until the hold is ended."), [
        FieldSpec("reason", _("Why"), "long", longest=500), FieldSpec("review_on", _("Looked at again on"), "date")], _("Hold"),
        lambda values: page.write(lambda: holds.place(session, values["reason"], values["review_on"], person=person),
                                  lambda _made: _("They are on hold."))))


def _ask_nameless(page: SubjectPage) -> None:
    from dpdesk.services import subject_nameless
    session, who = page.context.session, page.who
    if who is None:
        return
    page.slot.ask(Entry(_("Make their answers nameless"), _(
        "What they said at the door loses their name; the counts stay. Who asked to be left alone stays so. The register itself is "
        "supplied by law and stays."), [FieldSpec("why", _("Why"), longest=300, help=_("It stands in the log: name nobody."))],
        _("Make nameless"), lambda values: page.write(lambda: subject_nameless.make(session, who, values["why"]), lambda n: trn(
            "{n} answer is nameless.", "{n} answers are nameless.", n))))
