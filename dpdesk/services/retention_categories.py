"""The categories of retention: what each finds due and how it erases that. A new one is one declaration here.

Whoever keeps data in a new place adds a `Category` to CATEGORIES: `due` finds what its period is over for, `carry` erases some of it
in one change and calls `also(unit, ids)` in that change, so that a run broken off goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dpdesk.domain.copies import Look
from dpdesk.domain.erasing import Erasing
from dpdesk.domain.errors import CopyStays, RollBackRefused
from dpdesk.domain.retention import Action, Due
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

Also = Callable[["Unit", Sequence[str]], None]


@dataclass(frozen=True)
class Doing:
    """How some of a category is to go: the rule's action, the day before which it is due, why, and what else the change notes.

    `certificate` is the number of the run's certificate, which stands for every batch.
    """

    action: Action
    before: str
    why: str
    also: Also
    certificate: str = ""


@dataclass(frozen=True)
class Category:
    """One category. `right` is what carrying it out needs; `people` says whose data an item is, so that holds on people count.

    `batch` is how many go in one change. `by_hand` is what no program can destroy, such as paper: it is listed, and done elsewhere.
    """

    code: str
    right: Right
    due: Callable[[Session, Any, str], list[Due]]
    carry: Callable[[Session, Sequence[str], Doing], None]
    people: Callable[[Any, Sequence[str]], Mapping[str, str]] = lambda _connection, ids: {}
    batch: int = 200
    by_hand: bool = False


def _themselves(_connection, ids: Sequence[str]) -> Mapping[str, str]:
    """Items that are people."""
    return {each: each for each in ids}


def _named(session: Session, connection, found: Sequence[tuple[str, str]], people: Mapping[str, str]) -> list[Due]:
    from dpdesk.store import members
    names = members.names(connection, set(people.values())) if session.may(Right.MEMBERS_SEE) else {}
    return [Due(each, since, names.get(people.get(each, ""), "")) for each, since in found]


def _members_left(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    found = retention_due.members_left(connection, before)
    return _named(session, connection, found, {each: each for each, _since in found})


def _contacts_quiet(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    found = retention_due.contacts_quiet(connection, before)
    return _named(session, connection, found, {each: each for each, _since in found})


def _erase_people(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.services import erasing
    how = Erasing.ERASED if doing.action in (Action.DELETE, Action.TRANSFER_TO_HQ) else Erasing.PSEUDONYMISED
    erasing.erase(session, ids, doing.why, how, also=lambda unit: doing.also(unit, ids), clear=False, asked=False,
                  certificate=doing.certificate)


def _enquiries(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import enquiries
    found = enquiries.last_before(connection, before)
    return _named(session, connection, [(each.id, each.last_contact_on) for each in found], {each.id: each.person for each in found})


def _enquiry_people(connection, ids: Sequence[str]) -> Mapping[str, str]:
    from dpdesk.store import enquiries
    return {each: found.person for each in ids if (found := enquiries.get(connection, each)) is not None}


def _erase_enquiries(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.services import enquiries_due
    how = Erasing.PSEUDONYMISED if doing.action in (Action.PSEUDONYMISE, Action.ANONYMISE) else Erasing.ERASED
    enquiries_due.erase(session, ids, doing.why, how, doing.also, certificate=doing.certificate)


def _consents(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    found = retention_due.consents_ended(connection, before)
    return _named(session, connection, found, retention_due.consent_people(connection, [each for each, _since in found]))


def _consent_people(connection, ids: Sequence[str]) -> Mapping[str, str]:
    from dpdesk.store import retention_due
    return retention_due.consent_people(connection, ids)


def _notes(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    found = retention_due.notes(connection, before)
    return _named(session, connection, found, retention_due.note_people(connection, [each for each, _since in found]))


def _note_people(connection, ids: Sequence[str]) -> Mapping[str, str]:
    from dpdesk.store import retention_due
    return retention_due.note_people(connection, ids)


def _remove(code: str) -> Callable[[Session, Sequence[str], Doing], None]:
    """Takes rows of a table out, and asks for their traces to be cleared."""
    def carry(session: Session, ids: Sequence[str], doing: Doing) -> None:
        from dpdesk.store import erasing, retention_due
        with session.change("retention.erased") as unit:
            retention_due.remove(unit.connection, code, ids)
            erasing.ask_compaction(unit.connection)
            unit.about("desk", session.desk_id)
            unit.facts(category=code, gone=len(ids))
            doing.also(unit, ids)
    return carry


def _registers(session: Session, connection, _before: str) -> list[Due]:
    from dpdesk.store import register_files
    return [Due(each.id, each.supply.supplied_on, each.file) for each, _officer in register_files.listing(connection)
            if each.is_due(today())]


def _destroy_registers(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.services import register_files
    for each in ids:
        with suppress(RollBackRefused):  # destroyed together with another of the same register
            register_files.destroy(session, each, also=lambda unit, each=each: doing.also(unit, [each]))


def _mailings(session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import post
    found = (post.get(connection, each) for each in post.ended_before(connection, before))
    return [Due(each.id, each.ended_at[:10], each.subject) for each in found if each is not None]


def _clear_mailings(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.store import erasing, post
    with session.change("post.cleared") as unit:
        post.clear_these(unit.connection, ids)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(mailings=len(ids))
        doing.also(unit, ids)


def _copies(session: Session, connection, _before: str) -> list[Due]:
    from dpdesk.store import copies
    owner = "" if session.may(Right.COPIES_SEE) else session.officer.id
    return [Due(each.id, each.made_at[:10], each.title) for each in copies.listing(connection, closed=False, owner=owner)
            if each.is_due(today())]


def _delete_copies(session: Session, ids: Sequence[str], doing: Doing) -> None:
    """Delete what is still there as it was written; what was changed or lies out of sight stays for an officer to look at."""
    from dpdesk.services import copies
    for each in ids:
        if copies.get(session, each).look in (Look.THERE, Look.GONE):
            with suppress(CopyStays):
                copies.delete(session, each, also=lambda unit, each=each: doing.also(unit, [each]))


def _history(_session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    return [Due(f"{month}", first, f"{month}: {n:,}") for month, first, n in retention_due.history_months(connection, before)]


def _forget_history(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.store import erasing, holds, retention_due
    with session.change("retention.erased") as unit:
        kept = holds.people(unit.connection)
        rows = sum(retention_due.forget_history(unit.connection, month, doing.before, kept) for month in ids)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(category="history", gone=rows)
        doing.also(unit, ids)


def _scans(_session: Session, connection, before: str) -> list[Due]:
    """Pictures of scanned pages that were checked before that day (S1 §9.b, §26)."""
    from dpdesk.store import scan_images
    return [Due(page, done_at[:10]) for page, done_at in scan_images.due(connection, f"{before}T23:59:59.999Z")]


def _erase_scans(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.services import scans_images
    scans_images.erase(session, ids, lambda unit: doing.also(unit, ids))


def _canvass(_session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import results
    return [Due(identity, day) for identity, day in results.due(connection, before)]


def _canvass_people(connection, ids: Sequence[str]) -> Mapping[str, str]:
    """Members of whom an answer at the door is: through their link to the register."""
    from dpdesk.store import retention_due
    return retention_due.fact_people(connection, ids)


def _make_nameless(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.store import erasing, results
    with session.change("retention.erased") as unit:
        gone = results.make_nameless(unit.connection, ids)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(category="canvass", gone=gone)
        doing.also(unit, ids)


def _paper(_session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    return [Due(identity, day, title) for identity, day, title in retention_due.paper(connection, before)]


def _paper_by_hand(_session: Session, _ids: Sequence[str], _doing: Doing) -> None:
    """Paper is shredded by people: the sessions page records it, with its certificate."""


def _requests(_session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import retention_due
    return [Due(identity, day, name) for identity, day, name in retention_due.duties_ended(connection, before)]


def _duty_people(connection, ids: Sequence[str]) -> Mapping[str, str]:
    """The first person under a hold that each entry is about, so that it stays."""
    from dpdesk.store import duties, holds
    held = holds.people(connection)
    return {each: person for each in ids for person in duties.people(connection, each) if person in held}


def _remove_duties(session: Session, ids: Sequence[str], doing: Doing) -> None:
    from dpdesk.store import duties, erasing
    with session.change("retention.erased") as unit:
        duties.remove(unit.connection, ids)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(category="requests", gone=len(ids))
        doing.also(unit, ids)


def _packages(_session: Session, connection, before: str) -> list[Due]:
    from dpdesk.store import transfers_due
    return [Due(identity, day) for identity, day in transfers_due.finished(connection, before, today().isoformat())]


def _remove_packages(session: Session, ids: Sequence[str], doing: Doing) -> None:
    """Sealed files go last: one that a crash leaves belongs to nobody, and goes at the next opening."""
    from dpdesk.store import erasing, packages, transfers_due
    with session.change("retention.erased") as unit:
        files = transfers_due.remove(unit.connection, ids)
        erasing.ask_compaction(unit.connection)
        unit.about("desk", session.desk_id)
        unit.facts(category="packages", gone=len(ids))
        doing.also(unit, ids)
    for name in files:
        packages.discard(session.folder, name)


_ALL = (
    Category("members_left", Right.MEMBERS_ERASE, _members_left, _erase_people, _themselves, batch=500),
    Category("contacts_quiet", Right.MEMBERS_ERASE, _contacts_quiet, _erase_people, _themselves, batch=500),
    Category("enquiries", Right.MEMBERS_ERASE, _enquiries, _erase_enquiries, _enquiry_people),
    Category("consents_ended", Right.MEMBERS_ERASE, _consents, _remove("consents_ended"), _consent_people),
    Category("notes", Right.MEMBERS_ERASE, _notes, _remove("notes"), _note_people),
    Category("canvass", Right.RETENTION_PLAN, _canvass, _make_nameless, _canvass_people, batch=2000),
    Category("registers", Right.REGISTER_IMPORT, _registers, _destroy_registers),
    Category("mailings", Right.POST_SEND, _mailings, _clear_mailings),
    Category("copies", Right.RETENTION_PLAN, _copies, _delete_copies, batch=20),
    Category("history", Right.MEMBERS_ERASE, _history, _forget_history, batch=1),
    Category("sheets", Right.RETENTION_PLAN, _paper, _paper_by_hand, by_hand=True),
    Category("scans", Right.SCANS_TAKE, _scans, _erase_scans, batch=500),
    Category("packages", Right.RETENTION_PLAN, _packages, _remove_packages, batch=500),
    Category("requests", Right.RETENTION_APPROVE, _requests, _remove_duties, _duty_people),
)
CATEGORIES: dict[str, Category] = {each.code: each for each in _ALL}
"""In the order they are carried out: answers lose their names before the register goes whose electors they hang on."""
