"""Qt's values as numbers, for what is built before the first paint.

PySide makes the classes of all of Qt's enumerations when the name `Qt` is first used, which costs the first window a tenth of its
time; a property takes the number as well. Elsewhere use `Qt` itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

_PLAIN_TEXT = 0    # Qt.TextFormat.PlainText
_SELECTABLE = 1    # Qt.TextInteractionFlag.TextSelectableByMouse
_NO_FOCUS = 0      # Qt.FocusPolicy.NoFocus
_STRONG_FOCUS = 11  # Qt.FocusPolicy.StrongFocus


def plain(label: QLabel) -> None:
    """What the label says is text, whatever is in it: never read as HTML."""
    label.setProperty("textFormat", _PLAIN_TEXT)


def selectable(label: QLabel) -> None:
    """The label's words can be marked and copied."""
    label.setProperty("textInteractionFlags", _SELECTABLE)


def no_focus(widget: QWidget) -> None:
    """The widget never takes the keyboard."""
    widget.setProperty("focusPolicy", _NO_FOCUS)


def no_wheel_focus(widget: QWidget) -> None:
    """The widget takes the keyboard by Tab and click, not by the wheel."""
    widget.setProperty("focusPolicy", _STRONG_FOCUS)
