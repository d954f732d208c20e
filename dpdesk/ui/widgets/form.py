"""A form from specs: `show`, `values`, `show_problems`. Save stays enabled; problems are named at the top and in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.fields import FieldSpec, FormField
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.words import trn

__all__ = ["FieldSpec", "Form"]
_TWO_COLUMNS_FROM = 560  # pixels at 100 %


class Form(QWidget):
    """Fields in one column, or in `columns` where there is room. `edited` is sent at each change by the officer."""

    edited = Signal()

    def __init__(self, specs: Sequence[FieldSpec], *, columns: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self._shown: dict[str, str] = {}
        self._columns, self._laid = columns, 0
        self._fields = {spec.code: FormField(spec, self.edited.emit) for spec in specs}
        groups = [group for group in dict.fromkeys(s.group for s in specs) if group]
        self._headings = {group: text(group, "heading") for group in groups}
        for group in groups:
            if group != specs[0].group:  # the first one stands at the top anyway
                self._headings[group].setContentsMargins(0, theme.SPACE, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2 * theme.SPACE)
        self._summary = QFrame()
        self._summary.setProperty("role", "message_failed")
        self._lines = QVBoxLayout(self._summary)
        self._lines.setContentsMargins(2 * theme.SPACE, theme.SPACE, 2 * theme.SPACE, theme.SPACE)
        self._lines.setSpacing(0)
        self._summary.hide()
        outer.addWidget(self._summary)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(3 * theme.SPACE)
        self._grid.setVerticalSpacing(2 * theme.SPACE)
        outer.addLayout(self._grid)
        if columns == 1:
            self.setMaximumWidth(round(560 * theme.scale()))
        self._lay(1)

    def show(self, values: Mapping[str, str] | None = None) -> None:  # type: ignore[override]
        """Show `values` (missing codes empty) and take them as what was saved; without values, Qt's own show."""
        if values is None:
            super().show()
            return
        self.clear_problems()
        for code, field in self._fields.items():
            field.set_value(values.get(code, ""))
        self._shown = self.values()

    def fill(self, values: Mapping[str, str]) -> None:
        """Show `values` as edits (a draft) on top of what was saved."""
        for code, value in values.items():
            if code in self._fields:
                self._fields[code].set_value(value)

    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {code: field.value() for code, field in self._fields.items()}

    def changes(self) -> dict[str, str]:
        """The fields that differ from what `show` was given."""
        return {code: value for code, value in self.values().items() if value != self._shown.get(code, "")}

    def field(self, code: str) -> FormField:
        """The field of `code`."""
        return self._fields[code]

    def show_group(self, group: str, on: bool) -> None:
        """Show or hide a heading and all that stands under it."""
        self._headings[group].setVisible(on)
        for field in self._fields.values():
            if field.spec.group == group:
                field.setVisible(on)

    def problems(self) -> dict[str, str]:
        """The problems shown now: code -> sentence."""
        return {code: field.problem for code, field in self._fields.items() if field.problem}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show code -> sentence: a summary at the top, each in place, the first focused."""
        self.clear_problems()
        known = [code for code in self._fields if code in problems]
        self._lines.addWidget(text(trn("One thing needs mending. Nothing was saved yet.",
                                       "{n} things need mending. Nothing was saved yet.", len(problems)), "label"))
        for code in known:
            self._fields[code].set_problem(problems[code])
            words = f"{self._fields[code].spec.label}: {problems[code]}"
            self._lines.addWidget(button(words, self._fields[code].control.setFocus, role="link"))
        for code in problems.keys() - set(known):
            self._lines.addWidget(text(problems[code]))
        self._summary.setVisible(bool(problems))
        if known:
            self._fields[known[0]].control.setFocus()

    def clear_problems(self) -> None:
        """Take every problem away."""
        empty_out(self._lines)
        self._summary.hide()
        for field in self._fields.values():
            if field.problem:
                field.set_problem("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the window is narrow or the text large."""
        super().resizeEvent(event)
        room = int(self.width() / (_TWO_COLUMNS_FROM / 2 * theme.scale()))
        self._lay(max(1, min(self._columns, room)))
        self._even()

    def event(self, event: QEvent) -> bool:
        """Labels that come, go or change may need more room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._even()
        return super().event(event)

    def _even(self) -> None:
        """Controls of one row stand on one line, however many lines their labels and helps take."""
        for line in self._rows:
            fields = [field for field in line if field.isVisibleTo(self)]
            width = (self.width() - (self._laid - 1) * self._grid.horizontalSpacing()) // self._laid
            high = max((field.head_height(width) for field in fields), default=0) if len(fields) > 1 else 0
            for field in fields:
                field.set_head_height(high)

    def _lay(self, columns: int) -> None:
        """Put the fields into so many columns, each group under its heading."""
        if columns == self._laid:
            return
        self._laid = columns
        for widget in (*self._headings.values(), *self._fields.values()):
            self._grid.removeWidget(widget)  # not takeAt: an item that outlives its place keeps the new one's height stale
        line, at, group = 0, 0, ""
        self._rows: list[list[FormField]] = []
        rows: dict[int, list[FormField]] = {}
        for field in self._fields.values():
            if field.spec.group != group:
                group, line, at = field.spec.group, line + (at > 0), 0
                self._grid.addWidget(self._headings[group], line, 0, 1, columns)
                line += 1
            if field.spec.span and at > 0:
                line, at = line + 1, 0
            self._grid.addWidget(field, line, at, 1, columns if field.spec.span else 1)
            rows.setdefault(line, []).append(field)
            at = columns if field.spec.span else at + 1
            if at >= columns:
                line, at = line + 1, 0
        self._rows = list(rows.values())
        for column in range(max(2, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
