"""Power settings of the plan in force: `powercfg` ends each answer with two hexadecimal numbers, mains and battery."""

from __future__ import annotations

import re

from dpdesk.device.machine import Machine

_HEX = re.compile(r"0x([0-9a-fA-F]{8})\b")
# Sub-group and setting by their lasting identities; the names are translated.
SLEEP = ("238c9fa8-0aad-41ed-83f4-97be242c8f20", "29f6c1db-86da-48c5-9fdb-f2b67b1f44da")
DISPLAY = ("7516b95f-f776-4464-8c53-06167f40cc99", "3c0bc021-c8a8-4e07-a973-6b14cbcb2b7e")
ASKS_AGAIN = ("fea3413e-7e05-4911-9a71-700331f1c294", "0e796bdb-100d-47d6-a2d5-f7d2daa51f51")
LID = ("4f971e89-eebd-4455-a8de-9e59040e7347", "5ca83367-6e45-459f-a27b-476b1d01c936")


def ask(setting: tuple[str, str]) -> tuple[str, ...]:
    """The command for one setting."""
    return ("powercfg", "/query", "SCHEME_CURRENT", *setting)


def values(machine: Machine, setting: tuple[str, str]) -> tuple[int, int] | None:
    """(on mains, on battery); None where it is not told."""
    found = _HEX.findall(machine.said(*ask(setting)) or "")
    return (int(found[-2], 16), int(found[-1], 16)) if len(found) >= 2 else None
