"""All devices: whose, shared at home or not, permitted until when, last checked; reports of other officers are taken in here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.device import CONTROLS
from dpdesk.domain.roles import Right
from dpdesk.services import device_words as words
from dpdesk.services.devices import Listed
from dpdesk.services.session import today
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.device.entering import device_specs
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, field_name, moment, trn


class DevicesPage(Page):
    """A card for each device; what is asked opens over the list."""

    code, title, icon, right, chapter = "devices", marked("All devices"), "list", Right.DEVICE_CHECK, "device"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("All devices"))
        self.add_back(_("This device"), lambda: context.go("device", {}))
        session = context.session
        if not session.read_only:
            self.header.add_quiet(_("Add another device…"), self.ask_new, icon="plus")
        self._allow = ""
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self._list = self.add_list()

    def return_to(self, place: dict[str, Any]) -> None:
        """With `allow`, ask for the permission of that device."""
        self._allow = place.get("allow", "")

    def refresh(self) -> None:
        """Read the inventory."""
        from dpdesk.services import devices
        session = self.context.session
        self.context.jobs.run("read", lambda: devices.listing(session, retired=True), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Listed]) -> None:
        empty_out(self._list)
        used = [each for each in found if not each.device.retired_at]
        self.header.set_state(trn("{n} device in use.", "{n} devices in use.", len(used)) if used else "")
        if not used:
            self._list.addWidget(EmptyState("shield-check", _("No device is in the inventory yet"), _(
                "Each device that data of the branch is on stands here, with whose it is and how it is protected."),
                (_("Enter this device"), lambda: self.context.go("device", {}))))
        for each in used:
            self._list.addWidget(self._card(each))
        gone = [each for each in found if each.device.retired_at]
        if gone:
            section = Section(_("Out of use ({n})", n=len(gone)), open=False)
            for each in gone:
                section.body.addWidget(text(_("{name}, {owner}: out of use since {day}", name=each.device.name, owner=each.owner,
                                              day=day(each.device.retired_at)), "quiet"))
            self._list.addWidget(section)
        session = self.context.session
        if session.may_change(Right.DEVICES_SEE):
            self._list.addWidget(flow(button(_("Take a report in…"), self.choose_report, role="quiet", icon="file-up")))
        if self._allow:
            wanted = next((each for each in used if each.device.id == self._allow), None)
            self._allow = ""
            if wanted is not None:
                self.ask_permission(wanted)

    def _card(self, each: Listed) -> QWidget:
        device = each.device
        inside = QVBoxLayout()
        inside.setSpacing(4)
        marks = [badge(_("This device"))] if each.here else []
        if each.to_mend:
            marks.append(badge(trn("{n} to put right", "{n} to put right", each.to_mend), "danger"))
        inside.addLayout(row(text(device.name, "label"), *marks))
        shared = _("others at home use it") if device.household else _("nobody else at home uses it")
        inside.addWidget(text(" · ".join([each.owner, words.device_kind_name(device.kind.value),
            words.ownership_name(device.ownership.value),
                                          shared]), "quiet"))
        inside.addWidget(text(_("Checked {moment}.", moment=moment(each.check.at)) if each.check else _("Never checked."), "quiet"))
        if each.allowance is not None:
            fine = each.allowance.holds(today())
            said = _("Permitted until {day}: {why}", day=day(each.allowance.until), why=each.allowance.why)
            inside.addWidget(text(said if fine else _("The permission ended on {day}.", day=day(each.allowance.until)),
                                  "quiet" if fine else "warning"))
        inside.addWidget(flow(*self._acts(each)))
        return card(inside)

    def _acts(self, each: Listed) -> list[QWidget]:
        session, name = self.context.session, each.device.name
        made = [button(_("Open"), lambda: self.context.go("device", {} if each.here else {"id": each.device.id}),
                       name=_("Open {name}", name=name))]
        approves = session.may(Right.DEVICES_APPROVE)
        if session.read_only:
            return made
        if each.device.personal and approves:
            made.append(button(_("Permit…"), lambda: self.ask_permission(each), role="quiet", name=_("Permit: {name}", name=name)))
            if each.allowance is not None:
                made.append(button(_("End the permission"), lambda: self._end(each), role="quiet",
                                   name=_("End the permission of {name}", name=name)))
        if approves or each.device.officer == session.officer.id:
            made += [button(_("Put right…"), lambda: self.ask_change(each), role="quiet", name=_("Put {name} right", name=name)),
                     button(_("Out of use…"), lambda: self._ask_retire(each), role="quiet", name=_("{name} is out of use", name=name))]
        return made

    # Asking --------------------------------------------------------------------------------------------------------------

    def ask_new(self) -> None:
        """A device dpdesk does not run on, such as a phone."""
        self._slot.ask(Entry(
            _("Add another device"), _("A phone or tablet you read branch mail on, say. Every point of it rests on your word."),
            device_specs(), _("Add it"), self._add, values={"device_kind": "phone", "ownership": "own"}))

    def _add(self, values: dict[str, str]) -> None:
        from dpdesk.services import device
        self._do(lambda session: device.add_other(session, values["device_name"], values["device_kind"], values["ownership"],
                                                  household=bool(values["household"])), _("It is in the inventory."))

    def ask_change(self, each: Listed) -> None:
        """Put an entry right."""
        from dpdesk.services import devices
        found = each.device
        self._slot.ask(Entry(_("Put “{name}” right", name=found.name), "", device_specs(), _("Save"), lambda values: self._do(
            lambda session: devices.change(session, found.id, values["device_name"], values["device_kind"], values["ownership"],
                                           household=bool(values["household"])), _("It is put right.")),
            values={"device_name": found.name, "device_kind": found.kind.value, "ownership": found.ownership.value,
                    "household": "yes" if found.household else ""}))

    def ask_permission(self, each: Listed) -> None:
        """The accountable person permits keeping the desk there (27.5 against 27.6)."""
        policy = self.context.session.policy
        ticks = [FieldSpec(f"control_{code}", f"{code} {policy.device.title(code)}", "tick", group=field_name("controls"))
                 for code in CONTROLS]
        self._slot.ask(Entry(
            _("Permit a desk on “{name}”?", name=each.device.name), _(
                "The policy says never to keep data on a personal device (27.6), and also to back it up elsewhere (27.5). As the "
                "accountable person you may permit it, on conditions: while one of them does not hold, the point fails."),
            [FieldSpec("why", _("Why"), help=_("Such as: the branch has no server."), longest=300, group=_("The permission")),
             FieldSpec("until", field_name("until"), "date", help=_("At most {n} days from today.", n=policy.device.exception_days),
                       group=_("The permission")),
             *ticks, FieldSpec("more", field_name("controls_more"), longest=300, group=field_name("controls"))],
            _("I permit it"), lambda values: self._permit(each, values),
            values={**{f"control_{code}": "yes" for code in ("27.10", "27.3a", "27.2")},
                    "until": (today() + timedelta(days=policy.device.exception_days)).isoformat()}))

    def _permit(self, each: Listed, values: dict[str, str]) -> None:
        from dpdesk.services import devices
        controls = tuple(code for code in CONTROLS if values[f"control_{code}"])
        self._do(lambda session: devices.allow(session, each.device.id, values["why"], controls, values["more"], values["until"]),
                 _("It is permitted."))

    def _end(self, each: Listed) -> None:
        from dpdesk.services import devices
        self._do(lambda session: devices.disallow(session, each.device.id), _("The permission is ended."))

    def _ask_retire(self, each: Listed) -> None:
        from dpdesk.services import devices
        ask.confirm(self, _("Is “{name}” out of use?", name=each.device.name), _(
            "What was seen of it stays. If data of the branch was on it, note how it was wiped: go through “I am leaving office, or "
            "replacing this device”."), _("Out of use"), lambda: self._do(lambda session: devices.retire(session, each.device.id),
                                                                          _("It is out of use.")), danger=True)

    def choose_report(self) -> None:
        """Choose another officer's signed report."""
        ask.choose_open(self, _("Take a report in"), _("Reports of devices (*.dpdevice *.age)"), self.take_in)

    def take_in(self, path: Path) -> None:
        """Take it in."""
        from dpdesk.services import device_reports
        self._do(lambda session: device_reports.take_in(session, path), _("The report is taken in. Delete the file now."))

    def _do(self, work: Callable[[Any], object], said: str) -> None:
        session = self.context.session

        def done(_made: object) -> None:
            self._slot.close_up()
            self.context.changed("device")
            self.context.changed("audit")
            self.context.say("done", said, None)

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                self._failed(error)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=failed)

    def heard(self, noun: str) -> None:
        """Devices changed."""
        if self.isVisible() and noun in ("device", "officers"):
            self.refresh()

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
