"""Scanners the desk has used: remembered with their certificate, found by address, refused once they show another."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

from dpdesk.domain.errors import Declined, Hindered
from dpdesk.domain.scanners import FEEDER, Wish
from dpdesk.paper.decoding import REASONS
from dpdesk.services import failings, scanners
from tests.fakes.certificates import certificate
from tests.scanners.simulator import Scanner, running, sheet


def test_a_scanner_is_found_by_address_and_remembered(session) -> None:
    with running(Scanner(feeder=[sheet(1), sheet(2)])) as simulated:
        device = scanners.at_address(session, f"http://127.0.0.1:{simulated.port}")
        assert device.name == "Simulated Scanner" and device.line == "plain" and FEEDER in device.sources
        assert len(list(scanners.pages(session, device, Wish(FEEDER)))) == 2
        assert [each.id for each in scanners.known(session)] == [device.id]
        simulated.feeder = [sheet(3)]
        list(scanners.pages(session, device, Wish(FEEDER)))
    scanners.forget(session, device.id)
    assert scanners.known(session) == []
    with pytest.raises(Declined):
        scanners.forget(session, device.id)


def test_another_certificate_is_refused_until_the_scanner_is_forgotten(session, tmp_path: Path) -> None:
    first, _ = certificate(tmp_path / "a")
    other, _ = certificate(tmp_path / "b")
    with running(Scanner(feeder=[sheet()]), first) as simulated:
        device = scanners.at_address(session, f"127.0.0.1:{simulated.port}")
        assert device.tls and len(list(scanners.pages(session, device, Wish()))) == 1
    with running(Scanner(feeder=[sheet()]), other) as simulated:
        moved = type(device)(**{**device.__dict__, "port": simulated.port})
        with pytest.raises(Hindered) as problem:
            list(scanners.pages(session, moved, Wish()))
        assert problem.value.reason == "scans.scanner_certificate"
        fresh = type(device)(**{**moved.__dict__, "pin": ""})
        assert len(list(scanners.pages(session, fresh, Wish()))) == 1


@pytest.mark.parametrize("typed", ["", "ftp://scanner", "no such host", "http://", "scanner:port"])
def test_what_is_no_address_is_refused(session, typed: str) -> None:
    with pytest.raises(Declined):
        scanners.at_address(session, typed)


def test_every_reason_of_the_decoder_and_of_scanners_has_its_sentence() -> None:
    known = failings.CAPABILITIES.keys()
    assert {f"scans.{reason}" for reason in REASONS} <= known
    written = {code for name in ("escl", "sane") for code in re.findall(r'"((?:scanner|feeder|cover|sane)_\w+)"', inspect.getsource(
        importlib.import_module(f"dpdesk.scanners.{name}")))}
    assert {f"scans.{code}" for code in written} <= known and len(written) > 12
