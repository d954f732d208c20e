"""Whether a restart is waiting, or was too long ago (S1 §27.4)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """Both are warnings."""
    told = powershell.answers(machine, asked)
    waits, days = powershell.number(told, "reboot"), powershell.number(told, "running_days")
    if waits == 1:
        return failed("restart", "restart_waits", mild=True, days=days)
    if waits is None or days is None:
        return unknown("restart")
    return passed("restart", "restarted", days=days) if days <= asked.running else failed("restart", "running_long", mild=True, days=days)
