"""The lock of GNOME and of Cinnamon, which kept its keys: the session's idle delay and the screensaver's lock delay, both in seconds."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.gsettings import ask, number, truth
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def _keys(desktop: str) -> tuple[str, str, tuple[str, str]]:
    """Where a desktop keeps its session, its screensaver, and whether locking is forbidden."""
    place = f"org.{desktop}.desktop"
    return f"{place}.session", f"{place}.screensaver", (f"{place}.lockdown", "disable-lock-screen")


def commands(desktop: str) -> tuple:
    """What is asked of that desktop."""
    session, saver, forbids = _keys(desktop)
    return ask(session, "idle-delay"), ask(saver, "lock-enabled"), ask(saver, "lock-delay"), ask(*forbids)


def look(desktop: str, machine: Machine, asked: Asked) -> Result:
    """Both times together; an idle delay of 0 is never."""
    session, saver, forbids = _keys(desktop)
    idle, enabled = number(machine, session, "idle-delay"), truth(machine, saver, "lock-enabled")
    delay = number(machine, saver, "lock-delay")
    if enabled is False or truth(machine, *forbids) is True:
        return failed("autolock", "lock_off", desktop=desktop)
    if idle == 0:
        return failed("autolock", "never_idle", desktop=desktop)
    if idle is None or enabled is None or delay is None:
        return unknown("autolock", desktop=desktop)
    return locks_after("autolock", idle + delay, asked, desktop=desktop, idle_seconds=idle, delay_seconds=delay)
