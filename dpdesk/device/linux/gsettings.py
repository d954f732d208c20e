"""Values of GSettings as `gsettings get` prints them: true, 'words', uint32 300."""

from __future__ import annotations

import re

from dpdesk.device.machine import Machine

_NUMBER = re.compile(r"(?:u?int\d+ )?(-?\d+)")


def ask(schema: str, key: str) -> tuple[str, ...]:
    """The command that asks for one value."""
    return ("gsettings", "get", schema, key)


def number(machine: Machine, schema: str, key: str) -> int | None:
    """A number; None where there is no such key."""
    found = _NUMBER.fullmatch(machine.said(*ask(schema, key)) or "")
    return int(found[1]) if found else None


def truth(machine: Machine, schema: str, key: str) -> bool | None:
    """A yes or no; None where there is no such key."""
    return {"true": True, "false": False}.get(machine.said(*ask(schema, key)) or "")
