"""A folder that a scanner writes into: nothing is taken before it has stood still, and nothing twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dpdesk.scanners.watching import Watcher


def test_a_file_is_ready_once_it_has_stood_still_and_only_once(tmp_path: Path) -> None:
    watcher, file = Watcher(tmp_path, 5), tmp_path / "scan.pdf"
    assert watcher.ready(0) == []
    file.write_bytes(b"%PDF")
    assert watcher.ready(1) == [] and watcher.ready(4) == [] and watcher.unsettled == 1
    file.write_bytes(b"%PDF more")
    assert watcher.ready(6) == [] and watcher.ready(10.9) == [] and watcher.ready(11) == [file]
    watcher.given([file])
    assert watcher.ready(20) == [] and watcher.unsettled == 0
    file.write_bytes(b"%PDF written anew")
    assert watcher.ready(21) == [] and watcher.ready(26) == [file]


def test_a_file_that_is_opened_and_closed_again_with_the_same_size_waits(tmp_path: Path) -> None:
    watcher, file = Watcher(tmp_path, 5), tmp_path / "a.tif"
    file.write_bytes(b"x" * 10)
    watcher.ready(0)
    os.utime(file, ns=(1, 1))
    assert watcher.ready(5) == [] and watcher.ready(10) == [file]


def test_what_is_no_scan_is_left_alone(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path, 0)
    for name in ("letter.docx", ".hidden.pdf", "~lock.pdf", "empty.pdf"):
        (tmp_path / name).write_bytes(b"" if name == "empty.pdf" else b"x")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    assert watcher.ready(0) == [] and watcher.ready(9) == []
    (tmp_path / "B.JPG").write_bytes(b"x")
    assert watcher.ready(10) == [tmp_path / "B.JPG"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        Watcher(tmp_path / "gone").ready(0)
