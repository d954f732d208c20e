"""A page of pairs that may be one: a card for each, side by side, with two verbs. Pages for electors and for members build on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _

SHOWN = 30  # cards at a time: more come as these are answered


class PairsPage(Page):
    """Subclasses give `read`, `draw` and `answer`."""

    same_words, other_words = "", ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_back(_("Electoral register"), lambda: context.go("register", None))
        self.found: Sequence[Any] = ()
        self._list = self.add_list()

    def read(self) -> Sequence[Any]:
        """The pairs; called in the read lane."""
        raise NotImplementedError

    def draw(self, pair: Any) -> QWidget:
        """One pair as a card."""
        raise NotImplementedError

    def state(self, count: int) -> str:
        """The page's one sentence."""
        raise NotImplementedError

    def nothing(self) -> EmptyState:
        """What stands there when nothing is left."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Look for pairs again."""
        self.context.jobs.run("read", self.read, owner=self, done=self._show, failed=lambda error: failures.show(self.context, error))

    def _show(self, found: Sequence[Any]) -> None:
        self.found = found
        empty_out(self._list)
        self.header.set_state(self.state(len(found)) if found else "")
        for pair in found[:SHOWN]:
            self._list.addWidget(self.draw(pair))
        if not found:
            self._list.addWidget(self.nothing())
        self.shown()

    def shown(self) -> None:
        """The pairs were drawn."""

    def pair_card(self, score: int, reasons: Sequence[str], sides: Sequence[tuple[str, str, str]], name: str, same: Callable[[], object],
                  other: Callable[[], object]) -> QWidget:
        """Two sides of (label, who, where), the reasons, and the two verbs."""
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE * 3)
        grid.setVerticalSpacing(2)
        for at, (label, who, where) in enumerate(sides):
            grid.setColumnStretch(at, 1)
            grid.addWidget(text(label, "small"), 0, at)
            grid.addWidget(text(who, "label"), 1, at)
            grid.addWidget(text(where, "quiet"), 2, at)
        inside.addLayout(grid)
        reason = row(badge(_("{score} of 100", score=score)), text(", ".join(reasons), "quiet"))
        reason.setStretch(1, 1)
        inside.addLayout(reason)
        if not self.context.session.read_only:
            inside.addWidget(flow(button(self.same_words, same, role="primary", name=_("{verb}: {name}", verb=self.same_words, name=name)),
                                  button(self.other_words, other, name=_("{verb}: {name}", verb=self.other_words, name=name))))
        return card(inside)

    def settle(self, work: Callable[[], object], words: str) -> None:
        """Write an answer, and go on with the rest."""
        def done(_none: object) -> None:
            self.context.say("done", words, None)
            self.refresh()
        self.context.jobs.run("write", work, owner=self, done=done, failed=lambda error: failures.show(self.context, error))
