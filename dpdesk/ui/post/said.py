"""What a mailing says, as its readers read it: unfolded for whoever approves it, with the files that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.roles import Right
from dpdesk.services.post import Audience
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.post.preview import Preview
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.domain.members import Member
    from dpdesk.domain.post_states import Mailing
    from dpdesk.services.post import Letter
    from dpdesk.services.post_mailings import Got

_READERS = 50  # readers one can step through


class Said(Section):
    """Read when it is unfolded; nothing is read again for the same mailing."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("What it says"), open=False)
        self._context = context
        self._mailing: Mailing | None = None
        self._readers: tuple[str, ...] = ()
        self._read = ""
        self._files = QVBoxLayout()
        self._files.setSpacing(theme.SPACE)
        self.preview = Preview(context)
        self.body.addLayout(self._files)
        self.body.addWidget(self.preview)
        self.unfolded.connect(self._ask)

    def show_mailing(self, mailing: Mailing, people: list[Got]) -> None:
        """Which mailing it is of, and who reads it."""
        self._mailing, self._readers = mailing, tuple(each.person for each in people if each.person)[:_READERS]
        if self.is_open:
            self._ask()

    def _ask(self) -> None:
        from dpdesk.services import post, post_desk
        mailing, readers, session = self._mailing, self._readers, self._context.session
        if mailing is None or self._read == mailing.id:
            return
        self._read = mailing.id
        empty_out(self._files)
        self.preview.setVisible(bool(mailing.body))
        if not mailing.body:
            self._files.addWidget(text(_("What it said has been erased, as the policy asks; the counts stay."), "quiet"))
            return

        def work() -> tuple[Letter, list[Member]]:
            may = session.may(Right.MEMBERS_SEE)
            return post.letter_of(session, mailing.id), post_desk.people(session, Audience(None, readers)) if may else []
        self._context.jobs.run("read", work, owner=self, done=lambda found: self._arrived(mailing.id, *found),
                               failed=lambda error: failures.show(self._context, error))

    def _arrived(self, identity: str, letter: Letter, people: list[Member]) -> None:
        if self._mailing is None or identity != self._mailing.id:
            return
        for each in letter.attachments:
            self._files.addWidget(text(_("Goes with it: {name}, {size} kB", name=each.name, size=f"{max(1, len(each.content) // 1024):,}")))
        self.preview.show_letter(letter, tuple(people))
