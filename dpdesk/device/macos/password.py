"""Whether the account has a password: macOS does not tell without trying one, and dpdesk tries none (S1 §27.2)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(_machine: Machine, _asked: Asked) -> Result:
    """An officer's word stands for it."""
    return unknown("password", "not_told_here")
