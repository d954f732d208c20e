"""Mail accounts: set up from presets, tried out, changed and forgotten; and the branch's own address at the foot of letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.post.account_form import AccountForm
from dpdesk.ui.post.agreements import Agreements
from dpdesk.ui.post.asking import with_secret
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name, trn

if TYPE_CHECKING:
    from dpdesk.services.post_accounts import Account
    from dpdesk.services.post_lists import Processor
    from dpdesk.services.post_settings import Settings


@dataclass(frozen=True)
class _Found:
    accounts: list[tuple[Account, bool]]
    settings: Settings
    agreements: list[Processor]


class AccountsPage(Page):
    """Cards, and a form that opens in their place."""

    code, title, icon, right, chapter = "post_accounts", marked("Mail accounts"), "key-round", Right.POST_SEE, "post"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Mail accounts"))
        self.form: AccountForm | None = None
        self.entry: Entry | None = None
        self._wanted = False
        if self.may():
            self.header.set_main(_("Add an account…"), lambda: self.open_form(None), icon="plus")
        self.add_back(_("Outbox and sent"), lambda: context.go("post_outbox", {}))
        self.body.addWidget(text(_("An account sends letters from here, one message to each person, over a verified, encrypted line. "
                                   "What it "
                                   "signs in with is kept inside the encrypted desk alone."), "quiet"))
        self._slot, self._list, self._branch = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.agreements = Agreements(self)
        for layout in (self._slot, self._list, self._branch):
            layout.setSpacing(theme.SPACE)
            self.body.addLayout(layout)
        self.body.addWidget(self.agreements)
        self.body.addStretch(1)

    def may(self, right: Right = Right.POST_SETTINGS) -> bool:
        """Whether the officer may set up accounts."""
        return super().may(right)

    def return_to(self, place: dict[str, Any]) -> None:
        """With `add`, begin a new account."""
        self._wanted = bool(place.get("add"))

    def refresh(self) -> None:
        """Read the accounts; an open form stays."""
        from dpdesk.services import post_accounts, post_lists, post_settings
        session = self.context.session

        def work() -> _Found:
            found = post_accounts.listing(session)
            return _Found([(each, post_accounts.has_secret(session, each.id)) for each in found], post_settings.get(session),
                          post_lists.processors(session))
        self.context.jobs.run("read", work, owner=self, done=self._show, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)

    def heard(self, noun: str) -> None:
        """Read again, but never under a form that is being filled in."""
        if self.form is None and self.entry is None:
            super().heard(noun)

    def ask(self, slot: QVBoxLayout, entry: Entry) -> None:
        """Open a card in `slot`."""
        if self.entry is not None:
            self.entry.close_up()
        self.entry = entry
        entry.closed.connect(self._put_away)
        slot.addWidget(entry)
        entry.start()

    def _put_away(self) -> None:
        self.entry = None

    def _show(self, found: _Found) -> None:
        n = len(found.accounts)
        self.header.set_state(trn("{n} account is set up.", "{n} accounts are set up.", n) if n else _("No account is set up."))
        empty_out(self._list)
        if not found.accounts and self.form is None:
            self._list.addWidget(EmptyState("mail", _("No mail account yet"), _(
                "You need the branch’s e-mail address and an app password: a password your provider makes for one program. Your provider’s "
                "help says where to find it.")))
        for account, kept in found.accounts:
            self._list.addWidget(self._card(account, kept))
        self._show_branch(found.settings)
        self.agreements.show_agreements(found.agreements)
        if self._wanted and self.may():
            self._wanted = False
            self.open_form(None)

    def _card(self, account: Account, kept: bool) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(text(account.name, "label"))
        column.addWidget(text(_("{address}, through {host}:{port}", address=account.sender_address, host=account.host, port=account.port),
                              "quiet"))
        column.addWidget(text(limits_words(account.limits), "small"))
        if account.username and not kept:
            column.addWidget(text(_("No password is kept: it is asked for each time."), "warning"))
        slot = EntrySlot()
        acts = [button(_("Try it out"), lambda: self._try(account, kept, slot), name=_("Try out: {name}", name=account.name))]
        if self.may():
            acts += [button(_("Change…"), lambda: self.open_form(account), role="quiet", name=_("Change: {name}", name=account.name)),
                     button(_("Forget…"), lambda: self._ask_forget(account), role="quiet", name=_("Forget: {name}", name=account.name))]
        column.addWidget(flow(*acts))
        column.addLayout(slot)
        return card(column)

    def _try(self, account: Account, kept: bool, slot: EntrySlot) -> None:
        from dpdesk.services import post_accounts
        session = self.context.session

        def worked(_nothing: object) -> None:
            self.context.say("done", _("It works: {host} lets the account in.", host=account.host), None)

        def start(secret) -> None:
            self.context.say("info", _("Signing in to {host}…", host=account.host), None)
            self.context.jobs.run("post", lambda: post_accounts.try_out(session, account, secret), owner=self,
                                  done=worked, failed=self._failed)
        with_secret(slot, kept or not account.username, _("Try it out"), start)

    def open_form(self, account: Account | None) -> None:
        """Add an account, or change one."""
        empty_out(self._slot)
        empty_out(self._list)
        self.form = AccountForm(self.context, account, self._saved, self._closed)
        self._slot.addWidget(self.form)
        self.form.start()

    def _closed(self) -> None:
        empty_out(self._slot)
        self.form = None
        self.refresh()

    def _saved(self, account: Account) -> None:
        self._closed()
        self.context.changed("post")
        self.context.say("done", _("The account “{name}” is kept. Try it out before you need it.", name=account.name), None)

    def _ask_forget(self, account: Account) -> None:
        from dpdesk.services import post_accounts
        session = self.context.session
        ask.confirm(self, _("Forget this account?"), _("What it signs in with is forgotten too. What was sent through it stays on record."),
                    _("Forget the account"), lambda: self.write(lambda: post_accounts.remove(session, account.id),
                                                                 _("The account is forgotten.")), danger=True)

    def _show_branch(self, kept: Settings) -> None:
        empty_out(self._branch)
        self._branch.addSpacing(theme.SPACE)
        self._branch.addWidget(text(_("The branch at the foot of letters"), "heading"))
        self._branch.addWidget(text(kept.address or _("No address is set: letters take that of the first account."), "quiet"))
        if kept.identity:
            self._branch.addWidget(text(kept.identity, "quiet"))
        if self.may():
            self._branch.addWidget(flow(button(_("Change the branch’s address…"), lambda: self._ask_branch(kept))))

    def _ask_branch(self, kept: Settings) -> None:
        from dpdesk.services import post_settings
        session = self.context.session
        self.ask(self._branch, Entry(_("The branch’s own address"), _("Who gets a letter sees this address, and their stops come to it."), [
            FieldSpec("sender_address", field_name("sender_address"), "email"),
            FieldSpec("text", _("Postal address or imprint"), help=_("Stands at the foot of every letter; may stay empty."), longest=300)],
            _("Keep it"), lambda values: self.write(
                lambda: post_settings.put(session, values["sender_address"], values["text"]), _("Kept.")),
            values={"sender_address": kept.address, "text": kept.identity}))

    def write(self, work: Callable[[], object], said: str) -> None:
        """Do `work`, say `said`, and read again; problems go to the card that is open."""
        def done(_nothing: object) -> None:
            if self.entry is not None:
                self.entry.close_up()
            self.context.changed("post")
            self.context.say("done", said, None)

        def failed(error: Exception) -> None:
            problems = getattr(error, "problems", None)
            if self.entry is not None and problems:
                self.entry.show_problems(problems)
            else:
                self._failed(error)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)


def limits_words(limits) -> str:
    """An account's limits: "At most 20 a minute, 500 a day."."""
    shown = {"per_minute": _("{n} a minute"), "per_hour": _("{n} an hour"), "per_day": _("{n} a day")}
    parts = [words.replace("{n}", f"{int(limits[code]):,}") for code, words in shown.items() if limits.get(code)]
    return _("At most {limits}.", limits=", ".join(parts)) if parts else _("No limits are set.")
