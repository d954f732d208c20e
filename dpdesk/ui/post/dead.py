"""Addresses that do not work, folded: whose they are, and that one works again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.roles import Right
from dpdesk.ui import failures
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, trn

if TYPE_CHECKING:
    from dpdesk.ui.post.replies import RepliesPage

_MOST = 50


class DeadAddresses(Section):
    """Shows only where there are some."""

    def __init__(self, page: RepliesPage) -> None:
        super().__init__(_("Addresses that do not work"), open=False)
        self._page = page
        self.hide()

    def refresh(self) -> None:
        """Read them again."""
        from dpdesk.services import members, replies
        session = self._page.context.session

        def work() -> tuple[int, list[tuple[str, str, str, str]]]:
            found = replies.bouncing(session)
            some = sorted(found.items(), key=lambda each: each[1], reverse=True)[:_MOST]
            people = [members.get(session, identity) for identity, _on in some]
            return len(found), [(who.id, who.name, who.email, on) for who, (_identity, on) in zip(people, some, strict=True)]
        self._page.context.jobs.run("read", work, owner=self, done=lambda answer: self._show(*answer),
                                    failed=lambda error: failures.show(self._page.context, error))

    def _show(self, count: int, found: list[tuple[str, str, str, str]]) -> None:
        context = self._page.context
        empty_out(self.body)
        self.setVisible(bool(count))
        self.set_heading(_("Addresses that do not work ({n})").format(n=count))
        may = context.session.may_change(Right.MEMBERS_EDIT)
        for identity, name, address, on in found:
            acts = [button(_("Works again"), lambda identity=identity: self._page.works(identity), role="quiet",
                           name=_("Works again: {name}", name=name))] if may else []
            told = _("{name}, {address}: last came back {day}", name=name, address=context.words("email", address), day=day(on))
            told_row = row(text(told), *acts)
            told_row.setStretch(0, 1)
            self.body.addLayout(told_row)
        if count > len(found):
            self.body.addWidget(text(trn("And {n} more.", "And {n} more.", count - len(found)), "quiet"))
