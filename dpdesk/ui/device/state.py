"""The state of a point as a word with its icon on a tint: never colour alone, and a warning never green."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from dpdesk.domain.device import Standing
from dpdesk.services.device_words import state_code, state_name
from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import text

_LOOKS = {"pass": ("check", "done", "message_done"), "fail": ("triangle-alert", "danger", "message_failed"),
          "warning": ("triangle-alert", "warning", "message_warning"), "cannot_tell": ("circle-help", "quiet", "card"),
          "not_applicable": ("x", "quiet", "card"), "attested": ("user", "accent", "message_info")}


def state_flag(standing: Standing) -> QFrame:
    """A flag for the state of `standing`."""
    icon, tint, role = _LOOKS[state_code(standing)]
    made = QFrame()
    made.setProperty("role", role)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(theme.SPACE, 2, theme.SPACE, 2)
    layout.setSpacing(theme.SPACE // 2)
    picture = QLabel()
    assets.dress(picture, icon, tint, 16)
    layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
    words = text(state_name(standing), "label")
    words.setWordWrap(False)
    layout.addWidget(words)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made
