"""Whether Windows Update works by itself, is not paused, and when it last installed something (S1 §27.4)."""

from __future__ import annotations

from datetime import date

from dpdesk.device.asked import Asked, failed, unknown, updated_before
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result

_PAUSED = r"HKLM\SOFTWARE\Microsoft\WindowsUpdate\UX\Settings\PauseUpdatesExpiryTime"
_OFF, _NEVER = 1, 1980  # NotificationLevel "disabled"; before this year there was no update


def look(machine: Machine, asked: Asked) -> Result:
    """Switched off or paused fails; a date from before there were updates is none."""
    told = powershell.answers(machine, asked)
    level, success = powershell.number(told, "updates_level"), told.get("updates_success", "")
    paused = str(machine.value(_PAUSED) or "")[:10]
    if level == _OFF:
        return failed("updates", "switched_off", program="windows_update")
    if paused and date.fromisoformat(paused) >= asked.today:
        return failed("updates", "paused", program="windows_update", until=paused)
    if level is None or not success or date.fromisoformat(success).year < _NEVER:
        return unknown("updates", "not_said", program="windows_update")
    return updated_before("updates", (asked.today - date.fromisoformat(success)).days, asked, program="windows_update", automatic=True)
