"""Step 1 of an import: choose a file, or drop it on a field that says what the drop will do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.drop import DropField
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.ui.members.wizard import ImportPage

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")


class ChooseStep(QWidget):
    """The field for the file, and what becomes of it."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__()
        self._page = page
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 2)
        self.field = DropField(page.look_at, _("Which list?"))
        self.button = button(_("Choose a file…"), self._choose, role="primary", icon="folder-open")
        self.field.column.addLayout(row(self.button, None))
        layout.addWidget(self.field)
        layout.addWidget(text(_("Lists from any membership system will do: CSV, tab-separated text or Excel (XLSX). The "
                                "names of the columns should stand in the first line."), "quiet"))
        layout.addWidget(text(_("The file itself is only read. Delete it once the list is in: it is not encrypted."),
                              "quiet"))

    def _choose(self) -> None:
        from dpdesk.ui.widgets import ask
        ask.choose_open(self, _("Choose the list"), _("Lists (*.csv *.tsv *.txt *.xlsx)"),
                        lambda path: self._page.look_at(Path(path)))
