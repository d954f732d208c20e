"""Sheets to enter: pages that came back and wait to be entered, checked or settled; a page is found by the number on it too."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.roles import Right
from dpdesk.services.entering_pages import Waiting
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.words import _, day, trn


class EnteringPage(Page):
    """The page marked is its place."""

    code = "entering"
    title = marked("Enter sheets")
    icon = "pencil"
    right = Right.RESULTS_ENTER
    wide = True
    chapter = "entering"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Enter sheets"))
        self.number = QLineEdit()
        self.number.setPlaceholderText(_("Scan the code of a page, or type its number"))
        self.number.setAccessibleName(_("Number of a page"))
        self.number.setMinimumHeight(theme.TARGET + 4)
        self.number.returnPressed.connect(self._find)
        self.open = button(_("Open"), lambda: self._open(self.table.current()), role="primary", name=_("Open the page"))
        self.table = Ordered((_("What is to be done"), _("Sheet"), _("Page"), _("Entered"), _("Session"), _("Number")),
                             _("Pages to enter"), wide=1, movable=False)
        self.table.opened.connect(self._open)
        self.body.addLayout(row(self.number, self.open))
        self.body.addWidget(self.table, 1)
        self.empty = EmptyState("pencil", _("Nothing to enter"), _(
            "Pages of campaign sheets come up here once they are handed in. One key enters a row; a second person checks each page."))
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    def place(self) -> dict[str, Any]:
        """The page marked."""
        return {"marked": self.table.current()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to a page."""
        if place.get("marked"):
            self.table.mark(str(place["marked"]))
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """A scanner types into the field."""
        super().showEvent(event)
        QTimer.singleShot(0, self.number, self.number.setFocus)

    def refresh(self) -> None:
        """Read what waits."""
        from dpdesk.services import entering_pages
        session = self.context.session
        self.context.jobs.run("read", lambda: entering_pages.waiting(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Waiting]) -> None:
        counted = {step: sum(each.step == step for each in found) for step in ("enter", "check", "differ")}
        said = [trn("{n} page to enter.", "{n} pages to enter.", counted["enter"]) if counted["enter"] else "",
                trn("{n} page to check.", "{n} pages to check.", counted["check"]) if counted["check"] else "",
                trn("{n} page to settle.", "{n} pages to settle.", counted["differ"]) if counted["differ"] else ""]
        self.header.set_state(" ".join(filter(None, said)))
        self.table.show_rows([(f"{each.sheet.id}/{each.page}", (
            _step(each), each.sheet.title, _("{page} of {pages}", page=each.page, pages=each.sheet.pages), f"{each.entered} / {each.rows}",
            day(each.on_day), each.sheet.spoken)) for each in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.open.setEnabled(bool(found))

    def _open(self, code: str) -> None:
        sheet, _slash, page = code.partition("/")
        if page:
            self.context.go("entry", {"sheet": sheet, "page": int(page)})

    def _find(self) -> None:
        from dpdesk.services import hand_in
        session, typed = self.context.session, self.number.text()

        def found(answer: tuple) -> None:
            self.number.clear()
            self.context.go("entry", {"sheet": answer[0].sheet, "page": answer[0].page})
        if typed.strip():
            self.context.jobs.run("read", lambda: hand_in.read(session, typed), owner=self, done=found, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _step(each: Waiting) -> str:
    if each.step == "enter":
        return _("Enter") if not each.entered else _("Go on entering")
    if each.step == "differ":
        return _("Settle differences")
    return _("A second person checks") if each.mine else _("Check")
