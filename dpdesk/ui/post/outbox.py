"""Outbox and sent: what is being sent, what waits and for whom, drafts, and everything that went out, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.post_states import Mailing, State
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.post import going
from dpdesk.ui.post.mailing_words import in_order, standing
from dpdesk.ui.post.sending import courier
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, moment, trn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

_SHOWN = 30  # mailings sent, until all are asked for


@dataclass(frozen=True)
class _Box:
    mailings: list[Mailing]
    drafts: list[Mailing]
    exposed: set[str]


class OutboxPage(Page):
    """Groups of cards; one opens a mailing's own page."""

    code, title, icon, right, chapter = "post_outbox", marked("Outbox and sent"), "mail", Right.POST_SEE, "post"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Outbox and sent"))
        if self.may(Right.POST_SEND):
            self.header.set_main(_("Write…"), lambda: context.go("post_write", None), icon="pencil")
        self.header.add_quiet(_("I exposed addresses…"), self._ask_which, icon="shield-alert")
        self.header.add_quiet(_("Mail accounts…"), lambda: context.go("post_accounts", {}), icon="key-round")
        self._list = self.add_list()
        self._all = self._which = False
        self._box = _Box([], [], set())
        self._cards: dict[str, Any] = {}
        sender = courier(context)
        sender.moved.connect(self._moved)
        sender.ended.connect(lambda _identity: self.refresh() if self.isVisible() else None)

    def return_to(self, place: dict[str, Any]) -> None:
        """With `exposed`, ask at once which mailing exposed addresses."""
        self._which = bool(place.get("exposed"))

    def _ask_which(self) -> None:
        self._which = True
        self._show(self._box)

    def refresh(self) -> None:
        """Read every mailing and the drafts."""
        from dpdesk.services import post, post_desk, post_mailings
        session = self.context.session

        def work() -> _Box:
            mine = post.drafts(session) if session.may(Right.POST_SEND) else []
            return _Box(post_mailings.listing(session), mine, {each.mailing for each in post_desk.exposures(session)})
        self.context.jobs.run("read", work, owner=self, done=self._show, failed=lambda error: failures.show(self.context, error))

    def _show(self, box: _Box) -> None:
        self._box = box
        empty_out(self._list)
        self._cards.clear()
        runs = courier(self.context).runs
        groups: dict[str, list[Mailing]] = {"sending": [], "approval": [], "waiting": [], "sent": []}
        for each in box.mailings:
            group = ("sending" if each.id in runs else "approval" if each.state is State.AWAITING
                     else "sent" if each.state in (State.DONE, State.CANCELLED) else "waiting")
            groups[group].append(each)
        self.header.set_state(self._sentence(groups, len(box.drafts)))
        if not box.mailings and not box.drafts:
            acts = [(_("Write…"), lambda: self.context.go("post_write", None))] if self.may(Right.POST_SEND) else []
            self._list.addWidget(EmptyState("mail", _("Nothing was written yet"), _(
                "Letters to members and contacts start under “Write”. Each person gets a message of their own; who may not be written "
                "to is left "
                "out and listed with the reason."), *acts))
            return
        if self._which:
            self._tell_which(groups["sent"] + groups["waiting"])
        for heading, found in ((_("Being sent"), groups["sending"]), (_("Waits for a second officer"), groups["approval"]),
                               (_("Waits to go on"), groups["waiting"])):
            self._group(heading, found)
        self._drafts(box.drafts)
        sent = groups["sent"]
        self._group(_("Sent ({n})", n=f"{len(sent):,}"), sent if self._all else sent[:_SHOWN])
        if len(sent) > _SHOWN and not self._all:
            self._list.addWidget(flow(button(_("Show all {n}", n=f"{len(sent):,}"), self._show_all)))

    def _sentence(self, groups: dict[str, list[Mailing]], drafts: int) -> str:
        waits = len(groups["approval"]) + len(groups["waiting"])
        parts = [trn("{n} is being sent", "{n} are being sent", n) if (n := len(groups["sending"])) else "",
                 trn("{n} waits", "{n} wait", waits) if waits else "", trn("{n} draft", "{n} drafts", drafts) if drafts else "",
                 trn("{n} went out or was cancelled", "{n} went out or were cancelled", n) if (n := len(groups["sent"])) else ""]
        said = ", ".join(filter(None, parts))
        return f"{said}." if said else ""

    def _tell_which(self, found: list[Mailing]) -> None:
        if found:
            self._list.addWidget(text(_("Which mailing was it? Press “I exposed addresses” on it: the time counts from then."), "error"))
        else:
            self._list.addWidget(text(_("No mailing of this desk has gone out. Tell {whom} now about what was sent elsewhere.",
                                        whom=self.context.session.policy.report_incidents_to), "error"))

    def _show_all(self) -> None:
        self._all = True
        self._show(self._box)

    def _group(self, heading: str, found: list[Mailing]) -> None:
        if not found:
            return
        self._list.addSpacing(theme.SPACE)
        self._list.addWidget(text(heading, "heading"))
        for each in found:
            self._list.addWidget(self._card(each))

    def _card(self, mailing: Mailing) -> QWidget:
        from dpdesk.services.post_names import mailing_state_name, outcome_name, purpose_name
        running = mailing.id in courier(self.context).runs
        subject = mailing.subject or _("An old mailing")
        column = QVBoxLayout()
        column.setSpacing(4)
        marks = [badge(mailing_state_name(mailing.state.value))]
        if mailing.id in self._box.exposed:
            marks.append(badge(_("Addresses exposed"), "danger"))
        head = row(text(subject, "label"), *marks)
        head.setStretch(0, 1)
        column.addLayout(head)
        counts = ", ".join(f"{n:,} {outcome_name(code)}" for code, n in in_order(mailing.counts))
        column.addWidget(text(_("{when} · {purpose} · {counts}", when=moment(mailing.ended_at or mailing.started_at or mailing.made_at),
                                purpose=purpose_name(mailing.purpose), counts=counts), "quiet"))
        if running or mailing.state not in (State.DONE, State.CANCELLED):
            said = text(standing(mailing, running=running), "small")
            self._cards[mailing.id] = said
            column.addWidget(said)
        column.addSpacing(theme.SPACE // 2)
        column.addWidget(flow(*self._actions(mailing, subject, running=running)))
        return card(column)

    def _actions(self, mailing: Mailing, subject: str, *, running: bool) -> list[QPushButton]:
        def named(words: str, act, **more) -> QPushButton:
            return button(words, act, name=f"{words.rstrip('…')}: {subject}", **more)

        def open_it() -> None:
            self.context.go("post_mailing", {"id": mailing.id})
        found = [named(_("Open"), open_it)]
        if running and self.may(Right.POST_SEND):
            found.append(named(_("Pause"), lambda: courier(self.context).pause(mailing.id), icon="clock"))
        elif mailing.state is State.AWAITING and self.may(Right.POST_APPROVE) and mailing.made_by != self.context.session.officer.id:
            found = [named(_("Look and approve"), open_it, role="primary")]
        elif mailing.state in (State.READY, State.PAUSED, State.SENDING) and self.may(Right.POST_SEND) and going.still(mailing):
            found.insert(0, named(_("Resume"), open_it, role="primary"))
        if mailing.started_at or mailing.ended_at:
            found.append(named(_("I exposed addresses…"), lambda: self.context.go("post_mailing", {"id": mailing.id, "exposed": True}),
                               role="danger" if self._which else "quiet", icon="shield-alert"))
        return found

    def _moved(self, identity: str) -> None:
        """How far a run is, on its card; a run that has just begun moves to its group."""
        far = courier(self.context).runs.get(identity)
        if far is None or not self.isVisible():
            return
        said = self._cards.get(identity)
        if said is None:
            self.refresh()
        elif far.total:
            said.setText(_("{done} of {total}", done=f"{far.done:,}", total=f"{far.total:,}"))

    def _drafts(self, found: list[Mailing]) -> None:
        from dpdesk.services.post_names import purpose_name
        if not found:
            return
        self._list.addSpacing(theme.SPACE)
        self._list.addWidget(text(_("Drafts ({n})", n=f"{len(found):,}"), "heading"))
        for each in found:
            subject = each.subject or _("Without a subject")
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(text(subject, "label"))
            column.addWidget(text(_("{when} · {purpose}", when=moment(each.made_at), purpose=purpose_name(each.purpose)), "quiet"))
            column.addWidget(flow(
                button(_("Go on writing"), lambda each=each: self.context.go("post_write", {"draft": each.id, "step": 1}),
                       name=_("Go on writing: {subject}", subject=subject)),
                button(_("Throw away…"), lambda each=each: self._ask_discard(each), role="quiet",
                       name=_("Throw away: {subject}", subject=subject))))
            self._list.addWidget(card(column))

    def _ask_discard(self, draft: Mailing) -> None:
        from dpdesk.services import post
        session = self.context.session

        def done(_nothing: object) -> None:
            self.context.changed("post")
            self.context.say("done", _("The draft is gone."), None)
        ask.confirm(self, _("Throw this draft away?"), _("It cannot be brought back."), _("Throw it away"),
                    lambda: self.context.jobs.run("write", lambda: post.discard(session, draft.id), owner=self, done=done,
                                                  failed=lambda error: failures.show(self.context, error)), danger=True)
