"""Mail accounts: the officer's own, its limits, and what it signs in with, which is kept in the encrypted desk alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Invalid, MailServer
from dpdesk.domain.ids import new_id
from dpdesk.domain.mail_addresses import BadAddress, host_is_sound, mailbox
from dpdesk.domain.post_pace import Provider, Security, SignIn
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.post.smtp import Line, Server
    from dpdesk.store.post_accounts import Account

LIMITS = ("per_minute", "per_hour", "per_day", "per_message")


@dataclass(frozen=True)
class Wish:
    """An account as an officer enters it; what is empty or 0 comes from the provider."""

    name: str
    provider: str
    sender_address: str
    sender_name: str = ""
    username: str = ""
    host: str = ""
    port: int = 0
    security: str = ""
    sign_in: str = ""
    limits: Mapping[str, int] | None = None
    authority: str = ""


def providers() -> tuple[Provider, ...]:
    """The providers there are presets for, the general one last."""
    from dpdesk.files import providers as files
    return files.available()


def made(wish: Wish, identity: str = "") -> Account:
    """The account that a wish is, filled up from its provider; raises `Invalid`."""
    from dpdesk.files import providers as files
    from dpdesk.store.post_accounts import Account
    preset = files.provider(wish.provider)
    host, port = (wish.host or preset.host).strip().lower().rstrip("."), wish.port or preset.port
    problems = {} if wish.name.strip() else {"account": "missing"}
    try:
        sender = mailbox(wish.sender_address, wish.sender_name)
    except BadAddress:
        problems["sender_address"] = "email_bad"
    if not (host_is_sound(host) or host in ("localhost", "::1") or _is_number(host)):
        problems["host"] = "missing" if not host else "host_bad"
    if not 1 <= port <= 65_535:
        problems["port"] = "out_of_range"
    limits = {code: getattr(preset, code) for code in LIMITS} | dict(wish.limits or {})
    if any(not isinstance(n, int) or n < 0 for n in limits.values()) or limits["per_message"] < 1:
        problems["limits"] = "out_of_range"
    if wish.security not in {"", *Security} or wish.sign_in not in {"", *SignIn}:
        problems["security"] = "unknown"
    if not wish.username.isprintable():
        problems["username"] = "control"
    if problems:
        raise Invalid(problems)
    username = wish.username.strip() or (str(sender.address) if wish.provider and preset.code != "other" else "")
    return Account(identity or new_id(), wish.name.strip(), preset.code, host, port, Security(wish.security or preset.security),
                   SignIn(wish.sign_in or preset.sign_in), username, sender.name, str(sender.address), limits, wish.authority)


def _is_number(host: str) -> bool:
    parts = host.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)


def save(session: Session, wish: Wish, secret: Secret | None = None, identity: str = "") -> Account:
    """Keep an account; `secret` None leaves what it signs in with as it is."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SETTINGS)
    account = made(wish, identity)
    with session.change("post.account_saved") as unit:
        store.put_account(unit.connection, account, unit.seq)
        if secret is not None:
            store.put_secret(unit.connection, account.id, secret.reveal())
        unit.about("account", account.id)
        unit.facts(provider=account.provider, security=account.security.value, sign_in=account.sign_in.value)
    return account


def remove(session: Session, identity: str) -> None:
    """Forget an account and what it signs in with."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SETTINGS)
    get(session, identity)
    with session.change("post.account_removed") as unit:
        store.remove_account(unit.connection, identity)
        unit.about("account", identity)
        unit.facts(removed=True)


def listing(session: Session) -> list[Account]:
    """Every account, by name."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        return store.accounts(connection)


def get(session: Session, identity: str) -> Account:
    """One account; raises `NotFound`."""
    from dpdesk.store import post_accounts as store
    return session.one("account", identity, store.account)


def has_secret(session: Session, identity: str) -> bool:
    """Whether it is kept what an account signs in with."""
    return _kept(session, identity) is not None


def _kept(session: Session, identity: str) -> Secret | None:
    from dpdesk.store import post_accounts as store
    with session.desk.read() as connection:
        found = store.secret_of(connection, identity)
    return Secret(found) if found is not None else None


def pace(account: Account) -> Provider:
    """The limits of an account, as its provider with the numbers that were set."""
    from dpdesk.files import providers as files
    numbers = {code: int(account.limits[code]) for code in LIMITS if code in account.limits}
    return replace(files.provider(account.provider), **numbers)


def server(account: Account) -> Server:
    """Where the account's messages are handed over."""
    from dpdesk.post.smtp import Server
    return Server(account.host, account.port, account.security, account.username, account.sign_in, account.authority)


def line(session: Session, account: Account, secret: Secret | None = None) -> Line:
    """An open line for an account, signed in; `secret` None takes what is kept. Raises `MailServer`."""
    from dpdesk.post.smtp import Line
    found = secret or _kept(session, account.id)
    if account.username and found is None:
        raise MailServer("no_secret", account.host)
    if found is not None and account.sign_in is SignIn.OAUTH2:
        found = _token(account, found)
    return Line(server(account), found)


def _token(account: Account, kept: Secret) -> Secret:
    """The access token: as given, or a fresh one where a refresh token is kept (as JSON with client_id and refresh_token)."""
    from dpdesk.post.oauth import fresh_token
    text = kept.text().strip()
    if not text.startswith("{"):
        return kept
    try:
        said = json.loads(text)
        url = str(said.get("token_url") or pace(account).token_url)
        client, refresh = str(said["client_id"]), Secret(str(said["refresh_token"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise MailServer("token", account.host) from problem
    return fresh_token(url, client, str(said.get("client_secret", "")), refresh, authority=account.authority)


def try_out(session: Session, account: Account, secret: Secret | None = None) -> None:
    """Sign in and hang up; raises `MailServer` with what is wrong."""
    session.require(Right.POST_SEND)
    line(session, account, secret).close()
