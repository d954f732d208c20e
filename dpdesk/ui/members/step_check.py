"""Step 3 of an import: what would change in large numbers, what stands in the way, and which rows stay out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from dpdesk.domain.imports import UNREADABLE_VALUES
from dpdesk.services.words import import_reason
from dpdesk.ui import theme
from dpdesk.ui.members import import_words
from dpdesk.ui.members.history import change_words
from dpdesk.ui.members.step_erased import ErasedQuestion
from dpdesk.ui.members.step_whole import WholeQuestion
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.numbers import Numbers
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.refused import RefusedTable
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, trn

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
        if preview.erased:
            self._layout.addWidget(ErasedQuestion(preview.erased, preview.back, self._page.take_back))
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
