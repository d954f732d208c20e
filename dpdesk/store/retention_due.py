"""What the retention rules find due in the store, by category: each as (identity, the day its period ran from)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update

from dpdesk.domain.members import Kind, Status
from dpdesk.store.tables import audit, capacity, consent, enquiry, erasure, history, mail_recipient, member, note, sharing, stop_lift
from dpdesk.store.tables_duties import duty
from dpdesk.store.tables_register import elector_link
from dpdesk.store.tables_results import canvass_fact
from dpdesk.store.tables_sessions import page_copy, sheet

Found = list[tuple[str, str]]
ENDED = (Status.LAPSED.value, Status.RESIGNED.value, Status.DECEASED.value)
_BATCH = 500
_REPLACED = select(erasure.c.person)
_NOT_PERSONAL = ("policy", "desk", "officer")


def _day_of(seq) -> object:
    """The day of an entry of the log, as a subquery."""
    return select(func.substr(audit.c.at, 1, 10)).where(audit.c.seq == seq).scalar_subquery()


def members_left(connection: Connection, before: str) -> Found:
    """Former members whose status turned by a day: of its last change on record, else of their addition."""
    turned = select(func.max(history.c.seq)).where(history.c.subject == member.c.id,
                                                   history.c.fields.contains('"status"')).scalar_subquery()
    since = func.coalesce(_day_of(func.coalesce(turned, member.c.added)), "")
    query = select(member.c.id, since.label("since")).where(member.c.kind == Kind.MEMBER.value, member.c.status.in_(ENDED),
                                                           member.c.id.not_in(_REPLACED)).subquery()
    rows = connection.execute(select(query).where(query.c.since != "", query.c.since <= before).order_by(query.c.since))
    return [(row.id, row.since) for row in rows]


def contacts_quiet(connection: Connection, before: str) -> Found:
    """Contacts with whom there was no contact since a day: record, enquiry, consent, capacity or e-mail."""
    changed = select(member.c.id, _day_of(member.c.changed).label("since")).where(
        member.c.kind == Kind.CONTACT.value, member.c.id.not_in(_REPLACED)).subquery()
    quiet = {row.id: row.since or "" for row in connection.execute(select(changed).where(changed.c.since <= before))}
    for table, day in ((enquiry, enquiry.c.last_contact_on), (consent, consent.c.given_on), (sharing, sharing.c.given_on),
                       (capacity, capacity.c.since), (mail_recipient, func.substr(mail_recipient.c.at, 1, 10))):
        for at in range(0, len(quiet), _BATCH):
            some = list(quiet)[at:at + _BATCH]
            rows = connection.execute(select(table.c.person, func.max(day).label("last")).where(table.c.person.in_(some))
                                      .group_by(table.c.person))
            for row in rows:
                quiet[row.person] = max(quiet[row.person], row.last or "")
    return sorted(((person, since) for person, since in quiet.items() if since <= before), key=lambda each: each[1])


def consents_ended(connection: Connection, before: str) -> Found:
    """Consents and permissions withdrawn or run out by a day; those on which the lifting of a stop rests stay."""
    found: Found = []
    for table in (consent, sharing):
        ended = func.coalesce(func.nullif(table.c.withdrawn_on, ""), table.c.expires_on)
        query = select(table.c.id, ended.label("since")).where(ended != "", ended <= before)
        if table is consent:
            query = query.where(table.c.id.not_in(select(stop_lift.c.consent)))
        found += [(row.id, row.since) for row in connection.execute(query)]
    return sorted(found, key=lambda each: each[1])


def consent_people(connection: Connection, some: Sequence[str]) -> dict[str, str]:
    """Whose consents and permissions they are."""
    return _people(connection, (consent, sharing), some)


def notes(connection: Connection, before: str) -> Found:
    """Notes written by a day."""
    day = func.substr(note.c.at, 1, 10)
    return [(row.id, row.since) for row in connection.execute(
        select(note.c.id, day.label("since")).where(day <= before).order_by(note.c.at))]


def note_people(connection: Connection, some: Sequence[str]) -> dict[str, str]:
    """Whose notes they are."""
    return _people(connection, (note,), some)


def _people(connection: Connection, tables, some: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables:
        for at in range(0, len(some), _BATCH):
            rows = connection.execute(select(table.c.id, table.c.person).where(table.c.id.in_(some[at:at + _BATCH])))
            found.update({row.id: row.person for row in rows})
    return found


def remove(connection: Connection, table_code: str, some: Sequence[str]) -> None:
    """Take consents and permissions, or notes, out."""
    for table in {"consents_ended": (consent, sharing), "notes": (note,)}[table_code]:
        for at in range(0, len(some), _BATCH):
            connection.execute(delete(table).where(table.c.id.in_(some[at:at + _BATCH])))


def fact_people(connection: Connection, some: Sequence[str]) -> dict[str, str]:
    """The people of the desk whose answers they are, through their links to the register."""
    found: dict[str, str] = {}
    for at in range(0, len(some), _BATCH):
        rows = connection.execute(select(canvass_fact.c.id, elector_link.c.person).join(
            elector_link, elector_link.c.elector == canvass_fact.c.elector).where(
            elector_link.c.answer == "same", canvass_fact.c.id.in_(some[at:at + _BATCH])))
        found.update({row.id: row.person for row in rows})
    return found


def paper(connection: Connection, before: str) -> list[tuple[str, str, str]]:
    """(sheet, day it was checked, title) of sheets that were checked by a day, and whose paper is not destroyed yet."""
    left = select(page_copy.c.sheet).where(page_copy.c.paper == 1)
    day = func.substr(sheet.c.verified_at, 1, 10)
    rows = connection.execute(select(sheet.c.id, day.label("day"), sheet.c.title).where(
        sheet.c.verified_at != "", day <= before, sheet.c.id.in_(left)).order_by(sheet.c.verified_at))
    return [(row.id, row.day, row.title) for row in rows]


def duties_ended(connection: Connection, before: str) -> list[tuple[str, str, str]]:
    """(entry, day it ended, what it is called) of entries of the registers that ended by a day."""
    day = func.substr(duty.c.ended_at, 1, 10)
    rows = connection.execute(select(duty.c.id, day.label("day"), duty.c.heading).where(duty.c.ended_at != "", day <= before)
                              .order_by(duty.c.ended_at))
    return [(row.id, row.day, row.heading) for row in rows]


def _old_history(before: str):
    last = select(func.max(audit.c.seq)).where(audit.c.at < f"{before}T99").scalar_subquery()
    return history.c.change.is_not(None), history.c.seq <= last, history.c.subject_kind.not_in(_NOT_PERSONAL)


def history_months(connection: Connection, before: str) -> list[tuple[str, str, int]]:
    """Values in the history from before a day, by month: (YYYY-MM, its first day, how many)."""
    month = func.substr(audit.c.at, 1, 7)
    rows = connection.execute(select(month.label("month"), func.count()).select_from(
        history.join(audit, audit.c.seq == history.c.seq)).where(*_old_history(before)).group_by(month).order_by(month))
    return [(row[0], f"{row[0]}-01", row[1]) for row in rows]


def forget_history(connection: Connection, month: str, before: str, kept: set[str]) -> int:
    """Erase the values of one month; those of people under a hold stay. How many rows."""
    entries = select(audit.c.seq).where(func.substr(audit.c.at, 1, 7) == month)
    return connection.execute(update(history).where(*_old_history(before), history.c.seq.in_(entries),
                                                history.c.subject.not_in(kept)).values(change=None, salt=None)).rowcount
