"""A page of numbered steps: work behind a progress line with Stop, back and on, and every step begun at its top."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from dpdesk.domain.errors import Cancelled
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.jobs import Token
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, line, row
from dpdesk.ui.widgets.progress import ProgressLine
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _


def next_step(page: Page, go_on: Callable[[], object]) -> QPushButton:
    """The button that goes one step on, by Ctrl+Enter from anywhere on the page too."""
    made = button("", go_on, role="primary", tip=_("Ctrl+Enter"))
    keys = QShortcut(QKeySequence("Ctrl+Return"), page, lambda: made.click() if made.isVisible() else None)
    keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return made


class StepPage(Page):
    """Subclasses give the words of the steps to `make_steps`, and override `go` and `go_on`; `home` is the page before the first."""

    home = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.at = 0
        self.parts: list[QWidget] = []
        self._token: Token | None = None
        self._line: ProgressLine | None = None

    def make_steps(self, words: list[str], parts: list[QWidget]) -> None:
        """The bar of steps, the steps themselves, and the buttons under them."""
        self.steps = Steps(words)
        self.body.addWidget(self.steps)
        self.parts = parts
        for part in parts:
            self.body.addWidget(part)
        self.back_button = button(_("Back"), self.step_back, icon="arrow-left")
        self.next_button = next_step(self, self.go_on)
        self.body.addStretch(1)
        self.rule = line()
        self.body.addWidget(self.rule)
        self.body.addLayout(row(self.back_button, None, self.next_button))

    def go(self, at: int) -> None:
        """Show step `at`."""
        self.at = at
        self.steps.go(at)
        for number, part in enumerate(self.parts):
            part.setVisible(number == at)
        QTimer.singleShot(0, self, self._to_top)

    def go_on(self) -> None:
        """One step on."""

    def back(self) -> bool:
        """One step back; work under way is stopped first. False on the first step and on the last, after which nothing is undone."""
        if self.stop():
            return True
        if self.at in (0, len(self.parts) - 1):
            return False
        self.go(self.at - 1)
        return True

    def step_back(self) -> None:
        """One step back, from the first to the page before."""
        if not self.back():
            self.context.go(self.home, None)

    def stop(self) -> bool:
        """Stop the work under way; False where there is none."""
        if self._token is None:
            return False
        self._token.cancel()
        return True

    def home_of(self, error: Exception, home: int) -> int:
        """The step a failure leads to."""
        return home

    def run(self, lane: str, title: str, work: Callable[[Token], Any], done: Callable[[Any], None], home: int) -> None:
        """Do `work(token)` behind a progress line with Stop; a failure leads to step `home`."""
        if self._token is not None:
            return
        self.messages.clear()
        token = self._token = self.context.jobs.token(lambda at, total: self._line and self._line.update(at, total))
        self._line = ProgressLine(title, token.cancel)
        self.body.insertWidget(1, self._line)
        self._allow(False)

        def settle() -> None:
            self._token = None
            if self._line is not None:
                self._line.finish()
                self._line = None
            self._allow(True)

        def well(answer: Any) -> None:
            settle()
            done(answer)

        def badly(error: Exception) -> None:
            settle()
            self.go(self.home_of(error, home))
            self.refused(error)
        self.context.jobs.run(lane, lambda: work(token), owner=self, done=well, failed=badly, token=token)

    def refused(self, error: Exception) -> None:
        """Say why it did not go on."""
        if isinstance(error, Cancelled):
            self.context.say("info", _("Stopped. Nothing was changed."), None)
        else:
            failures.show(self.context, error)

    def _allow(self, free: bool) -> None:
        for part in (*self.parts, self.next_button, self.back_button):
            part.setEnabled(free)

    def _to_top(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.verticalScrollBar().setValue(0)
