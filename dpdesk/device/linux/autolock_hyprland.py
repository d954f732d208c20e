"""The lock of Hyprland: the listeners of `hypridle`, while it runs."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.autolock import running
from dpdesk.device.linux.lockers import asks_session, locks
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_BLOCK = re.compile(r"(\w+)\s*\{([^}]*)\}")
_LINE = re.compile(r"^\s*([\w-]+)\s*=\s*(.*?)\s*$", re.MULTILINE)


def look(machine: Machine, asked: Asked) -> Result:
    """The first listener that locks; `lock-session` counts only where the lock command runs a locker."""
    words = running(machine, "hypridle")
    if words is None:
        return failed("autolock", "no_locker", desktop="hyprland")
    own = machine.env.get("XDG_CONFIG_HOME") or str(machine.home / ".config")
    config = machine.path(own) / "hypr" / "hypridle.conf"
    for flag in ("-c", "--config"):
        if flag in words[:-1]:
            config = machine.path(words[words.index(flag) + 1])
    seconds = timeouts(machine.read(config) or "")
    return locks_after("autolock", min(seconds), asked, desktop="hyprland") if seconds else unknown(
        "autolock", "lock_not_seen", desktop="hyprland")


def timeouts(text: str) -> list[int]:
    """Seconds after which something that locks is run."""
    text = re.sub(r"(?m)#.*$", "", text)
    blocks = [(name, dict(_LINE.findall(inside))) for name, inside in _BLOCK.findall(text)]
    locker = any(name == "general" and locks(inside.get("lock_cmd", "")) for name, inside in blocks)
    found = []
    for name, inside in blocks:
        command, after = inside.get("on-timeout", ""), inside.get("timeout", "")
        if name == "listener" and after.isdigit() and (locks(command) or (locker and asks_session(command))):
            found.append(int(after))
    return found
