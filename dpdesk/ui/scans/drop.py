"""Scanned files dropped on the page: it says what letting go will do, before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.parts import set_role, text
from dpdesk.ui.words import _, trn

ENDINGS = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".heic", ".heif")


class DropScans(QFrame):
    """A card that takes files; `acts` is a row of buttons below its words."""

    def __init__(self, take: Callable[[list[Path]], object], acts: QWidget) -> None:
        super().__init__()
        self._take = take
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        across = QHBoxLayout(self)
        across.setContentsMargins(*(3 * theme.SPACE,) * 4)
        across.setSpacing(2 * theme.SPACE)
        picture = QLabel()
        assets.dress(picture, "scan-line", "accent", 32)
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        self.head = text("", "heading")
        self.words = text("", "quiet")
        for each in (self.head, self.words, acts):
            column.addWidget(each)
        across.addLayout(column, 1)
        self._rest()

    def _rest(self) -> None:
        set_role(self, "card")
        self.head.setText(_("Bring the pages in"))
        self.words.setText(_("Drop files here (PDF, TIFF, JPEG, PNG), or use a scanner. Pages may lie upside down, mixed and among "
                             "letters: each is known by its own code. Scan in grey at 200 dpi."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what the drop will do, or why it would do nothing."""
        if event.mimeData().urls():
            event.acceptProposedAction()
            self.promise(event.mimeData().urls())

    def promise(self, urls: list[QUrl]) -> None:
        """What letting go of `urls` would do."""
        paths = local(urls)
        if not paths:
            set_role(self, "message_warning")
            self.head.setText(_("This cannot be taken"))
            self.words.setText(_("Scanned files are PDF, TIFF, JPEG or PNG."))
        else:
            set_role(self, "message_info")
            self.head.setText(trn("Let go to read “{name}”", "Let go to read {n} files", len(paths), name=paths[0].name))
            self.words.setText(_("They are read apart from the desk, and pages that are ours are kept in it, encrypted. "
                                 "The files stay where they are unless you said otherwise below."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self._rest()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        paths = local(event.mimeData().urls())
        self._rest()
        if paths:
            event.acceptProposedAction()
            self._take(paths)


def local(urls: list[QUrl]) -> list[Path]:
    """The scanned files among `urls`."""
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in ENDINGS]
