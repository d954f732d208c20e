"""Where the desk may hold something about a person: one small source each. Whoever keeps data in a new place adds one here.

A source answers over one connection, without asking for rights: the search itself asks for one. `subject_canvass` has more.
"""

from __future__ import annotations

from collections.abc import Iterable

from dpdesk.domain.copies import WITHIN
from dpdesk.domain.subjects import Record, Subject
from dpdesk.services import subject_canvass
from dpdesk.services.dates import day, moment
from dpdesk.services.names import (
    capacity_name,
    channel_name,
    confidentiality_name,
    copy_kind_name,
    field_name,
    method_name,
    reason_name,
    role_name,
)
from dpdesk.services.session import Session
from dpdesk.services.subject_source import Source, record
from dpdesk.services.translation import tr


def _member(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import members
    found = members.get(connection, subject.person) if subject.person else None
    if found is not None:
        yield record(found.id, "", (tr("Kept as"), tr("member") if found.kind.value == "member" else tr("contact")),
                      *((field_name(code), value) for code, value in found.values().items()))


def _electors(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.register_words import absent_name, vote_name
    from dpdesk.store import electors, register_files
    for each in electors.by_ids(connection, list(subject.electors), gone=True):
        ways, votes = register_files.said_of(connection, each.id)
        earlier = register_files.numbers_of(connection, each.id)
        yield record(each.id, "", (tr("Number"), each.key), (tr("Name"), each.name), (tr("Address"), each.home),
                      (tr("Markers"), each.markers), (tr("Date of birth"), each.born_on), (tr("Reaches voting age"), each.attains_on),
                      (tr("Property number"), each.uprn), (tr("Earlier numbers"), ", ".join(f"{d}-{n}" for d, n, _s, _y in earlier)),
                      (tr("Way of voting"), ", ".join(map(absent_name, ways))),
                      (tr("Marked register"), ", ".join(f"{day(on)}: {vote_name(mark)}" for on, mark in votes)),
                      (tr("Left the register"), tr("yes") if each.gone else ""))


def _capacities(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import capacities
    for each in capacities.of(connection, subject.person):
        yield record(each.id, each.since, (tr("Capacity"), capacity_name(each.capacity.value)), (tr("Detail"), each.detail),
                      (tr("Since"), each.since), (tr("Until"), each.until))


def _consents(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import contacting
    for each in contacting.consents(connection, subject.person):
        yield record(each.id, each.given_on, (tr("Consent for"), channel_name(each.channel.value)), (tr("Given on"), each.given_on),
                      (tr("How"), method_name(each.method.value)), (tr("Wording"), each.wording), (tr("Evidence"), each.evidence),
                      (tr("Ends on"), each.expires_on), (tr("Withdrawn on"), each.withdrawn_on))
    for share in contacting.sharings(connection, subject.person):
        yield record(share.id, share.given_on, (tr("Permission to tell"), share.body), (tr("Given on"), share.given_on),
                      (tr("Wording"), share.wording), (tr("Ends on"), share.expires_on), (tr("Withdrawn on"), share.withdrawn_on))


def _askings(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import asking
    for each in asking.askings(connection, subject.person):
        yield record(each.id, each.asked_on, (tr("Asked for"), each.purpose), (tr("Asked on"), each.asked_on), (tr("Answer"), each.answer),
                      (tr("Answered on"), each.answered_on))


def _stops(session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import members
    from dpdesk.store.stops import Stops
    found = members.get(connection, subject.person) if subject.person else None
    for each in Stops(connection, session.desk.key("stops")).of(found.known_by()) if found else ():
        yield record(each.id, each.since, (tr("No contact by"), channel_name(each.channel)),
                      (tr("Reason"), reason_name(each.reason.value)), (tr("Since"), each.since), (tr("Source"), each.source))


def _notes(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import contacting
    for each in contacting.notes(connection, subject.person):
        yield record(each.id, each.at, (tr("Note"), each.text), (tr("Written"), moment(each.at)),
                      (tr("Class"), confidentiality_name(each.classification.value)), shared=True)


def _enquiries(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.names import way_name
    from dpdesk.store import enquiries
    for each in enquiries.of(connection, subject.person):
        yield record(each.id, each.asked_on, (tr("Asked on"), each.asked_on), (tr("By"), way_name(each.channel.value)),
                      (tr("Handle"), each.handle), (tr("Place"), each.place), (tr("Question"), each.query),
                      (tr("Last contact"), each.last_contact_on), (tr("Kept longer because"), each.hold_reason), shared=True)


def _mailings(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.post_names import outcome_name, purpose_name
    from dpdesk.store import post
    for found, outcome, at in post.of_person(connection, subject.person) if subject.person else ():
        yield record(found.id, at or found.made_at, (tr("E-mail"), found.subject), (tr("Purpose"), purpose_name(found.purpose)),
                      (tr("When"), moment(at) if at else ""), (tr("Outcome"), outcome_name(outcome)), (tr("Text"), found.body))


def _replies(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import subject_search
    for row in subject_search.replies_of(connection, subject.person) if subject.person else ():
        yield record(row.id, row.wrote_on, (tr("Wrote on"), row.wrote_on), (tr("From"), row.address), (tr("Words"), row.excerpt),
                      (tr("Suggested"), row.value), shared=True)


def _evidence(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import evidence
    for each in evidence.of_person(connection, subject.person) if subject.person else ():
        content = evidence.content(connection, each.id)
        yield Record(each.id, ((tr("File"), each.name), (tr("Kind"), each.media_type), (tr("Size"), f"{each.size:,}")), "", True,
                     (each.name, content) if content else None)


def _copies(session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.queries import body_name
    from dpdesk.store import copies
    for each in copies.holding(connection, subject.person) if subject.person else ():
        whom = tr("use in the branch") if each.whom == WITHIN else body_name(each.whom, session.policy)
        yield record(each.id, each.made_at, (tr("Copy"), copy_kind_name(each.kind.value)), (tr("Made"), moment(each.made_at)),
                      (tr("For"), whom), (tr("Columns"), ", ".join(map(field_name, each.columns))),
                      (tr("Deleted by"), each.delete_by))


def _lists(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.store import audit, members, subject_search
    found = members.get(connection, subject.person) if subject.person else None
    if found is None:
        return
    seqs = {found.added, *subject_search.entries_on(connection, subject.person)}
    for identity, file, _state in subject_search.came_with(connection, sorted(seqs)):
        yield record(identity, "", (tr("Brought by the list"), file))
    entry = audit.entry(connection, found.added)
    if entry is not None:
        yield record(f"{found.id}-added", entry.at, (tr("First recorded"), moment(entry.at)))


def _history(session: Session, connection, subject: Subject) -> Iterable[Record]:
    """Who changed what: officers by their office, not by name (they are not the person who asks)."""
    from dpdesk.services.happenings import action_name
    from dpdesk.store import audit, officers
    offices = {each.id: role_name(each.role.value) for each in officers.listing(connection)}
    for past in audit.past_of(connection, subject=subject.person) if subject.person else ():
        changes = [(field_name(code), tr("{before} → {after}", before=before or "–", after=after or "–"))
                   for code, before, after in past.change]
        yield record(f"{past.entry.seq}-{past.subject}", past.entry.at, (tr("What"), action_name(past.entry.action)),
                      (tr("When"), moment(past.entry.at)), (tr("By"), offices.get(past.entry.officer, "")), *changes)


def _restrictions(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.subject_words import ground_name
    from dpdesk.store import restrictions
    for each in restrictions.of(connection, subject.key):
        yield record(each.id, each.since, (tr("Use restricted since"), each.since), (tr("Ground"), ground_name(each.ground.value)),
                      (tr("Why"), each.reason), (tr("Ended on"), each.lifted_on))


def _mentions(_session: Session, connection, subject: Subject) -> Iterable[Record]:
    from dpdesk.services.subject_words import mention_name
    from dpdesk.store import subject_search
    for kind, identity, on, text in subject_search.mentions(connection, subject.names, subject.person):
        yield record(f"mention-{identity}", on, (mention_name(kind), text), shared=True)


_ALL = (Source("member", _member), Source("electors", _electors), Source("capacities", _capacities), Source("consents", _consents),
        Source("askings", _askings), Source("stops", _stops), Source("notes", _notes), Source("enquiries", _enquiries),
        Source("mailings", _mailings), Source("replies", _replies), Source("evidence", _evidence), Source("copies", _copies),
        Source("lists", _lists), Source("restrictions", _restrictions), *subject_canvass.SOURCES,
        Source("history", _history), Source("mentions", _mentions))
SOURCES: dict[str, Source] = {each.code: each for each in _ALL}
"""Every source in the order of the pack."""
