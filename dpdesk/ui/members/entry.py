"""A few questions asked in place: an inline card with labels, problems beside fields, and a verb. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import Choice, button, card, row, text
from dpdesk.ui.words import _, field_name, problem


@dataclass(frozen=True)
class Ask:
    """One question. `kind` is line, long, day or choice (then `options` are code and words); `name` the label."""

    code: str
    kind: str = "line"
    name: str = ""
    help: str = ""
    value: str = ""
    options: Sequence[tuple[str, str]] = ()


def as_typed(iso: str) -> str:
    """An ISO day as an officer types it: 24/11/2026."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


class Entry(QWidget):
    """Shows `asks` in a card; `send(values)` is called with the answers, days as ISO text. `closed` when put away."""

    closed = Signal()

    def __init__(self, heading: str, why: str, asks: Sequence[Ask], verb: str,
                 send: Callable[[dict[str, str]], None], *, role: str = "primary",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asks, self._send = {ask.code: ask for ask in asks}, send
        self.fields: dict[str, QWidget] = {}
        self._problems: dict[str, QLabel] = {}
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(text(heading, "label"))
        if why:
            column.addWidget(text(why, "quiet"))
        for ask in asks:
            self._add(column, ask)
        column.addSpacing(theme.SPACE)
        self.verb = button(verb, self._try, role=role)
        self.cancel = button(_("Cancel"), self.close_up)
        column.addLayout(row(self.verb, self.cancel, None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        outer.addWidget(card(column))
        escape = QShortcut(QKeySequence("Esc"), self, self.close_up)
        from PySide6.QtCore import Qt
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def start(self) -> None:
        """Put the caret into the first field."""
        next(iter(self.fields.values())).setFocus()

    def values(self) -> dict[str, str]:
        """What stands in the fields, as typed."""
        return {code: self._read(widget) for code, widget in self.fields.items()}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside each field and go to the first; {} takes all away."""
        for code, label in self._problems.items():
            label.setText(problem(problems[code]) if code in problems else "")
            label.setVisible(code in problems)
            field = self.fields[code]
            field.setProperty("problem", "true" if code in problems else "false")
            field.style().unpolish(field)
            field.style().polish(field)
            field.setAccessibleDescription(label.text())
        first = next((code for code in self.fields if code in problems), None)
        if first:
            self.fields[first].setFocus()

    def close_up(self) -> None:
        """Put the card away; nothing is kept."""
        self.hide()
        self.deleteLater()
        self.closed.emit()

    def _add(self, column: QVBoxLayout, ask: Ask) -> None:
        name = ask.name or field_name(ask.code)
        widget = self._make(ask, name)
        label = text(name, "label")
        label.setBuddy(widget)
        wrong = text("", "error")
        wrong.hide()
        column.addSpacing(theme.SPACE)
        column.addWidget(label)
        if ask.help:
            column.addWidget(text(ask.help, "small"))
        column.addWidget(widget)
        column.addWidget(wrong)
        self.fields[ask.code], self._problems[ask.code] = widget, wrong

    def _make(self, ask: Ask, name: str) -> QWidget:
        widget: QWidget
        if ask.kind == "choice":
            widget = Choice(ask.options)
            widget.choose(ask.value)
        elif ask.kind == "long":
            widget = QPlainTextEdit(ask.value)
            widget.setTabChangesFocus(True)
            widget.setFixedHeight(widget.fontMetrics().height() * 4 + 16)
        else:
            widget = QLineEdit(as_typed(ask.value) if ask.kind == "day" else ask.value)
            widget.setMinimumHeight(theme.TARGET)
            widget.returnPressed.connect(self._try)
        widget.setAccessibleName(name)
        return widget

    def _read(self, widget: QWidget) -> str:
        if isinstance(widget, Choice):
            return widget.code()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()

    def _try(self) -> None:
        from dpdesk.services.details_dates import read_day
        from dpdesk.services.session import today
        values, problems = self.values(), {}
        for code, ask in self._asks.items():
            if ask.kind == "day" and values[code].strip():
                values[code], wrong = read_day(values[code], today())
                if wrong:
                    problems[code] = wrong
        self.show_problems(problems)
        if not problems:
            self._send(values)
