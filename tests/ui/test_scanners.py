"""Scanners in the window: named by address, asked for pages, forgotten; and a folder that is watched."""

from __future__ import annotations

import pytest

from dpdesk.services import scanners, scans_watch
from dpdesk.ui.scans import intake
from tests.scanners.simulator import Scanner, running
from tests.services import scanning
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures


@pytest.fixture
def stage(empty_stage) -> Stage:  # noqa: F811
    return empty_stage


def page_of(grey) -> bytes:
    """A page as a scanner sends it."""
    import io

    from PIL import Image
    made = io.BytesIO()
    Image.fromarray(grey).save(made, "JPEG")
    return made.getvalue()


def ended(stage: Stage) -> None:
    """Wait until no pile is under way."""
    stage.qtbot.waitUntil(lambda: not intake.intake(stage.desk.context).busy, timeout=60_000)
    stage.settle()


def test_a_scanner_is_named_asked_for_pages_and_forgotten(stage):
    with running(Scanner(feeder=[page_of(scanning.blank()), page_of(scanning.letter())])) as simulated:
        page = stage.go("scans_scanners")
        page.address.setText("no such address at all")
        stage.press("Ask it")
        assert "no address of a scanner" in stage.told()
        page.address.setText(f"http://127.0.0.1:{simulated.port}")
        stage.press("Ask it")
        stage.settle()
        assert stage.reads("Simulated Scanner") and stage.reads("anybody on this network could read the pages")
        page.scan(page.found[0], "feeder")
        ended(stage)
        assert stage.desk.front == "scans" and stage.reads("2 pages: 1 no campaign sheet: not kept, 1 blank back.")
        stage.go("scans_scanners").scan(page.found[0], "feeder")
        ended(stage)
        assert "feeder of Simulated Scanner is empty" in stage.told()
    page = stage.go("scans_scanners")
    page.forget(page.found[0])
    stage.settle()
    assert scanners.known(stage.session) == [] and page.found == []


def test_a_watched_folder_gives_its_files_once_they_stand_still(stage, tmp_path, monkeypatch):
    from dpdesk.scanners.watching import Watcher
    monkeypatch.setattr(scans_watch, "watcher", lambda _session, path: Watcher(path, 0.2))
    monkeypatch.setattr(intake, "_LOOKS", 50)
    place = tmp_path / "out"
    place.mkdir()
    page = stage.go("scans")
    page._keep_folder(place)
    stage.settle()
    assert stage.reads("Watching “out”")
    scanning.scan(place, [scanning.blank()], "pile.pdf")
    stage.qtbot.waitUntil(lambda: page.intake.busy, timeout=30_000)
    ended(stage)
    assert stage.reads("1 page: 1 blank back.")
    page._choose_folder()
    stage.settle()
    assert page.intake.folder is None and not stage.reads("Watching")


def test_a_folder_is_watched_from_unlocking_on_and_told_once_when_it_is_gone(stage, tmp_path, monkeypatch):
    made = scans_watch.watcher

    def quick(session, path):
        found = made(session, path)
        found.still = 0.2
        return found
    monkeypatch.setattr(scans_watch, "watcher", quick)
    monkeypatch.setattr(intake, "_LOOKS", 50)
    place = tmp_path / "out"
    place.mkdir()
    scans_watch.choose(stage.session, place)
    scanning.scan(place, [scanning.blank()], "pile.pdf")
    stage.desk.begin()
    taking = intake.intake(stage.desk.context)
    stage.qtbot.waitUntil(lambda: taking.busy, timeout=30_000)
    ended(stage)
    assert stage.desk.front == "today" and stage.reads("1 page: 1 blank back.")
    taking.watch(place)  # as after the next unlocking
    stage.qtbot.wait(600)
    assert not taking.busy
    place.rename(tmp_path / "away")
    stage.qtbot.waitUntil(lambda: taking.gone, timeout=10_000)
    assert stage.reads("The watched folder is not there now.")
    stage.go("scans")
    assert stage.reads("The watched folder “out” is not there now.")
    (tmp_path / "away").rename(place)
    stage.qtbot.waitUntil(lambda: not taking.gone, timeout=10_000)
    stage.settle()
    assert stage.reads("Watching “out”")
    taking.watch(None)
