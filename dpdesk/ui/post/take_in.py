"""Where mail comes in: dropped, chosen or pasted; what that does is said before, and nothing is applied by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from dpdesk.domain.errors import Invalid
from dpdesk.ui import assets, theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, set_role, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, trn

NOT_TAKEN = (".msg", ".pst", ".zip", ".gz", ".pdf", ".docx", ".xlsx", ".csv")
_MAIL_TYPES = ("message/rfc822", "text/x-moz-message", "text/plain")


class MailField(QFrame):
    """A card that takes mail; `files` is called with paths, `pasted` with the bytes of what was dropped or pasted as words."""

    def __init__(self, files: Callable[[list[Path]], None], pasted: Callable[[bytes], None]) -> None:
        super().__init__()
        self._files, self._pasted = files, pasted
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(3 * theme.SPACE,) * 4)
        column.setSpacing(theme.SPACE)
        picture = QLabel()
        assets.dress(picture, "mail", "accent", 32)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        self.head, self.words = text("", "heading"), text("", "quiet")
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addWidget(flow(button(_("Choose files…"), self._choose, icon="folder-open"), button(_("Paste a mail…"), self.ask_paste)))
        self.slot = EntrySlot()
        column.addLayout(self.slot)
        self._rest()

    def _rest(self) -> None:
        set_role(self, "card")
        self.head.setText(_("Mail that came back"))
        self.words.setText(_("Drop mails here (.eml), or a file that holds many (mbox). dpdesk reads them and proposes what to do. Nothing "
                             "changes before you confirm it, and the mails stay where they are."))

    def _choose(self) -> None:
        ask.choose_several(self, _("Choose mails"), _("Mails (*.eml *.mbox *.mbx *.txt);;All files (*)"), self._files)

    def ask_paste(self) -> None:
        """Open the field that a mail is pasted into."""
        self.slot.ask(Entry(
            _("Paste a mail"), _("Your mail program shows it under “View source” or “Show original”. The lines From, Subject and Date at "
                                 "its beginning with the words below them will do too."),
            [FieldSpec("text", _("The mail"), "long")], _("Take it in"), self._send))

    def _send(self, values: dict[str, str]) -> None:
        if values["text"].strip():
            self._pasted(values["text"].encode())
        else:
            self.slot.show_problems(Invalid({"text": "missing"}))

    def taken(self) -> None:
        """What was pasted came in: put its field away."""
        self.slot.close_up()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say what letting go will do, or why it would do nothing."""
        if self.promise(event.mimeData()):
            event.acceptProposedAction()

    def promise(self, held: QMimeData) -> bool:
        """Say what letting go of `held` does; whether it does something."""
        paths = local_files(held)
        if paths:
            set_role(self, "message_info")
            self.head.setText(trn("Let go to read {n} file", "Let go to read {n} files", len(paths)))
        elif any(held.hasFormat(kind) for kind in _MAIL_TYPES) and not held.hasUrls():
            set_role(self, "message_info")
            self.head.setText(_("Let go to read this mail"))
        else:
            set_role(self, "message_warning")
            self.head.setText(_("This cannot be taken"))
            self.words.setText(_("Mails saved as .eml, or an mbox. Outlook’s .msg has to be saved as .eml first."))
            return False
        self.words.setText(_("What they ask for is shown below. Nothing is changed yet, and the mails stay where they are."))
        return True

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self._rest()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._rest()
        event.acceptProposedAction()
        self.take(event.mimeData())

    def take(self, held: QMimeData) -> None:
        """Hand on what was dropped: files, else the mail itself."""
        paths = local_files(held)
        if paths:
            self._files(paths)
            return
        for kind in _MAIL_TYPES:
            if held.hasFormat(kind) and not held.hasUrls():
                self._pasted(held.text().encode() if kind == "text/plain" else held.data(kind).data())
                return


def local_files(held: QMimeData) -> list[Path]:
    """The files among what is held that may be mail; none where one of them is surely not."""
    paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    return [] if any(path.suffix.lower() in NOT_TAKEN for path in paths) or len(paths) != len(held.urls()) else paths
