"""The disposal log (S1 §28): what was sanitised or destroyed, how it was verified, who answers for it; and its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dpdesk.domain import disposals as rules
from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.disposals import Disposal, Fate, Item, Method, Repairer
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right, Role
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Entry:
    """An entry with the names of the officer who noted it and of the accountable person who authorised it ("" until then)."""

    disposal: Disposal
    officer: str
    authorised: str


def listing(session: Session) -> list[Entry]:
    """The log, newest first."""
    from dpdesk.store import disposals, officers
    session.require(Right.DISPOSALS_SEE)
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        return [Entry(each, names.get(each.officer, ""), names.get(each.authorised_by, "")) for each in disposals.listing(connection)]


def get(session: Session, identity: str) -> Entry:
    """One entry by its identity or number; raises `NotFound`."""
    found = next((each for each in listing(session) if identity in (each.disposal.id, each.disposal.number)), None)
    if found is None:
        raise NotFound("disposal", identity)
    return found


def record(session: Session, values: Mapping[str, str], device: str = "") -> Disposal:
    """Note a disposal; the accountable person's own entry is authorised at once. Raises `Invalid`."""
    from dpdesk.store import disposals
    session.require(Right.DISPOSALS_KEEP)
    approved = frozenset(each.name for each in repairers(session) if each.stands(today()))
    if problems := rules.problems(values, today(), approved):
        raise Invalid(problems)
    mine = {code: values.get(code, "").strip() for code in rules.FIELDS}
    with session.change("disposal.recorded") as unit:
        new = Disposal(**{**mine, "item": Item(mine["item"]), "means": Method(mine["means"]),
                          "data_class": Confidentiality(mine["data_class"]), "fate": Fate(mine["fate"]),
                          "id": new_id(), "number": disposals.next_number(unit.connection, today().year), "device": device,
                          "authorised_by": session.officer.id if _accountable(session) else "", "at": unit.at,
                          "officer": session.officer.id})  # type: ignore[arg-type]
        disposals.add(unit.connection, new)
        unit.about("disposal", new.id)
        unit.facts(number=new.number, item=mine["item"], means=mine["means"], data_class=mine["data_class"],
                   fate=mine["fate"], authorised=bool(new.authorised_by))
        unit.record("disposal", new.id, {}, {code: mine[code] for code in (
            "description", "serial", "tool", "verified", "verified_by", "third_party", "certificate", "done_by", "place", "done_on")})
    return new


def _accountable(session: Session) -> bool:
    return session.officer.role is Role.ACCOUNTABLE


def authorise(session: Session, identity: str) -> Disposal:
    """The accountable person stands for an entry somebody else noted (S1 §28.2)."""
    from dpdesk.store import disposals
    session.require(Right.DISPOSALS_KEEP)
    found = get(session, identity).disposal
    if not _accountable(session):
        raise Declined("device.accountable_only")
    if found.authorised_by:
        return found
    with session.change("disposal.authorised") as unit:
        disposals.authorise(unit.connection, found.id, session.officer.id)
        unit.about("disposal", found.id)
        unit.facts(number=found.number)
    return replace(found, authorised_by=session.officer.id)


def certificate(session: Session, identity: str, path: Path, *, accepted: str = "") -> Copy:
    """Write the certificate of an entry as PDF through the copies door; one that nobody authorised has none."""
    from dpdesk.files import disposal_certificates as files
    from dpdesk.services import audit, copies
    from dpdesk.services.device_words import disposal_facts
    entry = get(session, identity)
    if not entry.disposal.authorised_by:
        raise Declined("device.not_authorised", {"number": entry.disposal.number})
    leaving = copies.Leaving(CopyKind.CERTIFICATE, path, tr("Certificate of disposal"), tr("Evidence of disposal"), accepted=accepted)
    with copies.door(session, leaving) as out:
        made = out.note("disposal.certified", tell=lambda unit: unit.facts(number=entry.disposal.number))
        head = audit.current_head(session)
        out.write(files.pdf(files.Certificate(tr("Certificate of disposal"), session.branch, disposal_facts(entry), head,
                                              (tr("Carried out by"), tr("Accountable person")))))
    return made


# Approved repairers --------------------------------------------------------------------------------------------------


def repairers(session: Session) -> list[Repairer]:
    """Those approved, and those who were."""
    from dpdesk.store import disposals
    session.require(Right.DISPOSALS_SEE)
    with session.desk.read() as connection:
        return disposals.repairers(connection)


def approve_repairer(session: Session, name: str, agreement: str, approved_until: str = "") -> Repairer:
    """The accountable person approves a provider to whom such media may be sent for repair (S1 §28.7)."""
    from datetime import date

    from dpdesk.store import disposals
    session.require(Right.DEVICES_APPROVE)
    problems = {code: "missing" for code, value in (("repairer", name), ("agreement", agreement)) if not value.strip()}
    if any(each.name == name.strip() and each.stands(today()) for each in repairers(session)):
        problems["repairer"] = "name_taken"
    if approved_until:
        try:
            problems |= {"approved_until": "in_past"} if date.fromisoformat(approved_until) < today() else {}
        except ValueError:
            problems["approved_until"] = "date_bad"
    if problems:
        raise Invalid(problems)
    with session.change("repairer.approved") as unit:
        new = Repairer(new_id(), name.strip(), agreement.strip(), session.officer.id, unit.at, approved_until)
        disposals.add_repairer(unit.connection, new)
        unit.record("repairer", new.id, {}, {"repairer": new.name, "agreement": new.agreement, "approved_until": approved_until})
    return new


def end_repairer(session: Session, identity: str) -> None:
    """Approve no longer."""
    from dpdesk.store import disposals
    session.require(Right.DEVICES_APPROVE)
    if not any(each.id == identity and not each.ended_at for each in repairers(session)):
        raise NotFound("repairer", identity)
    with session.change("repairer.ended") as unit:
        disposals.change_repairer(unit.connection, identity, {"ended_at": unit.at})
        unit.about("repairer", identity)
        unit.facts(ended=True)
