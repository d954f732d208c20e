"""Looking for stray copies in a folder that the officer chooses: what looks like a register or a membership list, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import Cancelled
from dpdesk.domain.roles import Right
from dpdesk.services import device_words as words
from dpdesk.services.strays import Found, Stray
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import badge, card, empty_out, row, shown_path, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn

_MOST = 200  # shown; who has more begins with these


class StraysPage(Page):
    """Shows what was found until the page is left; nothing is deleted from here, for only the officer knows what each is."""

    code, title, icon, right, chapter = "strays", marked("Stray copies"), "search", Right.DEVICE_CHECK, "device"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Stray copies"))
        self.add_back(_("This device"), lambda: context.go("device", {}))
        self._slot = self.add_list()
        self._busy = False
        self._slot.addWidget(EmptyState("search", _("Look for copies that nobody noted"), _(
            "Choose a folder, such as Downloads or Documents. dpdesk looks at the headers of each CSV and Excel file in it and below, "
            "and names those that look like a register of electors or a membership list (S1 §27.6, §27.8). Nothing is changed."),
            (_("Choose a folder…"), self.choose)))

    def choose(self) -> None:
        """Ask for the folder."""
        ask.choose_folder(self, _("Where to look"), lambda folder: self.look(Path(folder)))

    def look(self, folder: Path) -> None:
        """Look through it, in the background."""
        from dpdesk.services import strays
        if self._busy:
            return
        self._busy, session = True, self.context.session
        line = self.context.progress(_("Looking for stray copies"), lambda: token.cancel())
        token = self.context.jobs.token(lambda *_seen: None)

        def ended() -> None:
            self._busy = False
            line.finish()

        def done(found: Found) -> None:
            ended()
            self._show(found)
            self.context.changed("audit")

        def failed(error: Exception) -> None:
            ended()
            if not isinstance(error, Cancelled):
                failures.show(self.context, error)
        self.context.jobs.run("other", lambda: strays.look(session, folder, cancelled=token.cancelled), owner=self, done=done,
                              failed=failed, token=token)

    def _show(self, found: Found) -> None:
        empty_out(self._slot)
        self.header.set_main(_("Look elsewhere…"), self.choose, icon="search")
        new = [each for each in found.strays if not each.known]
        looked = trn("{n} file looked at.", "{n} files looked at.", found.looked)
        self.header.set_state((trn("{n} list that nobody noted.", "{n} lists that nobody noted.", len(new)) if new
                               else _("No list that nobody noted.")) + " " + looked)
        self._slot.addWidget(text(shown_path(found.folder), "quiet"))
        if new:
            self._slot.addWidget(text(_("Look at each. What you no longer need is deleted, and the wastebasket emptied; what the branch "
                                        "needs is brought into the desk, and then deleted.")))
        for each in found.strays[:_MOST]:
            self._slot.addWidget(self._card(each, found.folder))
        if len(found.strays) > _MOST:
            self._slot.addWidget(text(trn("{n} more is not shown.", "{n} more are not shown.", len(found.strays) - _MOST), "quiet"))
        if found.unread:
            section = Section(_("Could not be read ({n})", n=len(found.unread)), open=not new)
            section.body.addWidget(text(_("Look at them yourself.")))
            for path in found.unread[:_MOST]:
                section.body.addWidget(text(shown_path(_within(path, found.folder)), "quiet"))
            self._slot.addWidget(section)

    def _card(self, each: Stray, folder: Path) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        mark = badge(_("On the list of copies")) if each.known else badge(_("Nobody noted it"), "danger")
        inside.addLayout(row(text(each.path.name, "label"), mark))
        inside.addWidget(text(shown_path(_within(each.path, folder)), "quiet"))
        inside.addWidget(text(_("It {looks}; changed {moment}.", looks=words.stray_name(each.kind.value),
                                moment=moment(each.changed_at)), "quiet"))
        return card(inside)

    def refresh(self) -> None:
        """What was found stays until the officer looks elsewhere."""

    def place(self) -> dict[str, Any]:
        """Nothing is remembered of where somebody looked."""
        return {}


def _within(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path
