"""Wordings, version by version, and who was asked with which; both only ever grow, but for the erasing of a person."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from dpdesk.domain.asking import CONFIRMATION, Answer, Asking, Wording
from dpdesk.store.contacting import recorder, version_of
from dpdesk.store.tables import asking, wording


def wordings(connection: Connection, purpose: str = "") -> list[Wording]:
    """Every version, the newest of each purpose first; of one purpose where given."""
    query = select(wording, recorder(wording)).order_by(wording.c.purpose, wording.c.version.desc())
    if purpose:
        query = query.where(wording.c.purpose == purpose)
    return [Wording(row.id, row.purpose, row.version, row.text, row.since, row.recorded_by or "")
            for row in connection.execute(query)]


def current(connection: Connection) -> dict[str, Wording]:
    """The newest version of each purpose that has one."""
    found: dict[str, Wording] = {}
    for each in wordings(connection):
        found.setdefault(each.purpose, each)
    return found


def wording_id(connection: Connection, purpose: str, text: str) -> str:
    """The newest version of the purpose that says exactly `text`; "" for other words."""
    query = (select(wording.c.id).where(wording.c.purpose == purpose, wording.c.text == text)
             .order_by(wording.c.version.desc()).limit(1))
    return connection.execute(query).scalar() or ""


def add_wording(connection: Connection, new: Wording, seq: int) -> None:
    """Store a new version."""
    connection.execute(insert(wording), [{"id": new.id, "purpose": new.purpose, "version": new.version, "text": new.text,
                                          "since": new.since, "seq": seq}])


def next_version(connection: Connection, purpose: str) -> int:
    """The number the next version of a purpose gets."""
    return (connection.execute(select(func.max(wording.c.version)).where(wording.c.purpose == purpose)).scalar() or 0) + 1


def askings(connection: Connection, person: str) -> list[Asking]:
    """What a person was asked, newest first; written confirmations are among it."""
    query = (select(asking, recorder(asking), version_of(asking)).where(asking.c.person == person)
             .order_by(asking.c.asked_on.desc(), asking.c.id.desc()))
    return [_asking(row) for row in connection.execute(query)]


def by_id(connection: Connection, identity: str) -> Asking | None:
    """One of them."""
    row = connection.execute(select(asking, recorder(asking), version_of(asking)).where(asking.c.id == identity)).first()
    return _asking(row) if row else None


def _asking(row) -> Asking:
    return Asking(row.id, row.person, row.purpose, row.asked_on, row.how, Answer(row.answer), row.answered_on, row.wording_id,
                  row.version or 0, row.recorded_by or "")


def add(connection: Connection, new: Asking, seq: int) -> None:
    """Store that a person was asked."""
    connection.execute(insert(asking), [{
        "id": new.id, "person": new.person, "purpose": new.purpose, "asked_on": new.asked_on, "how": new.how,
        "answer": new.answer.value, "answered_on": new.answered_on, "wording_id": new.wording_id, "seq": seq}])


def answer(connection: Connection, identity: str, said: Answer, on: str) -> None:
    """Store what the person said."""
    connection.execute(update(asking).where(asking.c.id == identity).values(answer=said.value, answered_on=on))


def refusals(connection: Connection, purpose: str, since: str) -> set[str]:
    """Everybody who said no to `purpose` after a day."""
    query = select(asking.c.person).where(asking.c.purpose == purpose, asking.c.answer == Answer.NO.value,
                                          asking.c.answered_on > since, asking.c.how != CONFIRMATION)
    return set(connection.execute(query).scalars())
