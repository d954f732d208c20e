"""The lock of KDE Plasma: `kscreenlockerrc`, of the account and of the system. A file that does not say it tells nothing."""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_GRACE = 5  # seconds Plasma waits where the file does not say otherwise: it only makes the lock later


def look(machine: Machine, asked: Asked) -> Result:
    """Autolock and Timeout (minutes) have to stand there: distributions bring other defaults."""
    found = settings(machine)
    if found.get("Autolock") == "false":
        return failed("autolock", "lock_off", desktop="kde")
    timeout = found.get("Timeout", "")
    if timeout == "0":
        return failed("autolock", "never_idle", desktop="kde")
    if found.get("Autolock") != "true" or not timeout.isdigit():
        return unknown("autolock", "not_set", desktop="kde")
    grace = int(found["LockGrace"]) if found.get("LockGrace", "").isdigit() else _GRACE
    return locks_after("autolock", 60 * int(timeout) + grace, asked, desktop="kde", idle_seconds=60 * int(timeout), delay_seconds=grace)


def settings(machine: Machine) -> dict[str, str]:
    """The group [Daemon], the account's own file over the system's."""
    own = machine.env.get("XDG_CONFIG_HOME") or str(machine.home / ".config")
    found: dict[str, str] = {}
    for text in (machine.read("/etc/xdg/kscreenlockerrc"), machine.read(machine.path(own) / "kscreenlockerrc")):
        found |= ini(text or "").get("Daemon", {})
    return found


def ini(text: str) -> dict[str, Mapping[str, str]]:
    """Groups of `Key=value` lines; marks such as [$i] after a key are left out."""
    found: dict[str, dict[str, str]] = {"": {}}
    group = ""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
            found.setdefault(group, {})
        elif "=" in line and not line.startswith(("#", ";")):
            key, _, value = line.partition("=")
            found[group][key.partition("[")[0].strip()] = value.strip()
    return found  # type: ignore[return-value]
