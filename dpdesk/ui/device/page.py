"""This device: the points of the policy in plain words, each looked at, attested or put right; its history and its report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.device import POINT
from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services import device_words as words
from dpdesk.services.device import View
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.device.entering import device_specs
from dpdesk.ui.device.history import HistorySection
from dpdesk.ui.device.point import PointItem
from dpdesk.ui.device.sealing import ask_for_whom
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.outside import open_pane
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, moment, trn


class DevicePage(Page):
    """Asks to enter this machine first; then a card for each point, those to be put right unfolded."""

    code, icon, right, chapter = "device", "shield-check", Right.DEVICE_CHECK, "device"
    GO: ClassVar[dict[str, tuple[str, Callable[[], str]]]] = {
        "27.5": ("backups", lambda: _("Go to backups")), "27.8": ("copies", lambda: _("Go to copies")),
        "27.9": ("handover", lambda: _("Leave or replace…"))}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("This device"))
        self.header.add_quiet(_("All devices"), lambda: context.go("devices", {}), icon="list")
        self.seen: View | None = None
        self.names: dict[str, str] = {}
        self.device, self._asked, self._busy = "", "", False
        self._open: set[str] | None = None
        self._system, self._panes = ("", ""), {}
        self.items: dict[str, PointItem] = {}
        self.slot, self._above, self._list, self._foot = EntrySlot(), QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.body.addLayout(self.slot)
        for layout in (self._above, self._list, self._foot):
            layout.setSpacing(theme.SPACE)
            self.body.addLayout(layout)
        self.body.addStretch(1)

    @property
    def here(self) -> bool:
        """Whether it is this machine that is shown."""
        return self.seen is not None and self.seen.here

    @property
    def mine(self) -> bool:
        """Whether it is the officer's own, and words may be given."""
        session = self.context.session
        return self.seen is not None and self.seen.device.officer == session.officer.id and not session.read_only

    @property
    def may_approve(self) -> bool:
        """Whether the officer may permit a desk on a personal device."""
        return self.context.session.may_change(Right.DEVICES_APPROVE)

    def place(self) -> dict[str, Any]:
        """Which device, when it is not this one."""
        return {"id": self._asked} if self._asked else {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show a device of the inventory, or this one."""
        if place.get("id", "") != self._asked:
            self._asked, self._open = place.get("id", ""), None

    def refresh(self) -> None:
        """Read how it stands."""
        from dpdesk.services import device
        session, asked = self.context.session, self._asked

        def read() -> tuple[Any, ...]:
            if not asked and device.this(session) is None:
                return None, device.suggested_name(), device.system_now(), {}
            seen = device.view(session, asked)
            panes = {each.point.code: device.pane(each.point.code) for each in seen.standings} if seen.here else {}
            return seen, "", device.system_now(), panes
        self.context.jobs.run("other", read, owner=self, done=lambda found: self._show(*found), failed=self.failed)

    def _show(self, seen: View | None, suggested: str, system: tuple[str, str], panes: dict[str, tuple[str, ...]]) -> None:
        self._system, self._panes = system, panes
        if seen is None:
            self._ask_to_enter(suggested)
            return
        if self.seen is None or self.seen.device.id != seen.device.id:
            self._open = None
        self.seen, self.names, self.device = seen, seen.names, seen.device.id
        self._clear()
        self._head(seen)
        opened = self._open if self._open is not None else {each.point.code for each in seen.standings if each.rank == 3}
        self.items = {}
        for standing in sorted(seen.standings, key=lambda each: -each.rank):  # what is to be put right comes first
            item = PointItem(self, standing, open=standing.point.code in opened)
            self.items[standing.point.code] = item
            self._list.addWidget(item)
        self._add_foot(seen)

    def _head(self, seen: View) -> None:
        self.header.set_title(_("This device") if seen.here else seen.device.name)
        checked = _("Checked {moment}.", moment=moment(seen.check.at)) if seen.check else _("Not checked yet.")
        self.header.set_state(f"{words.summary(seen.standings)} {checked}")
        if seen.here and not self.context.session.read_only:
            self.header.set_main(_("Check all now"), self.check_all, icon="shield-check")
        if seen.worse:
            said = trn("{n} point stands worse than at the check before: {points}.",
                       "{n} points stand worse than at the check before: {points}.", len(seen.worse),
                       points=", ".join(each.point.code for each in seen.worse))
            self._above.addWidget(text(said, "warning"))

    def _add_foot(self, seen: View) -> None:
        acts = [button(_("Save the report as PDF…"), lambda: self.report("pdf"), icon="file-text")]
        if self.mine:
            acts.append(button(_("Save it signed, for another desk…"), lambda: self.report("dpdevice"), role="quiet", icon="download"))
            if self.context.session.may(Right.TRANSFERS_SEND):
                acts.append(button(_("Seal it for an officer…"), lambda: ask_for_whom(self), role="quiet", icon="lock"))
            acts.append(button(_("I am leaving office, or replacing this device…"),
                               lambda: self.context.go("handover", {"device": self.device}), role="quiet", icon="user"))
        if self.context.session.may(Right.DISPOSALS_SEE):
            acts.append(button(_("Disposals"), lambda: self.context.go("disposals", {}), role="quiet", icon="file-text"))
        self._foot.addWidget(flow(*acts))
        self._foot.addWidget(HistorySection(self.context, seen.device.id))

    def _ask_to_enter(self, suggested: str) -> None:
        self.seen = None
        self._clear()
        self.header.set_title(_("This device"))
        self.header.set_state(_("It is not in the inventory yet."))
        entry = Entry(_("Enter this device, and check it"), _(
            "dpdesk looks at how this device is protected: encryption, lock, updates and more. It looks as you, without an "
            "administrator’s rights, and nothing leaves this desk. It looks again each week, and after a system update."),
            device_specs(), _("Enter and check"), lambda values: self._enter(entry, values),
            values={"device_name": suggested, "device_kind": "laptop", "ownership": "own"})
        entry.cancel.hide()
        self._above.addWidget(entry)

    def _clear(self) -> None:
        self.slot.close_up()
        for layout in (self._above, self._list, self._foot):
            empty_out(layout)

    def _enter(self, entry: Entry, values: dict[str, str]) -> None:
        from dpdesk.services import device
        session = self.context.session

        def work() -> Any:
            device.add_this(session, values["device_name"], values["device_kind"], values["ownership"], household=bool(values["household"]))
            return device.check(session, "first")

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid):
                entry.show_problems(error.problems)
            else:
                self.failed(error)
        self.context.jobs.run("write", work, owner=self, done=lambda _made: self._changed(""), failed=failed)

    # What the points ask of the page -------------------------------------------------------------------------------------

    def steps(self, point: str) -> list[str]:
        """How a point is put right on the system in use."""
        from dpdesk.services.device_fixes import steps
        system = self._system if self.here else (self.seen.device.system if self.seen else "", "")
        return steps(point, *system)

    def pane(self, point: str) -> tuple[str, ...]:
        """Where a point is set."""
        return self._panes.get(point, ())

    def open_pane(self, point: str) -> None:
        """Open the page of the system's settings."""
        if not open_pane(self.pane(point)):
            self.context.say("warning", _("The settings could not be opened from here. Open them by hand."), None)

    def check_all(self) -> None:
        """Look at everything now."""
        from dpdesk.services import device
        self._look(lambda session: device.check(session), _("This device is checked."))

    def check_one(self, point: str) -> None:
        """Look anew at what one point rests on."""
        from dpdesk.services import device
        self._look(lambda session: device.check(session, "one", POINT[point].checks), _("Checked again: point {point}.", point=point))

    def _look(self, work: Callable[[Any], object], said: str) -> None:
        if not self._busy:
            self._busy = True
            self._do(work, said)

    def attest(self, point: str, said: str) -> None:
        """Keep the officer's word."""
        from dpdesk.services import device
        identity = self.device
        self._do(lambda session: device.attest(session, identity, point, said), _("Your word is kept."))

    def take_back(self, point: str) -> None:
        """Take the officer's word back."""
        from dpdesk.services import device
        identity = self.device
        self._do(lambda session: device.take_back(session, identity, point), _("Your word is taken back."))

    def _do(self, work: Callable[[Any], object], said: str) -> None:
        session = self.context.session
        self._open = {code for code, item in self.items.items() if item.is_open}

        def failed(error: Exception) -> None:
            self._busy = False
            self.failed(error)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=lambda _made: self._changed(said), failed=failed)

    def _changed(self, said: str) -> None:
        self._busy = False
        self.context.changed("device")
        self.context.changed("audit")
        if said:
            self.context.say("done", said, None)

    def report(self, ending: str) -> None:
        """Save the report, through the copies door."""
        from dpdesk.services import device_reports
        from dpdesk.services.session import today
        names = _("PDF (*.pdf)") if ending == "pdf" else _("Signed reports (*.dpdevice)")
        session, identity = self.context.session, self.device
        write = device_reports.pdf if ending == "pdf" else device_reports.write

        def save(path: Path, accepted: str) -> None:
            self.context.jobs.run("write", lambda: write(session, path, identity, accepted=accepted), owner=self,
                                  done=lambda _made: self.reported(path), failed=self.failed)
        leaving.choose(self, self.context.jobs, CopyKind.DEVICE, leaving.Chooser(
            _("Save the report"), f"device-{today().isoformat()}.{ending}", names), save, self.failed)

    def reported(self, path: Path) -> None:
        """Say where the report is."""
        self.slot.close_up()
        self.context.changed("copies")
        self.context.say("done", _("Saved {name}. It is on the list of copies.", name=path.name), None)

    def heard(self, noun: str) -> None:
        """Backups, copies and permissions count for points too."""
        if self.isVisible() and noun in ("device", "copies", "officers", "settings"):
            self.refresh()

    def failed(self, error: Exception) -> None:
        """Say why it did not go on."""
        failures.show(self.context, error)
