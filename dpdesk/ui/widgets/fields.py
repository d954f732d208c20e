"""One field of a form: its label, its control, its help and its problem, kept together for eye and screen reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from dpdesk.services.session import today
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import Choice, row, text
from dpdesk.ui.words import _

LINE_KINDS = ("text", "name", "email", "phone", "postcode", "number", "date")


class Custom(QWidget):
    """A control that a feature brings: text in, text out."""

    def value(self) -> str:
        """What stands in it."""
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        """Show a value."""
        raise NotImplementedError


@dataclass(frozen=True)
class FieldSpec:
    """What a form shows for one code. Kinds: text, name, email, phone, postcode, number, date, choice, long, tick, secret.

    `choices` are (code, words) for a choice; `group` is the heading it stands under; `span` lets it take the whole row; `note` stands
    small at the end of the label's line; `make` gives a control of its own, handed what to call at each change.
    """

    code: str
    label: str
    kind: str = "text"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 120
    group: str = ""
    span: bool = False
    placeholder: str = ""
    note: str = ""
    make: Callable[[Callable[[], None]], Custom] | None = None


def shown_date(iso: str) -> str:
    """`2026-11-24` as `24/11/2026`; anything else as it is."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso


def read_date(typed: str) -> str:
    """`24/11/2026`, `24.11.26` or ISO as ISO; what is no date stays as typed, for the rules to name."""
    parts = typed.strip().replace(".", "/").replace("-", "/").replace(" ", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return typed.strip()
    first, month, last = (int(part) for part in parts)
    day, year = (last, first) if len(parts[0]) == 4 else (first, last)
    if year < 100:
        year += 2000 if year <= (today().year + 10) % 100 else 1900
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return typed.strip()


class FormField(QWidget):
    """`value`, `set_value`, `set_problem`; `on_edit` is called at each change by the officer."""

    def __init__(self, spec: FieldSpec, on_edit: Callable[[], None]) -> None:
        super().__init__()
        self.spec = spec
        self.problem = ""
        self.setProperty("role", "plain")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        self.control = self._make(on_edit)
        self.control.setAccessibleName(spec.label)
        self.control.setAccessibleDescription(spec.help)
        self._head = QWidget()
        self._head.setProperty("role", "plain")
        self._above = QVBoxLayout(self._head)
        self._above.setContentsMargins(0, 0, 0, 0)
        self._above.setSpacing(theme.SPACE // 4)
        self._above.addStretch(1)
        if spec.kind != "tick":
            self._above.addWidget(self._label())
        if spec.help:
            self._above.addWidget(text(spec.help, "small"))
        layout.addWidget(self._head)
        self._head.setVisible(self._above.count() > 1)
        layout.addWidget(self.control)
        self._problem = text("", "error")
        self._problem.hide()
        layout.addWidget(self._problem)
        layout.addStretch(1)

    def _label(self) -> QWidget:
        """What the field is called, and small after it the clause it answers."""
        label = text(self.spec.label, "label")
        label.setBuddy(self.control)
        if not self.spec.note:
            return label
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        note = text(self.spec.note, "small")
        note.setWordWrap(False)
        both = QWidget()
        both.setProperty("role", "plain")
        both.setLayout(row(label, note))
        return both

    def head_height(self, width: int) -> int:
        """How much room label and help take at `width`."""
        return self._above.heightForWidth(width) if self._above.hasHeightForWidth() else self._above.sizeHint().height()

    def set_head_height(self, height: int) -> None:
        """Give label and help that much room, so that the controls of one row stand on one line."""
        if self._head.minimumHeight() != height:
            self._head.setMinimumHeight(height)
            self._head.setVisible(height > 0)

    def _make(self, on_edit: Callable[[], None]) -> QWidget:
        spec = self.spec
        if spec.make is not None:
            return spec.make(on_edit)
        if spec.kind == "choice":
            choice = Choice(spec.choices)
            choice.activated.connect(lambda _index: on_edit())
            return choice
        if spec.kind == "tick":
            tick = QCheckBox(spec.label.replace("&", "&&"))
            tick.setMinimumHeight(theme.TARGET)
            tick.clicked.connect(lambda _on: on_edit())
            return tick
        if spec.kind == "long":
            area = QPlainTextEdit()
            area.setTabChangesFocus(True)
            area.setMinimumHeight(round(96 * theme.scale()))
            area.setPlaceholderText(spec.placeholder)
            area.textChanged.connect(on_edit)
            return area
        entry = QLineEdit()
        entry.setMaxLength(spec.longest)
        if spec.kind == "secret":
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        entry.setMinimumHeight(theme.TARGET)
        entry.setPlaceholderText(spec.placeholder or (_("DD/MM/YYYY") if spec.kind == "date" else ""))
        entry.textEdited.connect(lambda _typed: on_edit())
        if spec.kind == "date":
            entry.editingFinished.connect(lambda: entry.setText(shown_date(read_date(entry.text()))))
        return entry

    def value(self) -> str:
        """The value as the services take it: dates ISO, a tick "yes" or ""."""
        control = self.control
        if isinstance(control, Custom):
            return control.value()
        if isinstance(control, Choice):
            return control.code()
        if isinstance(control, QCheckBox):
            return "yes" if control.isChecked() else ""
        if isinstance(control, QPlainTextEdit):
            return control.toPlainText().strip()
        if self.spec.kind == "secret":
            return control.text()  # type: ignore[attr-defined]
        typed = control.text().strip()  # type: ignore[attr-defined]
        return read_date(typed) if self.spec.kind == "date" else typed

    def set_value(self, value: str) -> None:
        """Show `value` without calling it an edit."""
        control = self.control
        control.blockSignals(True)
        if isinstance(control, Custom):
            control.set_value(value)
        elif isinstance(control, Choice):
            control.choose(value)
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(value)
        else:
            control.setText(shown_date(value) if self.spec.kind == "date" else value)  # type: ignore[attr-defined]
        control.blockSignals(False)

    def set_problem(self, sentence: str) -> None:
        """Show what is wrong beside the field, or nothing."""
        self.problem = sentence
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.control.setProperty("problem", bool(sentence))
        self.control.setAccessibleDescription(" ".join(part for part in (sentence, self.spec.help) if part))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def set_read_only(self, on: bool) -> None:
        """Show, but do not let change."""
        if isinstance(self.control, (QLineEdit, QPlainTextEdit)):
            self.control.setReadOnly(on)
        else:
            self.control.setEnabled(not on)
