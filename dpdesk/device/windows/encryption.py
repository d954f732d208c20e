"""BitLocker on the drive that holds the desk: only "on" passes; suspended fails, still encrypting is a warning (S1 §27.10)."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.domain.device import Result

ON, OFF, ENCRYPTING, DECRYPTING, SUSPENDED, WAITING = 1, 2, 3, 4, 5, 8  # System.Volume.BitLockerProtection; 6 locked, 7 unknown
_FAILS = {OFF: "plain", DECRYPTING: "decrypting", SUSPENDED: "suspended", WAITING: "key_unprotected"}


def commands(machine: Machine, asked: Asked) -> tuple[tuple[str, ...], ...]:
    """The one PowerShell."""
    return (powershell.command(machine, asked),)


def look(machine: Machine, asked: Asked) -> Result:
    """The desk's drive."""
    drive = powershell.drive_letter(asked.desk)
    told = powershell.answers(machine, asked)
    return judged("encryption", powershell.number(told, f"bitlocker {drive}") if drive else None)


def judged(check: str, protection: int | None, **facts: object) -> Result:
    """What a value of BitLockerProtection means. Other values, and none, tell nothing."""
    facts = {"how": "bitlocker", "protection": protection, **facts}
    if protection == ON:
        return passed(check, "encrypted", **facts)
    if protection == ENCRYPTING:
        return failed(check, "encrypting", mild=True, **facts)
    if protection in _FAILS:
        return failed(check, _FAILS[protection], **facts)
    return unknown(check, "volume_unknown", **facts)


def encrypted(protection: int | None) -> bool | None:
    """Whether a drive with that value is encrypted now."""
    return {ON: True, **dict.fromkeys((OFF, ENCRYPTING, DECRYPTING, SUSPENDED, WAITING), False)}.get(protection or 0)
