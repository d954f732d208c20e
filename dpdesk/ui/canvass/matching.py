"""What each column of a file of the register becomes, one line a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.domain.register_layouts import TARGETS
from dpdesk.services.register_words import target_name
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import Choice, empty_out, line, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.register import Draft

_VALUES = 3  # shown of each column
_LONGEST = 24


class ColumnsTable(QWidget):
    """`mapping` is what was chosen: column -> target."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[int, Choice] = {}
        self._count = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def mapping(self) -> dict[int, str]:
        """What each column becomes; "" leaves it out."""
        return {column: self._choices[column].code() if column in self._choices else "" for column in range(self._count)}

    def show_draft(self, draft: Draft, kept: Mapping[int, str]) -> None:
        """Show the columns, matched as the draft proposes or as `kept` says."""
        empty_out(self._layout)
        self._choices.clear()
        self._count = len(draft.headers)
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE * 2)
        grid.setVerticalSpacing(theme.SPACE)
        grid.setColumnStretch(0, 1)
        for column, header in enumerate(draft.headers):
            self._add(grid, column, header, draft, kept)
        self._layout.addWidget(holder)

    def _add(self, grid: QGridLayout, column: int, header: str, draft: Draft, kept: Mapping[int, str]) -> None:
        refused = column in draft.refused_columns
        values = [" ".join(cells[column].split())[:_LONGEST] for cells in draft.sample if cells[column].strip()][:_VALUES]
        what = QVBoxLayout()
        what.setSpacing(0)
        what.addWidget(text(header or _("(column {n}, no header)", n=column + 1), "label"))
        what.addWidget(text(_("The policy has no purpose for it.") if refused else " · ".join(values) or _("empty"), "small"))
        grid.addLayout(what, 2 * column, 0)
        if not refused:
            choice = Choice([(target, target_name(target)) for target in ("", *TARGETS)], name=_("“{header}” becomes", header=header))
            choice.choose(kept.get(column, draft.mapping.get(column, "")))
            self._choices[column] = choice
            grid.addWidget(choice, 2 * column, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(line(), 2 * column + 1, 0, 1, 2)
