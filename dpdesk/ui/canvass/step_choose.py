"""Step 1: choose a file of the register, or drop it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.drop import DropField
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.ui.canvass.wizard import TakeInPage


class ChooseStep(QWidget):
    """The field for the file, and what can be taken."""

    def __init__(self, page: TakeInPage) -> None:
        super().__init__()
        self._page = page
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 2)
        self.field = DropField(page.look_at, _("Which file?"))
        self.button = button(_("Choose a file…"), self._choose, role="primary", icon="folder-open")
        self.field.column.addLayout(row(self.button, None))
        layout.addWidget(self.field)
        layout.addWidget(text(_("The full register, a monthly update, a list of absent voters or a marked register, as the electoral "
                                "registration officer supplies them: CSV, tab-separated text or Excel (XLSX). Layouts of Xpress, Scottish "
                                "registers and TTW are known; any other is matched column by column."), "quiet"))
        layout.addWidget(text(_("The file itself is only read. Delete it once it is in: it is not encrypted."), "quiet"))

    def _choose(self) -> None:
        from dpdesk.ui.widgets import ask
        ask.choose_open(self, _("Choose the file"), _("Lists (*.csv *.tsv *.txt *.xlsx)"), lambda path: self._page.look_at(Path(path)))
