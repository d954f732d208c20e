"""The mailbox replies are fetched from: its account, kept among the desk's secrets, and what is new in its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Cancelled, Invalid, NotFound
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.services.replies import Owner, Progress, Report, Stopper, Taking
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.post.imap import Folder, Position

METHODS = ("password", "oauth2")
PORT = 993
FIRST_DAYS = 90
"""How far back the first fetching looks."""


@dataclass(frozen=True)
class Account:
    """Where replies are: without its password."""

    host: str
    user: str
    folder: str = "INBOX"
    port: int = PORT
    method: str = "password"


def account(session: Session) -> Account | None:
    """The mailbox that was set, None where there is none."""
    kept = _kept(session)
    return None if kept is None else Account(kept["host"], kept["user"], kept["folder"], kept["port"], kept["method"])


def _kept(session: Session) -> dict | None:
    from dpdesk.store import replies as store
    session.require(Right.STOPS_ADD)
    with session.desk.read() as connection:
        return store.mailbox(connection)


def set_account(session: Session, new: Account, secret: Secret | None) -> None:
    """Keep the account; without `secret` the one there was stays, where server and user are the same. Raises `Invalid`."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_EDIT)
    before = _kept(session)
    same = before is not None and (before["host"], before["user"], before["method"]) == (new.host.strip(), new.user.strip(), new.method)
    new = replace(new, host=new.host.strip(), user=new.user.strip(), folder=new.folder.strip() or "INBOX")
    problems = _problems(new)
    if not secret and not same:
        problems["password"] = "missing"
    if problems:
        raise Invalid(problems)
    there = before if before is not None and same and before["folder"] == new.folder else {}
    place = {name: there[name] for name in ("validity", "last") if name in there}
    password = secret.text() if secret else (before or {})["secret"]
    with session.change("mailbox.set") as unit:
        store.keep_mailbox(unit.connection, {**asdict(new), "secret": password, **place})
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {"host": before["host"], "folder": before["folder"]} if before else {},
                    {"host": new.host, "folder": new.folder})
        unit.facts(method=new.method)


def _problems(new: Account) -> dict[str, str]:
    found = {code: "missing" for code in ("host", "user") if not getattr(new, code)}
    found |= {code: "control" for code in ("host", "user", "folder") if not getattr(new, code).isprintable()}
    found |= {code: "too_long" for code in ("host", "user", "folder") if len(getattr(new, code)) > 254}
    if not 0 < new.port < 65536:
        found["port"] = "out_of_range"
    if new.method not in METHODS:
        found["method"] = "unknown"
    return found


def forget_account(session: Session) -> None:
    """Take the account and its password out of the desk."""
    from dpdesk.store import replies as store
    session.require(Right.MEMBERS_EDIT)
    if _kept(session) is None:
        raise NotFound("mailbox", "")
    with session.change("mailbox.removed") as unit:
        store.keep_mailbox(unit.connection, None)
        unit.about("desk", session.desk_id)
        unit.facts(removed=1)


def fetch(session: Session, owner: Owner | None = None, progress: Progress = None, cancelled: Stopper = None) -> Report:
    """Take in what is new in the folder; the mailbox itself is only read. Raises `MailboxFailed`, `NotFound` without account."""
    from dpdesk.post.imap import Folder, Position, Server
    session.require(Right.STOPS_ADD)
    kept = _kept(session)
    if kept is None:
        raise NotFound("mailbox", "")
    server = Server(kept["host"], kept["port"], kept["user"], kept["folder"], kept["method"])
    position = Position(kept.get("validity", 0), kept.get("last", 0))
    taking = Taking(session, owner)
    with Folder(server, Secret(kept["secret"]), None, cancelled) as folder:
        reached, more = _read(session, taking, folder, position, progress, cancelled)
    if reached == position:
        return taking.keep(session, "mailbox")
    return replace(taking.keep(session, "mailbox", _reaching(kept, reached)), more=more)


def _reaching(kept: dict, reached: Position) -> Callable:
    def note(unit) -> None:
        from dpdesk.store import replies as store
        store.keep_mailbox(unit.connection, {**kept, "validity": reached.validity, "last": reached.last})
    return note


def _read(session: Session, taking: Taking, folder: Folder, position: Position, progress: Progress, cancelled: Stopper
          ) -> tuple[Position, bool]:
    """Look at each new message; how far that came, and whether more are left for the next time."""
    from dpdesk.post.imap import MOST, Position
    found = folder.after(position, today() - timedelta(days=FIRST_DAYS))
    uids = found[:MOST]
    for place, uid in enumerate(uids):
        if cancelled is not None and cancelled():
            raise Cancelled()
        raw = folder.message(uid)
        if raw:
            _look(session, taking, raw, uid)
        if progress is not None:
            progress(place + 1, len(uids))
    last = uids[-1] if uids else position.last if position.validity == folder.validity else 0
    return Position(folder.validity, last), len(found) > len(uids)


def _look(session: Session, taking: Taking, raw: bytes, uid: int) -> None:
    from dpdesk.files.mail_in import read_message
    with session.desk.read() as connection:
        taking.look_at(connection, [read_message(raw, uid)], tr("mailbox"))
