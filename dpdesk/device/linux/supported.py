"""Whether the system still gets security updates: its own word (SUPPORT_END), or the end its makers announced (S1 §27.1, §27.4)."""

from __future__ import annotations

from datetime import date

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

ENDS = {  # as announced by the makers, including long-term support that everybody gets
    ("debian", "11"): date(2026, 8, 31), ("debian", "12"): date(2028, 6, 30), ("debian", "13"): date(2030, 6, 30),
    ("ubuntu", "20.04"): date(2025, 5, 31), ("ubuntu", "22.04"): date(2027, 6, 1), ("ubuntu", "24.04"): date(2029, 5, 31),
    ("ubuntu", "24.10"): date(2025, 7, 10), ("ubuntu", "25.04"): date(2026, 1, 15), ("ubuntu", "25.10"): date(2026, 7, 9),
    ("linuxmint", "21"): date(2027, 4, 30), ("linuxmint", "22"): date(2029, 4, 30),
}
_ROLLING = {"arch", "manjaro", "opensuse-tumbleweed", "void", "endeavouros"}


def release(text: str) -> dict[str, str]:
    """The values of /etc/os-release."""
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


def look(machine: Machine, asked: Asked) -> Result:
    """An end that has passed fails; a system whose end is not known tells nothing."""
    found = release(machine.read("/etc/os-release") or machine.read("/usr/lib/os-release") or "")
    name, version = found.get("ID", ""), found.get("VERSION_ID", "")
    facts = {"system": name, "version": version}
    if name in _ROLLING and not version:
        return passed("supported", "rolling", **facts)
    stated = found.get("SUPPORT_END", "")
    ends = date.fromisoformat(stated) if stated else ENDS.get((name, version)) or ENDS.get((name, version.split(".")[0]))
    if ends is None:
        return unknown("supported", **facts)
    return passed("supported", "until", until=ends.isoformat(), **facts) if ends >= asked.today else failed(
        "supported", "ended", until=ends.isoformat(), **facts)
