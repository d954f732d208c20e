"""A table model over a spine: all row numbers in order, and only the pages in view fetched, in the read lane.

An overtaken query is dropped by its generation; memory is the spine plus a few dozen pages, whatever the size.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dpdesk.ui.jobs import Jobs

PAGE = 100
KEPT = 60  # pages
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column: `text(row)` gives the words of a cell, `sort` its sort code ("" not sortable), `letters` its width."""

    code: str
    title: str
    text: Callable[[Any], str]
    sort: str = ""
    letters: int = 16
    right: bool = False


class PagedModel(QAbstractTableModel):
    """`load(make_spine)` asks for a new order in the read lane; `fetch(row_numbers)` gives the rows of one page.

    `key(row)` is the row number of what `fetch` gives (rows no longer there may be missing). `loaded(count)` is sent
    when a new spine is in place, `failed(error)` when one could not be had.
    """

    loaded = Signal(int)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, columns: Sequence[Column], fetch: Callable[[Sequence[int]], Sequence[Any]],
                 key: Callable[[Any], int] = lambda row: row.member.row, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._jobs, self._fetch, self._key = jobs, fetch, key
        self._spine: Sequence[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()
        self._asked: set[int] = set()
        self.generation = 0
        self._queries = 0

    def load(self, make_spine: Callable[[], Sequence[int]]) -> None:
        """Ask for a new spine; an older question still under way is overtaken and its answer dropped."""
        self._queries += 1
        mine = self._queries
        self._jobs.run("read", lambda: make_spine() if mine == self._queries else None, owner=self,
                       done=lambda spine: self._arrived(mine, spine), failed=lambda error: self._refused(mine, error))

    def show(self, spine: Sequence[int]) -> None:
        """Put `spine` in place now."""
        self.beginResetModel()
        self.generation += 1
        self._spine = spine
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()
        self.loaded.emit(len(spine))

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def forget(self) -> None:
        """Fetch again what is in view: rows changed, their order did not."""
        self.generation += 1
        self._pages.clear()
        self._asked.clear()
        if self._spine:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._spine) - 1, len(self.columns) - 1))

    def row_number(self, at: int) -> int | None:
        """The row number at place `at`."""
        return self._spine[at] if 0 <= at < len(self._spine) else None

    def place_of(self, row_number: int) -> int | None:
        """Where `row_number` stands."""
        try:
            return self._spine.index(row_number)
        except ValueError:
            return None

    def row_at(self, at: int) -> Any | None:
        """What is known of the row at place `at`: None while its page is on its way."""
        page, number = at // PAGE, self.row_number(at)
        if number is None:
            return None
        if page not in self._pages:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return self._pages[page].get(number)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows the spine has."""
        return 0 if parent.isValid() else len(self._spine)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; nothing while its page is on its way."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            row = self.row_at(index.row())
            return "" if row is None else self.columns[index.column()].text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return None

    def _arrived(self, mine: int, spine: Sequence[int] | None) -> None:
        if mine == self._queries and spine is not None:
            self.show(spine)

    def _refused(self, mine: int, error: Exception) -> None:
        if mine == self._queries:
            self.failed.emit(error)

    def _ask(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        mine = self.generation
        numbers = list(self._spine[page * PAGE:(page + 1) * PAGE])

        def work() -> Sequence[Any]:
            return self._fetch(numbers) if mine == self.generation else ()

        def failed(error: Exception) -> None:
            if mine == self.generation:
                self.failed.emit(error)  # asked again with the next `forget` or `load`, not at each repaint

        self._jobs.run("read", work, owner=self, done=lambda rows: self._filled(mine, page, rows), failed=failed)

    def _filled(self, mine: int, page: int, rows: Sequence[Any]) -> None:
        if mine != self.generation:
            return
        self._asked.discard(page)
        self._pages[page] = {self._key(row): row for row in rows}
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        last = min((page + 1) * PAGE, len(self._spine)) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))
