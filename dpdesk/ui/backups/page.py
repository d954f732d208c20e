"""Backups: one encrypted file of the whole desk, made here, checked here, and what was made before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services import backups
from dpdesk.ui import failures, leaving
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import card, empty_out, text
from dpdesk.ui.words import _, away, moment, trn


class BackupsPage(Page):
    """A sentence on how old the last backup is, two verbs, and the list."""

    code, icon, right, chapter = "backups", "database", Right.DESK_BACKUP, "backups"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Backups"))
        self.header.add_quiet(_("Check a backup…"), self._ask_check, icon="shield-check")
        self.header.set_main(_("Back up now…"), self._ask_back_up, icon="download")
        self._busy = False
        self.body.addWidget(text(_("A backup is one encrypted file with the whole desk: people, officers, log. Keep it on another "
                                   "disk, away from this machine. It opens with the passphrases and the recovery key of the day "
                                   "it was made."), "quiet"))
        self._list = self.add_list()

    def refresh(self) -> None:
        """Read what was made and checked."""
        session = self.context.session
        self.context.jobs.run("read", lambda: backups.listing(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[backups.Noted]) -> None:
        from dpdesk.services.session import today
        empty_out(self._list)
        made = [each for each in found if each.action == backups.MADE]
        self.header.set_state(_("Last backup {moment}, {away}.", moment=moment(made[0].at), away=away(made[0].at, today()))
                              if made else _("Never backed up."))
        if not found:
            self._list.addWidget(EmptyState("database", _("No backup yet"), _(
                "Laptops are lost, stolen and dropped. With a backup on another disk the desk is not.")))
        for each in found:
            self._list.addWidget(_noted(each))

    def _ask_back_up(self) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.BACKUP, leaving.Chooser(
            _("Where the backup goes"), backups.suggested_name(self.context.session), _("Backups (*.dpdesk)")),
            self.back_up, self._failed)

    def back_up(self, path: Path, accepted: str = "") -> None:
        """Make a backup at `path`, with a line at the foot that can be stopped."""
        self._run(_("Backing up"), lambda token: backups.back_up(
            self.context.session, path, token.progress, token.cancelled, accepted=accepted),
                  lambda made: _("Backed up and checked: {people}, head code {code}.", people=_people(made.people),
                                 code=made.head_code))

    def _ask_check(self) -> None:
        ask.choose_open(self, _("Which backup"), _("Backups (*.dpdesk)"), self.check)

    def check(self, path: Path) -> None:
        """Unpack the backup at `path` in a throw-away place and check all of it."""
        self._run(_("Checking the backup"), lambda _token: backups.check(self.context.session, path),
                  lambda found: _("{name} is whole and can be restored: {people}, made {moment}.", name=path.name,
                                  people=_people(found.people), moment=moment(found.at)))

    def _run(self, title: str, work: Callable[[Any], backups.Backup], words: Callable[[backups.Backup], str]) -> None:
        if self._busy:
            return
        self._busy = True

        def ended(say: Callable[[], None]) -> None:
            self._busy = False
            say()
            self.context.changed("audit")
            self.context.changed("copies")
        self.context.work("other", title, work, owner=self, done=lambda found: ended(lambda: self.context.say("done", words(found), None)),
                          failed=lambda error: ended(lambda: self._failed(error)))

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _people(number: int) -> str:
    return trn("{n} person", "{n} people", number)


def _noted(each: backups.Noted):
    """A card of one backup, check or restoring."""
    inside = QVBoxLayout()
    inside.setSpacing(2)
    inside.addWidget(text({backups.MADE: _("Backup made"), backups.CHECKED: _("Backup checked, whole"),
                           backups.RESTORED: _("Desk restored from a backup")}[each.action], "label"))
    by = _("{moment}, by {name}", moment=moment(each.at), name=each.officer)
    inside.addWidget(text(f"{by} · {_people(each.people)}" if each.people is not None else by, "quiet"))
    inside.addWidget(text(_("Head code {code}", code=each.head_code), "small", selectable=True))
    return card(inside)
