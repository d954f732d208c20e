"""Scanners: which there are, which have been used, and pages from one of them. A certificate once met is the only one accepted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from dpdesk.domain.errors import Declined, Hindered
from dpdesk.domain.roles import Right
from dpdesk.domain.scanners import Device, Wish
from dpdesk.services.session import Session

Stopper = Callable[[], bool] | None


def known(session: Session) -> list[Device]:
    """Scanners that were used before, the last one first."""
    from dpdesk.store import scanners
    session.require(Right.SCANS_TAKE)
    with session.desk.read() as connection:
        return scanners.listing(connection)


def find(session: Session, seconds: float = 2.0, cancelled: Stopper = None) -> list[Device]:
    """Scanners on the network and by cable, those used before with the certificate they showed then. Takes some seconds."""
    from dpdesk.scanners import finding, sane
    before = {each.id: each for each in known(session)}
    found = finding.find(seconds, stopped=cancelled)
    with contextlib.suppress(Hindered):  # a driver that does not answer hides no other scanner
        found += sane.find(cancelled)
    return [replace(each, pin=before[each.id].pin if each.id in before and before[each.id].tls == each.tls else "") for each in found]


def at_address(session: Session, typed: str) -> Device:
    """A scanner by its address, as "192.168.1.20", "scanner.local:8080" or "https://…"; raises `Declined`, `Hindered`.

    Without a scheme the encrypted line is tried first.
    """
    from dpdesk.scanners import escl
    session.require(Right.SCANS_TAKE)
    place = urlsplit(typed.strip() if "//" in typed else f"//{typed.strip()}")
    try:
        host, port = place.hostname or "", place.port
    except ValueError:
        host, port = "", None
    if not host or place.scheme not in ("", "http", "https") or any(letter.isspace() for letter in host):
        raise Declined("scans.no_address")
    root = place.path.strip("/") or "eSCL"
    ways = [(place.scheme == "https", port)] if place.scheme else [(True, port or 443), (False, port or 80)]
    for number, (tls, at) in enumerate(ways):
        device = Device("escl", f"{host}:{at or (443 if tls else 80)}", host, host, at or (443 if tls else 80), root, tls)
        device = replace(device, pin=next((each.pin for each in known(session) if each.id == device.id), ""))
        try:
            told = escl.able(device, device.pin)
        except Hindered:
            if number + 1 == len(ways):
                raise
            continue
        return replace(device, name=told.name[:60], sources=tuple(told.sources), pin=told.pin)
    raise Declined("scans.no_address")


def pages(session: Session, device: Device, wish: Wish, cancelled: Stopper = None) -> Iterator[bytes]:
    """Pages from a scanner, as files; the scanner is remembered with its certificate. Raises `Hindered`, `Cancelled`."""
    from dpdesk.scanners import escl, sane
    session.require(Right.SCANS_TAKE)
    if device.kind == "sane":
        remember(session, device)
        yield from sane.scan(device, wish, cancelled)
        return
    told = escl.able(device, device.pin)
    device = replace(device, pin=told.pin)
    remember(session, device)
    yield from escl.scan(device, wish, device.pin, cancelled)


def remember(session: Session, device: Device) -> None:
    """Keep a scanner on the list, where it is new or shows its certificate for the first time."""
    from dpdesk.store import scanners
    before = next((each for each in known(session) if each.id == device.id), None)
    if before == replace(device, sources=()):
        return
    with session.change("scans.scanner") as unit:
        scanners.put(unit.connection, device, unit.at, unit.seq)
        unit.about("scanner", device.id)
        unit.record("scanner", device.id, _recorded(before), _recorded(device))
        unit.facts(line=device.line)


def _recorded(device: Device | None) -> dict[str, str]:
    """What the history keeps of a scanner."""
    return {"scanner": device.name if device else "", "scanner_certificate": device.pin if device else ""}


def forget(session: Session, identity: str) -> None:
    """Forget a scanner and its certificate; raises `Declined` where there is none of that identity."""
    from dpdesk.store import scanners
    session.require(Right.SCANS_TAKE)
    before = next((each for each in known(session) if each.id == identity), None)
    if before is None:
        raise Declined("scans.no_scanner")
    with session.change("scans.scanner_forgotten") as unit:
        scanners.forget(unit.connection, identity)
        unit.about("scanner", identity)
        unit.record("scanner", identity, _recorded(before), _recorded(None))
