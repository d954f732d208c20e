"""Copies: everything that left the desk, those to be deleted first at the top, each looked for when the page opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dpdesk.domain.copies import CopyState
from dpdesk.domain.roles import Right
from dpdesk.services import copies
from dpdesk.services.copies import Seen
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.copies.item import CopyItem
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, trn


class CopiesPage(Page):
    """A sentence on how many are due, then the copies: due, still allowed, backups, gone."""

    code, icon, chapter = "copies", "copy", "copies"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Copies"))
        self.header.add_quiet(_("Look again"), self.refresh, icon="search")
        self.body.addWidget(text(_("Each list, log, kit, backup and sealed package that left the desk stands here until it is gone. "
                                   "dpdesk looks for the file before it believes that it was deleted."), "quiet"))
        self._list = self.add_list()
        self.items: dict[str, CopyItem] = {}
        self._all = context.session.may(Right.COPIES_SEE)

    def refresh(self) -> None:
        """Read the register and look for every copy."""
        session = self.context.session
        self.context.jobs.run("other", lambda: copies.listing(session, closed=True, look=True), owner=self, done=self._show,
                              failed=self._failed)

    def _show(self, found: list[Seen]) -> None:
        from dpdesk.services.session import today
        day = today()
        empty_out(self._list)
        self.items.clear()
        there = [seen for seen in found if seen.copy.state is CopyState.OPEN]
        due = [seen for seen in there if seen.copy.is_due(day)]
        stay = [seen for seen in there if not seen.copy.is_due(day)]
        self.header.set_state(self._sentence(len(there), len(due)))
        if not there:
            self._list.addWidget(EmptyState("copy", _("Nothing is outside the desk") if self._all else _("Nothing of yours is outside"), _(
                "When you export a list, save the log or make a backup, it is noted here, with the day by which it is to go.")))
        self._group(_("To be deleted now"), due)
        self._group(_("Outside the desk"), [seen for seen in stay if seen.copy.delete_by])
        self._group(_("Kept on purpose"), [seen for seen in stay if not seen.copy.delete_by])
        self._gone([seen for seen in found if seen.copy.state is not CopyState.OPEN])

    def _sentence(self, there: int, due: int) -> str:
        if not there:
            return _("No copy is outside the desk.") if self._all else _("No copy that you made is outside the desk.")
        outside = trn("{n} copy is outside the desk", "{n} copies are outside the desk", there)
        return _("{outside}, {due} to be deleted now.", outside=outside, due=due) if due else f"{outside}."

    def _group(self, heading: str, found: list[Seen]) -> None:
        if not found:
            return
        self._list.addSpacing(theme.SPACE)
        self._list.addWidget(text(heading, "heading"))
        for seen in found:
            made = CopyItem(self, seen)
            self.items[seen.copy.id] = made
            self._list.addWidget(made)

    def _gone(self, found: list[Seen]) -> None:
        if not found:
            return
        section = Section(_("Gone ({n})").format(n=len(found)), open=False)
        for seen in sorted(found, key=lambda each: each.copy.closed_at, reverse=True):
            section.body.addWidget(CopyItem(self, seen))
        self._list.addWidget(section)

    def delete(self, seen: Seen) -> None:
        """Delete the file, once the officer agrees."""
        ask.confirm(self, _("Delete this file?"), _("It is deleted from its disk, not put into the wastebasket. Traces may remain on "
                                                    "the disk until their place is used again; an encrypted disk protects them."),
                    _("Delete the file"), lambda: self._change(lambda session: copies.delete(session, seen.copy.id),
                                                               _("The file is deleted, and off the list.")), danger=True)

    def close(self, seen: Seen, how: str = "") -> None:  # type: ignore[override]
        """Take a copy off the list: dpdesk looks for it first."""
        self._change(lambda session: copies.close(session, seen.copy.id, how), _("Off the list."), seen)

    def keep(self, seen: Seen, day: str, why: str) -> None:
        """Let a copy stay until another day."""
        self._change(lambda session: copies.keep_until(session, seen.copy.id, day, why), _("It may stay until then."), seen)

    def _change(self, work: Callable[[Any], object], words: str, seen: Seen | None = None) -> None:
        session = self.context.session

        def done(_nothing: object) -> None:
            self.context.say("done", words, None)
            self.context.changed("copies")

        def failed(error: Exception) -> None:
            item = self.items.get(seen.copy.id) if seen is not None else None
            if item is None or not item.slot.show_problems(error):
                self._failed(error)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
