"""Taking people out of the store for good, counting what that takes, and clearing their traces from the database file."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update

from dpdesk.domain.copies import CopyKind, CopyState
from dpdesk.domain.erasing import Erasing, Erasure
from dpdesk.store import holds, packages, post, register_links, results, sessions
from dpdesk.store.desk import Desk
from dpdesk.store.engine import connect
from dpdesk.store.search import DELETE
from dpdesk.store.slips import forget_names
from dpdesk.store.tables import (
    archive,
    asking,
    attachment,
    capacity,
    consent,
    copy,
    enquiry,
    erasure,
    history,
    jotting,
    mail_recipient,
    member,
    merge,
    not_same,
    note,
    setting,
    sharing,
)
from dpdesk.store.tables_duties import duty_person
from dpdesk.store.tables_register import elector_link
from dpdesk.store.tables_replies import suggestion
from dpdesk.store.tables_retention import restriction, retention_hold, subject_search

DUE = "compaction_due"
HANGING: dict[str, Table] = {"note": note, "consent": consent, "sharing": sharing, "capacity": capacity, "enquiry": enquiry,
                             "asking": asking, "evidence": attachment, "reply": suggestion, "elector_link": elector_link,
                             "duty_link": duty_person, "restriction": restriction, "subject_search": subject_search, "hold": retention_hold}
_BATCH = 500


def _batches(people: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(people), _BATCH):
        yield people[at:at + _BATCH]


def _count(connection: Connection, table: Table, *where) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*where)).scalar() or 0


def counts(connection: Connection, people: Sequence[str]) -> dict[str, int]:
    """How many rows of each kind erasing takes, by the codes of `domain.erasing.GOES`; kinds with none are left out."""
    found: dict[str, int] = {"record": len(people)}
    for some in _batches(people):
        for code, table in HANGING.items():
            found[code] = found.get(code, 0) + _count(connection, table, table.c.person.in_(some))
        found["history"] = found.get("history", 0) + _count(connection, history, history.c.subject.in_(some),
                                                            history.c.change.is_not(None))
        found["merge"] = found.get("merge", 0) + _count(connection, merge, or_(merge.c.kept.in_(some), merge.c.gone.in_(some)),
                                                        merge.c.before != "")
        found["session"] = found.get("session", 0) + sessions.count_of(connection, some)
        found["canvass"] = found.get("canvass", 0) + results.count_of(connection, register_links.electors_of(connection, some))
        found["mailing"] = found.get("mailing", 0) + _count(connection, mail_recipient, mail_recipient.c.person.in_(some))
    found["slip"] = len(_slips(connection, people))
    return {code: n for code, n in found.items() if n}


def held(connection: Connection, people: Sequence[str]) -> dict[str, str]:
    """Who must stay for now: person -> the reason of a hold on them, or of a regulated hold on an enquiry (S2 l.20-21)."""
    found = holds.of_people(connection, people)
    for some in _batches(people):
        rows = connection.execute(select(enquiry.c.person, enquiry.c.hold_reason).where(
            enquiry.c.person.in_(some), enquiry.c.hold_reason != ""))
        found.update({row.person: row.hold_reason for row in rows})
    return found


def _slips(connection: Connection, people: Sequence[str]) -> list[tuple[str, str]]:
    """Drafts and places of officers that speak of the people."""
    wanted = set(people)
    return [(row.officer, row.key) for row in connection.execute(select(jotting.c.officer, jotting.c.key, jotting.c.value))
            if any(person in row.key or person in row.value for person in wanted)] if len(wanted) <= _BATCH else [
        (row.officer, row.key) for row in connection.execute(select(jotting.c.officer, jotting.c.key))
        if row.key.startswith("draft:") or row.key == "place"]


def forget(connection: Connection, people: Sequence[str], step: Callable[[int], None] = lambda n: None) -> list[str]:
    """Erase everything of the people but their record: what hangs on them, and the values their history kept.

    Returns the names of sealed files made of their data, to be discarded once this is committed.
    """
    sealed: list[str] = []
    forget_names(connection, people)
    for officer, key in _slips(connection, people):
        connection.execute(delete(jotting).where(jotting.c.officer == officer, jotting.c.key == key))
    for some in _batches(people):
        gone = set(connection.execute(select(merge.c.gone).where(merge.c.kept.in_(some))).scalars())
        subjects = [*some, *gone]
        results.make_nameless(connection, electors=register_links.electors_of(connection, some))
        for table in HANGING.values():
            connection.execute(delete(table).where(table.c.person.in_(some)))
        connection.execute(update(history).where(history.c.subject.in_(subjects), history.c.change.is_not(None))
                           .values(change=None, salt=None))
        connection.execute(update(merge).where(or_(merge.c.kept.in_(some), merge.c.gone.in_(some))).values(before=""))
        _forget_names(connection, subjects)
        connection.execute(delete(not_same).where(or_(not_same.c.a.in_(some), not_same.c.b.in_(some))))
        connection.execute(delete(archive).where(archive.c.person.in_(some)))
        post.forget_people(connection, some)
        sessions.forget_people(connection, some)
        sealed += packages.forget_people(connection, subjects)
        step(len(some))
    return sealed


def _forget_names(connection: Connection, people: Sequence[str]) -> None:
    """Erase what evidence files of the people were called and where they lay: of those that are gone; the others must be found."""
    mine = (copy.c.kind == CopyKind.EVIDENCE.value, copy.c.persons.in_([bytes.fromhex(person) for person in people]))
    gone = connection.execute(select(copy.c.id).where(*mine, copy.c.state != CopyState.OPEN.value)).scalars().all()
    forget_file(connection, gone)


def forget_file(connection: Connection, copies: Sequence[str]) -> None:
    """Erase path and purpose of copies from register and history; that there were copies stays."""
    connection.execute(update(copy).where(copy.c.id.in_(copies)).values(path="", why="", closed_how=""))
    connection.execute(update(history).where(history.c.subject.in_(copies), history.c.change.is_not(None)).values(change=None, salt=None))


def is_of_nobody(connection: Connection, identity: str) -> bool:
    """Whether a copy is evidence of somebody who is not on the desk any more."""
    row = connection.execute(select(copy.c.kind, copy.c.persons).where(copy.c.id == identity)).one()
    if row.kind != CopyKind.EVIDENCE.value or not row.persons:
        return False
    here = select(member.c.id).where(member.c.id == bytes(row.persons).hex())
    label = select(erasure.c.person).where(erasure.c.person == bytes(row.persons).hex())
    return connection.execute(here).first() is None or connection.execute(label).first() is not None


def take_out(connection: Connection, people: Sequence[str]) -> None:
    """Take the records out of the desk and its search."""
    cursor = connection.connection.cursor()
    for some in _batches(people):
        rows = connection.execute(select(member.c.row).where(member.c.id.in_(some))).scalars().all()
        cursor.executemany(DELETE, [(row,) for row in rows])
        connection.execute(delete(member).where(member.c.id.in_(some)))


def note_erased(connection: Connection, gone: Sequence[Erasure], seq: int) -> None:
    """Keep that they were erased, by identities that say nothing."""
    connection.execute(insert(erasure), [{**each.__dict__, "how": each.how.value, "kept": json.dumps(dict(each.kept)), "seq": seq}
                                         for each in gone])


def erasures(connection: Connection, certificate: str = "", person: str = "") -> list[Erasure]:
    """Those erased, newest first: all, those of one certificate, or one."""
    query = select(erasure).order_by(erasure.c.seq.desc(), erasure.c.person)
    if certificate:
        query = query.where(erasure.c.certificate == certificate)
    if person:
        query = query.where(erasure.c.person == person)
    return [Erasure(row.person, Erasing(row.how), row.label, row.on, row.why, row.certificate, json.loads(row.kept))
            for row in connection.execute(query)]


def labels(connection: Connection) -> set[str]:
    """Every artificial identifier in use."""
    return set(connection.execute(select(erasure.c.label)).scalars())


def ask_compaction(connection: Connection) -> None:
    """Note, with the erasure, that traces are to be cleared: also where the program ends before that."""
    connection.execute(delete(setting).where(setting.c.key == DUE))
    connection.execute(insert(setting), [{"key": DUE, "value": "1"}])


def compact(desk: Desk) -> bool:
    """Clear the traces of what was deleted: merge the search index, fold the log of changes in, empty it.

    Deleted cells and freed pages are overwritten as they are deleted (secure_delete). False where another reader keeps the
    log of changes from being emptied: it is tried again at the next opening.
    """
    with desk.jot() as connection:
        for search in ("member_search", "elector_search"):
            connection.connection.cursor().execute(f"INSERT INTO {search}({search}) VALUES ('optimize')")
    with contextlib.closing(connect(desk.path, desk.data_key, desk.header.salt, writing=True)) as raw:
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        return False
    with desk.jot() as connection:
        connection.execute(delete(setting).where(setting.c.key == DUE))
    return True
