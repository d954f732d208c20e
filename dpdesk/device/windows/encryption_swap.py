"""Whether page files lie on encrypted drives, or are encrypted by NTFS (S1 §27.10)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import powershell
from dpdesk.device.windows.encryption import encrypted
from dpdesk.domain.device import Result

CHECK = "encryption_swap"
_BY_NTFS = r"HKLM\SYSTEM\CurrentControlSet\Control\FileSystem\NtfsEncryptPagingFile"


def look(machine: Machine, asked: Asked) -> Result:
    """Every drive with a page file."""
    if machine.number(_BY_NTFS) == 1:
        return passed(CHECK, "swap_encrypted", by="ntfs")
    letters = sorted({found.upper() for found in re.findall(r"([A-Za-z]:)\\", str(machine.value(powershell.PAGE_FILES) or ""))})
    if not letters:
        return unknown(CHECK, "swap_unknown")
    told = powershell.answers(machine, asked)
    states = [encrypted(powershell.number(told, f"bitlocker {letter}")) for letter in letters]
    if False in states:
        return failed(CHECK, "swap_plain", places=len(letters))
    return unknown(CHECK, "swap_unknown", places=len(letters)) if None in states else passed(CHECK, "swap_encrypted", places=len(letters))
