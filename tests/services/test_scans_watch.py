"""A watched folder: kept for the officer, asked again and again, told when it is gone."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Hindered
from dpdesk.services import scans_watch


def test_a_folder_is_kept_and_its_still_files_are_ready(session, tmp_path):
    place = tmp_path / "scans"
    with pytest.raises(Hindered):
        scans_watch.choose(session, place)
    place.mkdir()
    scans_watch.choose(session, place)
    assert scans_watch.folder(session) == place
    watcher = scans_watch.watcher(session, place)
    (place / "a.pdf").write_bytes(b"%PDF")
    assert scans_watch.ready(watcher, 0) == [] and scans_watch.ready(watcher, 4.9) == [] and scans_watch.ready(watcher, 5) != []
    watcher.given([place / "a.pdf"])
    scans_watch.remember(session, watcher)
    later = scans_watch.watcher(session, place)
    assert scans_watch.ready(later, 0) == scans_watch.ready(later, 9) == []
    (place / "a.pdf").write_bytes(b"%PDF written anew")
    assert scans_watch.ready(later, 10) == [] and scans_watch.ready(later, 15) == [place / "a.pdf"]
    scans_watch.choose(session, None)
    assert scans_watch.folder(session) is None
    (place / "a.pdf").unlink()
    place.rmdir()
    with pytest.raises(Hindered):
        scans_watch.ready(watcher, 6)
