"""`dpdesk post account …` and the options that name a mail server; a password is asked for or comes by environment or descriptor."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage, from_descriptor
from dpdesk.domain.errors import NotFound, Unreadable
from dpdesk.domain.secret import Secret
from dpdesk.services.words import tr

ACTIONS = ("list", "providers", "add", "remove", "test", "sender")


def declare(grammar, verbs) -> None:
    """The verb `account`."""
    account = grammar.verb(verbs, "account", _account,
                           tr("mail accounts: list, providers, add, remove, test; sender sets the branch’s address"))
    account.add_argument("action", choices=ACTIONS)
    account.add_argument("name", nargs="?", default="", metavar="NAME|ID")
    account.add_argument("--address", default="", metavar="ADDRESS", help=tr("the address it sends from"))
    account.add_argument("--sender-name", default="", metavar="TEXT", help=tr("the name it shows; without it, the branch’s"))
    account.add_argument("--identity", default=None, metavar="TEXT", help=tr("with sender: postal address or imprint for the foot"))
    add_server(account)


def add_server(parser) -> None:
    """The options that say by which server."""
    parser.add_argument("--account", default="", metavar="NAME|ID", help=tr("an account that is set up"))
    parser.add_argument("--smtp", default="", metavar="HOST:PORT", help=tr("a server, for this time"))
    parser.add_argument("--security", choices=("tls", "starttls"), default="",
                        help=tr("without it: starttls on port 587, 25 and 2525, else tls; never plain"))
    parser.add_argument("--user", default="", metavar="NAME", help=tr("the user name; without it nobody signs in"))
    parser.add_argument("--oauth2", action="store_true",
                        help=tr("the secret is an OAuth 2 token, or JSON with client_id and refresh_token"))
    parser.add_argument("--provider", default="", metavar="CODE",
                        help=tr("whose limits to keep; “account providers” lists them. Without it: no limits but those given"))
    parser.add_argument("--ca", type=Path, metavar="FILE", help=tr("a certificate authority (PEM) besides those this machine trusts"))
    parser.add_argument("--smtp-password-fd", type=int, metavar="N",
                        help=tr("read the password from open file N (or DPDESK_SMTP_PASSWORD)"))
    for code in ("per-minute", "per-hour", "per-day"):
        parser.add_argument(f"--{code}", type=int, metavar="N", help=tr("at most N messages; 0 for no limit"))


def _limits(args) -> dict[str, int]:
    none = {} if args.provider else dict.fromkeys(("per_minute", "per_hour", "per_day"), 0)
    return none | {code: n for code in ("per_minute", "per_hour", "per_day") if (n := getattr(args, code)) is not None}


def _wish(args, name: str, address: str):
    """The account that the options describe."""
    from dpdesk.services.post_accounts import Wish
    host, _, port = args.smtp.rpartition(":")
    if args.smtp and not (host and port.isdigit()):
        raise Usage(tr("--smtp wants HOST:PORT, such as smtp.example.org:465."))
    security = args.security or (("starttls" if port in ("587", "25", "2525") else "tls") if port else "")
    try:
        authority = args.ca.read_text("ascii") if args.ca else ""
    except (OSError, ValueError) as problem:
        raise Unreadable(args.ca.name, "unreadable") from problem
    return Wish(name, args.provider, address, getattr(args, "sender_name", ""), args.user, host.strip("[]"), int(port or 0), security,
                "oauth2" if args.oauth2 else "", _limits(args), authority)


def _secret(args, *, ask: bool) -> Secret | None:
    """The password of the mail account: from a descriptor, the environment, or typed where there is a terminal."""
    if args.smtp_password_fd is not None:
        return Secret(from_descriptor(args.smtp_password_fd))
    if text := os.environ.get("DPDESK_SMTP_PASSWORD"):
        return Secret(text)
    if ask and sys.stdin.isatty():
        return Secret(getpass.getpass(tr("Password of the mail account: ")))
    return None


def find_account(session, wanted: str):
    """The account of that name or identity."""
    from dpdesk.services import post_accounts
    for each in post_accounts.listing(session):
        if wanted in (each.id, each.name):
            return each
    raise NotFound("account", wanted)


def chosen(call: Call, session):
    """(account, password) that the options name: one that is set up, or a server for this time; (None, …) to go on as before."""
    from dpdesk.services import post_accounts, post_settings
    args = call.args
    if args.account:
        return find_account(session, args.account), _secret(args, ask=False)
    if args.smtp:
        address = args.sender or post_settings.get(session).address or (args.user if "@" in args.user else "")
        if not address:
            raise Usage(tr("From which address? Name it with --from."))
        name = tr("{host} for {address}", host=args.smtp, address=address)
        same = next((each.id for each in post_accounts.listing(session) if each.name == name), "")
        wish = _wish(args, name, address)
        return post_accounts.save(session, wish, None, same), _secret(args, ask=bool(args.user))
    if args.mailing:
        return None, _secret(args, ask=False)
    raise Usage(tr("By which server? Name it with --account or --smtp."))


def _data(each) -> dict:
    return {"id": each.id, "name": each.name, "provider": each.provider, "host": each.host, "port": each.port,
            "security": each.security.value, "sign_in": each.sign_in.value, "user": each.username, "address": each.sender_address,
            "sender_name": each.sender_name, "limits": dict(each.limits)}


def _account(call: Call) -> int:
    verbs = {"list": _list, "providers": _providers, "add": _add, "remove": _remove, "test": _test, "sender": _sender}
    return verbs[call.args.action](call)


def _list(call: Call) -> int:
    from dpdesk.services import post_accounts
    with call.session() as session:
        found = post_accounts.listing(session)
    call.out.result([_data(each) for each in found], table(
        (tr("ID"), tr("Name"), tr("Address"), tr("Server"), tr("A day")),
        [(each.id[-8:], each.name, each.sender_address, f"{each.host}:{each.port}", each.limits.get("per_day") or "") for each in found]))
    return 0


def _providers(call: Call) -> int:
    from dpdesk.services import post_accounts
    found = post_accounts.providers()
    call.out.result(
        [{"code": p.code, "name": p.name, "host": p.host, "port": p.port, "security": p.security.value, "sign_in": p.sign_in.value,
          "per_minute": p.per_minute, "per_hour": p.per_hour, "per_day": p.per_day, "per_message": p.per_message, "note": p.note,
          "checked": p.checked} for p in found],
        table((tr("Code"), tr("Provider"), tr("Server"), tr("A minute"), tr("An hour"), tr("A day"), tr("As of")),
              [(p.code, p.name, f"{p.host}:{p.port}" if p.host else "", p.per_minute, p.per_hour, p.per_day, p.checked) for p in found]))
    return 0


def _add(call: Call) -> int:
    from dpdesk.services import post_accounts
    args = call.args
    with call.session() as session:
        saved = post_accounts.save(session, _wish(args, args.name, args.address), _secret(args, ask=True))
    call.out.result(_data(saved), tr("{name} is set up. Its password is kept in the encrypted desk alone.", name=saved.name))
    return 0


def _remove(call: Call) -> int:
    from dpdesk.services import post_accounts
    with call.session() as session:
        found = find_account(session, call.args.name)
        post_accounts.remove(session, found.id)
    call.out.result({"id": found.id}, tr("{name} is forgotten, and its password with it.", name=found.name))
    return 0


def _test(call: Call) -> int:
    from dpdesk.services import post_accounts
    with call.session() as session:
        found = find_account(session, call.args.name)
        post_accounts.try_out(session, found, _secret(call.args, ask=False))
    call.out.result({"id": found.id, "signed_in": True}, tr("{host} takes the account. Nothing was sent.", host=found.host))
    return 0


def _sender(call: Call) -> int:
    from dpdesk.services import post_settings
    args = call.args
    with call.session() as session:
        if args.address or args.identity is not None:
            before = post_settings.get(session)
            identity = before.identity if args.identity is None else args.identity
            post_settings.put(session, args.address or before.address, identity)
        now = post_settings.get(session)
    call.out.result({"address": now.address, "identity": now.identity}, tr("E-mails come from {address}. {identity}",
                                                                           address=now.address or "–", identity=now.identity))
    return 0
