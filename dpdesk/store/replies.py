"""Suggestions of replies, addresses that do not work (by keyed hash, as stops are), and the mailbox they are fetched from."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.folding import plain_email
from dpdesk.domain.members import Member
from dpdesk.domain.replies import FAILING_MOST, Kind, State
from dpdesk.store.tables import member, secret
from dpdesk.store.tables_replies import bounce, suggestion

MAILBOX = "mailbox_replies"
_BATCH = 500


@dataclass(frozen=True)
class Suggestion:
    """What a mail asks for, as kept: `person` is "" where nobody was found; days ISO, instants UTC."""

    id: str
    person: str
    kind: Kind
    address: str
    value: str
    excerpt: str
    wrote_on: str
    at: str
    state: State = State.OPEN
    decided_at: str = ""
    decided_by: str = ""
    decided_seq: int = 0
    seq: int = 0


def mail_key(key: bytes, text: str) -> bytes:
    """The keyed hash that makes the same mail, taken in twice, one suggestion."""
    return hmac.digest(key, f"mail:{text}".encode("utf-8", "surrogatepass"), "sha256")


def address_key(key: bytes, address: str) -> bytes:
    """The keyed hash an address that does not work is known by."""
    return hmac.digest(key, f"bounce:{plain_email(address)}".encode("utf-8", "surrogatepass"), "sha256")


def known(connection: Connection, keys: Iterable[bytes]) -> set[bytes]:
    """Those of the mail keys that are kept already."""
    wanted, found = list(keys), set()
    for at in range(0, len(wanted), _BATCH):
        query = select(suggestion.c.mail_key).where(suggestion.c.mail_key.in_(wanted[at:at + _BATCH]))
        found |= {bytes(each) for each in connection.execute(query).scalars()}
    return found


def add(connection: Connection, new: Iterable[tuple[bytes, Suggestion]], seq: int) -> None:
    """Keep suggestions with their mail keys."""
    rows = [{**each.__dict__, "kind": each.kind.value, "state": each.state.value, "mail_key": key, "seq": seq} for key, each in new]
    if rows:
        connection.execute(insert(suggestion), rows)


def listing(connection: Connection, states: Iterable[State], person: str = "") -> list[Suggestion]:
    """Suggestions in those states, newest mail first."""
    query = select(suggestion).where(suggestion.c.state.in_([state.value for state in states]))
    if person:
        query = query.where(suggestion.c.person == person)
    return [_suggestion(row) for row in connection.execute(query.order_by(suggestion.c.wrote_on.desc(), suggestion.c.id.desc()))]


def get(connection: Connection, identity: str) -> Suggestion | None:
    """One suggestion."""
    row = connection.execute(select(suggestion).where(suggestion.c.id == identity)).first()
    return _suggestion(row) if row else None


def _suggestion(row) -> Suggestion:
    values = dict(row._mapping)
    del values["mail_key"]
    return Suggestion(**values | {"kind": Kind(row.kind), "state": State(row.state)})


def counts(connection: Connection) -> int:
    """How many wait for an officer."""
    return connection.execute(select(func.count()).select_from(suggestion).where(suggestion.c.state == State.OPEN.value)).scalar() or 0


def decide(connection: Connection, identity: str, state: State, at: str, by: str, seq: int, person: str | None = None) -> None:
    """Note what was decided; `person` where an officer said who it is."""
    values = {"state": state.value, "decided_at": at, "decided_by": by, "decided_seq": seq}
    if person is not None:
        values["person"] = person
    connection.execute(update(suggestion).where(suggestion.c.id == identity).values(**values))


def let_go(connection: Connection, before: str) -> int:
    """Erase the words of mail that was dismissed before an instant; how many."""
    old = suggestion.c.state == State.DISMISSED.value, suggestion.c.decided_at < before, suggestion.c.excerpt != ""
    return connection.execute(update(suggestion).where(*old).values(excerpt="", address="", value="")).rowcount


def people_at(connection: Connection, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Who has each mailbox: plain address -> identities."""
    wanted = sorted({plain_email(each) for each in addresses if "@" in each})
    found: dict[str, list[str]] = {}
    for at in range(0, len(wanted), _BATCH):
        query = select(member.c.match_email, member.c.id).where(member.c.match_email.in_(wanted[at:at + _BATCH])).order_by(member.c.row)
        for row in connection.execute(query):
            found.setdefault(row.match_email, []).append(row.id)
    return found


def are_there(connection: Connection, people: Iterable[str]) -> set[str]:
    """Those of the identities that are on the desk."""
    wanted, found = sorted(set(people)), set()
    for at in range(0, len(wanted), _BATCH):
        found |= set(connection.execute(select(member.c.id).where(member.c.id.in_(wanted[at:at + _BATCH]))).scalars())
    return found


def note_bounce(connection: Connection, key: bytes, kind: Kind, on: str, seq: int) -> None:
    """Note that mail to an address came back."""
    connection.execute(insert(bounce), [{"key": key, "kind": kind.value, "on": on, "seq": seq}])


def clear_bounces(connection: Connection, key: bytes, seq: int, noted: int = 0) -> int:
    """Note that an address works again (or that one failure, noted in entry `noted`, was none); how many that concerns."""
    query = update(bounce).where(bounce.c.key == key, bounce.c.cleared_seq == 0)
    if noted:
        query = query.where(bounce.c.seq == noted)
    return connection.execute(query.values(cleared_seq=seq)).rowcount


def noted(connection: Connection, key: bytes, seq: int) -> bool:
    """Whether the failure of an address noted in an entry still stands."""
    query = select(bounce.c.seq).where(bounce.c.key == key, bounce.c.seq == seq, bounce.c.cleared_seq == 0)
    return connection.execute(query).first() is not None


def dead_keys(connection: Connection) -> dict[bytes, str]:
    """The keys of addresses that do not work, with the day that was last seen."""
    found: dict[bytes, tuple[bool, int, str]] = {}
    for row in connection.execute(select(bounce).where(bounce.c.cleared_seq == 0)):
        dead, times, on = found.get(bytes(row.key), (False, 0, ""))
        found[bytes(row.key)] = (dead or row.kind == Kind.DEAD.value, times + 1, max(on, row.on))
    return {key: on for key, (dead, times, on) in found.items() if dead or times >= FAILING_MOST}


def bouncing(connection: Connection, key: bytes) -> dict[str, str]:
    """Everybody whose address on record does not work, with the day that was last seen."""
    dead = dead_keys(connection)
    if not dead:
        return {}
    found = {}
    for row in connection.execute(select(member.c.id, member.c.match_email).where(member.c.match_email != "")):
        if on := dead.get(address_key(key, row.match_email)):
            found[row.id] = on
    return found


def dead_among(connection: Connection, key: bytes, people: Iterable[Member]) -> set[str]:
    """Those of the people whose address on record does not work."""
    dead = dead_keys(connection)
    return {each.id for each in people if each.email and address_key(key, each.email) in dead} if dead else set()


def mailbox(connection: Connection) -> dict | None:
    """The account replies are fetched from, with its password, as it was kept."""
    kept = connection.execute(select(secret.c.value).where(secret.c.key == MAILBOX)).scalar()
    return None if kept is None else json.loads(kept)


def keep_mailbox(connection: Connection, account: Mapping[str, object] | None) -> None:
    """Keep the account among the desk's secrets, or forget it."""
    connection.execute(delete(secret).where(secret.c.key == MAILBOX))
    if account is not None:
        connection.execute(insert(secret), [{"key": MAILBOX, "value": json.dumps(dict(account)).encode()}])
