"""How soon the Mac locks: screensaver or dark display, and the delay after which it asks for the password (S1 §27.3a).

A setting that was never made is not "soon": it tells nothing by itself.
"""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_LOCK = ("sysadminctl", "-screenLock", "status")
_SAVER = ("defaults", "-currentHost", "read", "com.apple.screensaver", "idleTime")
_DISPLAY = ("pmset", "-g", "custom")
COMMANDS = (_LOCK, _SAVER, _DISPLAY)
_SECONDS = re.compile(r"screenLock delay is (\d+) second")
_DARK = re.compile(r"^\s*displaysleep\s+(\d+)", re.MULTILINE)


def look(machine: Machine, asked: Asked) -> Result:
    """On each source of power the sooner of the two counts, and the later source of those."""
    ran = machine.run(*_LOCK)
    delay = lock_delay(ran.out + ran.err if ran is not None else "")
    if delay == -1:
        return failed("autolock", "lock_off")
    idle = machine.said(*_SAVER)
    saver = int(idle) if idle and idle.isdigit() else None
    dark = [60 * int(minutes) for minutes in _DARK.findall(machine.said(*_DISPLAY) or "")]
    if delay is None or not dark:
        return unknown("autolock")
    each = [min((seconds for seconds in (saver, display) if seconds), default=0) for display in dark]
    facts = {"idle_seconds": max(each), "delay_seconds": delay}
    if all(each):
        return locks_after("autolock", max(each) + delay, asked, **facts)
    return unknown("autolock", "not_set", **facts) if saver is None else failed("autolock", "never_idle", **facts)


def lock_delay(said: str) -> int | None:
    """Seconds until the password is asked for; -1 where it never is, None where nobody says."""
    if "screenLock is off" in said:
        return -1
    if "screenLock delay is immediate" in said:
        return 0
    found = _SECONDS.search(said)
    return int(found[1]) if found else None
