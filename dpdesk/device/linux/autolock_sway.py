"""The lock of sway and its kin: what `swayidle`, while it runs, was told to do after how many seconds."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import pairwise

from dpdesk.device.asked import Asked, failed, locks_after, unknown
from dpdesk.device.linux.autolock import running
from dpdesk.device.linux.lockers import asks_session, locks
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, asked: Asked) -> Result:
    """The first timeout whose command locks; without swayidle nothing locks the screen."""
    words = running(machine, "swayidle")
    if words is None:
        return failed("autolock", "no_locker", desktop="sway")
    own = machine.env.get("XDG_CONFIG_HOME") or str(machine.home / ".config")
    config = machine.path(own) / "swayidle" / "config"
    if "-C" in words[:-1]:
        config = machine.path(words[words.index("-C") + 1])
    seconds = timeouts([*words[1:], *split(machine.read(config) or "")])
    if not seconds:
        return unknown("autolock", "lock_not_seen", desktop="sway")
    return locks_after("autolock", min(seconds), asked, desktop="sway")


def split(text: str) -> list[str]:
    """The words of a configuration file."""
    try:
        return shlex.split(text, comments=True)
    except ValueError:
        return []


def timeouts(words: Sequence[str]) -> list[int]:
    """Seconds after which a command that locks is run: `timeout 300 'swaylock -f'`; `loginctl lock-session` where `lock` runs one."""
    listens = any(word == "lock" and locks(after) for word, after in pairwise(words))
    return [int(words[at + 1]) for at, word in enumerate(words[:-2]) if word == "timeout" and words[at + 1].isdigit()
            and (locks(words[at + 2]) or (listens and asks_session(words[at + 2])))]
