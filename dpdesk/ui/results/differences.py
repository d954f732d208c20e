"""Rows two people read differently, side by side: one of them holds, or the paper says something else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.services.checking import Difference
from dpdesk.services.entering_pages import Page
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _


class Differences(QWidget):
    """`show_page` reads what differs on a page; `settled` is called after each answer."""

    def __init__(self, context: Context, settled: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.context, self._settled = context, settled
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(theme.SPACE)
        self.hide()

    def show_page(self, page: Page | None) -> None:
        """Read what differs; None for nothing."""
        from dpdesk.services import checking
        self.setVisible(page is not None)
        if page is None:
            empty_out(self._list)
            return
        session = self.context.session
        self.context.jobs.run("read", lambda: checking.differences(session, page.sheet.id, page.page), owner=self, done=self._show,
                              failed=self._failed)

    def _show(self, found: list[Difference]) -> None:
        empty_out(self._list)
        for each in found:
            self._list.addWidget(self._card(each))

    def _card(self, each: Difference) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        who = each.row.elector.name if each.row.elector else ""
        inside.addWidget(text(_("Row {line}: {name}", line=each.row.line, name=who or _("Anonymous entry")), "label"))
        first = " ".join((each.row.fact.raw, *each.row.fact.answers)).strip() or _("nobody called")
        second = " ".join((each.second.raw, *each.second.answers)).strip() or _("nobody called")
        inside.addWidget(text(_("{first_by} read {first}, {second_by} read {second}.", first_by=each.first_by, first=first,
                                second_by=each.second_by, second=second)))
        slot = EntrySlot()
        inside.addWidget(flow(
            button(_("It says {code}", code=first), lambda: self._settle(each, "first")),
            button(_("It says {code}", code=second), lambda: self._settle(each, "second")),
            button(_("Something else…"), lambda: self._ask(each, slot), name=_("Row {line} says something else", line=each.row.line))))
        inside.addLayout(slot)
        return card(inside)

    def _ask(self, each: Difference, slot: EntrySlot) -> None:
        slot.ask(Entry(_("What does the paper say?"), "", (FieldSpec("boxes", _("Code"), longest=20),), _("Enter it"),
                       lambda values: self._settle(each, "other", tuple(values["boxes"].split()), slot)))

    def _settle(self, each: Difference, kept: str, boxes: tuple[str, ...] = (), slot: EntrySlot | None = None) -> None:
        from dpdesk.services import checking
        session = self.context.session

        def failed(error: Exception) -> None:
            if slot is None or not slot.show_problems(error):
                self._failed(error)
        self.context.jobs.run("write", lambda: checking.settle(session, each.second.id, kept=kept, boxes=boxes), owner=self,
                              done=lambda _none: self._settled(), failed=failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
