"""Holds contact details back until somebody asks for them, and again once the window is covered or a while has passed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.domain.masking import MASKED, masked
from dpdesk.services.session import Session

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

    def _turn(self, lifted: bool) -> None:
        if lifted != self._lifted:
            self._lifted = lifted
            self.turned.emit()
