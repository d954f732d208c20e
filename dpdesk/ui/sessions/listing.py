"""Sessions: those to come and under way first, each with where its sheets stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.custody import State
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CanvassSession, SessionState
from dpdesk.services.session import today
from dpdesk.services.session_words import session_state_name, state_name
from dpdesk.services.translation import marked
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, day, trn

_SHOWN = 30


@dataclass(frozen=True)
class Seen:
    """Every session with its campaign's name and how many sheets stand where."""

    sessions: list[CanvassSession]
    campaigns: dict[str, Campaign]
    sheets: dict[str, Counter]
    losses: int
    ready: int


class SessionsPage(SessionPage):
    """A card a session."""

    code = "sessions"
    title = marked("Sessions")
    icon = "users"
    right = Right.SHEETS_SEE
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Sessions"))
        self._plan = None
        if self.may():
            self._plan = self.header.set_main(_("Plan a session…"), lambda: context.go("session_plan", {"new": True}), icon="plus")
        self.header.add_quiet(_("Campaigns…"), lambda: context.go("campaigns", {}), icon="list")
        if self.may(Right.SHEETS_DESTROY):
            self.header.add_quiet(_("Destroy paper…"), lambda: context.go("destroy_sheets", {"new": True}), icon="shield-check")
        self._list = self.add_list()

    def place(self) -> dict[str, Any]:
        """Nothing to come back to."""
        return {}

    def refresh(self) -> None:
        """Read the sessions."""
        session = self.context.session
        self.read(lambda: _seen(session), self._show)

    def _show(self, seen: Seen) -> None:
        empty_out(self._list)
        open_ones = [each for each in seen.sessions if each.state is not SessionState.CLOSED]
        self.header.set_state(_("{open}, {all} in all.", open=trn("{n} session is open", "{n} sessions are open", len(open_ones)),
                                all=len(seen.sessions)) if seen.sessions else "")
        if self._plan is not None:
            self._plan.setVisible(bool(seen.campaigns))
        if seen.losses:
            self._list.addWidget(_pointing(trn("{n} loss of pages is not settled.", "{n} losses of pages are not settled.", seen.losses),
                                           _("See the losses"), lambda: self.context.go("sheet_losses", {}), "warning"))
        if not seen.sessions:
            self._list.addWidget(self._nothing(seen))
        for each in [*sorted(open_ones, key=lambda each: each.on_day), *(
                each for each in seen.sessions if each.state is SessionState.CLOSED)][:_SHOWN]:
            self._list.addWidget(self._card(each, seen))

    def _nothing(self, seen: Seen) -> QWidget:
        words = _("A session is one meeting of canvassers: its sheets are printed, handed to responsible individuals, handed back to the "
                  "most senior one, entered and destroyed, and the desk knows where each page is.")
        if not seen.campaigns:
            acts = [(_("Set up a campaign…"), lambda: self.context.go("campaigns", {"new": True}))]
        else:
            acts = [(_("Plan a session…"), lambda: self.context.go("session_plan", {"new": True}))]
        return EmptyState("users", _("No session yet"), words, *(acts if self.may(Right.CAMPAIGNS_EDIT) else []))

    def _card(self, each: CanvassSession, seen: Seen) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        late = each.state is not SessionState.CLOSED and each.on_day < today().isoformat()
        words = _("Not closed yet") if late else session_state_name(each.state.value)
        head = text(_("{day}, {time}, {place}", day=day(each.on_day), time=each.starts, place=each.place), "label")
        inside.addLayout(row(head, badge(words, "warning" if late else "")))
        campaign = seen.campaigns.get(each.campaign)
        senior = each.somebody(each.senior)
        inside.addWidget(text(_("{campaign}. Most senior: {name}.", campaign=campaign.name if campaign else "",
                                name=senior.name if senior and senior.name else _("somebody erased since")), "quiet"))
        counts = seen.sheets.get(each.id, Counter())
        inside.addWidget(text(" · ".join(f"{state_name(state.value)} {counts[state]}" for state in State if counts[state])
                              or _("No sheets yet")))
        inside.addLayout(row(button(_("Open the board"), lambda: self.context.go("session", {"id": each.id}),
                                    role="primary" if each.state is SessionState.RUNNING else "",
                                    name=_("Open the board of {day}", day=day(each.on_day))), None))
        return card(inside)


def _pointing(words: str, verb: str, go, kind: str) -> QWidget:
    """A warning with the way to where it is settled."""
    from dpdesk.ui.widgets.facts import flag
    holder = QWidget()
    layout = row(flag(words, "triangle-alert", kind), button(verb, go))
    layout.setStretch(0, 1)
    holder.setLayout(layout)
    return holder


def _seen(session) -> Seen:
    from dpdesk.services import campaigns, destruction, sessions, sheet_loss, sheets
    counted: dict[str, Counter] = {}
    for each in sheets.listing(session):
        counted.setdefault(each.session, Counter())[each.state] += 1
    return Seen(sessions.listing(session), {each.id: each for each in campaigns.listing(session)}, counted,
                len(sheet_loss.losses(session, open_only=True)), destruction.to_destroy(session))
