"""Whether this Windows still gets security updates, by build and edition (S1 §27.1, §27.4)."""

from __future__ import annotations

from datetime import date

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_KEY = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\"
ENDS = {  # build: (Home and Pro, Enterprise and Education), as Microsoft announced them
    19044: (date(2023, 6, 13), date(2024, 6, 11)), 19045: (date(2025, 10, 14), date(2025, 10, 14)),
    22000: (date(2023, 10, 10), date(2024, 10, 8)), 22621: (date(2024, 10, 8), date(2025, 10, 14)),
    22631: (date(2025, 11, 11), date(2026, 11, 10)), 26100: (date(2026, 10, 13), date(2027, 10, 12)),
    26200: (date(2027, 10, 12), date(2028, 10, 10)),
}
_LONG_TERM = {19044: date(2027, 1, 12), 26100: date(2029, 10, 9)}  # LTSC
_LONGER = ("Enterprise", "Education", "IoTEnterprise")


def look(machine: Machine, asked: Asked) -> Result:
    """A build that dpdesk does not know tells nothing. Paid extensions of Windows 10 cannot be seen."""
    build, edition = machine.number(_KEY + "CurrentBuild"), str(machine.value(_KEY + "EditionID") or "")
    facts = {"system": "windows", "version": str(machine.value(_KEY + "DisplayVersion") or ""), "build": build}
    if build in _LONG_TERM and edition.endswith("S"):
        ends = _LONG_TERM[build]
    elif build in ENDS and edition:
        ends = ENDS[build][edition.rstrip("N").startswith(_LONGER)]
    else:
        return unknown("supported", **facts)
    return passed("supported", "until", until=ends.isoformat(), **facts) if ends >= asked.today else failed(
        "supported", "ended", until=ends.isoformat(), **facts)
