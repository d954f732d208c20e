"""How strictly the Mac starts: it tells that to administrators only (S1 §27.12)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(_machine: Machine, _asked: Asked) -> Result:
    """An officer's word stands for it."""
    return unknown("secure_boot", "needs_rights")
