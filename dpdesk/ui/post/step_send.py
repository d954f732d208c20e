"""Step 4 of a letter: the ways out as cards, each with what it does and what it costs; a second officer where one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.post_states import Route
from dpdesk.domain.roles import Right
from dpdesk.ui import failures, theme
from dpdesk.ui.post.asking import confirm_count
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, card, empty_out, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name, span, trn

if TYPE_CHECKING:
    from dpdesk.services.post_desk import Going
    from dpdesk.services.post_plan import Plan
    from dpdesk.ui.post.write import WritePage


class SendStep(QWidget):
    """Calls `page.prepare(route, account)` once the officer has agreed."""

    def __init__(self, page: WritePage) -> None:
        super().__init__()
        self._page = page
        self._plan: Plan | None = None
        self._going: Going | None = None
        self.account = Choice()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE * 3 // 2)

    def show_plan(self, plan: Plan, going: Going) -> None:
        """Draw the ways out for a plan."""
        self._plan, self._going = plan, going
        n = len(plan.people)
        empty_out(self._column)
        if plan.approval:
            self._column.addWidget(text(_(
                "To {n} people a second officer has to agree first (the policy’s number is {most}). Choose the way; the mailing then waits "
                "in the outbox. Another officer who may approve finds it on their page Today. Once they agree you send it from the outbox.",
                n=f"{n:,}", most=f"{self._page.context.session.policy.post_approve_over:,}"), "warning"))
        if not n:
            self._column.addWidget(text(_("Nobody is left to write to. Choose other people or another purpose."), "error"))
            return
        self._column.addWidget(self._own(n, going))
        self._column.addWidget(self._sender(going))
        self._column.addWidget(self._drafts())
        self._column.addWidget(self._list())
        self._column.addWidget(self._mailer())

    def _card(self, heading: str, said: str, *parts: QWidget) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(heading, "heading"))
        column.addWidget(text(said, "quiet"))
        column.addWidget(flow(*parts))
        return card(column)

    def _way(self, words: str, route: Route, said: str, *, role: str = "") -> QWidget:
        """A button that takes a way; where approval is needed it asks for that."""
        made = button(words, lambda: self._take(words, route, said), role=role)
        made.setEnabled(route is Route.SMTP or bool(self._going and self._going.sender))
        return made

    def _own(self, n: int, going: Going) -> QWidget:
        heading = _("From here, one message each")
        said = _("Each person gets a message of their own with their address alone. It goes over a verified, encrypted line, at the "
                 "pace your "
                 "provider allows; it can be paused, and goes on where it stopped.")
        if not going.accounts:
            return self._card(heading, said, button(_("Set up a mail account…"),
                                                    lambda: self._page.context.go("post_accounts", {"add": True}), role="primary"))
        self.account = Choice([(each.id, f"{each.name} ({each.sender_address})") for each, _kept in going.accounts], name=_("Account"))
        words = trn("Send to {n} person…", "Send to {n} people…", n)
        self.pace = text(self._takes(n), "small")
        self.account.activated.connect(lambda _index: self.pace.setText(self._takes(n)))
        holder = self._card(heading, said, self.account, self._way(self._verb(words), Route.SMTP, _(
            "One message each, from the account “{account}”. Once sent, an e-mail cannot be called back."), role="primary"))
        holder.layout().addWidget(self.pace)
        return holder

    def _takes(self, n: int) -> str:
        """How long the provider's limits make it: "At the limits of this account it takes about 25 minutes."."""
        from dpdesk.services import post_accounts
        chosen = next((each for each, _kept in self._going.accounts if each.id == self.account.code()), None) if self._going else None
        if chosen is None:
            return ""
        pace = post_accounts.pace(chosen)
        if pace.per_day and n > pace.per_day:
            days = -(-n // pace.per_day)
            return trn("This account sends at most {most} a day: it takes {n} day, and you go on from the outbox.",
                       "This account sends at most {most} a day: it takes {n} days, and you go on from the outbox.", days,
                       most=f"{pace.per_day:,}")
        minutes = max(-(-n // pace.per_minute) if pace.per_minute else 1, (n - 1) // pace.per_hour * 60 if pace.per_hour else 0)
        return _("At the limits of this account it takes about {span}.", span=span(minutes * 60))

    def _sender(self, going: Going) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        words = (_("The ways below are second best: another program sends. They come from {address}.", address=going.sender)
                 if going.sender else _("The ways below are second best: another program sends. First say from which address."))
        line = row(text(words, "" if going.sender else "warning"),
                   button(_("Change…") if going.sender else _("Enter the branch’s address…"), self._ask_sender, role="quiet"))
        line.setStretch(0, 1)
        column.addLayout(line)
        self._slot = EntrySlot()
        column.addLayout(self._slot)
        return holder

    def _ask_sender(self) -> None:
        from dpdesk.services import post_settings
        kept = post_settings.get(self._page.context.session)
        self._slot.ask(Entry(_("The branch’s own address"), _("Who gets a letter sees this address, and their stops come to it."), [
            FieldSpec("sender_address", field_name("sender_address"), "email"),
            FieldSpec("text", _("Postal address or imprint"), help=_("Stands at the foot of every letter; may stay empty."), longest=300)],
            _("Keep it"), self._keep_sender, values={"sender_address": kept.address, "text": kept.identity}))

    def _keep_sender(self, values: dict[str, str]) -> None:
        from dpdesk.services import post_settings
        context, slot = self._page.context, self._slot

        def failed(error: Exception) -> None:
            if not slot.show_problems(error):
                failures.show(context, error)
        context.jobs.run("write", lambda: post_settings.put(context.session, values["sender_address"], values["text"]), owner=self,
                         done=lambda _nothing: self._page.check(3), failed=failed)

    def _drafts(self) -> QWidget:
        return self._card(
            _("Drafts for my own mail program"),
            _("dpdesk writes files your mail program opens as letters to be sent. They are not encrypted, count as copies, and are to "
              "be deleted "
              "once sent. One draft each keeps the people apart; with Bcc one letter goes to many who are hidden from each other, and "
              "everybody reads the same."),
            self._way(self._verb(_("One draft each…")), Route.EACH, _("One file for each person goes into a new folder.")),
            self._way(self._verb(_("Drafts with Bcc…")), Route.BCC, _("Everybody stands in the Bcc field of a few files: whoever opens "
                                                                      "such a file "
                                                                     "sees them all.")))

    def _list(self) -> QWidget:
        return self._card(
            _("Addresses for the Bcc field"),
            _("You copy the addresses batch by batch into the Bcc field of your mail program, or open a new letter with them where they "
              "are few. They leave the clipboard after a minute. Here a slip exposes everybody: take it for a handful of people."),
            self._way(self._verb(_("Copy addresses…")), Route.LIST,
                      _("The addresses can be copied on the next page. Put them into Bcc, never into To or Cc.")))

    def _mailer(self) -> QWidget:
        way = self._way(self._verb(_("List for a bulk mailer…")), Route.PROCESSOR,
                        _("A CSV file for a bulk mailer with which there is an agreement; which one is asked next."))
        way.setEnabled(way.isEnabled() and self._page.context.session.may(Right.MEMBERS_EXPORT))
        return self._card(_("Through a bulk mailer"), _(
            "For a service that sends for the branch, with an agreement on record. Who is left out here is not on the list."), way,
            button(_("Agreements…"), lambda: self._page.context.go("post_accounts", {}), role="quiet"))

    def _verb(self, words: str) -> str:
        """The words on a way's button."""
        return _("Ask for approval: {way}", way=words.rstrip("…")) if self._plan is not None and self._plan.approval else words

    def _take(self, words: str, route: Route, said: str) -> None:
        plan = self._plan
        if plan is None:
            return
        account = self.account.code() if route is Route.SMTP else ""
        n = len(plan.people)
        said = said.replace("{account}", self.account.currentText())
        if plan.approval:
            self._page.prepare(route, account)
            return
        what = trn("To {n} person?", "To {n} people?", n)
        if plan.left_out:
            said += " " + trn("{n} person is left out.", "{n} people are left out.", len(plan.left_out))
        verb = trn("Send to {n} person", "Send to {n} people", n) if route is Route.SMTP else words.rstrip("…")
        confirm_count(self, n, self._page.context.session.policy.post_approve_over, (what, said, verb),
                      lambda: self._page.prepare(route, account))
