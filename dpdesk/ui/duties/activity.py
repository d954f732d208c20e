"""The activity log: one timeline over all registers (S1 4), by register, the newest first; and the accountability pack."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties.saving import ask_file
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, moment, trn


class ActivityPage(Page):
    """What happened to each entry, by whom; a button opens it."""

    code = "activity"
    title = marked("Activity")
    icon = "history"
    right = Right.DUTIES_SEE
    chapter = "calendar"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Activity of the duties"))
        self.add_back(_("Registers"), lambda: context.go("registers", None))
        if context.session.may_change(Right.AUDIT_EXPORT):
            self.header.set_main(_("Accountability pack…"), self.ask_pack, icon="download")
        from dpdesk.services import duties
        names = [("", _("All registers")), *((each.code, _(each.title)) for each in duties.visible(context.session))]
        self.choice = Choice(names, name=_("Which register"))
        self.choice.activated.connect(lambda _index: self._again())
        self.slot, self._list = EntrySlot(), QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addLayout(self.slot)
        self.body.addWidget(flow(self.choice))
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self._found: list[Any] = []

    def place(self) -> dict[str, Any]:
        """Which register is chosen."""
        return {"register": self.choice.code()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Choose a register again."""
        self.choice.choose(place.get("register", ""))

    def refresh(self) -> None:
        """Read the newest."""
        self._again()

    def _again(self) -> None:
        self._found = []
        self._read("")

    def _read(self, before: str) -> None:
        from dpdesk.services import activity
        session, register = self.context.session, self.choice.code()
        self.context.jobs.run("read", lambda: activity.listing(session, register, before=before), owner=self,
                              done=lambda found: self._show(found, before), failed=lambda error: failures.show(self.context, error))

    def _show(self, found: list[Any], before: str) -> None:
        from dpdesk.services.activity import SHOWN
        self._found = [*self._found, *found] if before else found
        empty_out(self._list)
        self.header.set_state(trn("{n} step shown.", "{n} steps shown.", len(self._found)))
        if not self._found:
            self._list.addWidget(EmptyState("history", _("Nothing happened yet"), _("Each step of each entry of a register stands here.")))
        for each in self._found:
            self._list.addWidget(self._row(each))
        if len(found) == SHOWN:
            self._list.addWidget(flow(button(_("Show earlier"), lambda: self._read(self._found[-1].event.at))))

    def _row(self, each: Any) -> QWidget:
        holder = QWidget()
        holder.setProperty("role", "plain")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = row(button(each.ref, lambda: self.context.go("duty", {"id": each.event.duty}), role="link",
                          name=_("Open {ref}", ref=each.ref)), text(f"{_(each.register.one)}: {each.words}", "label"))
        head.setStretch(1, 1)
        column.addLayout(head)
        if each.event.note:
            column.addWidget(text(each.event.note))
        said = [moment(each.event.at), each.officer]
        if each.event.on != each.event.at[:10]:
            said.append(_("for {day}", day=day(each.event.on)))
        if each.case_number:
            said.append(_("case number {number}", number=each.case_number))
        column.addWidget(text(" · ".join(filter(None, said)), "small"))
        return holder

    def ask_pack(self) -> None:
        """Ask why and where for the pack."""
        from dpdesk.services import accountability
        session = self.context.session
        ask_file(self, _("Accountability pack"), _(
            "Every register as CSV and JSON, every entry as PDF with its documents, the activity, what is due, the policy and the log: "
            "one ZIP "
            "archive, signed in your name. It holds names and is not encrypted: for the regulator or headquarters, on demand and free."),
            "accountability.zip", _("ZIP archives (*.zip)"), lambda path, why, accepted, token: accountability.pack(
                session, path, why, accepted=accepted, progress=token.progress, cancelled=token.cancelled),
            said=lambda made: _("{entries} in {files}, signed. Log head {code}.", entries=trn("{n} entry", "{n} entries", made.entries),
                                files=trn("{n} file", "{n} files", made.files), code=made.head_code))

    def heard(self, noun: str) -> None:
        """Entries changed elsewhere."""
        if noun == "duties" and self.isVisible():
            self.refresh()
