"""Pieces of a scanned page on the screen: a row, its boxes, the whole page; outlines tell boxes apart. Nothing touches a disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dpdesk.domain.sheets import PAPER, Layout, Rect
from dpdesk.ui import theme
from dpdesk.ui.theme import tokens

MARGIN = 1.5  # millimetres of the page round what is shown


def image_of(content: bytes) -> QImage:
    """The kept picture of a page."""
    return QImage.fromData(content, "JPEG")


def row_place(layout: Layout, line: int) -> Rect:
    """The whole row, with its notes."""
    return layout.row(line - 1)


def boxes_place(layout: Layout, line: int, boxes: int) -> Rect:
    """Name and boxes of a row, without its notes."""
    row = layout.row(line - 1)
    return Rect(row.x, row.y, layout.box_at(0, boxes - 1).right + 3.0 - row.x, row.height)


def rows_place(layout: Layout, rows: int) -> Rect:
    """All rows of a page, without its head and its margins."""
    first, last = layout.row(0), layout.row(rows - 1)
    return Rect(first.x, first.y, first.width, last.bottom - first.y)


class Crop(QWidget):
    """A place of a page (millimetres), as wide as there is room; `outlined` boxes by their tone: "accent", "warning", "done"."""

    def __init__(self, name: str, tallest: int = 420) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._tallest, self._fits = tallest, False
        self._image = QImage()
        self._place = Rect(0, 0, *PAPER)
        self._outlines: list[tuple[Rect, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_place(self, image: QImage, place: Rect, outlined: Sequence[tuple[Rect, str]] = ()) -> None:
        """Show that part of a straightened page."""
        self._image, self._place, self._outlines = image, place.grown(MARGIN), list(outlined)
        self.updateGeometry()
        self.update()

    def fit_into(self, least: int) -> None:
        """Fill whatever place there is, `least` pixels high at 100 % text, rather than take the height of the whole width."""
        self._fits = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(round(least * theme.scale()))

    def hasHeightForWidth(self) -> bool:
        """As wide as its place, as high as the paper then is."""
        return not self._fits

    def heightForWidth(self, width: int) -> int:
        """The height at `width`, never over the tallest."""
        most = round(self._tallest * theme.scale())
        return max(24, min(most, round(width * self._place.height / self._place.width)))

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        wide = round(720 * theme.scale())
        return QSize(wide, self.minimumHeight() if self._fits else self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """It may become narrow: the picture shrinks."""
        return QSize(200, 24)

    def _frame(self) -> tuple[QRectF, float]:
        """Where the paper is drawn, and pixels to a millimetre."""
        scale = min(self.width() / self._place.width, self.height() / self._place.height)
        return QRectF(0, 0, self._place.width * scale, self._place.height * scale), scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper, then the outlines in the light colours: paper is white in every look."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target, scale = self._frame()
        if not self._image.isNull():
            across, down = self._image.width() / PAPER[0], self._image.height() / PAPER[1]
            source = QRectF(self._place.x * across, self._place.y * down, self._place.width * across, self._place.height * down)
            painter.drawImage(target, self._image, source)
        for place, tone in self._outlines:
            style = Qt.PenStyle.DashLine if tone == "warning" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(QColor(getattr(tokens.LIGHT, tone)), 2.4, style))
            painter.drawRoundedRect(self._at(place.grown(0.7), scale), 3, 3)
        painter.setPen(QPen(QColor(theme.active().line), 1))
        painter.drawRect(target.adjusted(0, 0, -1, -1))
        painter.end()

    def _at(self, place: Rect, scale: float) -> QRectF:
        return QRectF((place.x - self._place.x) * scale, (place.y - self._place.y) * scale, place.width * scale, place.height * scale)

    def place_at(self, x: float, y: float) -> tuple[float, float]:
        """Millimetres of the paper under a point of the widget."""
        _target, scale = self._frame()
        return self._place.x + x / scale, self._place.y + y / scale


def outlines(layout: Layout, letters: Mapping[int, str]) -> list[tuple[Rect, str]]:
    """The boxes of rows to be outlined: line -> letters; marked ones in the accent, unsure ones as a warning."""
    tones = {"x": "accent", "?": "warning", "#": "danger"}
    return [(layout.box_at(line - 1, at), tones[letter]) for line, row in letters.items()
            for at, letter in enumerate(row) if letter in tones]
