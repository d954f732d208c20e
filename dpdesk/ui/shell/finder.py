"""Ctrl+K: finds a page, a person, a command or a chapter of the guide by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dpdesk.domain.folding import fold
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.ui import assets, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.words import _

WIDTH, LONGEST = 560, 12
_AFTER = 60  # milliseconds


@dataclass(frozen=True)
class Find:
    """Something that can be gone to: its words, what kind it is, an icon, and how."""

    words: str
    kind: str
    icon: str
    act: Callable[[], object]


class Finder(QFrame):
    """A small surface over the window: type, arrow, Enter; Esc leaves."""

    def __init__(self, window: QWidget, context: Context, fixed: Callable[[], Sequence[Find]]) -> None:
        super().__init__(window)
        self.setProperty("role", "popup")
        self._context, self._fixed, self._found = context, fixed, []
        self._question = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find a page, a person, a command…"))
        self.field.setAccessibleName(_("Find anything"))
        self.field.setMinimumHeight(theme.TARGET)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What was found"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._go(self.list.row(item)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(text(_("Arrow keys to choose, Enter to go, Esc to leave"), "small"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER)
        self._timer.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come up in the upper middle, empty."""
        window = self.parentWidget()
        wide = min(round(WIDTH * theme.scale()), window.width() - 48)
        self.setGeometry((window.width() - wide) // 2, 64, wide, min(round(440 * theme.scale()), window.height() - 96))
        self.field.clear()
        self._show(self._matching(""))
        self.show()
        self.raise_()
        self.field.setFocus()

    def _typed(self) -> None:
        self._show(self._matching(self.field.text()))
        self._timer.start()

    def _matching(self, typed: str) -> list[Find]:
        words = fold(typed).split()
        return [find for find in self._fixed() if all(word in fold(find.words) for word in words)][:LONGEST]

    def _search(self) -> None:
        typed, session = self.field.text().strip(), self._context.session
        if len(typed) < 2 or not session.acknowledged:
            return
        from dpdesk.services import electors, members
        self._question += 1
        mine = self._question

        def look() -> tuple[list, list]:
            return (members.search(session, typed, 8) if session.may(Right.MEMBERS_SEE) else [],
                    electors.search(session, typed, 5) if session.may(Right.REGISTER_SEE) else [])
        self._context.jobs.run("read", look, owner=self, done=lambda found: self._people(mine, *found), failed=lambda _error: None)

    def _people(self, mine: int, rows, electors) -> None:
        if mine != self._question or not self.isVisible():
            return
        people = [Find(", ".join(filter(None, (row.member.name, row.member.number, row.member.town))), _("Person"), "user",
                       lambda member=row.member: self._person(member)) for row in rows]
        people += [Find(", ".join(filter(None, (row.elector.name, str(row.elector.key), row.elector.home))), _("Elector"), "list",
                        lambda identity=row.elector.id: self._context.go("elector", {"id": identity})) for row in electors]
        self._show((self._matching(self.field.text())[:4] + people)[:LONGEST])

    def _person(self, member) -> None:
        self._context.go("contact" if member.kind is Kind.CONTACT else "member", {"id": member.id})

    def _show(self, found: Sequence[Find]) -> None:
        self._found = list(found)
        self.list.clear()
        for find in self._found:
            item = QListWidgetItem(assets.icon(find.icon, "quiet"), f"{find.words}   ·   {find.kind}")
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _go(self, at: int) -> None:
        if 0 <= at < len(self._found):
            act = self._found[at].act
            self.hide()
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc while typing; losing the cursor leaves."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._left)
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentRow())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _left(self) -> None:
        if not self.field.hasFocus():
            self.hide()
