"""The lock of GNOME."""

from __future__ import annotations

from dpdesk.device.asked import Asked
from dpdesk.device.linux import gsettings_lock
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

COMMANDS = gsettings_lock.commands("gnome")


def look(machine: Machine, asked: Asked) -> Result:
    """As `gsettings_lock` sees it."""
    return gsettings_lock.look("gnome", machine, asked)
