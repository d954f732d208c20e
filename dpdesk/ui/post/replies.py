"""Replies: mail that came back is taken in, and each thing it asks for waits here for a yes or no."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.members import Kind as Who
from dpdesk.domain.members import Member
from dpdesk.domain.replies import TO_READ, Kind
from dpdesk.domain.roles import Right
from dpdesk.services.replies import Report, Shown
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.post import reply_words as words
from dpdesk.ui.post.dead import DeadAddresses
from dpdesk.ui.post.decided import Decided
from dpdesk.ui.post.mailbox_entry import account_of, mailbox_entry
from dpdesk.ui.post.reply_item import ReplyItem
from dpdesk.ui.post.take_in import MailField
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, trn

SHOWN = 30  # of a kind


class RepliesPage(Page):
    """The field for mail, then the suggestions by kind, then what was decided."""

    code = "replies"
    title = marked("Replies")
    icon = "mail"
    right = Right.STOPS_ADD
    chapter = "replies"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Replies"))
        self._busy = False
        self._account: Any = None
        self.field = MailField(self.take_files, self.take_pasted)
        self.mailbox = EntrySlot()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.dead = DeadAddresses(self)
        self.decided = Decided(self)
        if not context.session.read_only:
            self.header.add_quiet(_("Mailbox…"), self.ask_mailbox, icon="settings")
            self.header.set_main(_("Fetch replies"), self.fetch, icon="download")
            self.body.addLayout(self.mailbox)
            self.body.addWidget(self.field)
        self.body.addLayout(self._list)
        self.body.addWidget(self.dead)
        self.body.addWidget(self.decided)
        self.body.addStretch(1)
        if context.veil is not None:
            context.veil.turned.connect(self._turned)

    def _turned(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read what waits, and which mailbox is set."""
        from dpdesk.services import mailbox, replies
        session = self.context.session
        self.context.jobs.run("read", lambda: (replies.listing(session), mailbox.account(session)), owner=self,
                              done=lambda found: self._show(*found), failed=self._failed)
        self.dead.refresh()
        self.decided.refresh()

    def _show(self, found: list[Shown], account: Any) -> None:
        self._account = account
        empty_out(self._list)
        self.header.set_state(trn("{n} waits for your yes or no.", "{n} wait for your yes or no.", len(found)) if found else "")
        if not found:
            self._list.addWidget(EmptyState("badge-check", _("Nothing waits"), _(
                "Who answers “stop”, which addresses do not work and which have changed is shown here, once mail is taken in.")))
        for kind in words.ORDER:
            self._group(kind, [shown for shown in found if shown.suggestion.kind is kind])

    def _group(self, kind: Kind, found: list[Shown]) -> None:
        if not found:
            return
        self._list.addSpacing(theme.SPACE)
        head = row(text(words.heading(kind, len(found)), "heading"), *self._for_all(kind, found))
        head.setStretch(0, 1)
        self._list.addLayout(head)
        for shown in found[:SHOWN]:
            self._list.addWidget(ReplyItem(self, shown))
        if len(found) > SHOWN:
            self._list.addWidget(text(trn("And {n} more, once these are done.", "And {n} more, once these are done.",
                                          len(found) - SHOWN), "quiet"))

    def _for_all(self, kind: Kind, found: list[Shown]) -> list[QWidget]:
        """The button for a whole kind, where there are several."""
        if len(found) < 2 or self.context.session.read_only:
            return []
        ids = [shown.suggestion.id for shown in found]
        if kind in TO_READ:
            return [button(_("Nothing to do for all…"), lambda: self._ask_all(kind, ids), role="quiet")]
        return [button(_("Confirm all…"), lambda: self._ask_all(kind, ids),
                       name=_("Confirm all: {kind}", kind=words.heading(kind, len(ids))))]

    def _ask_all(self, kind: Kind, ids: list[str]) -> None:
        from dpdesk.services import replies_decide
        if kind in TO_READ:
            ask.confirm(self, trn("Is nothing to be done for {n}?", "Is nothing to be done for all {n}?", len(ids)),
                        _("Their words are erased after thirty days."), _("Nothing to do"),
                        lambda: self._many(replies_decide.dismiss_many, ids))
        else:
            ask.confirm(self, words.heading(kind, len(ids)), _("Each is done as its card says and stands in the log by itself. A stop is "
                        "not undone afterwards."), _("Confirm all"), lambda: self._many(replies_decide.confirm_many, ids))

    def _many(self, act: Callable, ids: list[str]) -> None:
        session = self.context.session

        def told(answer: tuple[int, list]) -> None:
            done, failed = answer
            said = trn("{n} done.", "{n} done.", done)
            why = " ".join(dict.fromkeys(failures.words_for(problem) for _identity, problem in failed[:5]))
            rest = trn("{n} was left.", "{n} were left.", len(failed)) if failed else ""
            self.context.say("warning" if failed else "done", " ".join(part for part in (said, rest, why) if part), None)
            self.context.changed("members")
            self.refresh()
        self._work(_("Deciding"), "write", lambda token: act(session, ids, token.progress, token.cancelled), told)

    def _work(self, title: str, lane: str, work: Callable, then: Callable[[Any], None]) -> None:
        """Work behind a line that can be stopped, one at a time."""
        if self._busy:
            return
        self._busy = True

        def done(answer: Any) -> None:
            self._busy = False
            then(answer)

        def failed(error: Exception) -> None:
            self._busy = False
            self._failed(error)
        self.context.work(lane, title, work, owner=self, done=done, failed=failed)

    def take_files(self, paths: list[Path]) -> None:
        """Take in mail files."""
        from dpdesk.services import replies
        session = self.context.session
        self._work(_("Reading mail"), "other", lambda token: replies.take_files(session, paths, None, token.progress, token.cancelled),
                   self._taken)

    def take_pasted(self, raw: bytes) -> None:
        """Take in what was pasted or dropped as words."""
        from dpdesk.services import replies
        session = self.context.session
        self._work(_("Reading mail"), "other", lambda token: replies.take_bytes(session, raw, _("the pasted mail")), self._taken)

    def fetch(self) -> None:
        """Fetch what is new in the mailbox; asks for the account where there is none yet."""
        from dpdesk.services import mailbox
        if self._account is None:
            self.ask_mailbox()
            return
        session = self.context.session
        self._work(_("Fetching replies"), "other", lambda token: mailbox.fetch(session, None, token.progress, token.cancelled), self._taken)

    def _taken(self, report: Report) -> None:
        self.field.taken()
        self.context.say("warning" if report.refused else "done", words.ended(report), None)
        self.context.changed("replies")
        self.refresh()

    def ask_mailbox(self) -> None:
        """Open the form of the account."""
        self.mailbox.ask(mailbox_entry(self._account, self._keep_mailbox))

    def _keep_mailbox(self, values: dict[str, str]) -> None:
        from dpdesk.domain.secret import Secret
        from dpdesk.services import mailbox
        session = self.context.session
        secret = Secret(values["password"]) if values["password"] else None

        def failed(error: Exception) -> None:
            if not self.mailbox.show_problems(error):
                self._failed(error)

        def done(_nothing: object) -> None:
            self.mailbox.close_up()
            self.context.say("done", _("The mailbox is kept."), (_("Fetch replies"), self.fetch))
            self.refresh()
        self.context.jobs.run("write", lambda: mailbox.set_account(session, account_of(values), secret), owner=self, done=done,
                              failed=failed)

    def confirm(self, shown: Shown, kind: Kind | None = None) -> None:
        """Do what a suggestion says."""
        from dpdesk.services import replies_decide
        session, identity = self.context.session, shown.suggestion.id
        wanted = kind or shown.suggestion.kind
        undoable = wanted in (Kind.NEW_ADDRESS, Kind.DEAD, Kind.FAILING)
        self._decide(lambda: replies_decide.confirm(session, identity, kind=kind),
                     _("Done: {what}.", what=words.heading(wanted, 1).rpartition(" (")[0]), identity if undoable else "")

    def dismiss(self, shown: Shown) -> None:
        """Say that nothing is to be done."""
        from dpdesk.services import replies_decide
        session, identity = self.context.session, shown.suggestion.id
        self._decide(lambda: replies_decide.dismiss(session, identity), _("Dismissed. Nothing was changed."), identity)

    def undo(self, identity: str) -> None:
        """Take a decision back."""
        from dpdesk.services import replies_decide
        session = self.context.session
        self._decide(lambda: replies_decide.undo(session, identity), _("Taken back: it waits again."), "")

    def works(self, person: str) -> None:
        """Say that somebody's address works again."""
        from dpdesk.services import replies_decide
        session = self.context.session
        self._decide(lambda: replies_decide.works_again(session, person), _("Mailings go to it again."), "")

    def chosen(self, shown: Shown, who: Member) -> None:
        """An officer said who it is: the card then shows what it means for them."""
        from dpdesk.services import replies_decide
        session, identity = self.context.session, shown.suggestion.id
        self._decide(lambda: replies_decide.assign(session, identity, who.id), _("It is put to {name}.", name=who.name), "")

    def _decide(self, work: Callable[[], None], said: str, undoable: str) -> None:
        def done(_nothing: object) -> None:
            self.context.say("done", said, (_("Undo"), lambda: self.undo(undoable)) if undoable else None)
            self.context.changed("members")
            self.refresh()
        self.context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def open_person(self, identity: str) -> None:
        """Show somebody."""
        from dpdesk.services import members
        session = self.context.session
        self.context.jobs.run("read", lambda: members.get(session, identity), owner=self, done=lambda who: self.context.go(
            "member" if who.kind is Who.MEMBER else "contact", {"id": who.id}), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


