"""Deeper facts from osquery, where somebody installed it: it is asked beside the checks, and answers where they could not tell.

Where both tell and differ, the stricter answer stands. Its tables that need an administrator come back empty and tell nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from dpdesk.device.asked import Asked, failed, passed
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Outcome, Result

Rows = Sequence[Mapping[str, str]]
Judge = Callable[[Rows, Asked], Result | None]
_FLAGS = ("--json", "--disable_events", "--disable_logging", "--disable_database", "--config_path=/dev/null")


def _secure_boot(rows: Rows, _asked: Asked) -> Result | None:
    if not rows:
        return None
    return passed("secure_boot", "on") if rows[0].get("secure_boot") == "1" else failed("secure_boot", "off", mild=True)


def _sharing(rows: Rows, _asked: Asked) -> Result | None:
    if not rows:
        return None
    ways = sorted(name for name, value in rows[0].items() if value == "1" and name in (
        "screen_sharing", "remote_login", "remote_management", "remote_apple_events"))
    return failed("remote_access", "open", ways=ways) if ways else passed("remote_access", "closed")


def _screen_lock(rows: Rows, asked: Asked) -> Result | None:
    if rows and rows[0].get("enabled") == "0":
        return failed("autolock", "lock_off")
    return None  # how long the machine may idle before stands elsewhere


def _alf(rows: Rows, _asked: Asked) -> Result | None:
    if not rows or not rows[0].get("global_state", "").isdigit():
        return None
    return failed("firewall", "off") if rows[0]["global_state"] == "0" else passed("firewall", "on", program="alf")


def _security_center(rows: Rows, _asked: Asked) -> Result | None:
    said = rows[0].get("antivirus") if rows else None
    return {"Good": passed("antivirus", "on"), "Poor": failed("antivirus", "off")}.get(said or "")


def _uptime(rows: Rows, asked: Asked) -> Result | None:
    days = int(rows[0]["days"]) if rows and rows[0].get("days", "").isdigit() else None
    if days is None:
        return None
    return passed("restart", "restarted", days=days) if days <= asked.running else failed("restart", "running_long", mild=True, days=days)


QUESTIONS: dict[str, dict[str, tuple[str, Judge]]] = {
    "linux": {"secure_boot": ("secureboot", _secure_boot), "restart": ("uptime", _uptime)},
    "macos": {"secure_boot": ("secureboot", _secure_boot), "remote_access": ("sharing_preferences", _sharing),
              "autolock": ("screenlock", _screen_lock), "firewall": ("alf", _alf), "restart": ("uptime", _uptime)},
    "windows": {"secure_boot": ("secureboot", _secure_boot), "antivirus": ("windows_security_center", _security_center),
                "restart": ("uptime", _uptime)},
}


def command(table: str) -> tuple[str, ...]:
    """All of one table."""
    return ("osqueryi", *_FLAGS, f"--A={table}")


def start(machine: Machine) -> None:
    """Ask side by side with the checks."""
    if machine.has("osqueryi"):
        machine.start(command(table) for table, _judge in QUESTIONS[machine.system].values())


def deepened(machine: Machine, asked: Asked, seen: Result) -> Result:
    """What the check saw, or what osquery tells where the check could not or was less strict."""
    question = QUESTIONS[machine.system].get(seen.check)
    if question is None or not machine.has("osqueryi"):
        return seen
    table, judge = question
    said = machine.said(*command(table))
    try:
        told = judge(json.loads(said), asked) if said else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return seen
    if told is None:
        return seen
    stricter = told.outcome is Outcome.FAIL and seen.outcome is not Outcome.FAIL
    if seen.outcome is Outcome.CANNOT_TELL or stricter:
        return Result(told.check, told.outcome, told.why, {**told.facts, "by": "osquery"}, told.mild)
    return seen
