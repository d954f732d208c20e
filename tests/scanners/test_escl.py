"""The eSCL client against a simulated scanner: pages from glass and feeder, and every way in which a scanner says no."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from dpdesk.domain.errors import Cancelled, Hindered
from dpdesk.domain.scanners import DUPLEX, FEEDER, FLATBED, Device, Wish
from dpdesk.scanners import escl, finding
from tests.fakes.certificates import certificate
from tests.scanners.simulator import Scanner, answer, running, sheet, voice


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    monkeypatch.setattr(escl, "PAUSE", 0.01)


def pages(scanner: Scanner, source: str = FEEDER, pin: str = "", **wish) -> list[bytes]:
    return list(escl.scan(scanner.device, Wish(source, **wish), pin))


def said(scanner: Scanner, source: str = FEEDER, pin: str = "", **wish) -> Hindered:
    with pytest.raises(Hindered) as problem:
        pages(scanner, source, pin, **wish)
    return problem.value


def test_the_feeder_gives_every_page_in_order_in_grey_at_200_dpi() -> None:
    with running(Scanner(feeder=[sheet(n) for n in (10, 20, 30, 40, 50)])) as scanner:
        assert pages(scanner) == [sheet(n) for n in (10, 20, 30, 40, 50)]
    wish = scanner.wishes[0]
    assert "Grayscale8" in wish and "<scan:XResolution>200<" in wish and ">Feeder<" in wish and "<scan:Duplex>false<" in wish


def test_the_glass_gives_one_page_and_duplex_is_asked_for() -> None:
    with running(Scanner(feeder=[sheet()] * 4)) as scanner:
        assert pages(scanner, FLATBED) == [scanner.glass]
        assert len(pages(scanner, DUPLEX)) == 4
    assert ">Platen<" in scanner.wishes[0] and "<scan:Duplex>true<" in scanner.wishes[1]


def test_what_a_scanner_can_do_is_read() -> None:
    with running(Scanner(duplex=False, dpis=(150, 300))) as scanner:
        able = escl.able(scanner.device)
        assert list(able.sources) == [FLATBED, FEEDER] and able.sources[FEEDER].dpis == (150, 300) and able.pin == ""
        assert said(scanner, DUPLEX).reason == "scans.scanner_no_source"
        pages(scanner, FLATBED)
    assert "<scan:XResolution>300<" in scanner.wishes[-1]


@pytest.mark.parametrize(("fault", "reason"), [
    ({}, "feeder_empty"), ({"feeder": [b"x"], "jam_after": 0}, "feeder_jam"),
    ({"feeder": [b"x"], "jam_after": 0, "jam": "ScannerAdfHatchOpen"}, "cover_open"), ({"nonsense": True}, "scanner_nonsense"),
    ({"modes": ("BlackAndWhite1",)}, "scanner_no_grey"), ({"feeder": [b"x"], "busy": 10_000}, "scanner_busy")])
def test_each_fault_is_told_apart(fault: dict, reason: str) -> None:
    with running(Scanner(**fault)) as scanner:
        assert said(scanner).reason == f"scans.{reason}" and said(scanner).facts["name"] == "Simulated Scanner"


def test_pages_before_a_jam_are_kept_and_the_jam_is_told() -> None:
    got = []
    with running(Scanner(feeder=[sheet(n) for n in range(5)], jam_after=3)) as scanner, pytest.raises(Hindered) as problem:
        got.extend(escl.scan(scanner.device, Wish()))
    assert problem.value.reason == "scans.feeder_jam" and problem.value.facts["count"] == 3
    assert got == [sheet(0), sheet(1), sheet(2)]


def test_a_busy_scanner_is_asked_again() -> None:
    with running(Scanner(feeder=[sheet(1), sheet(2)], busy=5)) as scanner:
        assert len(pages(scanner)) == 2


def test_stopping_ends_the_job_at_the_scanner() -> None:
    with running(Scanner(feeder=[sheet(n) for n in range(5)])) as scanner:
        got: list[bytes] = []
        with pytest.raises(Cancelled):
            for page in escl.scan(scanner.device, Wish(), stopped=lambda: len(got) >= 2):
                got.append(page)
        assert len(got) == 2 and scanner.asked[-1] == "DELETE /eSCL/ScanJobs/1" and len(scanner.feeder) == 3


def test_pages_are_fetched_from_no_other_machine() -> None:
    with running(Scanner(feeder=[sheet()], elsewhere="http://192.0.2.1:9")) as scanner:
        assert len(pages(scanner)) == 1


def test_nobody_there_and_a_server_without_tls(tmp_path: Path) -> None:
    with running(Scanner()) as scanner:
        plain = scanner.device
    assert said(scanner).reason == "scans.scanner_gone"
    with running(Scanner()) as scanner, pytest.raises(Hindered) as problem:
        escl.able(Device(**{**plain.__dict__, "port": scanner.port, "tls": True}))
    assert problem.value.reason == "scans.scanner_not_tls"


def test_the_certificate_met_first_is_the_only_one_accepted_later(tmp_path: Path) -> None:
    first, _ = certificate(tmp_path / "a")
    other, _ = certificate(tmp_path / "b")
    with running(Scanner(feeder=[sheet()]), first) as scanner:
        pin = escl.able(scanner.device).pin
        assert len(pin) == 64 and len(pages(scanner, pin=pin)) == 1 and scanner.device.line == "encrypted"
    with running(Scanner(feeder=[sheet()]), other) as scanner:
        assert said(scanner, pin=pin).reason == "scans.scanner_certificate"
        assert scanner.asked == []  # not one request reached the stranger
    assert isinstance(first, ssl.SSLContext)


def test_scanners_are_found_and_an_encrypted_line_is_preferred() -> None:
    text = {"ty": "Office \x1bScanner", "rs": "eSCL", "is": "platen,adf", "duplex": "T", "uuid": "AA-1"}
    one = answer([("_uscan._tcp.local", "Office", 80, text), ("_uscans._tcp.local", "Office", 443, text)])
    two = answer([("_uscan._tcp.local", "Old one", 8080, {"rs": "/eSCL/", "is": "platen"})], "old.local", "127.0.0.2")
    with voice([one, two, b"", b"\x00" * 12, one[:-3], answer([])]) as place:
        found = finding.find(0.4, place)
    assert [(each.name, each.host, each.port, each.tls, each.sources) for each in found] == [
        ("Office Scanner", "127.0.0.1", 443, True, (FLATBED, FEEDER, DUPLEX)), ("Old one", "127.0.0.2", 8080, False, (FLATBED,))]
    assert found[0].id == "aa-1" and found[1].line == "plain"


def test_a_packet_that_points_at_itself_ends_the_reading_of_it() -> None:
    loop = answer([])[:12] + b"\xc0\x0c" + bytes(10)
    with voice([loop, b"\x00\x00\x84\x00\x00\x00\xff\xff\x00\x00\x00\x00" + b"\x3f" * 50]) as place:
        assert finding.find(0.2, place) == []
