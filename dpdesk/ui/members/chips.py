"""The row of chips that narrow a list: everybody, each status in use, under 18, without consent for e-mail."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from dpdesk.domain.members import Kind, Status
from dpdesk.services.members import Counts
from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, status_name


class Chips(QWidget):
    """`chosen(status, flag)` when a chip is pressed; the one in force is checked."""

    chosen = Signal(str, str)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._flow = Flow(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        self._member = kind is Kind.MEMBER
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._add("", "", _("All"))
        if self._member:
            for status in Status:
                self._add(status.value, "", status_name(status.value))
            self._add("", "under_18", _("Under 18"))
            self._add("", "no_email_consent", _("No consent for e-mail"))
        self.mark("", "")
        if not self._member:
            self.hide()

    def mark(self, status: str, flag: str) -> None:
        """Show which chip is in force; it shows even where nobody fits it any more."""
        chip = self._buttons.get((status, flag))
        if chip is not None:
            chip.setChecked(True)
            chip.setHidden(False)

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers on the chips; a chip for nobody does not show."""
        numbers = {("", ""): counts.members, ("", "under_18"): counts.under_18,
                   ("", "no_email_consent"): max(0, counts.members - counts.email_consents)}
        numbers |= {(status.value, ""): counts.by_status.get(status.value, 0) for status in Status}
        for key, chip in self._buttons.items():
            chip.setText(_("{name} · {n}", name=chip.property("word"), n=f"{numbers[key]:,}"))
            chip.setVisible(bool(numbers[key]) or chip.isChecked() or key == ("", ""))

    def _add(self, status: str, flag: str, word: str) -> None:
        chip = button(word, lambda: self.chosen.emit(status, flag), role="chip")
        chip.setCheckable(True)
        chip.setProperty("word", word)
        self._group.addButton(chip)
        self._buttons[status, flag] = chip
        self._flow.addWidget(chip)


class Flow(QLayout):
    """Widgets from left to right, in as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(theme.SPACE)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Never larger than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Fewer columns need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Place them all."""
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        """One line's height is the least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, tall = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, tall = area.x(), y + tall + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            tall = max(tall, size.height())
        return y + tall - area.y()
