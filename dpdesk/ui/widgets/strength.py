"""A passphrase field: shown or hidden at will, judged as one types, never copied by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import row, set_role, text
from dpdesk.ui.widgets.secret import eye
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret

_JUDGE_AFTER = 150  # milliseconds


def _reasons() -> dict[str, str]:
    return {"fine": _("Strong enough."), "short": _("Too short: take four or more plain words, say."),
            "common": _("Known from leaked lists: anybody guessing tries it first."),
            "personal": _("Made of names that are easy to guess: take words that have nothing to do with you."),
            "guessable": _("Easy to guess: add one or two more words.")}


class PassphraseField(QWidget):
    """`judged` shows a meter; `words` gives names that must not make up the passphrase, `least` the score that is enough.

    `changed` follows each key.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, *, judged: bool = True, words: Callable[[], Iterable[str]] | None = None,
                 least: Callable[[], int] | None = None) -> None:
        super().__init__()
        self._least = least
        self._judged, self._words, self._accepted = judged, words or (lambda: ()), False
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setMinimumHeight(theme.TARGET)
        self._meter, self._said = QProgressBar(), text("", "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addLayout(row(self.field, eye(self.field, _("Show the passphrase"), _("Hide the passphrase"))))
        if judged:
            self._meter.setRange(0, 4)
            self._meter.setTextVisible(False)
            self._meter.setAccessibleName(_("Strength"))
            layout.addWidget(self._meter)
            layout.addWidget(self._said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER)
        self._timer.timeout.connect(self._judge)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self.entered)
        self.setFocusProxy(self.field)

    def secret(self) -> Secret:
        """What was typed."""
        from dpdesk.domain.secret import Secret
        return Secret(self.field.text())

    def text(self) -> str:
        """What was typed, for comparing two fields."""
        return self.field.text()

    def accepted(self) -> bool:
        """Whether it is strong enough (always, where it is not judged)."""
        if self._timer.isActive():
            self._timer.stop()
            self._judge()
        return self._accepted or not self._judged

    def clear(self) -> None:
        """Empty it."""
        self.field.clear()
        self._judge()

    def focus(self) -> None:
        """Put the cursor there with all selected."""
        self.field.setFocus()
        self.field.selectAll()

    def _typed(self) -> None:
        if self._judged:
            self._timer.start()
        self.changed.emit()

    def _judge(self) -> None:
        typed = self.field.text()
        if not self._judged:
            return
        if not typed:
            self._accepted = False
            self._meter.setValue(0)
            self._said.clear()
            return
        from dpdesk.services.passphrases import ENOUGH, strength
        found = strength(typed, tuple(self._words()), self._least() if self._least else ENOUGH)
        self._accepted = found.accepted
        self._meter.setValue(max(1, found.score if found.accepted else min(found.score, 2)))
        set_role(self._meter, "strong" if found.accepted else "fair" if found.score > 1 else "weak")
        self._said.setText(_reasons()[found.reason])
        self.changed.emit()
