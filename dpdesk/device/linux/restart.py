"""Whether a restart is waiting, or was too long ago for updates to be in force (S1 §27.4)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_WAITING = ("/run/reboot-required", "/var/run/reboot-required")


def look(machine: Machine, asked: Asked) -> Result:
    """Both are warnings: the update is there, and does not help yet."""
    said = (machine.read("/proc/uptime") or "").split()
    days = int(float(said[0]) // 86_400) if said else None
    if any(machine.read(name) is not None for name in _WAITING) or _kernel_gone(machine):
        return failed("restart", "restart_waits", mild=True, days=days)
    if days is None:
        return unknown("restart")
    return passed("restart", "restarted", days=days) if days <= asked.running else failed("restart", "running_long", mild=True, days=days)


def _kernel_gone(machine: Machine) -> bool:
    """Whether the modules of the running kernel were replaced by a newer one's."""
    running = (machine.read("/proc/sys/kernel/osrelease") or "").strip()
    there = machine.names("/lib/modules") or machine.names("/usr/lib/modules")
    return bool(running and there and running not in there)
