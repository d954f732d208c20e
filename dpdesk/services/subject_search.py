"""One search over everything the desk holds on a person, kept with what was searched and why that is enough (S1 §13.1, §24, §32)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import Fate, Found, Record, Review, Section, Subject, blacked, tight
from dpdesk.services.session import Session
from dpdesk.services.subject_sources import SOURCES
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.subject_search import Search

MAYBE = 10


def subject(session: Session, *, person: str = "", elector: str = "") -> Subject:
    """Who is meant: a person of the desk with the elector they are, or an elector with the person; raises `NotFound`."""
    from dpdesk.store import electors, members, register_links
    session.require(Right.SUBJECT_SEARCH)
    with session.desk.read() as connection:
        if elector and not person:
            linked = register_links.person_of(connection, elector)
            person = linked[0] if linked else ""
        elif person and not elector:
            elector = register_links.elector_of(connection, person)
        who = members.get(connection, person) if person else None
        entries = electors.by_ids(connection, [elector], gone=True) if elector else []
    if who is None and not entries:
        raise NotFound("member" if person else "elector", person or elector)
    names = dict.fromkeys(name for name in (
        *((who.name, f"{who.forename} {who.surname}".strip()) if who else ()), *(each.name for each in entries)) if name)
    marks = [*((who.email, who.mobile, who.landline, who.postcode, who.address1, who.number) if who else ()),
             *(mark for each in entries for mark in (each.postcode, each.address.split("\n")[0], str(each.key)))]
    return Subject(person if who else "", tuple(each.id for each in entries), tuple(names),
                   frozenset(tight(mark) for mark in (*marks, *names) if mark))


def search(session: Session, who: Subject, why: str, words: str = "") -> Found:
    """Look everywhere, and keep that it was done: `why` says why this is a reasonable and proportionate search. Raises `Invalid`.

    `words` is what the person asked for, where they narrowed it (S1 §32.1).
    """
    from dpdesk.store import subject_search as store
    from dpdesk.store.unit import utc_now
    session.require(Right.SUBJECT_SEARCH)
    if not why.strip():
        raise Invalid({"why": "missing"})
    with session.desk.read() as connection:
        sections = tuple(Section(code, tuple(source.find(session, connection, who))) for code, source in SOURCES.items())
    found = Found(who, sections, utc_now(), session.officer.name, _maybe(session, who))
    if session.read_only:
        return found
    with session.change("subject.searched") as unit:
        identity = store.note_search(unit.connection, who.key, unit.at, session.officer.id, words.strip(), found.counts, why.strip(),
                                     unit.seq)
        unit.about("subject_search", identity)
        unit.facts(found=found.counts, records=found.total)
    return Found(who, sections, found.at, found.by, found.maybe, identity)


def _maybe(session: Session, who: Subject) -> tuple[Record, ...]:
    """Others of the same name who are not linked: the officer says whether one of them is meant."""
    from dpdesk.services.register import shown_born_by
    from dpdesk.store import electors
    from dpdesk.store import members as people
    from dpdesk.store import search as store
    found: list[Record] = []
    with session.desk.read() as connection:
        for name in who.names[:1]:
            rows = people.page(connection, store.find(connection, name, ("member", "contact"), MAYBE))
            found += [Record(each.id, ((tr("On the desk"), each.name), (tr("Address"), each.address))) for each in rows
                      if each.id != who.person and tight(each.name) == tight(name)]
            born = shown_born_by(session)
            entries = electors.page(connection, electors.find(connection, name, born, MAYBE), born)
            found += [Record(each.id, ((tr("On the register"), f"{each.key} {each.name}"), (tr("Address"), each.home))) for each in entries
                      if each.id not in who.electors and tight(each.name) == tight(name)]
    return tuple(found)


def searches(session: Session, person: str) -> list[Search]:
    """The searches made for somebody, newest first."""
    from dpdesk.store import subject_search as store
    session.require(Right.SUBJECT_SEARCH)
    with session.desk.read() as connection:
        return store.searches(connection, person)


def proposal(session: Session, found: Found) -> Review:
    """What blacking out others would look like, for somebody to look at: nothing is decided by it, and no fate is set."""
    from dpdesk.store import subject_search as store
    words: dict[str, dict[str, str]] = {}
    own = (*found.subject.names, *(part for name in found.subject.names for part in name.split()), *found.subject.marks)
    with session.desk.read() as connection:
        for _code, record in found.to_review():
            others = store.others_named(connection, " ".join(value for _name, value in record.values), found.subject.person)
            parts = [*others, *(part for name in others for part in name.split() if len(part) > 2)]
            words[record.id] = {name: blacked(value, own, parts) for name, value in record.values}
    return Review({}, words)


def settled(found: Found, proposed: Review) -> Review:
    """The review as proposed: what others were found in goes out blacked, mentions too; for an officer who has looked through it."""
    fates = {}
    for code, record in found.to_review():
        changed = any(proposed.words.get(record.id, {}).get(name, value) != value for name, value in record.values)
        fates[record.id] = Fate.BLACKED if changed or code == "mentions" else Fate.AS_IS
    return Review(fates, proposed.words)
