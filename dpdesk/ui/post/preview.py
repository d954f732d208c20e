"""A letter as one reader sees it: as HTML without anything fetched from anywhere, or as plain text; reader by reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QButtonGroup, QFrame, QTextBrowser, QVBoxLayout, QWidget

from dpdesk.domain.errors import DeskError
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _, sentence

if TYPE_CHECKING:
    from dpdesk.domain.members import Member
    from dpdesk.services.post import Letter
    from dpdesk.services.post_preview import Shown

_STANDS_IN = "branch@example.org"  # until it is known where letters come from


class Sheet(QTextBrowser):
    """Shows HTML or text; it opens no link and fetches nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("How it reads"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setMinimumHeight(round(320 * theme.scale()))
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Nothing is fetched: no pictures from outside, no files."""
        return None


class Preview(QWidget):
    """`show_letter(letter, people)` renders in the read lane; the newest question alone is answered."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._letter: Letter | None = None
        self._people: tuple[Member, ...] = ()
        self._at, self._asked = 0, 0
        self.shown: Shown | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("As it is read"), "heading"))
        self._before = button("", lambda: self._step(-1), role="quiet", icon="chevron-left", name=_("The reader before"))
        self._after = button("", lambda: self._step(1), role="quiet", icon="chevron-right", name=_("The next reader"))
        self.rich, self.plain = (button(words, self._draw, role="chip") for words in (_("Formatted"), _("Plain text")))
        group = QButtonGroup(self)
        for chip in (self.rich, self.plain):
            chip.setCheckable(True)
            group.addButton(chip)
        self.rich.setChecked(True)
        column.addWidget(flow(self.rich, self.plain, self._before, self._after))
        self.reader, self.subject = text("", "quiet"), text("", "label")
        self.wrong = text("", "error")
        self.sheet = Sheet()
        self.size = text("", "small")
        for part in (self.reader, self.subject, self.wrong, self.sheet, self.size):
            column.addWidget(part)
        column.addStretch(1)
        self.wrong.hide()

    def show_letter(self, letter: Letter, people: tuple[Member, ...]) -> None:
        """Show `letter` as one of `people` reads it, or as nobody in particular."""
        self._letter, self._people = letter, people
        self._at = min(self._at, max(0, len(people) - 1))
        self._ask()

    def _step(self, by: int) -> None:
        self._at = max(0, min(len(self._people) - 1, self._at + by))
        self._ask()

    def _ask(self) -> None:
        from dpdesk.services import post_desk, post_preview
        from dpdesk.services.post_press import sender_of
        if self._letter is None:
            return
        self._asked += 1
        asked, session, letter = self._asked, self._context.session, self._letter
        reader = self._people[self._at] if self._people else None

        def work():
            sender = sender_of(session, post_desk.sender_address(session) or _STANDS_IN)
            return post_preview.as_read(session, letter, sender, reader)
        self._context.jobs.run("read", work, owner=self, done=lambda shown: self._arrived(asked, shown),
                               failed=lambda error: self._refused(asked, error))

    def _arrived(self, asked: int, shown: Shown) -> None:
        if asked != self._asked:
            return
        self.shown = shown
        self.wrong.hide()
        self._draw()

    def _refused(self, asked: int, error: Exception) -> None:
        """What keeps the letter from being shown; an unforeseen failure is the window's to tell."""
        if asked != self._asked:
            return
        if not isinstance(error, DeskError):
            raise error
        said = sentence(error)
        self.wrong.setText(f"{said.what} {said.do}")
        self.wrong.show()

    def _draw(self) -> None:
        shown, many = self.shown, len(self._people)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < many)
        if shown is None:
            return
        to = self._people[self._at].name if self._people else _("somebody invented, since nobody is chosen yet")
        self.reader.setText(_("{at} of {all}: {name}", at=f"{self._at + 1:,}", all=f"{many:,}", name=to) if many
                            else _("As read by {name}", name=to))
        self.subject.setText(shown.subject)
        if self.plain.isChecked():
            self.sheet.setPlainText(shown.text)
        else:
            self.sheet.setHtml(shown.html)
        self.size.setText(_("{size} kB with all that goes with it.", size=f"{max(1, shown.size // 1024):,}"))
