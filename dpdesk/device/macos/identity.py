"""What tells this machine from others, and its system's build, which an update changes."""

from __future__ import annotations

import re

from dpdesk.device.machine import Machine


def mark(machine: Machine) -> str:
    """The machine's own number; it is keyed before it is kept."""
    found = re.search(r'"IOPlatformUUID" = "([^"]+)"', machine.said("ioreg", "-rd1", "-c", "IOPlatformExpertDevice") or "")
    return found[1] if found else ""


def build(machine: Machine) -> tuple[str, str]:
    """The system's name and version, and its build."""
    return f"macOS {machine.said('sw_vers', '-productVersion') or ''}".strip(), machine.said("sw_vers", "-buildVersion") or ""
