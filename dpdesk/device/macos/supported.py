"""Whether this macOS still gets security updates: Apple names no end, and mends the newest three (S1 §27.1, §27.4)."""

from __future__ import annotations

from datetime import date

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("sw_vers", "-productVersion")
COMMANDS = (_ASK,)
_RELEASED = {12: 2021, 13: 2022, 14: 2023, 15: 2024, 26: 2025, 27: 2026, 28: 2027}  # in the autumn of the year


def look(machine: Machine, asked: Asked) -> Result:
    """Three autumns after its own it ends; a version that dpdesk does not know tells nothing."""
    version = machine.said(*_ASK) or ""
    year = _RELEASED.get(int(version.split(".")[0])) if version[:1].isdigit() else None
    facts = {"system": "macos", "version": version}
    if year is None:
        return unknown("supported", **facts)
    ends = date(year + 3, 9, 30)
    return passed("supported", "until", until=ends.isoformat(), **facts) if ends >= asked.today else failed(
        "supported", "ended", until=ends.isoformat(), **facts)
