"""What tells this machine from others, and its system's build, which an update changes."""

from __future__ import annotations

from dpdesk.device.linux.supported import release
from dpdesk.device.machine import Machine


def mark(machine: Machine) -> str:
    """The machine's own number; it is keyed before it is kept."""
    return (machine.read("/etc/machine-id") or machine.read("/var/lib/dbus/machine-id") or "").strip()


def build(machine: Machine) -> tuple[str, str]:
    """The system's name, and what changes with an update of the system: release and running kernel."""
    found = release(machine.read("/etc/os-release") or "")
    name = found.get("PRETTY_NAME", "") or "Linux"
    return name, f"{found.get('ID', '')} {found.get('VERSION_ID', '')} {(machine.read('/proc/sys/kernel/osrelease') or '').strip()}".strip()
