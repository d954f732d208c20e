"""What was decided on replies, folded: read when it is opened, each with what can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.replies import BOUNCES, Kind, State
from dpdesk.services.replies import Shown
from dpdesk.ui import failures
from dpdesk.ui.post import reply_words as words
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, reply_name, reply_state_name, trn

if TYPE_CHECKING:
    from dpdesk.ui.post.replies import RepliesPage

_MOST = 30


class Decided(Section):
    """The newest decisions."""

    def __init__(self, page: RepliesPage) -> None:
        super().__init__(_("Decided"), open=False)
        self._page = page
        self.unfolded.connect(self.refresh)

    def refresh(self) -> None:
        """Read them again, where they are unfolded."""
        from dpdesk.services import replies
        if not self.is_open:
            return
        session = self._page.context.session
        self._page.context.jobs.run("read", lambda: replies.listing(session, (State.CONFIRMED, State.DISMISSED)), owner=self,
                                    done=self._show, failed=lambda error: failures.show(self._page.context, error))

    def _show(self, found: list[Shown]) -> None:
        empty_out(self.body)
        if not found:
            self.body.addWidget(text(_("Nothing was decided yet."), "quiet"))
        for shown in sorted(found, key=lambda each: each.suggestion.decided_at, reverse=True)[:_MOST]:
            self.body.addWidget(self._card(shown))
        if len(found) > _MOST:
            self.body.addWidget(text(trn("And {n} before them.", "And {n} before them.", len(found) - _MOST), "quiet"))

    def _card(self, shown: Shown) -> QWidget:
        each = shown.suggestion
        name = words.title(self._page.context, shown) if each.person or each.address else _("Words erased")
        inside = QVBoxLayout()
        told = _("{name}: {what}. {state}, {moment}.", name=name, what=reply_name(each.kind.value),
                 state=reply_state_name(each.state.value), moment=moment(each.decided_at))
        undoable = each.kind in (*BOUNCES, Kind.NEW_ADDRESS) if each.state is State.CONFIRMED else each.excerpt
        acts = [button(_("Undo"), lambda: self._page.undo(each.id), role="quiet", icon="undo-2", name=_("Undo: {name}", name=name))]
        line = row(text(told), *(acts if undoable and not self._page.context.session.read_only else []))
        line.setStretch(0, 1)
        inside.addLayout(line)
        return card(inside)
