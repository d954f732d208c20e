"""What is walked in a session, and by whom: walks or streets allotted to responsible individuals (S0 l.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.folding import fold
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Allotment, SheetKind, Variant
from dpdesk.services import sessions
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Allotting:
    """What is to be walked: a walk by identity, or a street ("" for all) of a polling district. `wanted` is a filter's code.

    Without a title, it is called as the walk or the street is.
    """

    title: str
    walk: str = ""
    district: str = ""
    street: str = ""
    wanted: str = ""
    holder: str = ""
    kind: SheetKind = SheetKind.CANVASS
    variant: Variant = Variant.NORMAL


def listing(session: Session, identity: str) -> list[Allotment]:
    """What is allotted in a session, in order."""
    from dpdesk.store import sessions as store
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        return store.allotments(connection, identity)


def allot(session: Session, identity: str, new: Iterable[Allotting]) -> list[Allotment]:
    """Allot walks or streets, each to a responsible individual or to nobody yet; raises `Invalid`, `NotFound`.

    A walk may be named as `AN1/3`: its identity is what is kept. A street must be one of the register’s, however it is written.
    """
    from dpdesk.store import sessions as store
    session.require(Right.SHEETS_RUN)
    found = sessions.opened(session, identity)
    wanted = list(new)
    for each in wanted:
        if not (each.walk or each.district):
            raise Invalid({"walk": "missing"})
        if each.holder:
            sessions.somebody(found, each.holder)
    if not wanted:
        return []
    wanted = [_there(session, each) for each in wanted]
    with session.change("session.allotted") as unit:
        first = max((each.place for each in store.allotments(unit.connection, found.id)), default=0) + 1
        made = [Allotment(new_id(), found.id, first + at, each.kind, each.title.strip(), each.walk, each.district, each.street,
                          each.wanted, each.holder, each.variant) for at, each in enumerate(wanted)]
        store.add_allotments(unit.connection, made, unit.seq)
        unit.about("canvass_session", found.id)
        unit.facts(number=len(made))
    return made


def _there(session: Session, new: Allotting) -> Allotting:
    """What is to be walked as walks and register name it."""
    from dpdesk.services import electors, sheet_lines, walks
    if new.walk:
        found = walks.get(session, new.walk)
        return replace(new, walk=found.id, title=new.title.strip() or found.walk.title)
    district = next((each for each in electors.counts(session).districts if fold(each) == fold(new.district)), "")
    if not district:
        raise Invalid({"district": "no_district"})
    if not new.street.strip():
        return replace(new, district=district, street="", title=new.title.strip() or district)
    street = next((name for name, _n in sheet_lines.streets(session, district) if fold(name) == fold(new.street)), "")
    if not street:
        raise Invalid({"street": "no_street"})
    return replace(new, district=district, street=street, title=new.title.strip() or f"{district} {street}")


def give_to(session: Session, allotment: str, participant: str) -> None:
    """Another responsible individual walks it, or "" for nobody yet; sheets that are out stay with who has them."""
    from dpdesk.store import sessions as store
    session.require(Right.SHEETS_RUN)
    before = get(session, allotment)
    if participant:
        sessions.somebody(sessions.opened(session, before.session), participant)
    with session.change("session.given_to") as unit:
        store.change_allotment(unit.connection, allotment, holder=participant)
        unit.about("canvass_session", before.session)
        unit.facts(allotment=allotment, participant=participant)


def get(session: Session, identity: str) -> Allotment:
    """One allotment; raises `NotFound`."""
    from dpdesk.store import sessions as store
    return session.one("allotment", identity, store.allotment_of)


def remove(session: Session, allotment: str) -> None:
    """Walk it in another session; refused once sheets were printed for it."""
    from dpdesk.store import sessions as store
    from dpdesk.store import sheets
    session.require(Right.SHEETS_RUN)
    before = get(session, allotment)
    with session.desk.read() as connection:
        made = sheets.listing(connection, allotment=allotment)
        if sheets.copies(connection, [each.id for each in made]):
            raise Declined("sessions.printed_already")
    with session.change("session.unallotted") as unit:
        sheets.remove(unit.connection, [each.id for each in made])
        store.remove_allotment(unit.connection, allotment)
        unit.about("canvass_session", before.session)
        unit.facts(allotment=allotment, sheets=len(made))
