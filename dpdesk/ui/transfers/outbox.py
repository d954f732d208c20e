"""The outbox and receipts: what waits, what is on its server, what is receipted; sending, pausing, collecting, confirming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from dpdesk.domain.errors import Hindered
from dpdesk.domain.roles import Right
from dpdesk.domain.transfers import OPEN, Destination, TransferState
from dpdesk.services.session import today
from dpdesk.services.transfers_words import size, transfer_state_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.transfers.courier import courier
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name, moment, sentence, trn

if TYPE_CHECKING:
    from dpdesk.services.outbox import Row

_TINT = {TransferState.QUEUED: "warning", TransferState.SENT: "warning", TransferState.PAUSED: "warning"}
_SHOWN = 30


@dataclass(frozen=True)
class _Found:
    rows: list[Row]
    destinations: list[Destination]
    receipts: dict[str, list[str]]


class OutboxPage(Page):
    """Cards, what needs somebody on top; what lies at a destination is collected from here too."""

    code, title, icon, right, chapter = "outbox", marked("Outbox and receipts"), "file-up", Right.TRANSFERS_SEE, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Outbox and receipts"))
        session = context.session
        self._sends = session.may_change(Right.TRANSFERS_SEND)
        self._receives = session.may_change(Right.TRANSFERS_RECEIVE)
        self.courier = courier(context)
        self.courier.ended.connect(lambda: self.refresh() if self.isVisible() else None)
        self.header.add_quiet(_("Destinations…"), lambda: context.go("destinations", None), icon="map-pin")
        if self._sends:
            self.header.add_quiet(_("Fetch receipts"), self.courier.receipts, icon="download")
            self.header.set_main(_("Send now"), self.courier.send, icon="file-up")
        self._slot, self._collect, self._list = EntrySlot(), QVBoxLayout(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        for layout in (self._slot, self._collect, self._list):
            self.body.addLayout(layout)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the outbox."""
        self.context.jobs.run("read", self._read, owner=self, done=self._show, failed=self._failed)

    def _read(self) -> _Found:
        from dpdesk.services import cards, destinations, outbox, receipts
        session = self.context.session
        names = {each.id: each.card.name for each in cards.listing(session)}
        got: dict[str, list[str]] = {}
        for each in receipts.listing(session, way="in"):
            who = each.how or names.get(each.by, "?")
            got.setdefault(each.transfer, []).append(_("{who}, {moment}, code {code}", who=who, moment=moment(each.at),
                                                       code=receipts.code_of(each)))
        return _Found(outbox.rows(session), destinations.listing(session), got)

    def _show(self, found: _Found) -> None:
        empty_out(self._list)
        self._show_collect([each for each in found.destinations if each.pinned_at and each.reads])
        waiting = [each for each in found.rows if each.transfer.state in OPEN]
        sent = [each for each in found.rows if each.transfer.state is TransferState.SENT]
        rest = [each for each in found.rows if each not in waiting and each not in sent]
        said = [trn("{n} package waits to be sent.", "{n} packages wait to be sent.", len(waiting))] if waiting else []
        if sent:
            said.append(trn("{n} has no receipt yet.", "{n} have no receipt yet.", len(sent)))
        self.header.set_state(" ".join(said))
        if not found.rows:
            self._list.addWidget(EmptyState("file-up", _("The outbox is empty"), _(
                "Sealed packages wait here without a network, go in small parts when there is one, and go on where a line broke. Paper is "
                "destroyed only once a receipt has come back."), (_("Packages…"), lambda: self.context.go("packages", None))))
        for each in [*waiting, *sent, *rest[:_SHOWN]]:
            self._list.addWidget(self._card(each, found.receipts.get(each.transfer.id, [])))

    def _show_collect(self, places: list[Destination]) -> None:
        empty_out(self._collect)
        if not (places and self._receives):
            return
        choice = Choice([(each.id, each.name) for each in places], name=_("Where from"))
        fetch = button(_("Fetch packages for me"), lambda: self.courier.collect(choice.code()), icon="download")
        self._collect.addLayout(row(choice, fetch, None))

    def _card(self, row_: Row, receipts: list[str]) -> QWidget:
        each = row_.transfer
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(row_.purpose or _("A package"), "label"), badge(transfer_state_name(each.state.value),
                                                                                  _TINT.get(each.state, ""))))
        inside.addWidget(text(_("To {names}, via {place}. {size}.", names=", ".join(row_.recipients), place=row_.destination,
                                size=size(each.size)), "quiet"))
        if each.state in OPEN and each.done:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, 1000)
            bar.setValue(each.done * 1000 // max(each.size, 1))
            bar.setAccessibleName(_("How much of “{purpose}” is there", purpose=row_.purpose))
            inside.addWidget(bar)
            inside.addWidget(text(_("{done} of {size} are there and verified.", done=size(each.done), size=size(each.size)), "small"))
        if each.problem and each.state in OPEN:
            unknown = dict.fromkeys(("detail", "fingerprint", "certificate", "name"), "–")
            said = sentence(Hindered(each.problem, {**unknown, "place": row_.destination}))
            inside.addWidget(text(f"{said.what} {said.do}", "warning"))
            if each.next_try:
                inside.addWidget(text(_("It is tried again from {moment}.", moment=moment(each.next_try)), "small"))
        for receipt in receipts:
            inside.addWidget(text(_("Receipt: {receipt}", receipt=receipt), "small", selectable=True))
        acts = self._acts(row_)
        if acts:
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(*acts))
        return card(inside)

    def _acts(self, row_: Row) -> list[QWidget]:
        each, named = row_.transfer, {"purpose": row_.purpose}
        if not self._sends:
            return []
        acts: list[QWidget] = []
        if each.state is TransferState.PAUSED:
            acts.append(button(_("Resume"), lambda: self._turn("resume", each.id), name=_("Resume “{purpose}”", **named)))
        elif each.state in OPEN:
            acts.append(button(_("Pause"), lambda: self._turn("pause", each.id), name=_("Pause “{purpose}”", **named)))
        if each.state in (*OPEN, TransferState.SENT):
            acts.append(button(_("Cancel…"), lambda: self._cancel(row_), role="danger", name=_("Cancel “{purpose}”", **named)))
        if each.state is TransferState.SENT:
            acts.append(button(_("Headquarters confirmed it…"), lambda: self._confirm(row_), icon="badge-check",
                               name=_("Headquarters confirmed “{purpose}”", **named)))
        return acts

    def _turn(self, verb: str, identity: str) -> None:
        from dpdesk.services import outbox
        session = self.context.session
        self._write(lambda: getattr(outbox, verb)(session, identity))

    def _cancel(self, row_: Row) -> None:
        from dpdesk.services import outbox
        session, sent = self.context.session, row_.transfer.state is TransferState.SENT
        told = _("It is taken off the server, where that lets us. Whoever fetched it already has it.") if sent else _(
            "It is not sent, and what lies on the server already is taken away.")
        ask.confirm(self, _("Cancel “{purpose}”?", purpose=row_.purpose), told, _("Cancel the transfer"), lambda: self._write(
            lambda: outbox.cancel(session, row_.transfer.id), self.courier.take_back), danger=True)

    def _confirm(self, row_: Row) -> None:
        from dpdesk.services import receipts
        session = self.context.session
        self._slot.ask(Entry(_("Headquarters confirmed “{purpose}”", purpose=row_.purpose), _(
            "Where a portal gives no receipts: who told you that it lies there whole, when and how. It is kept with the package."), [
            FieldSpec("said_by", field_name("said_by"), "name"), FieldSpec("on", field_name("on"), "date"),
            FieldSpec("how", field_name("how"), help=_("Such as: e-mail, with its reference."))], _("Record it"),
            lambda values: self._write(lambda: receipts.confirm(session, row_.transfer.id, values["said_by"], values["on"], values["how"])),
            values={"on": today().isoformat()}))

    def _write(self, work: Any, then: Any = None) -> None:
        def done(_answer: Any) -> None:
            self._slot.close_up()
            for noun in ("packages", "copies"):
                self.context.changed(noun)
            self.refresh()
            if then is not None:
                then()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self.context, error)
