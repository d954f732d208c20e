"""What the pages of sessions share: work in a lane with its answer or its failure, and the session a page is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name, problem


class SessionPage(Page):
    """A page of one session: `id` is its identity; subclasses that ask in place lay out `slot`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.id = ""
        self.slot = EntrySlot()

    def add_way_back(self) -> None:
        """The way back to the board, and from step to step of a session by the keys of the board."""
        self.add_back(_("The session"), lambda: self.context.go("session", {"id": self.id}))
        for keys, page in (("F2", "sheets_return"), ("F3", "sheets_issue"), ("F4", "sheets_print")):
            QShortcut(QKeySequence(keys), self, lambda page=page: self.context.go(page, {"id": self.id})).setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start_at(self) -> QWidget | None:
        """Where the cursor stands when the page comes; None leaves it."""
        return None

    def showEvent(self, event: QShowEvent) -> None:
        """The next thing to do has the cursor."""
        super().showEvent(event)
        if self.start_at() is not None:
            QTimer.singleShot(0, self, lambda: self.start_at().setFocus())

    def place(self) -> dict[str, Any]:
        """The session."""
        return {"id": self.id}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another session."""
        self.id = str(place.get("id", self.id))

    def may(self, right: Right = Right.SHEETS_RUN) -> bool:
        """Whether the officer may change something."""
        return super().may(right)

    def read(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Ask something in the read lane."""
        self.context.jobs.run("read", work, owner=self, done=done, failed=self.failed)

    def write(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Change something; every page hears of it."""
        def well(answer: Any) -> None:
            done(answer)
            self.context.changed("sessions")
        self.context.jobs.run("write", work, owner=self, done=well, failed=self.failed)

    def send(self, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> None:
        """Do what the open card asked for: it goes once that is done, and keeps what was typed where it is not."""
        def well(answer: Any) -> None:
            self.slot.close_up()
            if done is not None:
                done(answer)
            else:
                self.refresh()
        self.write(work, well)

    def failed(self, error: Exception) -> None:
        """Say why it did not go on."""
        if self.slot.show_problems(error):
            return
        if isinstance(error, Invalid):
            said = "; ".join(f"{field_name(code)}: {problem(what)}" for code, what in error.problems.items())
            self.context.say("failed", _("Not saved yet. {each}.", each=said), None)
        else:
            failures.show(self.context, error)
