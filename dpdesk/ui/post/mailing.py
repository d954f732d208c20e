"""One mailing: where it stands and what may be done with it, what became of it for each person, who was left out, what it said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout

from dpdesk.domain.post_states import Mailing, State
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.post import exposed, going
from dpdesk.ui.post.mailing_words import facts, in_order, next_try, standing
from dpdesk.ui.post.outcomes import Outcomes
from dpdesk.ui.post.rows import figures
from dpdesk.ui.post.said import Said
from dpdesk.ui.post.sending import courier
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, moment

if TYPE_CHECKING:
    from dpdesk.services.post_desk import Exposure
    from dpdesk.services.post_mailings import Got


@dataclass(frozen=True)
class Record:
    """All that the page shows."""

    mailing: Mailing
    people: list[Got]
    left_out: dict[str, int]
    exposures: list[Exposure]
    officers: dict[str, str]


def read(session, identity: str) -> Record:
    """Read a mailing; raises `NotFound`."""
    from dpdesk.services import post_desk, post_mailings
    found = post_mailings.get(session, identity)
    people = post_mailings.recipients(session, identity) if session.may(Right.MEMBERS_SEE) else []
    return Record(found, people, post_mailings.left_out(session, identity), post_desk.exposures(session, identity),
                  post_desk.officers(session))


class MailingPage(Page):
    """Shows the mailing whose id is in the place; with `go` it goes on at once by the way chosen for it."""

    code, title, icon, right, chapter = "post_mailing", marked("Mailing"), "mail", Right.POST_SEE, "post"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.mailing, self.record = "", None
        self._go = False
        self._asked = 0
        self.add_back(_("Outbox and sent"), lambda: context.go("post_outbox", {}))
        self._clocks, self._acts, self.slot, self._top = QVBoxLayout(), QVBoxLayout(), EntrySlot(), QVBoxLayout()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("How far sending is"))
        self.bar.setTextVisible(False)
        self.far = text("", "quiet")
        for part in (self._clocks, self._top, self._acts):
            part.setSpacing(theme.SPACE)
        for layout in (self._clocks, self._top):
            self.body.addLayout(layout)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.far)
        for layout in (self._acts, self.slot):
            self.body.addLayout(layout)
        self.outcomes = Outcomes(self)
        self.left_out, self.said = Section(_("Left out")), Said(context)
        for section in (self.outcomes, self.left_out, self.said):
            self.body.addWidget(section)
        self.body.addStretch(1)
        sender = courier(context)
        sender.moved.connect(self._moved)
        sender.ended.connect(lambda identity: self.refresh() if identity == self.mailing else None)

    def place(self) -> dict[str, Any]:
        """Which mailing."""
        return {"id": self.mailing}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show the mailing named; `exposed` opens the panic button's card."""
        self.slot.close_up()
        if place.get("id", "") != self.mailing:
            self.record = None
            QTimer.singleShot(0, self, self._to_top)
        self.mailing = str(place.get("id", ""))
        self._go, self._panic = bool(place.get("go")), bool(place.get("exposed"))

    _panic = False

    def _to_top(self) -> None:
        area = self.parentWidget().parentWidget() if self.parentWidget() else None
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Read the mailing again."""
        if not self.mailing:
            return
        self._asked += 1
        asked, identity, session = self._asked, self.mailing, self.context.session

        def arrived(record: Record) -> None:
            if asked == self._asked:
                self._draw(record)
        self.context.jobs.run("read", lambda: read(session, identity), owner=self, done=arrived, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.header.set_title(_("This mailing cannot be shown"))
        self.header.set_state("")
        failures.show(self.context, error)

    def _draw(self, record: Record) -> None:
        from dpdesk.services.post_names import left_out_name, outcome_name
        self.record = record
        mailing, running = record.mailing, record.mailing.id in courier(self.context).runs
        self.header.set_title(mailing.subject or _("An old mailing"))
        self.header.set_state(standing(mailing, running=running))
        for layout in (self._clocks, self._top, self._acts):
            empty_out(layout)
        for each in record.exposures:
            self._clocks.addWidget(exposed.clocks(each, self.context.session.policy))
        self._top.addWidget(figures([(n, outcome_name(code)) for code, n in in_order(mailing.counts)]))
        for name, value in facts(mailing, record.officers):
            self._top.addWidget(text(_("{name}: {value}", name=name, value=value), "quiet"))
        if later := next_try(record.people):
            words = _("The server put people off: they can be tried again from {moment}.", moment=moment(later))
            self._top.addWidget(text(words, "warning"))
        self.outcomes.show_people(record.people, mailing)
        empty_out(self.left_out.body)
        self.left_out.setVisible(bool(record.left_out))
        self.left_out.set_heading(_("Left out ({n})", n=f"{sum(record.left_out.values()):,}"))
        for reason, n in sorted(record.left_out.items(), key=lambda each: -each[1]):
            self.left_out.body.addWidget(text(_("{n}: {why}", n=f"{n:,}", why=left_out_name(reason))))
        self.said.show_mailing(mailing, record.people)
        if mailing.state is State.AWAITING:
            self.said.set_open(True)
        self._show_far()
        buttons = self._buttons(mailing, running=running)
        if buttons:
            self._acts.addWidget(flow(*buttons))
        if self._go and mailing.state is State.READY and self.may(Right.POST_SEND):
            self._go = False
            going.go(self, mailing, agreed=True)
        if self._panic:
            self._panic = False
            self.panic()

    def _buttons(self, mailing: Mailing, *, running: bool) -> list:
        """What may be done with it as it stands."""
        found = []
        mine = self.may(Right.POST_SEND)
        if running:
            return [button(_("Pause"), lambda: courier(self.context).pause(mailing.id), icon="clock")] if mine else []
        if mailing.state is State.AWAITING and self.may(Right.POST_APPROVE) and mailing.made_by != self.context.session.officer.id:
            found += [button(_("Approve"), self.approve, role="primary", icon="check"), button(_("Refuse…"), self._ask_refuse)]
        if mine and mailing.state in (State.READY, State.PAUSED, State.SENDING) and going.still(mailing):
            found.append(button(going.verb(mailing), lambda: going.go(self, mailing), role="primary", icon="mail"))
        if mine and mailing.state in (State.AWAITING, State.READY, State.PAUSED):
            found.append(button(_("Cancel the mailing…"), self._ask_cancel, role="quiet"))
        if mine and mailing.body:
            found.append(button(_("Write again from this"), self.again, role="quiet", icon="pencil"))
        if mailing.started_at or mailing.ended_at:
            found.append(button(_("I exposed addresses…"), self.panic, role="danger", icon="shield-alert"))
        return found

    def _moved(self, identity: str) -> None:
        if identity == self.mailing and self.record is not None:
            self._show_far()

    def _show_far(self) -> None:
        far = courier(self.context).runs.get(self.mailing)
        self.bar.setVisible(far is not None)
        self.far.setVisible(far is not None)
        if far is None:
            return
        self.bar.setRange(0, far.total)
        self.bar.setValue(far.done)
        words = _("{done} of {total}", done=f"{far.done:,}", total=f"{far.total:,}") if far.total else _("Signing in…")
        if far.token.cancelled():
            words += " " + _("Pausing after the message under way.")
        elif far.wait:
            words += " " + _("Resting, as the provider’s limits ask.")
        self.far.setText(words)

    def panic(self) -> None:
        """Open the card of the panic button."""
        if self.record is not None:
            self.slot.ask(exposed.question(self, self.record.mailing))

    def approve(self) -> None:
        """Let it go out."""
        from dpdesk.services import post_mailings
        self.write(lambda session, identity: post_mailings.approve(session, identity), _("Approved. Whoever wrote it can send it now."))

    def _ask_refuse(self) -> None:
        from dpdesk.services import post_desk
        self.slot.ask(Entry(_("Do not let it go out"), _("Nobody gets it. Whoever wrote it sees why, and can write again from it."),
                        [FieldSpec("why", _("Why"), longest=300)], _("Refuse it"),
                        lambda values: self.write(lambda session, identity: post_desk.refuse(session, identity, values["why"]),
                                                  _("Refused. Nobody gets it.")), role="danger"))

    def _ask_cancel(self) -> None:
        from dpdesk.services import post_mailings
        ask.confirm(self, _("Let nobody else get it?"), _("Who has had it, has had it. The record stays, and you can write again from it."),
                    _("Cancel the mailing"), lambda: self.write(lambda session, identity: post_mailings.cancel(session, identity),
                                                                _("Cancelled. Nobody else gets it.")), danger=True)

    def again(self) -> None:
        """A new draft from this one."""
        from dpdesk.services import post_desk
        session, identity = self.context.session, self.mailing
        self.context.jobs.run("write", lambda: post_desk.again(session, identity), owner=self,
                              done=lambda draft: self.context.go("post_write", {"draft": draft, "step": 1}), failed=self._refused)

    def write(self, work: Callable[[Any, str], object], said: str) -> None:
        """Do `work(session, mailing)`, say `said`, and read again."""
        session, identity = self.context.session, self.mailing

        def done(_answer: object) -> None:
            self.slot.close_up()
            self.context.changed("post")
            self.context.say("done", said, None)
        self.context.jobs.run("write", lambda: work(session, identity), owner=self, done=done, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        if not self.slot.show_problems(error):
            failures.show(self.context, error)
