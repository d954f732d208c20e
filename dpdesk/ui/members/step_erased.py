"""Part of the check of a list: who in it was erased here before, and does the officer take them in all the same?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dpdesk.domain.imports import ErasedBefore
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.words import _, day, trn

SHOWN = 30  # each with a tick of their own; more are answered for together


class ErasedQuestion(QWidget):
    """Nobody is ticked at first; `changed` gets the rows that come in."""

    def __init__(self, erased: Sequence[ErasedBefore], back: frozenset[int], changed: Callable[[frozenset[int]], None]) -> None:
        super().__init__()
        self._erased, self._changed = erased, changed
        self.ticks: dict[QCheckBox, frozenset[int]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(text(trn("{n} person in the list was erased here before, and stays out:",
                                  "{n} people in the list were erased here before, and stay out:", len(erased)), "label"))
        for each in erased[:SHOWN]:
            layout.addWidget(text(_("Row {row}, {name}: erased on {day}. {why}", row=each.row, name=each.name, day=day(each.on),
                                    why=each.why)))
            if len(erased) <= SHOWN:
                layout.addWidget(self._tick(_("Take {name} in all the same", name=each.name), frozenset({each.row}), back))
        if len(erased) > SHOWN:
            layout.addWidget(text(trn("and {n} more", "and {n} more", len(erased) - SHOWN)))
            layout.addWidget(self._tick(_("Take them all in all the same"), frozenset(each.row for each in erased), back))
        layout.addWidget(text(_("Where the party's own list still names somebody who asked to be erased, tell its membership office."),
                              "quiet"))

    def _tick(self, words: str, rows: frozenset[int], back: frozenset[int]) -> QCheckBox:
        made = QCheckBox(words.replace("&", "&&"))
        made.setMinimumHeight(theme.TARGET)
        made.setChecked(rows <= back)
        made.toggled.connect(self._turned)
        self.ticks[made] = rows
        return made

    def _turned(self) -> None:
        self._changed(frozenset().union(*(rows for tick, rows in self.ticks.items() if tick.isChecked())))
