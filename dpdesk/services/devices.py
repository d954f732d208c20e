"""The inventory of devices: whose, shared at home or not, permitted or not, and when last looked at (S1 §27.1, §27.6, §27.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dpdesk.domain import device as rules
from dpdesk.domain.device import Allowance, Check, Device, DeviceKind, Ownership, Standing
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services import device as one
from dpdesk.services.session import Session, today


@dataclass(frozen=True)
class Listed:
    """A device of the inventory with its owner's name, its last look and how it stands."""

    device: Device
    owner: str
    check: Check | None
    standings: tuple[Standing, ...]
    allowance: Allowance | None
    here: bool

    @property
    def to_mend(self) -> int:
        """How many points fail or warn."""
        return sum(each.rank >= 2 for each in self.standings)


def listing(session: Session, *, retired: bool = False) -> list[Listed]:
    """The devices this officer may see: their own, or all with `Right.DEVICES_SEE`."""
    from dpdesk.store import devices, officers
    here = one.this(session)
    with session.desk.read() as connection:
        found = [each for each in devices.listing(connection, retired=retired) if one.may_see(session, each)]
        names = {each.id: each.name for each in officers.listing(connection)}
        last, words = devices.last_checks(connection), devices.words(connection, [each.id for each in found])
        allowed = devices.allowances(connection, [each.id for each in found])
    counted = session.policy.device.counted
    return [Listed(each, names.get(each.officer, ""), last.get(each.id),
                   rules.standings(last[each.id].results if each.id in last else (), [w for w in words if w.device == each.id],
                                   allowed.get(each.id), today(), counted, personal=each.personal),
                   allowed.get(each.id), here is not None and here.id == each.id) for each in found]


def change(session: Session, identity: str, name: str, kind: str, ownership: str, *, household: bool) -> Device:
    """Put an entry right: the owner, or whoever may approve."""
    from dpdesk.store import devices
    found = _mine(session, identity)
    if problems := rules.problems_of(name, kind, ownership):
        raise Invalid(problems)
    after = replace(found, name=name.strip(), kind=DeviceKind(kind), ownership=Ownership(ownership), household=household)
    if after == found:
        return found
    with session.change("device.changed") as unit:
        devices.change(unit.connection, identity, {"name": after.name, "kind": kind, "ownership": ownership, "household": int(household)})
        unit.about("device", identity)
        unit.facts(kind=kind, ownership=ownership, household=household)
        unit.record("device", identity, {"device_name": found.name}, {"device_name": after.name})
    return after


def retire(session: Session, identity: str) -> None:
    """Take a device out of use; what was seen of it stays."""
    from dpdesk.store import devices
    found = _mine(session, identity)
    with session.change("device.retired") as unit:
        devices.change(unit.connection, found.id, {"retired_at": unit.at})
        unit.about("device", found.id)
        unit.facts(kind=found.kind.value)


def allow(session: Session, identity: str, why: str, controls: tuple[str, ...], more: str, until: str) -> Allowance:
    """The accountable person permits keeping the desk on this device (27.6), for a reason, by controls that must hold, until a day.

    Raises `Invalid`; `Declined` where a control that is named does not hold now.
    """
    from dpdesk.store import devices
    session.require(Right.DEVICES_APPROVE)
    found = one.view(session, identity)
    problems = {} if why.strip() else {"why": "missing"}
    if not controls or not set(controls) <= set(rules.CONTROLS):
        problems["controls"] = "missing" if not controls else "unknown"
    try:
        if not today() < date.fromisoformat(until) <= today() + timedelta(days=session.policy.device.exception_days):
            problems["until"] = "out_of_range"
    except ValueError:
        problems["until"] = "date_bad"
    if problems:
        raise Invalid(problems)
    broken = [each.point.code for each in found.standings if each.point.code in controls and each.rank >= 2]
    if broken:
        raise Declined("device.control_fails", {"points": ", ".join(broken)})
    with session.change("device.excepted") as unit:
        new = Allowance(new_id(), found.device.id, why.strip(), tuple(controls), more.strip(), session.officer.id, unit.at, until)
        devices.add_allowance(unit.connection, new)
        unit.about("device", found.device.id)
        unit.facts(point=rules.EXCEPTED, until=until, controls=list(controls))
        unit.record("device", found.device.id, {}, {"why": new.why, "controls_more": new.more})
    return new


def disallow(session: Session, identity: str) -> None:
    """End the permission."""
    from dpdesk.store import devices
    session.require(Right.DEVICES_APPROVE)
    with session.desk.read() as connection:
        found = devices.allowances(connection, [identity]).get(identity)
    if found is None:
        raise NotFound("device", identity)
    with session.change("device.exception_ended") as unit:
        devices.end_allowance(unit.connection, found.id, unit.at)
        unit.about("device", identity)
        unit.facts(point=rules.EXCEPTED)


def _mine(session: Session, identity: str) -> Device:
    from dpdesk.store import devices
    session.require(Right.DEVICE_CHECK)
    with session.desk.read() as connection:
        found = devices.get(connection, identity)
    if found is None or not one.may_see(session, found):
        raise NotFound("device", identity)
    if found.officer != session.officer.id:
        session.require(Right.DEVICES_APPROVE)
    return found
