"""Whether Bluetooth is on, and whether strangers can see this machine by it (S1 §27.14). Only being seen fails."""

from __future__ import annotations

import json

from dpdesk.device.asked import Asked, apart, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result

_ASK = ("busctl", "--json=short", "call", "org.bluez", "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")


def commands(machine: Machine, _asked: Asked) -> tuple[tuple[str, ...], ...]:
    """BlueZ is asked where there is an adapter."""
    return (_ASK,) if machine.names("/sys/class/bluetooth") else ()


def look(machine: Machine, _asked: Asked) -> Result:
    """A switch that is off needs no asking."""
    if not machine.names("/sys/class/bluetooth") and not any(True for _each in _switches(machine)):
        return apart("bluetooth", "no_bluetooth")
    switches = list(_switches(machine))
    if switches and all(switches):
        return passed("bluetooth", "off")
    said = machine.said(*_ASK)
    if said is None:
        return unknown("bluetooth")
    adapters = list(adapters_of(json.loads(said)))
    if any(seen for on, seen in adapters if on):
        return failed("bluetooth", "seen_by_all")
    return passed("bluetooth", "on_hidden" if any(on for on, _seen in adapters) else "off")


def _switches(machine: Machine):
    """Whether each Bluetooth radio is blocked."""
    for name in machine.names("/sys/class/rfkill") or ():
        folder = f"/sys/class/rfkill/{name}"
        if (machine.read(f"{folder}/type") or "").strip() == "bluetooth":
            yield "1" in ((machine.read(f"{folder}/soft") or "").strip(), (machine.read(f"{folder}/hard") or "").strip())


def adapters_of(told: dict):
    """(on, discoverable) of each adapter."""
    for interfaces in told["data"][0].values():
        adapter = interfaces.get("org.bluez.Adapter1")
        if adapter is not None:
            yield adapter["Powered"]["data"], adapter["Discoverable"]["data"]
