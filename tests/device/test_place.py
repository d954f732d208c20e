"""What the copies door is told of a drive at the moment of export (S1 §27.15): each system by its own values."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpdesk.device import place
from dpdesk.domain.copies import Answer, Place, judge
from tests.device.captured import Captured

_INFO = '<?xml version="1.0"?><plist version="1.0"><dict>{}</dict></plist>'


def windows(tmp_path, kind: int, monkeypatch, **told):
    monkeypatch.setattr(place, "_drive_kind", lambda letter: kind)
    return place.drive_of(Path("E:\\lists"), Captured({"system": "windows", "powershell": told}, tmp_path))  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "told", "expected"), [
    (2, {"bitlocker E:": "1", "usb_done": "1"}, (True, True)),
    (2, {"bitlocker E:": "2", "usb_done": "1"}, (True, False)),
    (3, {"bitlocker E:": "2", "usb E:": "2", "usb_done": "1"}, (True, False)),    # a USB disk calls itself fixed
    (3, {"bitlocker E:": "5", "usb_done": "1"}, (False, False)),                  # inside, and suspended
    (3, {"bitlocker E:": "1", "usb_done": "1"}, (False, True)),
    (3, {}, (None, None)),                                                        # nothing was answered: the officer is asked
    (2, {"usb_done": "1"}, (True, None)),
    (4, {"usb_done": "1"}, (None, None))])
def test_a_drive_of_windows(kind, told, expected, tmp_path, monkeypatch):
    assert windows(tmp_path, kind, monkeypatch, **told) == expected


def mac(tmp_path, point: str, info: str = "", status: str = "FileVault is On.\n"):
    said = {"df -P /Volumes/STICK": f"Filesystem 512-blocks Used Available Capacity  Mounted on\n/dev/disk4s1 1 1 1 1% {point}\n",
            "fdesetup status": status}
    if info:
        said[f"diskutil info -plist {point}"] = _INFO.format(info)
    return place.drive_of(Path("/Volumes/STICK"), Captured({"system": "macos", "commands": said}, tmp_path))


@pytest.mark.parametrize(("point", "info", "status", "expected"), [
    ("/System/Volumes/Data", "", "FileVault is On.\n", (False, True)),
    ("/System/Volumes/Data", "", "FileVault is Off.\n", (False, False)),
    ("/Volumes/STICK", "<key>Internal</key><false/><key>FileVault</key><true/>", "", (True, True)),
    ("/Volumes/STICK", "<key>Internal</key><false/><key>FileVault</key><false/><key>Encryption</key><true/>", "", (True, False)),
    ("/Volumes/My Stick", "<key>RemovableMediaOrExternalDevice</key><true/>", "", (True, None)),
    ("/Volumes/STICK", "", "", (None, None))])
def test_a_drive_of_macos(point, info, status, expected, tmp_path):
    assert mac(tmp_path, point, info, status) == expected


def test_plain_data_goes_to_no_plain_stick_and_what_cannot_be_told_is_asked():
    assert judge(Place(removable=True, encrypted=False)).answer is Answer.STOPPED
    assert judge(Place(removable=True, encrypted=True)).answer is Answer.FINE
    assert judge(Place(removable=True, encrypted=None)).answer is Answer.CANNOT_TELL
    assert judge(Place(removable=None, encrypted=None)).answer is Answer.CANNOT_TELL
