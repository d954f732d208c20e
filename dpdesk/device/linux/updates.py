"""Whether updates go in by themselves and when they last did: APT, DNF, pacman, Zypper (S1 §27.4)."""

from __future__ import annotations

import re
from datetime import date

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.linux.autolock_kde import ini
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_PERIODIC = re.compile(r'^\s*APT::Periodic::(Enable|Update-Package-Lists|Unattended-Upgrade)\s+"?(\w+)"?\s*;', re.MULTILINE)
_APT = "/etc/apt/apt.conf.d"
_READ = re.compile(r"[\w-]+(\.conf)?|[\w-][\w.-]*\.conf")
_APT_MARKS = ("/var/lib/apt/periodic/unattended-upgrades-stamp", "/var/lib/apt/periodic/upgrade-stamp")
_APT_LOG = "/var/log/apt/history.log"
_DONE = re.compile(r"^Start-Date: (\d{4}-\d\d-\d\d).*\nCommandline: .*\b(?:(?:full-|dist-)?upgrade|unattended-upgrade)\b", re.MULTILINE)
_DNF_MARKS = ("/usr/lib/sysimage/libdnf5/transaction_history.sqlite", "/var/lib/dnf/history.sqlite")
_TIMERS = ("systemctl", "is-enabled", "dnf-automatic.timer", "dnf5-automatic.timer", "dnf-automatic-install.timer")
_HAND = {"pacman": ("/var/log/pacman.log",), "zypper": ("/var/log/zypp/history",)}


def commands(machine: Machine, _asked: Asked) -> tuple[tuple[str, ...], ...]:
    """DNF's timers are asked about where DNF is."""
    return (_TIMERS,) if _program(machine) == "dnf" else ()


def look(machine: Machine, asked: Asked) -> Result:
    """By the program that installs software here."""
    program = _program(machine)
    if program == "apt":
        return _judged(machine, asked, program, apt_automatic(_apt_texts(machine)), _APT_MARKS, _apt_days(machine, asked))
    if program == "dnf":
        return _judged(machine, asked, program, _dnf_automatic(machine), _DNF_MARKS)
    if program in _HAND:
        return _judged(machine, asked, program, False, _HAND[program])
    return unknown("updates", "program_unknown")


def _program(machine: Machine) -> str:
    if machine.names(_APT) is not None:
        return "apt"
    if machine.names("/etc/dnf") is not None:
        return "dnf"
    return next((name for name, marks in _HAND.items() if machine.age_days(marks[0]) is not None), "")


def _judged(machine: Machine, asked: Asked, program: str, automatic: bool | None, marks: tuple[str, ...],
            days: int | None = None) -> Result:
    """Long ago fails, by hand is a warning; where either is not told, nothing passes."""
    ages = [age for age in (days, *map(machine.age_days, marks)) if age is not None]
    days = min(ages) if ages else None
    facts = {"program": program, "automatic": automatic, "days": days}
    if days is not None and days > asked.updates:
        return failed("updates", "updated_long_ago", **facts)
    if automatic is False:
        return failed("updates", "by_hand", mild=days is not None, **facts)
    if automatic is None or days is None:
        return unknown("updates", "not_said", **facts)
    return passed("updates", "updated", **facts)


def _apt_days(machine: Machine, asked: Asked) -> int | None:
    """Days since APT last upgraded, by its log: installing a single program is no update."""
    found = _DONE.findall(machine.read(_APT_LOG) or "")
    return max(0, (asked.today - date.fromisoformat(max(found))).days) if found else None


def _apt_texts(machine: Machine) -> list[str]:
    """The files APT itself reads: others, such as copies that dpkg kept, it passes over."""
    return [machine.read(f"{_APT}/{name}") or "" for name in machine.names(_APT) or () if _READ.fullmatch(name)]


def apt_automatic(texts: list[str]) -> bool | None:
    """Whether APT looks for updates and installs them by itself; None where no file says so. The last file wins."""
    found: dict[str, str] = {}
    for text in texts:
        found |= dict(_PERIODIC.findall(re.sub(r"(?m)//.*$|^\s*#.*$", "", text)))
    if not found:
        return None
    on = {name for name, value in found.items() if value not in ("0", "false", "no")}
    return on >= found.keys() and {"Update-Package-Lists", "Unattended-Upgrade"} <= on


def _dnf_automatic(machine: Machine) -> bool | None:
    ran = machine.run(*_TIMERS)
    if ran is None:
        return None
    if "enabled" not in ran.out.split():
        return False
    for name in ("/etc/dnf/automatic.conf", "/etc/dnf/dnf5-plugins/automatic.conf"):
        said = ini(machine.read(name) or "").get("commands", {}).get("apply_updates")
        if said is not None:
            return said.lower() in ("yes", "true", "1")
    return None
