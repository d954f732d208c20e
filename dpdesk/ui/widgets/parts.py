"""The smallest parts: a wrapped label in a role, a button with a verb, a hairline, a combo box drawn in the tokens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyleOptionComboBox,
    QWidget,
)

from dpdesk.ui import assets, early, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


def shown_path(folder: Path) -> str:
    """A path that can be broken over lines at its separators."""
    return str(folder).replace(os.sep, f"{os.sep}\u200b")


def set_role(widget: QWidget, role: str) -> None:
    """Give `widget` a role of the stylesheet, also after it was shown."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Words(QLabel):
    """A wrapped label that knows its height where it is narrower than its place: layouts ask for the place's width."""

    def heightForWidth(self, width: int) -> int:
        """The height at `width`, or at the greatest width it may have."""
        return super().heightForWidth(min(width, self.maximumWidth()))


def text(words: str = "", role: str = "", *, selectable: bool = False) -> QLabel:
    """A wrapped plain-text label; roles: title, heading, subtitle, quiet, small, label, error, warning, done, badge."""
    label = Words(words)
    early.plain(label)
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    if role:
        label.setProperty("role", role)
    if role in ("title", "heading"):
        label.setFont(heading_font(role))
    if selectable:
        early.selectable(label)
    return label


def badge(words: str, kind: str = "") -> QLabel:
    """A small word on a tint: `kind` is "", `warning` or `danger`."""
    label = QLabel(words)
    early.plain(label)
    label.setProperty("role", f"badge_{kind}" if kind else "badge")
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def button(words: str, on_press: Callable[[], object] | None = None, *, role: str = "", icon: str = "",
           name: str = "", tip: str = "") -> QPushButton:
    """A button with a verb; roles: primary, danger, quiet, link, chip. Give `name` where the words alone do not tell."""
    made = QPushButton(words)
    made.setProperty("role", role)
    made.setMinimumHeight(theme.TARGET)
    made.setAutoDefault(False)
    if icon:
        tint = {"primary": "on_accent", "danger": "danger", "quiet": "accent", "link": "accent", "back": "accent"}.get(role, "text")
        assets.dress(made, icon, tint)
    if name or not words:
        made.setAccessibleName(name)
    if tip or (name and not words):
        made.setToolTip(tip or name)
    if on_press is not None:
        made.clicked.connect(lambda _checked=False: on_press())
    return made


def row(*widgets: QWidget | None, spacing: int = theme.SPACE) -> QHBoxLayout:
    """A horizontal row; None is a stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def line() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def card(layout: QBoxLayout, margin: int = 2 * theme.SPACE) -> QFrame:
    """A quiet surface holding `layout`."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout.setContentsMargins(margin, margin, margin, margin)
    frame.setLayout(layout)
    return frame


def empty_out(layout: QBoxLayout) -> None:
    """Take everything out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_out(inner)  # type: ignore[arg-type]


def heading_font(role: str) -> QFont:
    """The font of a title or heading, for measuring (the stylesheet sets the same)."""
    font = QFont(QApplication.font())
    font.setPointSizeF(theme.points(20.0 if role == "title" else 13.0))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def figures_font() -> QFont:
    """The body font with figures of one width, for tables and counts."""
    font = QFont(QApplication.font())
    if hasattr(QFont, "Tag"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


class Choice(QComboBox):
    """A combo box of (code, words). The wheel scrolls the page rather than changing it unseen."""

    def __init__(self, options: Iterable[tuple[str, str]] = (), *, name: str = "") -> None:
        super().__init__()
        self.setMinimumHeight(theme.TARGET)
        early.no_wheel_focus(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        if name:
            self.setAccessibleName(name)
        self.offer(options)

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Put `options` in place of those there were; the chosen code stays where it still exists."""
        kept = self.code()
        self.blockSignals(True)
        self.clear()
        for code, words in options:
            self.addItem(words, code)
        self.blockSignals(False)
        self.choose(kept)

    def code(self) -> str:
        """The code chosen."""
        return self.currentData() or ""

    def choose(self, code: str) -> None:
        """Choose `code`; the first option where there is no such code."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def sizeHint(self) -> QSize:
        """Room for the longest option beside the arrow, which the stylesheet's padding does not count."""
        words = max((self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        hint = super().sizeHint()
        return QSize(max(hint.width(), words + self._beside()), max(hint.height(), theme.TARGET))

    def _beside(self) -> int:
        """The arrow and the margins, in pixels at the text scale in force."""
        return round(32 * theme.scale()) + 16

    def minimumSizeHint(self) -> QSize:
        """Never narrower than a few letters, so that long options do not widen the page."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), round(160 * theme.scale())), max(hint.height(), theme.TARGET))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Words that are longer than the box end in an ellipsis, not in half a letter."""
        super().initStyleOption(option)
        if self.fontMetrics().horizontalAdvance(option.currentText) > (room := self.width() - self._beside() + 2):
            from PySide6.QtCore import Qt
            option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box by stylesheet, the arrow by us."""
        super().paintEvent(event)  # its words by `initStyleOption`
        side = round(16 * theme.scale())
        where = QRect(self.width() - side - 9, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.drawPixmap(where, assets.pixmap("chevron-down", "text" if self.isEnabled() else "quiet", 16))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()
