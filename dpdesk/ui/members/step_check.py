"""Step 3 of an import: what would change in large numbers, what stands in the way, and which rows stay out and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from dpdesk.domain.imports import UNREADABLE_VALUES, RefusedRow
from dpdesk.services.words import import_reason
from dpdesk.ui import assets, theme
from dpdesk.ui.members import import_words
from dpdesk.ui.members.facts import flag
from dpdesk.ui.members.history import change_words
from dpdesk.ui.members.step_whole import WholeQuestion
from dpdesk.ui.widgets.parts import empty_out, figures_font, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, field_name, trn

if TYPE_CHECKING:
    from dpdesk.services.imports import Preview
    from dpdesk.ui.members.wizard import ImportPage


class CheckStep(QWidget):
    """Shows a preview."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__()
        self._page = page
        self.leave_out = QCheckBox()
        self.first: QWidget | None = None
        self._whole: WholeQuestion | None = None
        self._lines: list[tuple[QLabel, str, str, str]] = []  # each change with its field and the values before and after
        self._veil = page.context.veil
        if self._veil is not None:
            self._veil.turned.connect(self._write_lines)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE * 2)

    def left(self) -> set[str]:
        """Those missing from a whole list whom the officer confirmed to have left."""
        return self._whole.chosen() if self._whole is not None else set()

    def show_preview(self, preview: Preview) -> None:
        """Draw `preview`."""
        empty_out(self._layout)
        self._lines.clear()
        counts = preview.counts
        self.first = None
        self._layout.addWidget(Numbers(import_words.big_numbers(counts)))
        promise = flag(import_words.stops_promise(counts), "shield-check", "done")
        self._layout.addWidget(promise)
        for sentence in import_words.also(counts, whole=preview.whole is not None):
            self._layout.addWidget(text(sentence, "quiet"))
        self._whole = WholeQuestion(preview, self._page.file_day(), self._page.take_as)
        self._layout.addWidget(self._whole)
        self._problems(preview)
        if preview.sample_changes:
            self._changes(preview)

    def _problems(self, preview: Preview) -> None:
        if not preview.problems_by_kind:
            self._layout.addWidget(text(_("Every row can come in."), "done"))
            return
        section = Section(_("What to know ({n})").format(n=len(preview.problems_by_kind)))
        self.first = section.toggle
        for code, n in sorted(preview.problems_by_kind.items(), key=lambda item: -item[1]):
            section.body.addWidget(text(trn("{n} row: {why}", "{n} rows: {why}", n, why=import_reason(code))))
        if preview.leave_out or any(code in UNREADABLE_VALUES for code in preview.problems_by_kind):
            section.body.addWidget(self._choice(preview.leave_out))
        self._layout.addWidget(section)
        if preview.refused:
            refused = Section(_("Rows that stay out ({n})").format(n=f"{len(preview.refused):,}"))
            refused.body.addWidget(RefusedTable(preview.refused))
            self._layout.addWidget(refused)

    def _choice(self, chosen: bool) -> QCheckBox:
        self.leave_out = QCheckBox(_("Bring such rows in without the value that cannot be read"))
        self.leave_out.setChecked(chosen)
        self.leave_out.setMinimumHeight(theme.TARGET)
        self.leave_out.toggled.connect(self._page.leave_unreadable_out)
        return self.leave_out

    def _changes(self, preview: Preview) -> None:
        shown, of = len(preview.sample_changes), preview.counts.changed + preview.counts.lapsed
        section = Section(_("What changes ({shown} of {of})").format(shown=f"{shown:,}", of=f"{max(of, shown):,}"),
                          open=False)
        for change in preview.sample_changes:
            section.body.addWidget(text(change.name or _("No name on record"), "label"))
            for code, (before, after) in change.fields.items():
                line = text("", "quiet")
                self._lines.append((line, code, before, after))
                section.body.addWidget(line)
        self._write_lines()
        self._layout.addWidget(section)

    def _write_lines(self) -> None:
        """Write what changes: contact details as they may show now."""
        for line, code, before, after in self._lines:
            line.setText(change_words(code, before, after, self._veil))


def capital(words: str) -> str:
    """A sentence's beginning."""
    return words[:1].upper() + words[1:]


class Numbers(QWidget):
    """Counts set large over their words, in as many columns as there is room for."""

    def __init__(self, numbers: Sequence[tuple[int, str, str]]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        self._grid.setHorizontalSpacing(theme.SPACE * 2)
        self._grid.setVerticalSpacing(theme.SPACE * 2)
        self._cells = [_cell(*each) for each in numbers]
        self._columns = 0
        self._arrange(len(self._cells))

    def resizeEvent(self, event) -> None:
        """Fold into rows where it is narrow."""
        super().resizeEvent(event)
        widest = max(cell.sizeHint().width() for cell in self._cells) + theme.SPACE * 2
        self._arrange(max(1, min(len(self._cells), self.width() // widest)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns, Qt.AlignmentFlag.AlignLeft)


def _cell(n: int, words: str, icon: str) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    figure = text(f"{n:,}", "figure")
    figure.setFont(figures_font())
    figure.setWordWrap(False)
    figure.setAccessibleName(f"{n:,} {words}")
    under = QWidget()
    picture, name = QLabel(), text(words, "quiet")
    assets.dress(picture, icon, "quiet", 14)
    name.setWordWrap(False)
    under.setLayout(row(picture, name, None))
    column.addWidget(figure)
    column.addWidget(under)
    return cell


class RefusedTable(QTableView):
    """Row number, reason and field of each refused row."""

    def __init__(self, refused: Sequence[RefusedRow]) -> None:
        super().__init__()
        self.setModel(RefusedModel(refused, self))
        self.setAccessibleName(_("Rows that stay out"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFont(figures_font())
        self.verticalHeader().hide()
        high = round(theme.TARGET * theme.scale())
        self.verticalHeader().setDefaultSectionSize(high)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        head.setHighlightSections(False)
        self.setMinimumHeight(high * (min(len(refused), 7) + 1) + theme.SPACE * 2)


class RefusedModel(QAbstractTableModel):
    """The refused rows as a table."""

    def __init__(self, refused: Sequence[RefusedRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._refused = refused

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """One for each refused row."""
        return 0 if parent.isValid() else len(self._refused)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """Line, reason, field."""
        return 0 if parent.isValid() else 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        refused = self._refused[index.row()]
        why = capital(import_reason(refused.reason)) + (f" ({refused.detail})" if refused.detail else "")
        return (f"{refused.row:,}", why, field_name(refused.field))[index.column()]

    def headerData(self, section: int, orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("Line in the file"), _("Why it stays out"), _("Field"))[section]
        return None
