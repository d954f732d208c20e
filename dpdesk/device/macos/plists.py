"""Property lists, as files and as Apple's tools print them."""

from __future__ import annotations

import plistlib
from typing import Any

from dpdesk.device.machine import Machine

LOGIN = "/Library/Preferences/com.apple.loginwindow.plist"
UPDATES = "/Library/Preferences/com.apple.SoftwareUpdate.plist"


def of_file(machine: Machine, name: str) -> dict[str, Any] | None:
    """The list in a file; None where it is not there or cannot be read."""
    try:
        return plistlib.loads(machine.path(name).read_bytes())
    except (OSError, ValueError, plistlib.InvalidFileException):
        return None


def of_command(machine: Machine, *command: str) -> dict[str, Any] | None:
    """The list that a program prints."""
    said = machine.said(*command)
    try:
        return plistlib.loads(said.encode()) if said else None
    except (ValueError, plistlib.InvalidFileException):
        return None
