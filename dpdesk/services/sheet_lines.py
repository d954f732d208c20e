"""Who goes on the sheets of what was allotted, in walking order: the one place that asks the register for lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.electors import Elector
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.sessions import Allotment, SheetKind
from dpdesk.services.register import require_use, shown_born_by
from dpdesk.services.session import Session
from dpdesk.services.walks_filters import Filters


@dataclass(frozen=True)
class Going:
    """Somebody who goes on a sheet; a `blank` line stands for somebody who is not to be called on."""

    elector: str
    blank: bool = False


def going(session: Session, allotment: Allotment) -> list[Going]:
    """The lines of an allotment. Raises `UseRefused` where the register may not be used so (S1 §19). Nobody too young is among them."""
    purpose = Purpose.POLLING_DAY if allotment.kind is SheetKind.KNOCKING_UP else Purpose.CANVASSING
    if allotment.walk:
        from dpdesk.services import walks
        found = walks.lines(session, allotment.walk, filters(allotment.wanted), purpose=purpose)
        return [Going(line.elector, line.blank) for line in found]
    require_use(session, purpose)
    from dpdesk.store import electors
    with session.desk.read() as connection:
        rows = electors.spine(connection, electors.Wanted(shown_born_by(session), allotment.district, sort="number"))
        found = electors.page(connection, rows, shown_born_by(session))
        chosen = [each for each in found if each.address and (not allotment.street or street_of(each) == allotment.street)]
        apart = kept_away(session, connection, chosen)
    return [Going(each.id, each.id in apart) for each in chosen]


def wanted(contacted: str = "", months: int = 0, postal: str = "") -> str:
    """A filter of `walks_filters.Filters` as an allotment keeps it: "never/0/only"; "" for everybody."""
    return f"{contacted}/{months}/{postal}" if contacted or postal else ""


def filters(spelt: str) -> Filters:
    """The filter that an allotment keeps."""
    contacted, months, postal = spelt.split("/") if spelt else ("", "0", "")
    return Filters(contacted, int(months), postal)


def street_of(elector: Elector) -> str:
    """The street of an address: its first line that begins with a number, without the number; else its first line."""
    lines = elector.address.split("\n")
    for line in lines:
        number, _space, street = line.partition(" ")
        if street and number[:1].isdigit():
            return street
    return lines[0]


def streets(session: Session, district: str) -> list[tuple[str, int]]:
    """The streets of a polling district with how many electors are shown in each."""
    from dpdesk.domain.roles import Right
    from dpdesk.store import electors
    session.require(Right.REGISTER_SEE)
    counted: dict[str, int] = {}
    with session.desk.read() as connection:
        rows = electors.spine(connection, electors.Wanted(shown_born_by(session), district))
        for each in electors.page(connection, rows, shown_born_by(session)):
            if each.address:
                counted[street_of(each)] = counted.get(street_of(each), 0) + 1
    return sorted(counted.items())


def kept_away(session: Session, connection, found: Sequence[Elector]) -> set[str]:
    """Which of the electors are to be left in peace (S1 §13.3; DOMAIN.md C7)."""
    from dpdesk.services.leaving_alone import apart
    return set(apart(session, connection, found))
