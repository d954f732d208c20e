"""What decides about sharing or writing, read for everybody at once: a few indexed questions, tens of thousands of people."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, literal, or_, select

from dpdesk.domain.asking import CONFIRMATION, Answer, body_of
from dpdesk.domain.members import Kind
from dpdesk.store.tables import archive, asking, consent, member, sharing


def everybody(connection: Connection, kind: Kind) -> list[tuple[int, str]]:
    """(row, id) of everybody of a kind, by name."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT row, id FROM member WHERE kind = ? ORDER BY sort_name, row", (kind.value,))
    return cursor.fetchall()


def aside(connection: Connection) -> set[str]:
    """Everybody in the archive."""
    return set(connection.execute(select(archive.c.person)).scalars())


def without_parent(connection: Connection, born_after: str) -> set[str]:
    """Everybody born after a day whose parent's consent is not on record (S1 6.1)."""
    return set(connection.execute(select(member.c.id).where(
        member.c.date_of_birth != "", member.c.date_of_birth > born_after, member.c.parent_consent_on == "")).scalars())


def given(connection: Connection, purpose: str) -> Iterator[tuple[str, str, str]]:
    """(person, withdrawn on, expires on) of every consent or permission for a purpose."""
    body = body_of(purpose)
    table, column, value = ("sharing", "body", body) if body else ("consent", "channel", purpose)
    cursor = connection.connection.cursor()
    yield from cursor.execute(f"SELECT person, withdrawn_on, expires_on FROM {table} WHERE {column} = ?", (value,)).fetchall()


def asked(connection: Connection, purpose: str) -> Iterator[tuple[str, str, str, str]]:
    """(person, answer, asked on, answered on) of every question about a purpose."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT person, answer, asked_on, answered_on FROM asking WHERE purpose = ? AND how <> ?", (purpose, CONFIRMATION))
    yield from cursor.fetchall()


def ending(connection: Connection, horizon: str) -> dict[tuple[str, str], int]:
    """How many people, by purpose and kind, have a yes that ended or ends by a day, none that lasts longer, and were not asked since.

    Who is in the archive is not counted.
    """
    found: dict[tuple[str, str], int] = {}
    for table, purpose in ((consent, consent.c.channel), (sharing, literal("share:") + sharing.c.body)):
        last = func.max(func.coalesce(func.nullif(table.c.expires_on, ""), "9999"))
        since = func.max(table.c.given_on).label("since")
        ends = (select(table.c.person.label("person"), purpose.label("purpose"), since)
                .where(table.c.withdrawn_on == "", table.c.person.not_in(select(archive.c.person)))
                .group_by(table.c.person, purpose).having(last <= horizon).subquery())
        later = select(asking.c.id).where(
            asking.c.person == ends.c.person, asking.c.purpose == ends.c.purpose, asking.c.how != CONFIRMATION,
            or_(asking.c.asked_on > ends.c.since, asking.c.answer == Answer.NO.value)).exists()
        query = (select(ends.c.purpose, member.c.kind, func.count()).join(member, member.c.id == ends.c.person).where(~later)
                 .group_by(ends.c.purpose, member.c.kind))
        found.update({(row[0], row[1]): row[2] for row in connection.execute(query)})
    return found
