"""Two pictures of the same page and copy that say different things: a person takes one or the other, row by row."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from dpdesk.domain.scans import Row
from dpdesk.services.scans import Seen
from dpdesk.ui import theme
from dpdesk.ui.scans.crops import Crop, boxes_place, outlines
from dpdesk.ui.scans.rows import proposed
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _


class DifferView(QWidget):
    """`merged(answers)`: line -> letters of the rows that differ."""

    merged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Two fills of one page"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.head = text("", "heading")
        self.words = text(_("Somebody made a photocopy, or wrote on the page between two scans. Choose row by row; the page counts once."),
                          "quiet")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addLayout(row(button(_("Make one page of the two"), self._merge, role="primary"), None))
        column.addLayout(self._rows)
        column.addStretch(1)
        self.choices: dict[int, tuple[QButtonGroup, str, str]] = {}

    def show_pages(self, first: Seen, later: Seen, one: QImage, two: QImage) -> None:
        """The rows of both that differ."""
        empty_out(self._rows)
        self.choices.clear()
        self.head.setText(_("Page {page} came twice with different marks", page=first.page.page))
        others = {each.line: each for each in later.page.rows}
        for mine in first.page.rows:
            other = others.get(mine.line)
            if other is not None and proposed(mine) != proposed(other):
                self._add(first, mine, other, one, two)
        if not self.choices:
            self._rows.addWidget(text(_("No row differs in what would be taken.")))
        self.setFocus()

    def _add(self, seen: Seen, mine: Row, other: Row, one: QImage, two: QImage) -> None:
        assert seen.layout is not None
        group = QButtonGroup(self)
        for number, (each, image, words) in enumerate(((mine, one, _("Row {line}: the first picture", line=mine.line)),
                                                       (other, two, _("Row {line}: the second picture", line=mine.line)))):
            radio = QRadioButton(words)
            radio.setMinimumHeight(theme.TARGET)
            radio.setChecked(number == 0)
            group.addButton(radio, number)
            crop = Crop(words, 130)
            crop.show_place(image, boxes_place(seen.layout, mine.line, len(seen.boxes)), outlines(seen.layout, {mine.line: each.read}))
            self._rows.addWidget(radio, 0, Qt.AlignmentFlag.AlignLeft)
            self._rows.addWidget(crop)
        self.choices[mine.line] = (group, proposed(mine), proposed(other))

    def _merge(self) -> None:
        self.merged.emit({line: (mine, other)[group.checkedId()] for line, (group, mine, other) in self.choices.items()})
