"""Icons drawn from `resources/icons` in the colours in force, and drawn anew whenever the look changes."""

from __future__ import annotations

from functools import lru_cache
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from dpdesk import RESOURCES
from dpdesk.ui import theme

SIDE = 18  # pixels at 100 %
_GAP = 4  # pixels at 100 %, between an icon and its words, beside the four that Qt leaves
_dressed: WeakSet[QWidget] = WeakSet()


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, side: int, ratio: int, gap: int = 0) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap((side + gap) * ratio, side * ratio)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side * ratio, side * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, tint: str = "text", side: int = SIDE, ratio: int = 2, gap: int = 0) -> QPixmap:
    """The icon `name` in the token colour `tint`, `side` pixels wide at 100 % text, with a `gap` at its right."""
    return _pixmap(name, getattr(theme.active(), tint), round(side * theme.scale()), ratio, round(gap * theme.scale()))


def icon(name: str, tint: str = "text", side: int = SIDE, gap: int = 0) -> QIcon:
    """The icon `name` in the token colour `tint`; `accent` where it is switched on."""
    made = QIcon()
    for ratio in (1, 2):
        made.addPixmap(pixmap(name, tint, side, ratio, gap))
        made.addPixmap(pixmap(name, "quiet", side, ratio, gap), QIcon.Mode.Disabled)
        if tint in ("text", "quiet"):
            made.addPixmap(pixmap(name, "accent", side, ratio, gap), QIcon.Mode.Normal, QIcon.State.On)
    return made


def dress(widget: QWidget, name: str, tint: str = "text", side: int = SIDE) -> None:
    """Give a button or label the icon `name`, kept in step with the look."""
    widget.setProperty("dpdesk_icon", [name, tint, side])
    _dressed.add(widget)
    _draw(widget)


def _draw(widget: QWidget) -> None:
    name, tint, side = widget.property("dpdesk_icon")
    if isinstance(widget, QAbstractButton):
        gap = _GAP if widget.text() else 0
        widget.setIcon(icon(name, tint, side, gap))
        widget.setIconSize(QSize(round(side * theme.scale()) + round(gap * theme.scale()), round(side * theme.scale())))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, tint, side))


def redraw() -> None:
    """Draw every dressed widget's icon in the colours now in force.

    Not through `QApplication.allWidgets()`: that takes hold of Qt's own inner widgets too, which may go without a word to
    Python, and the process with them.
    """
    for widget in list(_dressed):
        if shiboken6.isValid(widget):
            _draw(widget)


theme.on_change(redraw)
