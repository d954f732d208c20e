"""Custody in the store: who took which piece of paper from whom, acknowledgements, losses and destructions."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, or_, select, update

from dpdesk.domain.custody import Event, How, Move, Piece, State
from dpdesk.domain.sessions import Destruction, Loss, Method, Of
from dpdesk.store.tables_sessions import acknowledgement, custody, destruction, page_copy, session_person, sheet_loss


def add(connection: Connection, events: Sequence[Event], seq: int) -> None:
    """Keep custody events."""
    connection.connection.cursor().executemany(
        "INSERT INTO custody (id, sheet, page, copy, move, state, giver, taker, role, at, place, note, how, ack, seq) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(each.id, *each.piece, each.move.value, each.state.value, each.giver, each.taker, each.role, each.at, each.place, each.note,
          each.how.value, each.ack, seq) for each in events])


def of_sheet(connection: Connection, identity: str) -> list[Event]:
    """Everything that happened to a sheet's paper, the oldest first."""
    query = select(custody).where(custody.c.sheet == identity).order_by(custody.c.at, custody.c.id)
    return [_event(row) for row in connection.execute(query)]


def taken_by(connection: Connection, participant: str) -> list[Event]:
    """Every hand-over of sheets to a participant."""
    query = select(custody).where(custody.c.taker == f"person:{participant}", custody.c.move == Move.ISSUE.value)
    return [_event(row) for row in connection.execute(query)]


def _event(row) -> Event:
    return Event(row.id, Piece(row.sheet, row.page, row.copy), Move(row.move), State(row.state), row.giver, row.taker, row.role, row.at,
                 row.place, row.note, How(row.how), row.ack)


def add_acknowledgement(connection: Connection, identity: str, holder: str, how: How, briefing: str, signature: str, officer: str, at: str,
                        seq: int) -> None:
    """Keep how somebody acknowledged a briefing; `signature` are strokes as JSON, "" for none."""
    connection.execute(insert(acknowledgement), [{"id": identity, "holder": holder, "how": how.value, "briefing": briefing,
                                                  "signature": signature, "officer": officer, "at": at, "seq": seq}])


def acknowledgements(connection: Connection, holders: Sequence[str]) -> list[tuple[str, str, str, str, str, str]]:
    """(identity, holder, how, briefing, signature, at) of what participants acknowledged, the oldest first."""
    rows = connection.execute(select(acknowledgement).where(acknowledgement.c.holder.in_(holders)).order_by(acknowledgement.c.at))
    return [(row.id, row.holder, row.how, row.briefing, row.signature, row.at) for row in rows]


def add_loss(connection: Connection, new: Loss, seq: int) -> None:
    """Keep that pages are not there."""
    values = {name: getattr(new, name) for name in Loss.__dataclass_fields__ if name != "pieces"}
    connection.execute(insert(sheet_loss), [{**values, "pages": json.dumps([each[1:] for each in new.pieces]), "seq": seq}])


def losses(connection: Connection, *, sheet: str = "", open_only: bool = False) -> list[Loss]:
    """Losses, the newest first: all, a sheet's, those not ended."""
    query = select(sheet_loss).order_by(sheet_loss.c.seq.desc())
    if sheet:
        query = query.where(sheet_loss.c.sheet == sheet)
    if open_only:
        query = query.where(sheet_loss.c.ended_at == "")
    return [Loss(row.id, row.sheet, tuple(Piece(row.sheet, *each) for each in json.loads(row.pages)), row.missed_at, row.told_at, row.how,
                 row.incident, row.ended_at, row.ended, row.ended_why) for row in connection.execute(query)]


def change_loss(connection: Connection, identity: str, **values: str) -> None:
    """Store changed columns of a loss."""
    connection.execute(update(sheet_loss).where(sheet_loss.c.id == identity).values(**values))


def add_destruction(connection: Connection, new: Destruction, seq: int) -> None:
    """Keep a batch of destroyed paper."""
    connection.execute(insert(destruction), [{**new.__dict__, "reasons": json.dumps(dict(new.reasons), ensure_ascii=False), "seq": seq}])


def destructions(connection: Connection, number: str = "") -> list[Destruction]:
    """Batches of destroyed paper, the newest first; or the one of that number."""
    query = select(destruction).order_by(destruction.c.seq.desc())
    if number:
        query = query.where(or_(destruction.c.number == number, destruction.c.id == number))
    return [Destruction(row.id, row.number, Method(row.method), row.shred_class, row.place, row.at, row.by, row.witness, row.contractor,
                        json.loads(row.reasons), row.sheets, row.pages) for row in connection.execute(query)]


def destroyed_in(connection: Connection, identity: str) -> list[Piece]:
    """The pieces of paper that a batch destroyed."""
    query = (select(page_copy.c.sheet, page_copy.c.page, page_copy.c.copy).where(page_copy.c.destruction == identity)
             .order_by(page_copy.c.sheet, page_copy.c.page, page_copy.c.copy))
    return [Piece(*row) for row in connection.execute(query)]


def held_by_officer(connection: Connection, officer: str) -> int:
    """How many sheets an officer who takes part in sessions still has: issued to them, or out with them."""
    query = (select(func.count(page_copy.c.sheet.distinct())).join(session_person, session_person.c.id == page_copy.c.holder)
             .where(session_person.c.of == Of.OFFICER.value, session_person.c.person == officer,
                    page_copy.c.state.in_((State.ISSUED.value, State.OUT.value))))
    return connection.execute(query).scalar() or 0
