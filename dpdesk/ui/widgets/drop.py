"""A field to drop a list on; it says what letting go will do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import set_role, text
from dpdesk.ui.words import _

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")


class DropField(QFrame):
    """A card that takes one file; while one is held over it, it says what letting go does."""

    def __init__(self, take, heading: str) -> None:
        super().__init__()
        self._take, self._heading = take, heading
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
        self.head.setText(self._heading)
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
