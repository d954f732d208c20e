"""Secrets in the window: typed hidden, shown once in large groups; a copy of one leaves the clipboard after a minute."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, card, row, text
from dpdesk.ui.words import _

CLEARED_AFTER = 60_000  # milliseconds


class _Copied(QTimer):
    """A secret on the clipboard: it goes after a minute or at `take_off`, unless something else was copied since."""

    def __init__(self, words: str) -> None:
        clipboard = QGuiApplication.clipboard()
        super().__init__(clipboard)
        self._words = words
        clipboard.setText(words)
        self.setSingleShot(True)
        self.timeout.connect(self.take_off)
        self.start(CLEARED_AFTER)

    def take_off(self) -> None:
        """Clear the clipboard where the secret is still on it."""
        clipboard = QGuiApplication.clipboard()
        if self._words and clipboard.text() == self._words:
            clipboard.clear()
        self._words = ""
        self.stop()
        self.deleteLater()


def copy_for_a_minute(words: str) -> None:
    """Put a secret on the clipboard for a minute."""
    _Copied(words)


def forget_copies() -> None:
    """Take secrets off the clipboard at once: the desk is locked or the program ends."""
    for copied in QGuiApplication.clipboard().findChildren(_Copied):
        copied.take_off()


def eye(field: QLineEdit, show: str, hide: str) -> QPushButton:
    """Hide what is typed into `field`; the button shows it and hides it again, and is called `show` or `hide` by what it does next."""
    def turn() -> None:
        shown = made.isChecked()
        field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        made.setText(_("Hide") if shown else _("Show"))
        made.setAccessibleName(hide if shown else show)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    made = button(_("Show"), turn, role="quiet", icon="eye", name=show)
    made.setCheckable(True)
    return made


class SecretField(QWidget):
    """An app password, token or private key (which may be pasted in one piece): hidden, never read back from the desk."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setMinimumHeight(theme.TARGET)
        self.field.returnPressed.connect(self.entered)
        layout = row(self.field, eye(self.field, _("Show: {name}", name=name), _("Hide: {name}", name=name)))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)

    def secret(self) -> Secret | None:
        """What was typed; None where nothing was."""
        return Secret(self.field.text()) if self.field.text() else None


class SecretDisplay(QWidget):
    """The groups of a recovery key, three in a row, and a button that copies them."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * theme.SPACE)
        for number, group in enumerate(words.split("-")):
            label = text(group, "secret", selectable=True)
            label.setWordWrap(False)
            grid.addWidget(label, number // 3, number % 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(card(grid))
        self._said = text("", "small")
        foot = row(button(_("Copy"), self._copy, role="quiet", icon="copy", name=_("Copy the key")), self._said)
        foot.setStretch(1, 1)
        layout.addLayout(foot)

    def _copy(self) -> None:
        copy_for_a_minute(self._words)
        self._said.setText(_("Copied. It leaves the clipboard in a minute."))
