"""The form of a mail account: provider first, which fills in server and limits; what it signs in with is never shown again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import Invalid
from dpdesk.services.post_accounts import LIMITS
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, card, row, text
from dpdesk.ui.widgets.secret import SecretField
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, problem

if TYPE_CHECKING:
    from dpdesk.domain.post_pace import Provider
    from dpdesk.services.post_accounts import Account, Wish

_MANUAL = ("host", "port", "security", "sign_in", *LIMITS)


class AccountForm(QWidget):
    """`saved(account)` once it is kept, `closed()` where the officer turned away."""

    def __init__(self, context: Context, account: Account | None, saved: Callable[[Account], object], closed: Callable[[], object]) -> None:
        super().__init__()
        from dpdesk.services import post_accounts
        self._context, self._account, self._saved = context, account, saved
        self._providers = {each.code: each for each in post_accounts.providers()}
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE * 3 // 2)
        column.addWidget(text(_("Change the account") if account else _("A new account"), "heading"))
        self.form = Form([
            FieldSpec("provider", _("Provider"), "choice", choices=tuple((each.code, each.name) for each in self._providers.values())),
            FieldSpec("sender_address", _("E-mail address"), "email", _("The branch’s own, not a private one.")),
            FieldSpec("account", _("Name of the account"), help=_("Such as: Branch mail.")),
            FieldSpec("sender_name", _("Name shown to readers"), help=_("Empty: the branch’s name.")),
            FieldSpec("username", _("User name"), help=_("Empty: the e-mail address."))])
        self.form.field("provider").control.activated.connect(lambda _index: self._preset())
        column.addWidget(self.form)
        self.note = text("", "small")
        column.addWidget(self.note)
        self.secret = SecretField(_("App password"))
        column.addWidget(text(_("App password"), "label"))
        column.addWidget(text(_("A password your provider makes for one program; not the one you sign in with. Empty: what is kept stays, "
                                "or it is asked for each time."), "small"))
        column.addWidget(self.secret)
        self.more = Section(_("Server and limits"), open=False)
        self.server = Form([
            FieldSpec("host", _("Mail server")), FieldSpec("port", _("Port"), "number"),
            FieldSpec("security", _("Encryption"), "choice", choices=(("tls", _("TLS from the start (port 465)")),
                                                                      ("starttls", _("STARTTLS (port 587)")))),
            FieldSpec("sign_in", _("Signs in with"), "choice", choices=(("password", _("App password")), ("oauth2", _("OAuth 2 token")))),
            FieldSpec("per_minute", _("Most a minute"), "number", _("0 or empty: no limit.")),
            FieldSpec("per_hour", _("Most an hour"), "number"), FieldSpec("per_day", _("Most a day"), "number"),
            FieldSpec("per_message", _("Most people in Bcc"), "number"),
            FieldSpec("authority", _("Certificate authority of your own (PEM)"), "long", _("Only where your party runs its own server."),
                      span=True)], columns=2)
        self.more.body.addWidget(self.server)
        column.addWidget(self.more)
        column.addLayout(row(button(_("Keep the account"), self._send, role="primary"), button(_("Cancel"), closed), None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(column, 3 * theme.SPACE))
        self._fill()

    def start(self) -> None:
        """Put the caret into the first field."""
        self.form.field("provider").control.setFocus()

    def _fill(self) -> None:
        account = self._account
        if account is None:
            self.form.show({"provider": next(iter(self._providers))})
            self._preset()
            return
        self.form.show({"provider": account.provider, "sender_address": account.sender_address, "account": account.name,
                        "sender_name": account.sender_name, "username": account.username})
        self.server.show({"host": account.host, "port": str(account.port), "security": account.security.value,
                          "sign_in": account.sign_in.value, "authority": account.authority,
                          **{code: str(account.limits.get(code, 0)) for code in LIMITS}})
        self._tell(self._providers[self.form.values()["provider"]])

    def _preset(self) -> None:
        """What the provider asks for, in the fields."""
        preset = self._providers[self.form.field("provider").value()]
        self.server.show({"host": preset.host, "port": str(preset.port), "security": preset.security.value,
                          "sign_in": preset.sign_in.value, "authority": self.server.values()["authority"],
                          **{code: str(getattr(preset, code)) for code in LIMITS}})
        self.more.set_open(not preset.host)
        self._tell(preset)

    def _tell(self, preset: Provider) -> None:
        from dpdesk.services.words import day
        said = _("Limits as read on {day}; they change.", day=day(preset.checked))
        self.note.setText(f"{preset.note} {said}".strip())

    def _wish(self) -> Wish:
        from dpdesk.services.post_accounts import Wish
        given, server = self.form.values(), self.server.values()
        numbers = {code: server[code] or "0" for code in ("port", *LIMITS)}
        wrong = {("port" if code == "port" else "limits"): "out_of_range" for code, each in numbers.items() if not each.isdecimal()}
        if wrong:
            raise Invalid(wrong)
        limits = {code: int(numbers[code]) for code in LIMITS}
        limits["per_message"] = limits["per_message"] or 1
        return Wish(given["account"] or given["sender_address"], given["provider"], given["sender_address"], given["sender_name"],
                    given["username"], server["host"], int(numbers["port"]), server["security"], server["sign_in"], limits,
                    server["authority"])

    def _send(self) -> None:
        from dpdesk.services import post_accounts
        session, secret = self._context.session, self.secret.secret()
        try:
            wish = self._wish()
        except Invalid as error:
            self._failed(error)
            return
        identity = self._account.id if self._account else ""
        self._context.jobs.run("write", lambda: post_accounts.save(session, wish, secret, identity), owner=self, done=self._done,
                               failed=self._failed)

    def _done(self, account: Account) -> None:
        self.secret.field.clear()
        self._saved(account)

    def _failed(self, error: Exception) -> None:
        """What is wrong, beside the fields of whichever form holds them."""
        if not isinstance(error, Invalid):
            failures.show(self._context, error)
            return
        said = {("per_minute" if code == "limits" else code): problem(why) for code, why in error.problems.items()}
        here = {code: why for code, why in said.items() if code not in (*_MANUAL, "authority")}
        there = {code: why for code, why in said.items() if code not in here}
        self.form.clear_problems()
        self.server.clear_problems()
        if there:
            self.more.set_open(True)
            self.server.show_problems(there)
        if here:
            self.form.show_problems(here)
