"""The lock of Xfce: its screensaver's idle delay and lock delay, in minutes. A setting that was never made is not told."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.autolock import running
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def _ask(name: str) -> tuple[str, ...]:
    return ("xfconf-query", "-c", "xfce4-screensaver", "-p", name)


_OFF = ("/saver/enabled", "/saver/idle-activation/enabled", "/lock/enabled", "/lock/saver-activation/enabled")
_IDLE, _DELAY = _ask("/saver/idle-activation/delay"), _ask("/lock/saver-activation/delay")
COMMANDS = (*map(_ask, _OFF), _IDLE, _DELAY)


def look(machine: Machine, asked: Asked) -> Result:
    """Saver and lock have to be on; with neither time set nobody can tell."""
    switches = [machine.said(*_ask(name)) for name in _OFF]
    if "false" in switches:
        return failed("autolock", "lock_off", desktop="xfce")
    if running(machine, "xfce4-screensaver") is None:
        return unknown("autolock", "lock_not_seen", desktop="xfce")  # its settings stay when another locker, or none, runs
    idle, delay = machine.said(*_IDLE), machine.said(*_DELAY)
    if None in switches or idle is None or delay is None:
        return unknown("autolock", desktop="xfce")
    if int(idle) == 0:
        return failed("autolock", "never_idle", desktop="xfce")
    return locks_after("autolock", 60 * (int(idle) + int(delay)), asked, desktop="xfce", idle_seconds=60 * int(idle),
                       delay_seconds=60 * int(delay))
