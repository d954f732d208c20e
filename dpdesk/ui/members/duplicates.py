"""Duplicates: pairs of records that may be one person, likeliest first, with the reasons; and merges that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.duplicates import Pair
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.jobs import Token
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, likeness_name, moment, trn

SHOWN = 40


class DuplicatesPage(Page):
    """Looks through everybody when it is opened, behind a line that can be stopped."""

    code = "duplicates"
    title = marked("Duplicates")
    icon = "copy"
    right = Right.MEMBERS_EDIT
    chapter = "duplicates"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Duplicates"))
        self.header.add_quiet(_("Look again"), self.look, icon="search")
        self.pairs: list[Pair] = []
        self._busy = False
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self._merges = QVBoxLayout()
        self.body.addLayout(self._list)
        self.body.addLayout(self._merges)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look through everybody, and read the merges."""
        self.look()

    def look(self) -> None:
        """Compare those who share something."""
        from dpdesk.services import duplicates, merging
        if self._busy:
            return
        self._busy = True
        session = self.context.session

        def work(token: Token) -> tuple[list[Pair], list]:
            pairs = duplicates.find(session, progress=token.progress, cancelled=token.cancelled)
            return pairs, [(merged, _name(session, merged.kept)) for merged in merging.listing(session) if merging.until(session, merged)]

        def ended(then: Callable[[], None]) -> None:
            self._busy = False
            then()
        self.context.work("other", _("Looking for duplicates"), work, owner=self, done=lambda found: ended(lambda: self._show(*found)),
                          failed=lambda error: ended(lambda: failures.show(self.context, error)))

    def _show(self, pairs: list[Pair], merges: list) -> None:
        self.pairs = pairs
        empty_out(self._list)
        empty_out(self._merges)
        self.header.set_state(trn("{n} pair may be one person.", "{n} pairs may be one person.", len(pairs)) if pairs else "")
        if not pairs:
            self._list.addWidget(EmptyState("badge-check", _("No duplicates"), _(
                "Nobody on the desk looks like somebody else. Lists that come in are compared again each time you open this page.")))
        for pair in pairs[:SHOWN]:
            self._list.addWidget(self._card(pair))
        if len(pairs) > SHOWN:
            self._list.addWidget(text(trn("And {n} more, once these are done.", "And {n} more, once these are done.",
                                          len(pairs) - SHOWN), "quiet"))
        if merges:
            section = Section(_("Merged, and can be undone ({n})").format(n=len(merges)), open=False)
            for merged, name in merges:
                section.body.addWidget(self._merged(merged, name))
            self._merges.addWidget(section)

    def _card(self, pair: Pair) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        names = " / ".join(dict.fromkeys(pair.names))
        inside.addLayout(row(text(names, "label"), badge(_("{n} of 100", n=pair.score))))
        reasons = ", ".join(map(likeness_name, pair.reasons))
        inside.addWidget(text(reasons[:1].upper() + reasons[1:] + ".", "quiet"))
        inside.addWidget(flow(
            button(_("Compare"), lambda: self.context.go("compare", {"a": pair.a, "b": pair.b}), name=_("Compare {names}", names=names)),
            button(_("Not the same person"), lambda: self._apart(pair), role="quiet",
                   name=_("Not the same person: {names}", names=names))))
        return card(inside)

    def _apart(self, pair: Pair) -> None:
        from dpdesk.services import duplicates
        session = self.context.session

        def undo() -> None:
            self.context.jobs.run("write", lambda: duplicates.take_back_not_same(session, pair.a, pair.b), owner=self,
                                  done=lambda _nothing: self.look(), failed=lambda error: failures.show(self.context, error))

        def done(_nothing: object) -> None:
            self.context.say("done", _("They are two people, and are not proposed again."), (_("Undo"), undo))
            self.look()
        self.context.jobs.run("write", lambda: duplicates.say_not_same(session, pair.a, pair.b), owner=self, done=done,
                              failed=lambda error: failures.show(self.context, error))

    def _merged(self, merged: Any, name: str) -> QWidget:
        inside = QVBoxLayout()
        inside.addLayout(row(text(_("{name}, merged {moment}", name=name, moment=moment(merged.at))),
                             button(_("Undo the merge"), lambda: self._part(merged), icon="undo-2",
                                    name=_("Undo the merge of {name}", name=name))))
        return card(inside)

    def _part(self, merged: Any) -> None:
        from dpdesk.services import merging
        session = self.context.session

        def done(_person: object) -> None:
            self.context.say("done", _("They are two records again. Stops hold for both."), None)
            self.context.changed("members")
            self.look()
        self.context.jobs.run("write", lambda: merging.undo(session, merged.id), owner=self, done=done,
                              failed=lambda error: failures.show(self.context, error))


def _name(session: Any, person: str) -> str:
    """The name of somebody, where they are still there."""
    from dpdesk.domain.errors import NotFound
    from dpdesk.services import members
    try:
        return members.get(session, person).name
    except NotFound:
        return _("Somebody who is erased")
