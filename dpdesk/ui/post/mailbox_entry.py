"""The form of the mailbox that replies are fetched from."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk.services.mailbox import Account
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _, field_name


def mailbox_entry(now: Account | None, send: Callable[[dict[str, str]], None]) -> Entry:
    """A card with the account's fields; an empty password keeps the one there is."""
    kept = _("Leave it empty to keep the one there is.") if now else _("Often an app password, made on your provider’s web page.")
    return Entry(
        _("Mailbox for replies"),
        _("dpdesk reads this folder over an encrypted line and changes nothing in it: no mail is moved, deleted or marked as read. The "
          "password is kept in the encrypted desk."),
        [FieldSpec("host", field_name("host"), help=_("Your provider calls it the IMAP server."), longest=254,
                   placeholder="imap.example.org"),
         FieldSpec("port", field_name("port"), "number", longest=5),
         FieldSpec("user", field_name("user"), help=_("Often the whole e-mail address."), longest=254),
         FieldSpec("folder", field_name("folder"), help=_("INBOX, or the folder your mail program puts replies into."), longest=254),
         FieldSpec("method", _("How it signs in"), "choice", choices=(("password", _("Password or app password")),
                                                                      ("oauth2", _("Access token (OAuth 2)")))),
         FieldSpec("password", _("Password or token"), "secret", help=kept, longest=4_096)],
        _("Keep the mailbox"), send,
        values={"host": now.host, "port": str(now.port), "user": now.user, "folder": now.folder, "method": now.method} if now else
               {"port": "993", "folder": "INBOX", "method": "password"})


def account_of(values: dict[str, str]) -> Account:
    """The account the fields hold; a port that is no number is none."""
    port = int(values["port"]) if values["port"].isascii() and values["port"].isdigit() else 0
    return Account(values["host"], values["user"], values["folder"], port, values["method"])
