"""What the search for everything about a person asks of the store, where no other module has the question; and its own record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, or_, select

from dpdesk.domain.ids import new_id
from dpdesk.store.tables import enquiry, history, list_import, mail_recipient, mailing, member, note, officer
from dpdesk.store.tables_replies import suggestion
from dpdesk.store.tables_retention import subject_search


@dataclass(frozen=True)
class Search:
    """A search as it is kept: how much was found where, in what words it was asked, and why that is enough."""

    id: str
    person: str
    at: str
    by: str
    words: str
    found: Mapping[str, int]
    why: str


def note_search(connection: Connection, person: str, at: str, by: str, words: str, found: Mapping[str, int], why: str, seq: int) -> str:
    """Keep that a search was made; returns its identity."""
    identity = new_id()
    connection.execute(insert(subject_search), [{"id": identity, "person": person, "at": at, "by": by, "words": words,
                                                 "found": json.dumps(dict(found)), "why": why, "seq": seq}])
    return identity


def searches(connection: Connection, person: str) -> list[Search]:
    """The searches made for somebody, newest first."""
    query = (select(subject_search, officer.c.name).outerjoin(officer, officer.c.id == subject_search.c.by)
             .where(subject_search.c.person == person).order_by(subject_search.c.id.desc()))
    return [Search(row.id, row.person, row.at, row.name or "", row.words, json.loads(row.found), row.why)
            for row in connection.execute(query)]


def came_with(connection: Connection, seqs: Sequence[int]) -> list[tuple[str, str, str]]:
    """(identity, name of the file, state) of the lists that brought or changed somebody."""
    rows = connection.execute(select(list_import.c.id, list_import.c.file, list_import.c.state).where(list_import.c.seq.in_(list(seqs))))
    return [(row.id, row.file, row.state) for row in rows]


def entries_on(connection: Connection, person: str) -> list[int]:
    """Numbers of the log's entries whose history names somebody."""
    return list(connection.execute(select(history.c.seq).where(history.c.subject == person).distinct()).scalars())


def replies_of(connection: Connection, person: str) -> list:
    """What was read in their replies."""
    return list(connection.execute(select(suggestion).where(suggestion.c.person == person).order_by(suggestion.c.wrote_on)))


def mentions(connection: Connection, words: Sequence[str], not_of: str) -> list[tuple[str, str, str, str]]:
    """(kind, identity, day, text) of notes and enquiries on others, and of e-mails they did not get, that hold any of the words."""
    wanted = [each for each in words if len(each) >= 3]
    if not wanted:
        return []

    def holds(*columns):
        return or_(*(column.icontains(word, autoescape=True) for column in columns for word in wanted))
    found = [("note", row.id, row.at[:10], row.text) for row in connection.execute(
        select(note).where(note.c.person != not_of, holds(note.c.text)).order_by(note.c.at))]
    found += [("enquiry", row.id, row.asked_on, row.query) for row in connection.execute(
        select(enquiry).where(enquiry.c.person != not_of, holds(enquiry.c.query)).order_by(enquiry.c.asked_on))]
    got = select(mail_recipient.c.mailing).where(mail_recipient.c.person == not_of)
    found += [("mailing", row.id, row.made_at[:10], f"{row.subject}\n\n{row.body}") for row in connection.execute(
        select(mailing).where(mailing.c.id.not_in(got), holds(mailing.c.subject, mailing.c.body)).order_by(mailing.c.made_at))]
    return found


def others_named(connection: Connection, text: str, not_of: str, most: int = 200) -> list[str]:
    """Whole names of other people of the desk that stand in a text."""
    words = {word.strip(".,;:!?()“”\"'").casefold() for word in text.split()}
    capital = [word for word in {word.strip(".,;:!?()“”\"'") for word in text.split()} if word[:1].isupper()]
    if not capital:
        return []
    rows = connection.execute(select(member.c.forename, member.c.surname).where(
        member.c.id != not_of, member.c.surname.in_(capital[:most])).limit(most * 10))
    return sorted({f"{row.forename} {row.surname}".strip() for row in rows
                   if row.forename.split(" ")[0].casefold() in words or not row.forename})
