"""Reports of a device: as PDF for the file, and signed for the desk of the officer who keeps the inventory."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.device import CODES, HOW, Attestation, Check, Device, DeviceKind, Outcome, Ownership, Result
from dpdesk.domain.errors import Declined, Invalid, Unreadable
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.services import device as one
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.packages import Package
    from dpdesk.store.unit import Unit

ENDING = ".dpdevice"
FORMAT, VERSION = "dpdesk device report", 1
_LARGEST = 1 << 20


def pdf(session: Session, path: Path, identity: str = "", *, accepted: str = "") -> Copy:
    """Write the report of a device (this one where none is named) as PDF through the copies door, with the log's head code."""
    from dpdesk.files import device_reports as files
    from dpdesk.services import audit, copies
    from dpdesk.services import device_words as words
    from dpdesk.services.dates import moment
    if path.suffix.lower() != ".pdf":
        raise Invalid({"file": "unknown"})
    seen = one.view(session, identity)
    policy = session.policy.device
    leaving = copies.Leaving(CopyKind.DEVICE, path, tr("Report of a device"), tr("Evidence of how a device is protected"),
                             accepted=accepted)
    with copies.door(session, leaving) as out:
        made = out.note("device.reported", tell=lambda unit: unit.facts(format="pdf"))
        rows = [files.Row(each.point.code, each.point.clause, policy.title(each.point.code), words.state_name(each),
                          [words.seen_sentence(result) for result in each.results], words.word_sentence(each, seen.names))
                for each in seen.standings]
        device, check = seen.device, seen.check
        facts = [(tr("Device"), f"{device.name} ({words.device_kind_name(device.kind.value)}, "
                                f"{words.ownership_name(device.ownership.value)})"),
                 (tr("Officer"), seen.names.get(device.officer, "")), (tr("Branch"), session.branch),
                 (tr("Others at home use it"), tr("yes") if device.household else tr("no")),
                 (tr("Checked"), moment(check.at) if check else tr("never")),
                 (tr("System"), f"{check.system} ({check.build})" if check else "")]
        foot = tr("A warning is not a pass, and an officer’s word is shown as attested. What nobody could see is never called safe.")
        out.write(files.pdf(files.Report(tr("How this device is protected"), [(n, v) for n, v in facts if v], words.summary(seen.standings),
                                         rows, (tr("Point"), tr("State"), tr("What was seen")), foot, audit.current_head(session))))
    return made


def write(session: Session, path: Path, identity: str = "", *, accepted: str = "") -> Copy:
    """Write one's own device's report, signed by one's own key, for another copy of this desk to take in."""
    from dpdesk.services import copies
    if path.suffix.lower() != ENDING:
        raise Invalid({"file": "unknown"})
    content = signed(session, identity)
    leaving = copies.Leaving(CopyKind.DEVICE, path, tr("Report of a device"), tr("For the inventory of devices"), accepted=accepted)
    with copies.door(session, leaving) as out:
        made = out.note("device.reported", tell=lambda unit: unit.facts(format="signed"))
        out.write(content)
    return made


def seal(session: Session, to: Sequence[str], identity: str = "") -> Package:
    """Seal the signed report of one's own device to officers' cards; the package is saved or sent like any other (S1 23.5)."""
    from dpdesk.sealed.packages import held
    from dpdesk.services import packages
    return packages.seal(session, packages.Wish(to, tr("Report of a device"), contents=[held(f"report{ENDING}", signed(session, identity))],
                                                classification=Confidentiality.CONFIDENTIAL))


def signed(session: Session, identity: str = "") -> bytes:
    """The report of one's own device with one's signature."""
    seen = one.view(session, identity)
    if seen.device.officer != session.officer.id:
        raise Declined("device.not_yours")
    words = [dict(each.attestation.__dict__) for each in seen.standings if each.attestation is not None]
    statement = json.dumps({"format": FORMAT, "version": VERSION, "desk": session.desk_id, "officer": session.officer.id,
                            "device": {**seen.device.__dict__, "mark": ""}, "check": _plain(seen.check), "words": words},
                           sort_keys=True, ensure_ascii=False)
    return json.dumps({"statement": statement, "signature": session.desk.identity.sign(statement.encode()).hex(),
                       "key": session.desk.identity.signing_public.hex()}, indent=1).encode()


def _plain(check: Check | None) -> dict[str, Any] | None:
    if check is None:
        return None
    return {**check.__dict__, "results": [{**each.__dict__, "outcome": each.outcome.value, "facts": dict(each.facts)}
                                          for each in check.results]}


def take_in(session: Session, path: Path) -> Device:
    """Take an officer's signed report into the inventory, plain or in a sealed package; what is there already is not doubled.

    Raises `Declined` with `report_broken`, `report_foreign` or `report_newer`, what a package refuses, and `Unreadable`.
    """
    session.require(Right.DEVICES_SEE)
    if not path.name.endswith(".age"):
        return _take(session, path.name, _bytes(path))
    from dpdesk.services import packages
    taken, inside = packages.take(session, path)
    reports = {name: content for name, content in inside.items() if name.endswith(ENDING)}
    if len(reports) != 1:
        raise Declined("device.report_broken", {"file": path.name})
    name, content = reports.popitem()
    return _take(session, name, content, lambda unit: packages.note_opened(session, unit, taken))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError as problem:
        raise Unreadable(path.name, "unreadable") from problem


def _take(session: Session, name: str, raw: bytes, also: Callable[[Unit], None] = lambda unit: None) -> Device:
    from dpdesk.store import devices
    said = _checked(session, name, raw)
    try:
        device, check, words = _read(said)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Declined("device.report_broken", {"file": name}) from problem
    with session.desk.read() as connection:
        known = devices.get(connection, device.id)
        seen = {each.id for each in devices.checks(connection, device.id, 1000)}
        had = {(each.point, each.at) for each in devices.words(connection, [device.id])}
    if known is not None and known.officer != device.officer:
        raise Declined("device.report_foreign", {"file": name})
    with session.change("device.report_taken_in") as unit:
        also(unit)
        if known is None:
            devices.add(unit.connection, device)
        if check is not None and check.id not in seen:
            devices.add_check(unit.connection, replace(check, how="report"))
        for word in words:
            if (word.point, word.at) not in had:
                devices.add_word(unit.connection, word)
        unit.about("device", device.id)
        unit.facts(device_kind=device.kind.value, new=known is None, check=check is not None, words=len(words))
        if known is None:
            unit.record("device", device.id, {}, {"device_name": device.name})
    return device


def _checked(session: Session, name: str, raw: bytes) -> dict[str, Any]:
    """What a report says, once its signature is found to be an officer's of this desk."""
    from dpdesk.store import officers
    from dpdesk.store.keys import verify_signature
    facts = {"file": name}
    try:
        signed = json.loads(raw)
        statement, key = signed["statement"].encode(), bytes.fromhex(signed["key"])
        fine, said = verify_signature(key, bytes.fromhex(signed["signature"]), statement), json.loads(statement)
        assert isinstance(said, dict)
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as problem:
        raise Declined("device.report_broken", facts) from problem
    if not fine or said.get("format") != FORMAT:
        raise Declined("device.report_broken", facts)
    if said.get("version") != VERSION:
        raise Declined("device.report_newer", facts)
    with session.desk.read() as connection:
        known = {each.id: each.signing_key for each in officers.listing(connection)}
    if said.get("desk") != session.desk_id or known.get(str(said.get("officer"))) != key:
        raise Declined("device.report_foreign", facts)
    return said


def _read(said: dict[str, Any]) -> tuple[Device, Check | None, list[Attestation]]:
    """The parts of a report, each of the kind it ought to be; ValueError where one is not."""
    own = said["device"]
    device = Device(**{**own, "kind": DeviceKind(own["kind"]), "ownership": Ownership(own["ownership"]),
                       "household": bool(own["household"]), "mark": ""})
    words = [Attestation(**each) for each in said["words"]]
    check = None
    if said["check"] is not None:
        results = tuple(Result(str(each["check"]), Outcome(each["outcome"]), str(each["why"]), dict(each["facts"]), bool(each["mild"]))
                        for each in said["check"]["results"])
        check = Check(**{**said["check"], "results": results})
    fine = (device.officer == said["officer"] and all(isinstance(value, str) for value in (device.id, device.name, device.added_at))
            and len(device.name) <= 80
            and all(word.device == device.id and word.officer == device.officer and word.point in CODES for word in words)
            and (check is None or (check.device == device.id and check.officer == device.officer and check.how in HOW)))
    if not fine:
        raise ValueError
    return device, check, words
