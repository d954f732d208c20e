"""All that a person's page shows, read in one go off the main thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpdesk.domain.asking import Asking, Wording
from dpdesk.domain.contacting import Consent, Reach, Sharing, Stop
from dpdesk.domain.evidence import Evidence
from dpdesk.domain.members import Member

if TYPE_CHECKING:
    from dpdesk.domain.capacities import Held
    from dpdesk.services.enquiries import Shown
    from dpdesk.services.members import Change, Row
    from dpdesk.services.session import Session


@dataclass(frozen=True)
class Glance:
    """What the panel beside the list shows."""

    row: Row
    reaches: tuple[Reach, ...]
    stops: tuple[Stop, ...]

    @property
    def member(self) -> Member:
        """The person."""
        return self.row.member


@dataclass(frozen=True)
class Record(Glance):
    """What a person's own page shows."""

    consents: tuple[Consent, ...]
    sharings: tuple[Sharing, ...]
    notes: tuple
    history: tuple[Change, ...]
    aside: tuple[str, str] | None = None
    capacities: tuple[Held, ...] = ()
    enquiries: tuple[Shown, ...] = ()
    askings: tuple[Asking, ...] = ()
    files: tuple[Evidence, ...] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    elector: tuple[str, str] | None = None  # identity and number of the elector they are


def glance(session: Session, person: str) -> Glance:
    """Read what the panel shows; raises `NotFound`."""
    from dpdesk.services import contacting, members
    return Glance(members.row(session, person), tuple(contacting.reaches(session, person)),
                  tuple(contacting.stops(session, person)))


def glance_at(session: Session, number: int) -> Glance:
    """As `glance`, of the person in row `number`."""
    from dpdesk.domain.errors import NotFound
    from dpdesk.services import members
    found = members.rows(session, [number])
    if not found:
        raise NotFound("member", str(number))
    return glance(session, found[0].member.id)


def read(session: Session, person: str) -> Record:
    """Read what the page shows; raises `NotFound`."""
    from dpdesk.services import archiving, asking, capacities, contacting, enquiries, evidence, members, notes
    seen = glance(session, person)
    return Record(seen.row, seen.reaches, seen.stops, tuple(contacting.consents(session, person)),
                  tuple(contacting.sharings(session, person)), tuple(notes.listing(session, person)),
                  tuple(members.history(session, person)), archiving.aside(session, person),
                  tuple(capacities.of(session, person)), tuple(enquiries.of(session, person)),
                  tuple(asking.askings(session, person)), tuple(evidence.listing(session, person)), asking.current(session),
                  _elector(session, person))


def _elector(session: Session, person: str) -> tuple[str, str] | None:
    """The elector this person is, for officers who may see the register."""
    from dpdesk.domain.roles import Right
    from dpdesk.services import register_links
    found = register_links.elector_of(session, person) if session.may(Right.REGISTER_SEE) else None
    return (found.id, str(found.key)) if found is not None else None
