"""Networks without a key that this machine joins by itself, as NetworkManager keeps them (S1 §27.13)."""

from __future__ import annotations

import re

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_LIST = ("nmcli", "-t", "-f", "UUID,TYPE", "connection", "show")
_FIELDS = "connection.uuid,connection.autoconnect,802-11-wireless-security.key-mgmt"
_LINE = re.compile(r"[0-9a-f-]{36}:[\w-]+")
COMMANDS = (_LIST,)


def has_wifi(machine: Machine) -> bool:
    """Whether there is a wireless card."""
    cards = machine.names("/sys/class/net") or ()
    return any(machine.path(f"/sys/class/net/{card}/{mark}").exists() for card in cards for mark in ("wireless", "phy80211"))


def look(machine: Machine, _asked: Asked) -> Result:
    """Numbers only: the names of networks tell where somebody has been."""
    if not has_wifi(machine):
        return apart("wifi_saved", "no_wifi")
    listed = machine.said(*_LIST)
    if listed is None or not all(_LINE.fullmatch(line) for line in listed.splitlines()):
        return unknown("wifi_saved")
    known = [line.partition(":")[0] for line in listed.splitlines() if line.endswith(":802-11-wireless")]
    if not known and machine.path("/var/lib/iwd").exists():
        return unknown("wifi_saved", known=0)  # iwd keeps its networks where only the administrator reads
    if not known:
        return passed("wifi_saved", "none_open", known=0)
    told = machine.said("nmcli", "-t", "-f", _FIELDS, "connection", "show", *(word for each in known for word in ("uuid", each)))
    found = networks(told or "")
    if len(found) != len(known):
        return unknown("wifi_saved", known=len(known))
    risky = sum(joins and key in ("", "none") for joins, key in found)
    if risky:
        return failed("wifi_saved", "joins_open", open=risky, known=len(found))
    return passed("wifi_saved", "none_open", known=len(found))


def networks(told: str) -> list[tuple[bool, str]]:
    """(joins by itself, kind of key) of each network; "" is none at all, "none" the broken WEP."""
    found: list[list] = []
    for line in told.splitlines():
        field, _, value = line.partition(":")
        if field == "connection.uuid":
            found.append([False, ""])
        elif field == "connection.autoconnect" and found:
            found[-1][0] = value != "no"
        elif field.endswith(".key-mgmt") and found:
            found[-1][1] = value.replace("--", "")
    return [(joins, key) for joins, key in found]
