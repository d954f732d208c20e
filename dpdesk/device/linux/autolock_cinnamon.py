"""The lock of Cinnamon."""

from __future__ import annotations

from dpdesk.device.asked import Asked
from dpdesk.device.linux import gsettings_lock
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

COMMANDS = gsettings_lock.commands("cinnamon")


def look(machine: Machine, asked: Asked) -> Result:
    """As `gsettings_lock` sees it."""
    return gsettings_lock.look("cinnamon", machine, asked)
