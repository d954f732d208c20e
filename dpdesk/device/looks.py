"""One look at this machine: every check of its system, or some; none of them can stop the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib import import_module

from dpdesk.device.asked import Asked, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

OF_SYSTEM = ("linux", "windows", "macos")
LOOKED_AT = ("supported", "firewall", "antivirus", "password", "autologin", "autolock", "lid", "updates", "restart", "accounts",
             "desk_rights", "encryption", "encryption_backups", "encryption_swap", "secure_boot", "remote_access", "protections",
             "wifi_saved", "wifi_now", "bluetooth", "removable")
"""The checks a look makes; the others of `domain/device.py` are told by the desk itself."""
_SLIPS = (ValueError, LookupError, TypeError, AttributeError, OSError)  # a program's answer was not as it is documented


def look(machine: Machine, asked: Asked, only: Iterable[str] = LOOKED_AT) -> tuple[Result, ...]:
    """What the checks saw. A system dpdesk does not know, and an answer nobody can read, tell nothing."""
    wanted = [check for check in LOOKED_AT if check in set(only)]
    if machine.system not in OF_SYSTEM:
        return tuple(unknown(check, "system_unknown") for check in wanted)
    from dpdesk.device import osquery
    modules = {check: import_module(f"dpdesk.device.{machine.system}.{check}") for check in wanted}
    try:
        osquery.start(machine)
        for module in modules.values():
            machine.start(module.commands(machine, asked) if hasattr(module, "commands") else getattr(module, "COMMANDS", ()))
        return tuple(osquery.deepened(machine, asked, _seen(machine, asked, check, module)) for check, module in modules.items())
    finally:
        machine.close()


def _seen(machine: Machine, asked: Asked, check: str, module) -> Result:
    try:
        return module.look(machine, asked)
    except _SLIPS as slip:
        logging.getLogger(__name__).info("check %s: %s", check, type(slip).__name__)
        return unknown(check, "unreadable")
