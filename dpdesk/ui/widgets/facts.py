"""A flag (a word with its icon on a tint), and lists of label and value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import figures_font, text


def flag(words: str, icon: str, kind: str) -> QWidget:
    """A word with an icon on a tint: `kind` is done, warning or danger. Never colour alone."""
    made = QFrame()
    made.setProperty("role", {"danger": "message_failed"}.get(kind, f"message_{kind}"))
    layout = QHBoxLayout(made)
    layout.setContentsMargins(theme.SPACE, theme.SPACE // 2, theme.SPACE * 3 // 2, theme.SPACE // 2)
    layout.setSpacing(theme.SPACE)
    picture = QLabel()
    assets.dress(picture, icon, kind, 16)
    layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
    label = text(words, "label")
    label.setAccessibleName(words)
    layout.addWidget(label, 1)
    return made


def fact_list(facts: Sequence[tuple[str, str]], *, stacked: bool = False) -> QWidget:
    """Labels and values; side by side, or `stacked` where it is narrow. Values can be selected."""
    made = QWidget()
    if stacked:
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label, value in facts:
            column.addWidget(text(label, "small"))
            column.addWidget(_value(value))
            column.addSpacing(theme.SPACE)
        return made
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE * 3)
    grid.setVerticalSpacing(theme.SPACE)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, round(150 * theme.scale()))
    for at, (label, value) in enumerate(facts):
        name = text(label, "quiet")
        name.setWordWrap(False)
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_value(value), at, 1)
    return made


def _value(value: str) -> QLabel:
    label = text(value, selectable=True)
    label.setFont(figures_font())
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
