"""The lock of MATE: idle time and lock delay, both in minutes."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.autolock import running
from dpdesk.device.linux.gsettings import ask, number, truth
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_SESSION, _SAVER = "org.mate.session", "org.mate.screensaver"
COMMANDS = (ask(_SESSION, "idle-delay"), ask(_SAVER, "idle-activation-enabled"), ask(_SAVER, "lock-enabled"), ask(_SAVER, "lock-delay"))


def look(machine: Machine, asked: Asked) -> Result:
    """The screensaver has to begin by itself, and to lock."""
    idle, delay = number(machine, _SESSION, "idle-delay"), number(machine, _SAVER, "lock-delay")
    begins, locks = truth(machine, _SAVER, "idle-activation-enabled"), truth(machine, _SAVER, "lock-enabled")
    if begins is False or locks is False:
        return failed("autolock", "lock_off", desktop="mate")
    if running(machine, "mate-screensaver") is None:
        return unknown("autolock", "lock_not_seen", desktop="mate")  # its settings stay when another locker, or none, runs
    if idle == 0:
        return failed("autolock", "never_idle", desktop="mate")
    if None in (idle, delay, begins, locks):
        return unknown("autolock", desktop="mate")
    return locks_after("autolock", 60 * (idle + delay), asked, desktop="mate", idle_seconds=60 * idle,  # type: ignore[operator]
                       delay_seconds=60 * delay)  # type: ignore[operator]
