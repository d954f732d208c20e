"""Files of the register as the desk keeps them, the numbers electors had before, and pairs that may be one elector."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.ids import new_ids
from dpdesk.domain.register_files import Counts, Entitlement, FileKind, FileState, Follow, Permitted, RegisterFile, Supply
from dpdesk.store import leaving_alone, results, sheets
from dpdesk.store.tables import audit
from dpdesk.store.tables_register import (
    elector,
    elector_absent,
    elector_follow,
    elector_link,
    elector_number,
    elector_vote,
    register_file,
)

_LIST = {FileKind.ABSENT: elector_absent, FileKind.MARKED: elector_vote}


def add(connection: Connection, new: RegisterFile) -> None:
    """Keep a file with its record of supply."""
    supply = {code: getattr(value, "value", value) for code, value in new.supply.__dict__.items()}
    connection.execute(insert(register_file), [{
        "id": new.id, "seq": new.seq, "kind": new.kind.value, "file": new.file, "digest": new.digest, "layout": new.layout, **supply,
        "counts": json.dumps(new.counts.__dict__), "state": new.state.value, "source_copy": new.source, "ended": new.ended}])


def listing(connection: Connection) -> list[tuple[RegisterFile, str]]:
    """Every file, newest first, with the identity of who brought it in."""
    rows = connection.execute(select(register_file, audit.c.at, audit.c.officer).join(audit, audit.c.seq == register_file.c.seq)
                              .order_by(register_file.c.seq.desc()))
    return [(_file(row), row.officer) for row in rows]


def _file(row) -> RegisterFile:
    supply = Supply(row.supplier, row.supplied_on, row.destroy_by, Entitlement(row.entitlement), row.regulation, Permitted(row.permitted),
                    row.year, row.area, row.polling_day)
    return RegisterFile(row.id, row.seq, FileKind(row.kind), row.file, row.digest, row.layout, supply, Counts(**json.loads(row.counts)),
                        FileState(row.state), row.source_copy, row.ended, row.at)


def end(connection: Connection, seqs: Sequence[int], state: FileState, ended: int) -> None:
    """Mark files as taken back, replaced or destroyed."""
    connection.execute(update(register_file).where(register_file.c.seq.in_(seqs)).values(state=state.value, ended=ended))


def revive(connection: Connection, ended: int) -> None:
    """Let the files stand again that entry `ended` replaced."""
    connection.execute(update(register_file).where(register_file.c.ended == ended, register_file.c.state == FileState.SUPERSEDED.value)
                       .values(state=FileState.APPLIED.value, ended=0))


def empty_registers(connection: Connection) -> list[int]:
    """Full registers in force of which no number is left on the register."""
    alive = select(elector.c.register).where(elector.c.gone == 0).distinct()
    return list(connection.execute(select(register_file.c.seq).where(
        register_file.c.kind == FileKind.FULL.value, register_file.c.state == FileState.APPLIED.value,
        register_file.c.seq.not_in(alive))).scalars())


def standing(connection: Connection, kinds: Iterable[FileKind], before: int, after: int = 0) -> list[int]:
    """Files of those kinds in force from between two entries."""
    return list(connection.execute(select(register_file.c.seq).where(
        register_file.c.kind.in_([kind.value for kind in kinds]), register_file.c.state == FileState.APPLIED.value,
        register_file.c.seq < before, register_file.c.seq > after)).scalars())


def years(connection: Connection) -> dict[int, int]:
    """Entry of each full register -> its year."""
    return {row.seq: row.year for row in connection.execute(select(register_file.c.seq, register_file.c.year).where(
        register_file.c.kind == FileKind.FULL.value))}


def in_use(connection: Connection) -> list[int]:
    """Entries of the registers that numbers on the register come from."""
    return list(connection.execute(select(elector.c.register).where(elector.c.gone == 0).distinct()).scalars())


def add_numbers(connection: Connection, seq: int, numbers: Sequence[tuple[str, str, int, int, int]]) -> None:
    """Keep the numbers electors had: (elector, district, number, suffix, year)."""
    connection.connection.cursor().executemany(
        'INSERT INTO elector_number (seq, elector, district, "number", suffix, "year") VALUES (?, ?, ?, ?, ?, ?)',
        [(seq, *each) for each in numbers])


def numbers_of(connection: Connection, person: str) -> list[tuple[str, int, int, int]]:
    """Earlier numbers of an elector, newest first: (district, number, suffix, year)."""
    rows = connection.execute(select(elector_number).where(elector_number.c.elector == person).order_by(elector_number.c.seq.desc()))
    return [(row.district, row.number, row.suffix, row.year) for row in rows]


def add_follows(connection: Connection, seq: int, pairs: Sequence[tuple[str, str, int, tuple[str, ...]]]) -> None:
    """Pairs to confirm: (who left, who came, score, reasons)."""
    if pairs:
        connection.execute(insert(elector_follow), [
            {"id": identity, "old": old, "new": new, "score": score, "reasons": json.dumps(reasons), "seq": seq}
            for identity, (old, new, score, reasons) in zip(new_ids(len(pairs)), pairs, strict=True)])


def open_follows(connection: Connection, limit: int = 500) -> list[Follow]:
    """Pairs nobody has answered yet, the likeliest first."""
    rows = connection.execute(select(elector_follow).where(elector_follow.c.answer == "").order_by(
        elector_follow.c.score.desc(), elector_follow.c.id).limit(limit))
    return [_follow(row) for row in rows]


def _follow(row) -> Follow:
    return Follow(row.id, row.old, row.new, row.score, tuple(json.loads(row.reasons)))


def count_follows(connection: Connection) -> int:
    """How many pairs wait for an answer."""
    return connection.execute(select(func.count()).select_from(elector_follow).where(elector_follow.c.answer == "")).scalar() or 0


def follow_of(connection: Connection, identity: str) -> Follow | None:
    """One open pair."""
    row = connection.execute(select(elector_follow).where(elector_follow.c.id == identity, elector_follow.c.answer == "")).first()
    return _follow(row) if row else None


def answer_follow(connection: Connection, identity: str, answer: str, seq: int) -> None:
    """Note what somebody said of a pair: "same" or "other"."""
    connection.execute(update(elector_follow).where(elector_follow.c.id == identity).values(answer=answer, answered=seq))


def replace_list(connection: Connection, kind: FileKind, codes: Sequence[str], districts: Sequence[str], seq: int) -> int:
    """End what earlier lists of that kind said of electors of those districts (for those `codes`: ways of voting, or polling days)."""
    table = _LIST[kind]
    column = table.c.how if kind is FileKind.ABSENT else table.c.polling_day
    there = select(elector.c.id).where(elector.c.district.in_(districts))
    return connection.execute(update(table).where(table.c.ended == 0, column.in_(codes),
                                                  table.c.elector.in_(there)).values(ended=seq)).rowcount


def add_list(connection: Connection, kind: FileKind, seq: int, rows: Sequence[tuple]) -> None:
    """Absent voters as (elector, how); or votes as (elector, polling day, mark)."""
    names = "elector, how" if kind is FileKind.ABSENT else "elector, polling_day, mark"
    marks = ", ".join("?" * (1 + len(names.split(", "))))
    connection.connection.cursor().executemany(f"INSERT INTO {_LIST[kind].name} (seq, {names}) VALUES ({marks})",
                                               [(seq, *row) for row in rows])


def take_list_back(connection: Connection, seq: int) -> int:
    """Undo what a list did; how many entries it had."""
    taken = 0
    for table in _LIST.values():
        taken += connection.execute(delete(table).where(table.c.seq == seq)).rowcount
        connection.execute(update(table).where(table.c.ended == seq).values(ended=0))
    return taken


def said_of(connection: Connection, person: str) -> tuple[list[str], list[tuple[str, str]]]:
    """(ways of absent voting, (polling day, mark) of each election) on record for an elector."""
    ways = connection.execute(select(elector_absent.c.how).where(elector_absent.c.elector == person, elector_absent.c.ended == 0))
    votes = connection.execute(select(elector_vote.c.polling_day, elector_vote.c.mark).where(
        elector_vote.c.elector == person, elector_vote.c.ended == 0).order_by(elector_vote.c.polling_day.desc()))
    return sorted(ways.scalars()), [tuple(row) for row in votes]


def absent_of(connection: Connection, people: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Ways of absent voting of those electors who have one."""
    found: dict[str, tuple[str, ...]] = {}
    for at in range(0, len(people), 5_000):
        rows = connection.execute(select(elector_absent.c.elector, elector_absent.c.how).where(
            elector_absent.c.elector.in_(people[at:at + 5_000]), elector_absent.c.ended == 0))
        for person, how in rows:
            found[person] = (*found.get(person, ()), how)
    return found


def forget_changes(connection: Connection, seq: int) -> None:
    """Take away what else entry `seq` left: earlier numbers and pairs."""
    connection.execute(delete(elector_number).where(elector_number.c.seq == seq))
    connection.execute(delete(elector_follow).where(elector_follow.c.seq == seq))


def destroyed_after(connection: Connection, seq: int) -> bool:
    """Whether something was destroyed since entry `seq`: what stood before it may be gone with that."""
    return connection.execute(select(register_file.c.seq).where(
        register_file.c.state == FileState.DESTROYED.value, register_file.c.ended > seq).limit(1)).scalar() is not None


def drop_orphans(connection: Connection) -> int:
    """Take away what hung on electors who are gone for good; how many rows."""
    alive = select(elector.c.id)
    gone = sum(connection.execute(delete(table).where(table.c.elector.not_in(alive))).rowcount
               for table in (elector_number, elector_absent, elector_vote, elector_link))
    gone += sheets.drop_orphans(connection) + results.drop_orphans(connection) + leaving_alone.drop_orphans(connection)
    return gone + connection.execute(delete(elector_follow).where(
        elector_follow.c.old.not_in(alive) | elector_follow.c.new.not_in(alive))).rowcount


def has_number(connection: Connection, person: str, key: tuple[str, int, int]) -> bool:
    """Whether a number is on record among those an elector had."""
    return (person, *key) in {(person, *each[:3]) for each in numbers_of(connection, person)}
