"""This machine: which device of the inventory it is, one look at it, and how it stands by the policy (S1 §27)."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain import device as rules
from dpdesk.domain.device import Attestation, Check, Device, DeviceKind, Ownership, Result, Standing
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.services.dates import british
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.device.machine import Machine


@dataclass(frozen=True)
class View:
    """A device as the page shows it: `worse` since the look before, `names` of officers by identity; `here`: it is this machine."""

    device: Device
    check: Check | None
    standings: tuple[Standing, ...]
    worse: tuple[Standing, ...]
    names: dict[str, str]
    here: bool

    @property
    def open(self) -> tuple[Standing, ...]:
        """The points that are neither good nor beside the matter."""
        return tuple(each for each in self.standings if each.rank)


def machine() -> Machine:
    """The machine that is looked at."""
    from dpdesk.device.machine import Machine
    return Machine()


def mark(session: Session, looked: Machine | None = None) -> str:
    """What tells this machine from others on this desk. Keyed: on another desk the same machine bears another mark."""
    from importlib import import_module

    from dpdesk.device.looks import OF_SYSTEM
    looked = looked or machine()
    own = import_module(f"dpdesk.device.{looked.system}.identity").mark(looked) if looked.system in OF_SYSTEM else ""
    if not own:
        import platform
        own = platform.node()
    return hmac.digest(session.desk.key("values"), b"device " + own.encode(), "sha256")[:16].hex()


def this(session: Session) -> Device | None:
    """The device of the inventory that this machine is."""
    from dpdesk.store import devices
    session.require(Right.DEVICE_CHECK)
    wanted = session.remembered("device mark", 0, lambda: mark(session))
    with session.desk.read() as connection:
        return devices.by_mark(connection, wanted)


def add_this(session: Session, name: str, kind: str, ownership: str, *, household: bool = False) -> Device:
    """Enter this machine into the inventory as the officer's; raises `Invalid`, or `Declined` where it is there already."""
    if this(session) is not None:
        raise Declined("device.known")
    looked = machine()
    return _add(session, name, kind, ownership, household, looked.system, mark(session, looked))


def add_other(session: Session, name: str, kind: str, ownership: str, *, household: bool = False) -> Device:
    """Enter a device that dpdesk does not run on, such as the officer's phone; every point of it rests on their word."""
    return _add(session, name, kind, ownership, household, "", "")


def _add(session: Session, name: str, kind: str, ownership: str, household: bool, system: str, own: str) -> Device:
    from dpdesk.store import devices
    session.require(Right.DEVICE_CHECK)
    if problems := rules.problems_of(name, kind, ownership):
        raise Invalid(problems)
    with session.change("device.added") as unit:
        new = Device(new_id(), name.strip(), session.officer.id, DeviceKind(kind), Ownership(ownership), household, system, own, unit.at)
        devices.add(unit.connection, new)
        unit.about("device", new.id)
        unit.facts(kind=kind, ownership=ownership, household=household, system=system)
        unit.record("device", new.id, {}, {"device_name": new.name})
    return new


def check(session: Session, how: str = "asked", only: Iterable[str] = rules.CHECKS) -> Check:
    """Look at this machine and keep what was seen; `only` some checks, the others as they were last seen.

    Raises `Declined` where this machine is not in the inventory yet.
    """
    from dpdesk.store import devices
    found = this(session)
    if found is None:
        raise Declined("device.unknown")
    with session.desk.read() as connection:
        before = devices.checks(connection, found.id, 1)
    wanted = set(only)
    results, system, build = look(session, wanted)
    if before and not wanted >= set(rules.CHECKS):
        fresh = {each.check for each in results}
        results = (*(each for each in before[0].results if each.check not in fresh), *results)
    with session.change("device.checked") as unit:
        made = Check(new_id(), found.id, unit.at, session.officer.id, how if before else "first", system, build, results)
        devices.add_check(unit.connection, made)
        unit.about("device", found.id)
        counts = {outcome.value: sum(each.outcome is outcome for each in results) for outcome in rules.Outcome}
        unit.facts(how=made.how, build=build, **counts)
    return made


def look(session: Session, only: Iterable[str] = rules.CHECKS) -> tuple[tuple[Result, ...], str, str]:
    """What is seen now, the system's name and its build; nothing is kept."""
    from dpdesk.device import looks
    from dpdesk.device.asked import Asked
    from dpdesk.services import device_own
    limits, wanted = session.policy.device, set(only)
    looked = machine()
    lies = session.desk.path.resolve().parent  # behind every link: what counts is the volume the database itself is on
    asked = Asked(lies, tuple(each.resolve() for each in device_own.backup_folders(session)), limits.autolock_minutes,
                  limits.autolock_warn_minutes, limits.updates_days, limits.running_days, today())
    seen = looks.look(looked, asked, wanted)
    named = _build_of(machine())
    return (*seen, *device_own.results(session, this(session), wanted)), *named


def glance(session: Session) -> tuple[Standing, ...]:
    """How this machine stands right now, looked at anew; nothing is kept, and nobody's word counts."""
    session.require(Right.DEVICE_CHECK)
    return rules.standings(look(session)[0], (), None, today(), session.policy.device.counted)


def due(session: Session) -> str:
    """Why this machine is to be looked at again: `weekly`, `update`, or "" where it is not (or was never looked at)."""
    from dpdesk.store import devices
    found = this(session)
    if found is None:
        return ""
    with session.desk.read() as connection:
        before = devices.checks(connection, found.id, 1)
    if not before:
        return ""
    if (today() - british(before[0].at).date()).days >= session.policy.device.check_every_days:
        return "weekly"
    build = _build_of(machine())[1]
    return "update" if build and before[0].build and build != before[0].build else ""


def _build_of(looked: Machine) -> tuple[str, str]:
    """The system's name and its build; empty where dpdesk does not know the system."""
    from importlib import import_module

    from dpdesk.device.looks import OF_SYSTEM
    known = looked.system in OF_SYSTEM
    return import_module(f"dpdesk.device.{looked.system}.identity").build(looked) if known else ("", "")


def view(session: Session, identity: str = "") -> View:
    """A device as it stands now: this machine, or another of one's own (or anybody's, with `Right.DEVICES_SEE`)."""
    from dpdesk.services import device_own
    from dpdesk.store import devices, officers
    here = this(session)
    with session.desk.read() as connection:
        found = devices.get(connection, identity) if identity else here
        if found is None or not may_see(session, found):
            raise NotFound("device", identity)
        seen = devices.checks(connection, found.id, 2)
        words, allowance = devices.words(connection, [found.id]), devices.allowances(connection, [found.id]).get(found.id)
        names = {each.id: each.name for each in officers.listing(connection)}
    is_here = here is not None and here.id == found.id
    results = seen[0].results if seen else ()
    own = device_own.results(session, found, rules.CHECKS) if is_here else device_own.of_any(session, found)
    fresh = {each.check for each in own}
    results = (*(each for each in results if each.check not in fresh), *own)
    counted = session.policy.device.counted
    now = rules.standings(results, words, allowance, today(), counted, personal=found.personal)
    before = rules.standings(seen[1].results, words, allowance, today(), counted, personal=found.personal) if len(seen) > 1 else ()
    after = rules.standings(seen[0].results, words, allowance, today(), counted, personal=found.personal) if seen else ()
    return View(found, seen[0] if seen else None, now, rules.worse(before, after) if before else (), names, is_here)


def may_see(session: Session, found: Device) -> bool:
    """One's own devices, or all."""
    return found.officer == session.officer.id or session.may(Right.DEVICES_SEE)


def history(session: Session, identity: str, limit: int = 60) -> list[tuple[Check, tuple[Standing, ...]]]:
    """Every look at a device and how it stood by it, newest first; words and permissions as they are now."""
    from dpdesk.store import devices
    seen = view(session, identity)
    with session.desk.read() as connection:
        found = devices.checks(connection, seen.device.id, limit)
        words = devices.words(connection, [seen.device.id])
        allowance = devices.allowances(connection, [seen.device.id]).get(seen.device.id)
    counted = session.policy.device.counted
    return [(each, rules.standings(each.results, words, allowance, today(), counted, personal=seen.device.personal)) for each in found]


def attest(session: Session, identity: str, point: str, said: str) -> Attestation:
    """Give one's word on a point of one's own device that no check can tell; it holds as long as the policy says.

    Raises `Declined` for a point that fails (a fail is put right, not talked away) or that dpdesk can see for itself.
    """
    from datetime import timedelta

    from dpdesk.store import devices
    found = view(session, identity)
    standing = next((each for each in found.standings if each.point.code == point), None)
    if standing is None or point == rules.EXCEPTED:
        raise NotFound("point", point)
    if found.device.officer != session.officer.id:
        raise Declined("device.not_yours")
    if standing.rank >= 2:
        raise Declined("device.fails", {"point": point})
    if standing.state in (rules.State.PASS, rules.State.NOT_APPLICABLE):
        raise Declined("device.told", {"point": point})
    if len(said.strip()) > 500:
        raise Invalid({"said": "too_long"})
    until = today() + timedelta(days=session.policy.device.attestation_days)
    with session.change("device.attested") as unit:
        new = Attestation(new_id(), found.device.id, point, session.officer.id, unit.at, until.isoformat(), said.strip())
        devices.add_word(unit.connection, new)
        unit.about("device", found.device.id)
        unit.facts(point=point, until=new.until)
        if new.said:
            unit.record("device", found.device.id, {}, {"said": new.said})
    return new


def take_back(session: Session, identity: str, point: str) -> None:
    """Take one's word back: it was not so, or is not so any more."""
    from dpdesk.store import devices
    found = view(session, identity)
    standing = next((each for each in found.standings if each.point.code == point), None)
    if standing is None or standing.attestation is None:
        raise NotFound("point", point)
    if found.device.officer != session.officer.id:
        raise Declined("device.not_yours")
    with session.change("device.word_taken_back") as unit:
        devices.end_word(unit.connection, standing.attestation.id, unit.at)
        unit.about("device", found.device.id)
        unit.facts(point=point)


def pane(point: str) -> tuple[str, ...]:
    """Where a point is set on this very system: ("url", address), ("program", name, words …), or empty."""
    from importlib import import_module
    looked = machine()
    if looked.system == "linux":
        from dpdesk.device.linux import autolock, panes
        program = panes.pane(point, autolock.desktop_of(looked))
        return ("program", *program) if program and looked.has(program[0]) else ()
    if looked.system in ("windows", "macos"):
        address = import_module(f"dpdesk.device.{looked.system}.panes").pane(point)
        return ("url", address) if address else ()
    return ()


def system_now() -> tuple[str, str]:
    """The system and, on Linux, the desktop in use: what the instructions speak of."""
    looked = machine()
    if looked.system == "linux":
        from dpdesk.device.linux import autolock
        return looked.system, autolock.desktop_of(looked)
    return looked.system, ""


def suggested_name() -> str:
    """What this machine may be called, without naming anybody."""
    from dpdesk.services.translation import tr
    return {"windows": tr("My Windows computer"), "macos": tr("My Mac")}.get(machine().system, tr("My Linux computer"))


def days_old(found: Check | None, day: date) -> int | None:
    """Whole days since a look; None where there was none."""
    return (day - british(found.at).date()).days if found is not None else None


def target(path: Path) -> tuple[bool | None, bool | None]:
    """(removable, encrypted) of the drive a file would lie on (S1 §27.15)."""
    from dpdesk.services import places
    found = places.place_of(path)
    return found.removable, found.encrypted
