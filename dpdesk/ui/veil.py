"""Holds contact details back until somebody asks for them, and again once the window is covered or a while has passed."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from dpdesk.domain.masking import MASKED, masked
from dpdesk.services.session import Session
from dpdesk.ui import assets
from dpdesk.ui.words import _

SHOWN_FOR = 10 * 60_000  # milliseconds
KEY = "Ctrl+Shift+M"


class Veil(QObject):
    """One for the desk. `lifted` tells whether details show; `turned` is sent when that changes."""

    turned = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._lifted = session, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self.lower)

    @property
    def lifted(self) -> bool:
        """Whether details show."""
        return self._lifted or not self._session.masks

    def lift(self) -> None:
        """Show them for a while."""
        self._turn(True)
        self._timer.start()

    def lower(self) -> None:
        """Hold them back again."""
        self._timer.stop()
        self._turn(False)

    def toggle(self) -> None:
        """Show them, or hold them back."""
        (self.lower if self._lifted else self.lift)()

    def hides(self, code: str) -> bool:
        """Whether a field is held back now."""
        return code in MASKED and not self.lifted

    def words(self, code: str, value: str) -> str:
        """The value, or what is left of it while it is held back."""
        return masked(code, value) if self.hides(code) else value

    def governs(self, switch: QPushButton) -> QPushButton:
        """Let a button say what it will do next, show or hold back; where the desk shows them always it is not there."""
        words = bool(switch.text())

        def say() -> None:
            if not shiboken6.isValid(switch):
                return
            said = _("Hold contact details back") if self._lifted else _("Show contact details")
            if words:
                switch.setText(said)
            else:
                switch.setAccessibleName(said)
                switch.setToolTip(f"{said} ({KEY})")
            if switch.parentWidget() is not None or not self._session.masks:
                switch.setVisible(self._session.masks)
            assets.dress(switch, "eye-off" if self._lifted else "eye", "accent")

        self.turned.connect(say)
        say()
        return switch

    def _turn(self, lifted: bool) -> None:
        if lifted != self._lifted:
            self._lifted = lifted
            self.turned.emit()
