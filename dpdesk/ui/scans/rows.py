"""One row to decide: its picture above, the reading below as boxes to press; one key takes it as it stands, one key names another box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from dpdesk.domain.scans import EMPTY, MARKED, UNSURE, Row
from dpdesk.services.scans import Seen
from dpdesk.services.scans_words import look_name
from dpdesk.ui import theme
from dpdesk.ui.scans.crops import Crop, outlines, row_place
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _

SURE = 50  # the score from which an unsure box is proposed as marked


def proposed(found: Row) -> str:
    """What pressing Enter comes to: what was decided before, else marked boxes, and unsure ones that look marked."""
    if found.answer:
        return found.answer
    scores = found.scores or (0,) * len(found.read)
    return "".join(MARKED if letter == MARKED or (letter == UNSURE and score >= SURE) else EMPTY
                   for letter, score in zip(found.read, scores, strict=False))


class RowView(QWidget):
    """`answered(letters, note)` once it is decided; `asked_page` to see the whole page."""

    answered = Signal(str, str)
    asked_page = Signal()
    asked_undo = Signal()
    asked_again = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The row to decide"))
        self.letters = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        self.why = text("", "warning")
        self.who = text("", "heading")
        self.crop = Crop(_("The row as it was scanned"), 260)
        self._boxes = QVBoxLayout()
        self.chips: list[QPushButton] = []
        self.note = QLineEdit()
        self.note.setAccessibleName(_("Note, as it is written beside the boxes"))
        self.note.setPlaceholderText(_("Note, as it is written beside the boxes (nothing is guessed)"))
        self.note.setMinimumHeight(theme.TARGET)
        self.note.returnPressed.connect(self.accept)
        self.take = button(_("Take it so"), self.accept, role="primary", tip=_("Enter"))
        self.none = button(_("No mark"), self.take_none, tip="0")
        self.page_button = button(_("See the page"), self.asked_page.emit, role="quiet", icon="search", tip="Z")
        self.undo_button = button(_("Undo"), self.asked_undo.emit, role="quiet", icon="undo-2", tip="Ctrl+Z")
        self.keys = text(_("Enter takes it so and goes on. A number names that one box and goes on; with Alt it only turns it. "
                           "0: no mark."), "small")
        for each in (self.who, self.why, self.crop):
            column.addWidget(each)
        column.addLayout(self._boxes)
        column.addWidget(self.note)
        self.again = button(_("It has been handed out now"), self.asked_again.emit)
        column.addLayout(row(self.take, self.none, None, self.page_button, self.undo_button))
        column.addLayout(row(self.again, None))
        column.addWidget(self.keys)
        column.addStretch(1)

    def show_row(self, seen: Seen, found: Row, image: QImage, *, blind: bool = False) -> None:
        """Show a row; read blind, nothing of what the machine read is shown."""
        assert seen.layout is not None
        self.letters = EMPTY * len(seen.boxes) if blind else proposed(found)
        at = found.line - 1
        person = seen.people[at] if at < len(seen.people) else None
        blank = at < len(seen.blanks) and seen.blanks[at]
        name = _("Nobody to call on") if blank else _("{number}: {name}", number=person.key, name=person.name) if person else ""
        self.who.setText(_("Row {line} of page {page}. {name}", line=found.line, page=seen.page.page, name=name).strip())
        words = _("Read this row afresh: what do you see?") if blind else "; ".join(look_name(code) for code in found.looks)
        self.why.setText(words)
        self.why.setVisible(bool(words))
        self.crop.show_place(image, row_place(seen.layout, found.line), () if blind else outlines(seen.layout, {found.line: found.read}))
        self.again.setVisible("not_out" in found.looks and not blind)
        self.note.setText(found.note)
        self.note.setVisible(not blind)
        self.page_button.setVisible(not blind)
        self._make_chips(seen)
        self.setFocus()

    def _make_chips(self, seen: Seen) -> None:
        empty_out(self._boxes)
        self.chips = []
        for at, box in enumerate(seen.boxes):
            words = _("{key}  {letters}  {meaning}", key=at + 1, letters=box.letters, meaning=box.meaning)
            chip = button(words, lambda at=at: self.turn(at), role="chip",
                          name=_("{letters}: {meaning}", letters=box.letters, meaning=box.meaning))
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.chips.append(chip)
        self._boxes.addWidget(flow(*self.chips))
        self._paint()

    def _paint(self) -> None:
        for at, chip in enumerate(self.chips):
            chip.setChecked(self.letters[at:at + 1] == MARKED)

    def turn(self, at: int) -> None:
        """Turn one box."""
        letters = list(self.letters)
        letters[at] = EMPTY if letters[at] == MARKED else MARKED
        self.letters = "".join(letters)
        self._paint()

    def take_one(self, at: int) -> None:
        """That box alone is marked; on to the next row."""
        self.letters = "".join(MARKED if place == at else EMPTY for place in range(len(self.letters)))
        self._paint()
        self.accept()

    def take_none(self) -> None:
        """No box is marked; on to the next row."""
        self.letters = EMPTY * len(self.letters)
        self._paint()
        self.accept()

    def accept(self) -> None:
        """As it stands."""
        self.answered.emit(self.letters, self.note.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, numbers, and the way about."""
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self.accept, Qt.Key.Key_Enter: self.accept, Qt.Key.Key_0: self.take_none, Qt.Key.Key_Z: self.asked_page.emit,
            Qt.Key.Key_U: self.asked_undo.emit, Qt.Key.Key_N: self.note.setFocus, Qt.Key.Key_Right: lambda: self.moved.emit(1),
            Qt.Key.Key_Left: lambda: self.moved.emit(-1)}
        at = event.key() - Qt.Key.Key_1
        held = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if 0 <= at < min(9, len(self.chips)):
            self.turn(at) if held else self.take_one(at)
        elif event.key() in acts and not held and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            acts[event.key()]()
        else:
            super().keyPressEvent(event)
