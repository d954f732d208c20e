"""A page the machine could not place: four corners are dragged onto those of the paper, by mouse or keys, and it is read again."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from dpdesk.domain.scans import Page
from dpdesk.ui import theme
from dpdesk.ui.theme import tokens
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _

_REACH = 28.0


class Corners(QWidget):
    """The picture with four handles, clockwise from the sheet's top left. Digits 1 to 4 choose one, arrows move it, with Shift further."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The page with its four corners"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._image = QImage()
        self.points: list[QPointF] = []  # in pixels of the picture
        self.chosen = 0
        self._held = False

    def show_image(self, image: QImage) -> None:
        """Begin with the corners a little inside the picture."""
        self._image = image
        wide, high = image.width(), image.height()
        self.points = [QPointF(wide * x, high * y) for x, y in ((0.04, 0.03), (0.96, 0.03), (0.96, 0.97), (0.04, 0.97))]
        self.chosen = 0
        self.updateGeometry()
        self.update()

    def turn(self) -> None:
        """The picture is upside down or sideways: each corner becomes the next."""
        self.points = [*self.points[1:], self.points[0]]
        self.update()

    def corners(self) -> tuple[tuple[float, float], ...]:
        """As the reader wants them."""
        return tuple((point.x(), point.y()) for point in self.points)

    def hasHeightForWidth(self) -> bool:
        """The picture keeps its form."""
        return True

    def heightForWidth(self, width: int) -> int:
        """At `width`."""
        if self._image.isNull():
            return 100
        return min(round(760 * theme.scale()), round(width * self._image.height() / self._image.width()))

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        wide = round(620 * theme.scale())
        return QSize(wide, self.heightForWidth(wide))

    def _scale(self) -> float:
        return min(self.width() / max(1, self._image.width()), self.height() / max(1, self._image.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the paper's outline, the handles with their numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, active = self._scale(), tokens.LIGHT
        painter.drawImage(QRectF(0, 0, self._image.width() * scale, self._image.height() * scale), self._image)
        at = [point * scale for point in self.points]
        painter.setPen(QPen(QColor(active.accent), 2))
        painter.drawPolygon(QPolygonF(at))
        for number, point in enumerate(at):
            mine = number == self.chosen
            painter.setBrush(QColor(active.accent if mine else active.surface))
            painter.setPen(QPen(QColor(active.accent), 2))
            painter.drawEllipse(point, 13, 13)
            painter.setPen(QColor(active.on_accent if mine else active.accent))
            painter.drawText(QRectF(point.x() - 12, point.y() - 12, 24, 24), Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearest handle."""
        where = event.position()
        near = sorted((((point * self._scale()) - where).manhattanLength(), number) for number, point in enumerate(self.points))
        if near and near[0][0] <= _REACH:
            self.chosen, self._held = near[0][1], True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._held:
            self._put(event.position() / self._scale())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = False

    def _put(self, point: QPointF) -> None:
        self.points[self.chosen] = QPointF(min(max(0.0, point.x()), self._image.width()), min(max(0.0, point.y()), self._image.height()))
        self.setAccessibleDescription(_("Corner {n} of 4: {x} across, {y} down", n=self.chosen + 1, x=round(point.x()), y=round(point.y())))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose, arrows move."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if 0 <= event.key() - Qt.Key.Key_1 < 4 and self.points:
            self.chosen = event.key() - Qt.Key.Key_1
            self.update()
        elif event.key() in steps and self.points:
            far = (20 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 2) * max(1, self._image.width() // 800)
            x, y = steps[event.key()]
            self._put(self.points[self.chosen] + QPointF(x * far, y * far))
        else:
            super().keyPressEvent(event)


class LineUpView(QWidget):
    """`asked(corners, number)` to read it again; `no_sheet` where it is none."""

    asked = Signal(object, str)
    no_sheet = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        self.head = text("", "heading")
        self.words = text("", "quiet")
        self.number = QLineEdit()
        self.number.setMinimumHeight(theme.TARGET)
        self.number.setAccessibleName(_("The number printed at the foot of the page"))
        self.number.setPlaceholderText(_("The number printed at the foot, such as K7QX2-9M4TB-001-01-A"))
        self.corners = Corners()
        self.by_corners = button(_("Read it with these corners"), lambda: self.asked.emit(self.corners.corners(), self.number.text()),
                                 role="primary")
        self.by_number = button(_("Read it by its number"), lambda: self.asked.emit((), self.number.text()))
        self.drop = button(_("It is no sheet…"), self.no_sheet.emit, role="danger")
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addLayout(row(self.number))
        column.addWidget(flow(self.by_corners, self.by_number, button(_("Turn the corners on"), self.corners.turn), self.drop))
        column.addWidget(text(_("Drag the four numbers onto the corners of the paper, 1 where the sheet’s own top left is. "
                                "By keyboard: 1 to 4 choose one, the arrows move it, with Shift further."), "small"))
        column.addWidget(self.corners)
        column.addStretch(1)

    def show_page(self, page: Page, image: QImage) -> None:
        """A page as it came."""
        known = bool(page.sheet)
        self.head.setText(_("Page {page} lies askew", page=page.page) if known else _("Which page is this?"))
        self.words.setText(_("Its code was read, but its boxes are not where they should be. Line it up, and it is read again.") if known
                           else _("It looks like a sheet, but its code cannot be read: type the number printed on it."))
        self.number.setVisible(not known)
        self.by_number.setVisible(not known)
        self.number.clear()
        self.corners.show_image(image)
        (self.corners if known else self.number).setFocus()
