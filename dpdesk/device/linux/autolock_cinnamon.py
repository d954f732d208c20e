"""The lock of Cinnamon: the session's idle delay and the screensaver's lock delay, both in seconds."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.gsettings import ask, number, truth
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_SESSION, _SAVER = "org.cinnamon.desktop.session", "org.cinnamon.desktop.screensaver"
_FORBIDS = ("org.cinnamon.desktop.lockdown", "disable-lock-screen")
COMMANDS = (ask(_SESSION, "idle-delay"), ask(_SAVER, "lock-enabled"), ask(_SAVER, "lock-delay"), ask(*_FORBIDS))


def look(machine: Machine, asked: Asked) -> Result:
    """Both times together; an idle delay of 0 is never."""
    idle, enabled = number(machine, _SESSION, "idle-delay"), truth(machine, _SAVER, "lock-enabled")
    delay = number(machine, _SAVER, "lock-delay")
    if enabled is False or truth(machine, *_FORBIDS) is True:
        return failed("autolock", "lock_off", desktop="cinnamon")
    if idle == 0:
        return failed("autolock", "never_idle", desktop="cinnamon")
    if idle is None or enabled is None or delay is None:
        return unknown("autolock", desktop="cinnamon")
    return locks_after("autolock", idle + delay, asked, desktop="cinnamon", idle_seconds=idle, delay_seconds=delay)
