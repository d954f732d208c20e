"""The map of the navigation in groups that fold: what has room is open, and the group in front always is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.words import _


class Group(QWidget):
    """A heading that folds the pages below it; one without a word always shows its pages."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.wanted, self.last, self._word = True, 0, word
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.heading = QPushButton(word)
        self.heading.setProperty("role", "nav_group")
        self.heading.setMinimumHeight(round(28 * theme.scale()))
        column.addWidget(self.heading)
        self.heading.setVisible(bool(word))  # only now: without a parent it would come up as a window of its own
        self._pages = QWidget()
        self._pages.setProperty("role", "plain")
        self._inside = QVBoxLayout(self._pages)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(1)
        column.addWidget(self._pages)
        self.fold(False)

    def add(self, page: QWidget) -> None:
        """A page's button at the end of the group."""
        self._inside.addWidget(page)

    def fold(self, folded: bool) -> None:
        """Hide or show the pages."""
        self.folded = folded
        self._pages.setVisible(not folded)
        assets.dress(self.heading, "chevron-right" if folded else "chevron-down", "quiet")
        self.heading.setAccessibleName(_("{group}, folded").format(group=self._word) if folded else self._word)

    def tall(self) -> int:
        """How much room the pages take when they show."""
        return self._pages.sizeHint().height() + self.layout().spacing()


class Groups(QScrollArea):
    """All groups, the one that was opened last before the others where room is scarce."""

    def __init__(self) -> None:
        super().__init__()
        self._clock = 0
        self.groups: list[Group] = []
        self._inside = QWidget()
        self._inside.setProperty("role", "plain")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def group(self, word: str) -> Group:
        """A new group at the end; one without a word that follows others stands at the foot."""
        made = Group(word)
        if not word and self.groups:
            self._column.addStretch(1)
        made.heading.clicked.connect(lambda: self._turn(made))
        self.groups.append(made)
        self._column.addWidget(made)
        return made

    def show_group(self, group: Group) -> None:
        """Open the group of the page in front, and fold what has no room beside it."""
        self._clock += 1
        group.wanted, group.last = True, self._clock
        self.fit()

    def _turn(self, group: Group) -> None:
        if group.folded:
            self.show_group(group)
        else:
            group.wanted = False
            self.fit()

    def fit(self) -> None:
        """Open the wanted groups while they have room, those that were used first, then the others down to the first that has none."""
        heads = sum((group.heading.sizeHint().height() if group.heading.text() else group.tall()) + self._column.spacing()
                    for group in self.groups)
        room, full, needed = self.viewport().height() - heads, False, heads
        for place, group in enumerate(sorted(self._folding(), key=lambda each: -each.last)):
            shows = group.wanted and (group.tall() <= room or (place == 0 and group.last > 0)) and not (full and group.last == 0)
            full = full or (group.wanted and not shows)
            group.fold(not shows)
            room -= group.tall() if shows else 0
            needed += group.tall() if shows else 0
        self._inside.setMinimumHeight(needed)  # where it is higher than its place it scrolls, and nothing is squeezed

    def _folding(self) -> list[Group]:
        return [group for group in self.groups if group.heading.text()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
