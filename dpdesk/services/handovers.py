"""“I am leaving office” and “I am replacing this laptop” (S1 §27.9): step by step, until another officer signs.

The desk goes to the successor as a backup; they sign on the desk they restored from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk.domain import handovers as rules
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.device import Device
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.handovers import STEPS, Handover, HandoverKind, Step
from dpdesk.domain.ids import new_id
from dpdesk.domain.officers import Standing
from dpdesk.domain.roles import Right
from dpdesk.services import device as one
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


def _of_sessions(session: Session, officer: str) -> int:
    from dpdesk.store import custody
    with session.desk.read() as connection:
        return custody.held_by_officer(connection, officer)


SHEETS_OUT: list[Callable[[Session, str], int]] = [_of_sessions]
"""How many sheets an officer still has out: whatever hands paper out adds its own question here."""


@dataclass(frozen=True)
class Seen:
    """A handover as the wizard shows it: `blocked` why the next step cannot be done yet; numbers of what is still open."""

    handover: Handover
    device: Device
    step: Step | None
    blocked: str
    sheets: int
    copies: int
    names: dict[str, str]


def begin(session: Session, device: str, kind: str) -> Handover:
    """Begin to leave a device of one's own."""
    from dpdesk.store import handovers
    found = one.view(session, device).device
    if found.officer != session.officer.id:
        raise Declined("device.not_yours")
    if kind not in set(HandoverKind):
        raise Invalid({"handover_kind": "unknown"})
    with session.desk.read() as connection:
        under_way = handovers.open_of(connection, found.id)
    if under_way is not None:
        return under_way
    with session.change("handover.begun") as unit:
        new = Handover(new_id(), found.id, session.officer.id, HandoverKind(kind), "", {}, unit.at)
        handovers.add(unit.connection, new)
        unit.about("handover", new.id)
        unit.facts(kind=kind)
    return new


def open_one(session: Session, device: str = "") -> Seen | None:
    """The handover under way: of that device, else one's own, else one that waits for this officer to sign."""
    from dpdesk.store import handovers
    session.require(Right.DEVICE_CHECK)
    with session.desk.read() as connection:
        found = [each for each in handovers.listing(connection) if not each.ended_at]
    fitting = [each for each in found if each.device == device] if device else [
        *(each for each in found if each.officer == session.officer.id),
        *(each for each in found if each.successor == session.officer.id)]
    return see(session, fitting[0].id) if fitting else None


def see(session: Session, identity: str) -> Seen:
    """How far a handover is; raises `NotFound` for others' (unless one may see every device)."""
    from dpdesk.services import backups
    from dpdesk.store import copies, devices, handovers, officers
    session.require(Right.DEVICE_CHECK)
    with session.desk.read() as connection:
        found = handovers.get(connection, identity)
        if found is None or not (session.may(Right.DEVICES_SEE) or session.officer.id in (found.officer, found.successor)):
            raise NotFound("handover", identity)
        device = devices.get(connection, found.device)
        names = {each.id: each.name for each in officers.listing(connection)}
        left = [each for each in copies.listing(connection, closed=False, owner=found.officer) if each.kind is not CopyKind.BACKUP]
    assert device is not None
    sheets = sum(ask(session, found.officer) for ask in SHEETS_OUT)
    step = found.next_step()
    why = rules.blocked(step, successor=found.successor, sheets=sheets, copies=len(left),
                        backed_up=backed_up(session, found)) if step else ""
    restored = backups.newest(session, backups.RESTORED)
    signable = rules.to_sign(found, restored.at if restored else "")
    return Seen(found, device, Step.SIGN if signable and rules.may_sign(found, session.officer.id) else step, why, sheets, len(left),
                names)


def backed_up(session: Session, found: Handover) -> bool:
    """Whether a backup was made since it was said how the device will be wiped: it tells the successor all there is to sign."""
    from dpdesk.services import backups
    newest = backups.newest(session, backups.MADE)
    said = found.steps.get(Step.WIPE.value)
    return newest is not None and said is not None and newest.at >= str(said["at"])


def candidates(session: Session) -> list[tuple[str, str]]:
    """Who may take over: the other active officers of the desk, as (identity, name)."""
    from dpdesk.store import officers
    session.require(Right.DEVICE_CHECK)
    with session.desk.read() as connection:
        return [(each.id, each.name) for each in officers.listing(connection)
                if each.standing is Standing.ACTIVE and each.id != session.officer.id]


def name_successor(session: Session, identity: str, officer: str) -> Seen:
    """Say who takes over: another active officer of the desk."""
    from dpdesk.store import officers
    with session.desk.read() as connection:
        known = officers.get(connection, officer)
    if known is None or known.standing is not Standing.ACTIVE or officer == session.officer.id:
        raise Invalid({"successor": "unknown"})
    return _do(session, identity, Step.SUCCESSOR, {}, {"successor": officer})


def done(session: Session, identity: str, step: Step) -> Seen:
    """A step that dpdesk can see for itself is done: sheets are in, no copy is open, a backup was made since the step before."""
    if step not in (Step.SHEETS, Step.COPIES, Step.DESK):
        raise Invalid({"step": "unknown"})
    return _do(session, identity, step, {}, {})


def wiped(session: Session, identity: str, how: str, tool: str, verified: str) -> Seen:
    """Say how the device was, or is about to be, wiped, and how that is verified (S1 §27.9, §28.4)."""
    problems = {} if how in rules.WIPES else {"wipe": "unknown"}
    problems |= {code: "missing" for code, value in (("tool", tool), ("verified", verified)) if not value.strip()}
    if problems:
        raise Invalid(problems)
    return _do(session, identity, Step.WIPE, {"how": how}, {}, {"tool": tool.strip(), "verified": verified.strip()})


def _do(session: Session, identity: str, step: Step, facts: dict, more: dict, said: dict | None = None) -> Seen:
    """Note that a step is done, in its turn, by the one who leaves; raises `Declined` where something is still open."""
    from dpdesk.store import handovers
    seen = see(session, identity)
    found = seen.handover
    if found.officer != session.officer.id:
        raise Declined("device.not_yours")
    if found.ended_at or STEPS.index(step) > (STEPS.index(seen.step) if seen.step else -1):
        raise Declined("device.step_before")
    if seen.blocked and step is seen.step and step is not Step.SUCCESSOR:
        raise Declined(f"device.{seen.blocked}", {"copies": seen.copies, "sheets": seen.sheets})
    with session.change("handover.step_done") as unit:
        steps = {**found.steps, step.value: {"at": unit.at, **facts, **(said or {})}}
        handovers.change(unit.connection, identity, {"steps": steps, **more})
        unit.about("handover", identity)
        unit.facts(step=step.value, **facts)
        if said:
            unit.record("handover", identity, {}, said)
    return see(session, identity)


def sign(session: Session, identity: str, certificate: str = "") -> Seen:
    """The successor, or the accountable person, signs that all was handed over; the device is out of use then.

    On the desk restored from the backup that it came as, having it open is the handing over. `certificate` numbers the erasing.
    """
    from dpdesk.store import devices, handovers
    seen = see(session, identity)
    found = seen.handover
    if not rules.may_sign(found, session.officer.id):
        raise Declined("device.sign_other")
    if session.officer.id != found.successor:
        session.require(Right.DEVICES_APPROVE)
    if seen.step is not Step.SIGN or found.ended_at:
        raise Declined("device.step_before")
    with session.change("handover.signed") as unit:
        noted = _disposed(session, unit, seen, certificate.strip()[:rules.LONGEST])
        steps = {**found.steps, Step.DESK.value: found.steps.get(Step.DESK.value, {"at": unit.at}), Step.SIGN.value: {"at": unit.at}}
        handovers.change(unit.connection, identity, {"steps": steps, "signed_by": session.officer.id, "signed_at": unit.at,
                                                     "disposal": noted, "ended_at": unit.at})
        devices.change(unit.connection, found.device, {"retired_at": unit.at})
        unit.about("handover", identity)
        unit.facts(step=Step.SIGN.value, kind=found.kind.value)
    return see(session, identity)


def _disposed(session: Session, unit: Unit, seen: Seen, certificate: str) -> str:
    """Note in the disposal log how the device was wiped (S1 §28.3); the accountable person's signature authorises it too."""
    from dpdesk.domain.disposals import Disposal, Fate, Item, Method
    from dpdesk.domain.members import Confidentiality
    from dpdesk.store import disposals
    said = seen.handover.steps[Step.WIPE.value]
    destroyed = said["how"] == "device_destroyed"
    leaver = seen.names.get(seen.handover.officer, "")
    new = Disposal(
        new_id(), disposals.next_number(unit.connection, today().year), Item(seen.device.kind.value), seen.device.name, "",
        Confidentiality.CONFIDENTIAL, Method.DESTROY if destroyed else Method.PURGE, str(said["tool"]), str(said["verified"]),
        leaver, "", certificate, leaver, "", str(said["at"])[:10], session.officer.id if session.may(Right.DEVICES_APPROVE) else "",
        Fate.DESTROYED if destroyed else Fate.RETURNED, seen.device.id, unit.at, session.officer.id)
    disposals.add(unit.connection, new)
    unit.facts(number=new.number)
    return new.id


def give_up(session: Session, identity: str) -> None:
    """Leave nothing after all."""
    from dpdesk.store import handovers
    found = see(session, identity).handover
    if found.officer != session.officer.id or found.ended_at:
        raise Declined("device.not_yours")
    with session.change("handover.given_up") as unit:
        handovers.change(unit.connection, identity, {"ended_at": unit.at})
        unit.about("handover", identity)
        unit.facts(kind=found.kind.value)
