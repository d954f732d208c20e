"""A field for what a destination is signed in to with: a password, a secret key, or the text of a private key. Never shown again."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.words import _


class SecretField(QWidget):
    """Hidden, shown at will; a private key may be pasted in one piece."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        self.field.setMinimumHeight(theme.TARGET)
        self._eye = button(_("Show"), self._turn, role="quiet", icon="eye", name=_("Show: {name}", name=name))
        self._eye.setCheckable(True)
        layout = row(self.field, self._eye)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.field)
        self.setMaximumWidth(round(560 * theme.scale()))

    def secret(self) -> Secret | None:
        """What was typed; None where nothing was."""
        return Secret(self.field.text()) if self.field.text() else None

    def _turn(self) -> None:
        shown = self._eye.isChecked()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setText(_("Hide") if shown else _("Show"))
