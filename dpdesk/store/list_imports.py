"""Imports as the desk keeps them: which lists came in, what one brought, and what has happened to it since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from dpdesk.domain.imports import Counts, ImportState, KeptImport
from dpdesk.store.search import DELETE
from dpdesk.store.tables import archive, asking, attachment, audit, capacity, consent, enquiry, history, list_import, member, note, sharing
from dpdesk.store.tables_replies import suggestion
from dpdesk.store.tables_retention import retention_hold

_BATCH = 5_000
DEPENDING = {"note": note, "sharing": sharing, "capacity": capacity, "enquiry": enquiry, "asking": asking,
             "evidence": attachment, "archive": archive, "reply": suggestion}
"""Kinds of record that may hang on a person, by the code their dependence is told with."""


def add(connection: Connection, new: KeptImport, digest: str) -> None:
    """Keep an import."""
    connection.execute(insert(list_import), [{
        "id": new.id, "seq": new.seq, "file": new.file, "digest": digest, "whole": int(new.whole),
        "counts": json.dumps(new.counts.__dict__), "state": new.state.value, "source_copy": new.source}])


def listing(connection: Connection) -> list[tuple[KeptImport, str]]:
    """Every import, newest first, with the identity of who brought it in and its moment filled in."""
    rows = connection.execute(select(list_import, audit.c.at, audit.c.officer).join(audit, audit.c.seq == list_import.c.seq)
                              .order_by(list_import.c.seq.desc()))
    return [(KeptImport(row.id, row.seq, row.file, bool(row.whole), Counts(**json.loads(row.counts)), ImportState(row.state),
                        row.source_copy, row.at), row.officer) for row in rows]


def standing(connection: Connection, before: int) -> list[int]:
    """The log's numbers of the imports in force from before an entry."""
    return list(connection.execute(select(list_import.c.seq).where(
        list_import.c.state == ImportState.APPLIED.value, list_import.c.seq < before)).scalars())


def newest_whole(connection: Connection) -> str:
    """The day (ISO) the newest whole list in force speaks of; "" without one."""
    facts = connection.execute(select(audit.c.facts).join(list_import, list_import.c.seq == audit.c.seq).where(
        list_import.c.state == ImportState.APPLIED.value, list_import.c.whole == 1)).scalars()
    return max((str(json.loads(each).get("whole") or "") for each in facts), default="")


def end(connection: Connection, seqs: Sequence[int], state: ImportState, ended: int, by: str = "") -> None:
    """Mark imports as taken back or replaced."""
    connection.execute(update(list_import).where(list_import.c.seq.in_(seqs)).values(
        state=state.value, ended_seq=ended, superseded_by=by))


def erase_values(connection: Connection, seqs: Sequence[int]) -> int:
    """Erase the values before and after that entries kept; the commitments stay, so the log stays whole. How many rows.

    Those of people under a hold stay.
    """
    held = select(retention_hold.c.person).where(retention_hold.c.ended_on == "")
    return connection.execute(update(history).where(history.c.seq.in_(seqs), history.c.change.is_not(None), history.c.subject.not_in(held))
                              .values(change=None, salt=None)).rowcount


def brought(connection: Connection, seq: int) -> Iterator[tuple[int, str, int, str]]:
    """(row, id, number of the last change, name) of everybody an entry of the log added who is still there."""
    query = select(member.c.row, member.c.id, member.c.changed, member.c.forename, member.c.surname).where(member.c.added == seq)
    for row in connection.execute(query):
        yield row.row, row.id, row.changed, " ".join(filter(None, (row.forename, row.surname)))


def changes_of(connection: Connection, seq: int) -> Iterator[tuple[str, dict | None]]:
    """(person, field -> [before, after]) of every record an entry changed; None where the values were erased."""
    query = select(history.c.subject, history.c.change).where(history.c.seq == seq, history.c.subject_kind == "member")
    for row in connection.execute(query):
        yield row.subject, None if row.change is None else json.loads(row.change)


def changes_after(connection: Connection, seq: int, after: int, limit: int) -> list[tuple[int, str, dict | None]]:
    """As `changes_of`, `limit` rows of history after row `after`: (row of history, person, change)."""
    query = (select(history.c.id, history.c.subject, history.c.change)
             .where(history.c.seq == seq, history.c.subject_kind == "member", history.c.id > after)
             .order_by(history.c.id).limit(limit))
    return [(row.id, row.subject, None if row.change is None else json.loads(row.change)) for row in connection.execute(query)]


def depending(connection: Connection, seq: int) -> Iterator[tuple[str, str]]:
    """(person, code) of what hangs on people an entry added, or was given by it and has changed since."""
    mine = select(member.c.id).where(member.c.added == seq)
    for code, table in DEPENDING.items():
        for person in connection.execute(select(table.c.person).distinct().where(table.c.person.in_(mine))).scalars():
            yield person, code
    held = select(retention_hold.c.person).where(retention_hold.c.ended_on == "", retention_hold.c.person.in_(mine))
    for person in connection.execute(held).scalars():
        yield person, "hold"
    later = select(consent.c.person).distinct().where(consent.c.person.in_(mine), consent.c.seq != seq)
    withdrawn = select(consent.c.person).distinct().where(consent.c.seq == seq, consent.c.withdrawn_on != "")
    for query in (later, withdrawn):
        for person in connection.execute(query).scalars():
            yield person, "consent"
    given = select(consent.c.id).where(consent.c.seq == seq)
    proved = select(attachment.c.person).distinct().where(attachment.c.of.in_(given), attachment.c.person.not_in(mine))
    for person in connection.execute(proved).scalars():
        yield person, "evidence"


def take_out(connection: Connection, seq: int, rows: Sequence[int], step: Callable[[int], None]) -> None:
    """Take the people an entry added out of the desk and its search, and the consents it gave."""
    connection.execute(delete(consent).where(consent.c.seq == seq))
    cursor = connection.connection.cursor()
    for at in range(0, len(rows), _BATCH):
        some = [(row,) for row in rows[at:at + _BATCH]]
        cursor.executemany(DELETE, some)
        step(len(some))
    connection.execute(delete(member).where(member.c.added == seq))
