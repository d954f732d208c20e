"""Linux desktops are kept safe by their updates and software sources: no antivirus is asked for (S1 §27.1)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, apart
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(_machine: Machine, _asked: Asked) -> Result:
    """It does not belong here."""
    return apart("antivirus", "not_here")
