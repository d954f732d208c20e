"""Step 1 of an import: choose a file, or drop it on a field that says what the drop will do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import button, row, set_role, text
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
        self.field = DropField(page.look_at)
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


class DropField(QFrame):
    """A card that takes one file; while one is held over it, it says what letting go does."""

    def __init__(self, take) -> None:
        super().__init__()
        self._take = take
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(4 * theme.SPACE,) * 4)
        self.column.setSpacing(theme.SPACE * 3 // 2)
        picture = QLabel()
        assets.dress(picture, "file-up", "accent", 32)
        self.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        self.head = text("", "heading")
        self.words = text("", "quiet")
        self.column.addWidget(self.head)
        self.column.addWidget(self.words)
        self._rest()

    def _rest(self) -> None:
        set_role(self, "card")
        self.head.setText(_("Which list?"))
        self.words.setText(_("Drop the file here, or choose it. It is looked at first; nothing is written yet."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what the drop will do, or why it would do nothing."""
        if event.mimeData().urls():
            event.acceptProposedAction()
            self.promise(event.mimeData().urls())

    def promise(self, urls: list[QUrl]) -> None:
        """What letting go of `urls` would do."""
        path = _local(urls)
        if path is None:
            set_role(self, "message_warning")
            self.head.setText(_("This cannot be taken"))
            self.words.setText(_("One file at a time, and a list: CSV, TSV, TXT or XLSX."))
        else:
            set_role(self, "message_info")
            self.head.setText(_("Let go to look at “{name}”").format(name=path.name))
            self.words.setText(_("Its columns are shown next. Nothing is written yet, and the file stays where it is."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self._rest()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        path = _local(event.mimeData().urls())
        self._rest()
        if path is not None:
            event.acceptProposedAction()
            self._take(path)


def _local(urls: list[QUrl]) -> Path | None:
    """The one list among `urls`, None where there is none or more than one."""
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in ENDINGS else None
