r"""How soon Windows locks by itself: a secure screensaver, the policy of inactivity, or sleep that asks again, on mains and battery.

The slower of the two counts (S1 §27.3a). A display that goes dark locks only on machines that stand by in that very moment.
"""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.machine import Machine
from dpdesk.device.windows import power
from dpdesk.domain.device import Outcome, Result

_OWN = "HKCU\\Control Panel\\Desktop\\"
_POLICY = "HKCU\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop\\"
_INACTIVITY = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\InactivityTimeoutSecs"
_DELAY = _OWN + "DelayLockInterval"
_NEVER = 0xFFFFFFFF
COMMANDS = tuple(power.ask(each) for each in (power.SLEEP, power.DISPLAY, power.ASKS_AGAIN))


def look(machine: Machine, asked: Asked) -> Result:
    """Nothing that locks fails only where every way was seen to be off."""
    always = [seconds for seconds in (screensaver(machine), machine.number(_INACTIVITY)) if seconds]
    mains, battery, told = _by_power(machine)
    both = [min([*always, *ways], default=0) for ways in (mains, battery)]
    facts = {"mains_seconds": both[0], "battery_seconds": both[1]}
    if all(both):
        found = locks_after("autolock", max(both), asked, **facts)
        return found if told or found.outcome is Outcome.PASS else unknown("autolock", "not_set", **facts)
    return failed("autolock", "never_locks", **facts) if told and _seen(machine) else unknown("autolock", "not_set", **facts)


def _setting(machine: Machine, name: str) -> str | None:
    """The policy's word over the officer's own."""
    found = machine.value(_POLICY + name)
    found = machine.value(_OWN + name) if found is None else found
    return None if found is None else str(found)


def screensaver(machine: Machine) -> int:
    """Seconds until a screensaver that asks for the password begins; 0 where there is none. One without a program never begins."""
    on = _setting(machine, "ScreenSaveActive") == "1" and _setting(machine, "ScreenSaverIsSecure") == "1"
    seconds = _setting(machine, "ScreenSaveTimeOut") or ""
    return int(seconds) if on and seconds.isdigit() and _setting(machine, "SCRNSAVE.EXE") else 0


def _seen(machine: Machine) -> bool:
    """Whether the screensaver's settings were there to be read."""
    return _setting(machine, "ScreenSaveActive") is not None


def _by_power(machine: Machine) -> tuple[list[int], list[int], bool]:
    """Seconds of the ways that depend on the power, on mains and on battery, and whether no sooner way can be hidden."""
    asks, sleep, display = (power.values(machine, each) for each in (power.ASKS_AGAIN, power.SLEEP, power.DISPLAY))
    if asks is None or sleep is None or display is None:
        return [], [], False
    delay, stands_by = machine.number(_DELAY) or 0, machine.stands_by()
    found: list[list[int]] = []
    for at in (0, 1):
        ways = [sleep[at], display[at] + delay if stands_by and display[at] else 0]
        found.append([seconds for seconds in ways if seconds] if asks[at] and delay != _NEVER else [])
    return found[0], found[1], stands_by is not None or not any(display)
