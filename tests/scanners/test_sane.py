"""SANE by its program: devices, options in each driver's words, pages that touch no disk, and faults told apart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dpdesk.domain.errors import Cancelled, Hindered
from dpdesk.domain.scanners import DUPLEX, FEEDER, FLATBED, Device, Wish
from dpdesk.scanners import sane

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="make soak: SANE is Linux's")
DEVICE = Device("sane", "fake:0", "Sheet feeder")


@pytest.fixture(autouse=True)
def scanimage(tmp_path: Path, monkeypatch) -> Path:
    """The program first on the path; returns where it notes what it was asked."""
    door = tmp_path / "bin" / "scanimage"
    door.parent.mkdir()
    door.write_text(f"#!/bin/sh\nexec {sys.executable} -S {Path(__file__).with_name('fake_scanimage.py')} \"$@\"\n")
    door.chmod(0o755)
    monkeypatch.setenv("PATH", str(door.parent), prepend=":")
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "asked"))
    return tmp_path / "asked"


def left() -> set[str]:
    return {each.name for each in Path("/dev/shm").glob("dpdesk-*")}


def test_devices_are_listed_and_those_of_escl_are_left_to_our_own_client() -> None:
    assert [(each.id, each.name, each.line) for each in sane.find()] == [("fake:0", "Noname Sheet feeder", "cable"),
                                                                         ("v4l:/dev/video0", "Cam Cam", "cable")]


def test_options_are_said_in_the_words_of_the_driver(scanimage: Path) -> None:
    for source, word in ((FLATBED, "Flatbed"), (FEEDER, "Automatic Document Feeder"), (DUPLEX, "ADF Duplex")):
        list(sane.scan(DEVICE, Wish(source)))
        asked = scanimage.read_text().splitlines()
        assert asked[asked.index("--source") + 1] == word and asked[asked.index("--mode") + 1] == "Gray"
        assert asked[asked.index("--resolution") + 1] == "200"
    assert sane._closest(("ADF Front", "ADF Back", "ADF Duplex"), sane._NAMES[FEEDER]) == "ADF Front"
    assert sane._closest(("Flatbed",), sane._NAMES[FEEDER]) == ""


def test_a_feeder_gives_its_pages_and_leaves_nothing_behind() -> None:
    before = left()
    pages = list(sane.scan(DEVICE, Wish()))
    assert [page[-1] for page in pages] == [1, 2, 3] and left() == before


@pytest.mark.parametrize(("status", "code"), [(3, "scanner_busy"), (6, "feeder_jam"), (7, "feeder_empty"), (8, "cover_open"),
                                              (9, "scanner_io"), (11, "scanner_denied"), (1, "scanner_failed")])
def test_faults_are_told_apart(monkeypatch, status: int, code: str) -> None:
    monkeypatch.setenv("FAKE_FAULT", str(status))
    monkeypatch.setenv("FAKE_PAGES", "0")
    for source in (FEEDER, FLATBED):
        with pytest.raises(Hindered) as problem:
            list(sane.scan(DEVICE, Wish(source)))
        assert problem.value.reason == f"scans.{code}"


def test_pages_before_a_jam_are_kept(monkeypatch) -> None:
    monkeypatch.setenv("FAKE_FAULT", "6")
    got, before = [], left()
    with pytest.raises(Hindered) as problem:
        for page in sane.scan(DEVICE, Wish()):
            got.append(page)
    assert problem.value.reason == "scans.feeder_jam" and len(got) == 3 and left() == before


def test_a_driver_that_hangs_is_ended(monkeypatch) -> None:
    monkeypatch.setenv("FAKE_FAULT", "hang")
    monkeypatch.setattr(sane, "SECONDS", 0.5)
    with pytest.raises(Hindered) as problem:
        list(sane.scan(DEVICE, Wish(FLATBED)))
    assert problem.value.reason == "scans.scanner_silent"


def test_stopping_ends_the_program_and_leaves_nothing() -> None:
    before, got = left(), []
    with pytest.raises(Cancelled):
        for page in sane.scan(DEVICE, Wish(), stopped=lambda: len(got) >= 1):
            got.append(page)
    assert left() == before
