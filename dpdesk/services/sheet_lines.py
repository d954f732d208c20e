"""Who goes on the sheets of what was allotted, in walking order: the one place that asks the register for lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dpdesk.domain.campaigns import CodeSet, Strength
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.sessions import Allotment, SheetKind
from dpdesk.services.session import Session
from dpdesk.services.walks_filters import Filters


@dataclass(frozen=True)
class Going:
    """Somebody who goes on a sheet; a `blank` line stands for somebody who is not to be called on."""

    elector: str
    blank: bool = False


def going(session: Session, allotment: Allotment, campaign: str = "") -> list[Going]:
    """The lines of an allotment, for a campaign by identity. Raises `UseRefused` where the register may not be used so (S1 §19).

    Nobody too young is among them, and on a sheet for polling day nobody who is said to have voted.
    """
    from dpdesk.services import walks
    from dpdesk.store import results
    polling = allotment.kind is SheetKind.KNOCKING_UP
    purpose = Purpose.POLLING_DAY if polling else Purpose.CANVASSING
    who = filters(allotment.wanted)
    found = walks.lines(session, allotment.walk, who, purpose=purpose) if allotment.walk else walks.lines_of(
        session, allotment.district, allotment.street, who, purpose=purpose)
    lines = [Going(line.elector, line.blank) for line in found]
    if not polling:
        return lines
    with session.desk.read() as connection:
        done = results.voted(connection, campaign, [line.elector for line in lines])
    return [line for line in lines if line.elector not in done]


def wanted(contacted: str = "", months: int = 0, postal: str = "", intentions: Sequence[str] = ()) -> str:
    """A filter of `walks_filters.Filters` as an allotment keeps it: "never/0/only/us:definite us:probable"; "" for everybody."""
    return f"{contacted}/{months}/{postal}/{' '.join(intentions)}" if contacted or postal or intentions else ""


def narrowed(chosen: Mapping[str, str], codes: CodeSet) -> str:
    """`wanted` from a form: `contacted` "never" or "before:6", `postal`, and `intention` "us", "any", "none" or ""."""
    contacted, _colon, months = chosen["contacted"].partition(":")
    said = chosen["intention"]
    return wanted(contacted, int(months or 0), chosen["postal"], for_us(codes) if said == "us" else [said] if said else [])


def filters(spelt: str) -> Filters:
    """The filter that an allotment keeps."""
    contacted, months, postal, said = (*spelt.split("/"), "", "0", "", "")[:4] if spelt else ("", "0", "", "")
    return Filters(contacted, int(months), postal, tuple(said.split()))


def for_us(codes: CodeSet) -> tuple[str, ...]:
    """The intentions that are for the party of a code set: that of its first code with a party, definite and probable."""
    party = next((code.party for code in codes.codes if code.party), "")
    return tuple(dict.fromkeys(f"{party}:{code.strength.value}" for code in codes.codes
                               if party and code.party == party and code.strength in (Strength.DEFINITE, Strength.PROBABLE)))


def streets(session: Session, district: str) -> list[tuple[str, int]]:
    """The streets of a polling district with how many electors are shown in each."""
    from dpdesk.services import walks
    return [(doors[0].street, sum(len(door.electors) for door in doors)) for doors in walks.streets(session, district).values()]
