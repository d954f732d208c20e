"""Asking for what an account signs in with, and for the number of people before anything goes to many."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.ui import theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.words import _

TYPED_OVER = 50
"""Above this many people, or the policy's number where that is lower, the number is typed before anything goes."""


class SecretField(QWidget):
    """An app password or token: hidden, shown at will, never read back from the desk."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        self.field.setMinimumHeight(theme.TARGET)
        self.field.returnPressed.connect(self.entered)
        self._eye = button(_("Show"), self._turn, role="quiet", icon="eye", name=_("Show: {name}", name=name))
        self._eye.setCheckable(True)
        layout = row(self.field, self._eye)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)

    def secret(self) -> Secret | None:
        """What was typed; None where nothing was."""
        return Secret(self.field.text()) if self.field.text() else None

    def _turn(self) -> None:
        shown = self._eye.isChecked()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setText(_("Hide") if shown else _("Show"))


class SecretCard(QWidget):
    """A card that asks for the password of an account, for this once; nothing is kept."""

    def __init__(self, verb: str, then: Callable[[Secret], object]) -> None:
        super().__init__()
        self._then = then
        self.field = SecretField(_("App password"))
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("What does the account sign in with?"), "heading"))
        column.addWidget(text(_("None is kept on the desk. It is used this once and forgotten; under Mail accounts it can be kept."),
                              "quiet"))
        column.addWidget(self.field)
        column.addLayout(row(button(verb, self._send, role="primary"), button(_("Cancel"), self._close), None))
        self.field.entered.connect(self._send)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(column, 3 * theme.SPACE))

    def _send(self) -> None:
        secret = self.field.secret()
        if secret is None:
            self.field.setFocus()
            return
        self._close()
        self._then(secret)

    def _close(self) -> None:
        self.field.field.clear()
        self.hide()
        self.deleteLater()


def with_secret(slot: QVBoxLayout, kept: bool, verb: str, then: Callable[[Secret | None], object]) -> None:
    """Go on with what is kept, or ask for it in `slot` first."""
    empty_out(slot)
    if kept:
        then(None)
        return
    asked = SecretCard(verb, then)
    slot.addWidget(asked)
    asked.field.setFocus()


def confirm_count(parent: QWidget, n: int, over: int, words: tuple[str, str, str], then: Callable[[], object]) -> None:
    """Ask (what, consequence, verb); above `over` people, or TYPED_OVER, their number is typed."""
    what, consequence, verb = words
    ask.confirm(parent, what, consequence, verb, then, type_word=str(n) if n > min(over, TYPED_OVER) else "")
