"""Whether Bluetooth is on, and whether strangers can see this machine by it (S1 §27.14). Only being seen fails."""

from __future__ import annotations

from dpdesk.device.asked import Asked, failed, passed, unknown
from dpdesk.device.machine import Machine
from dpdesk.domain.device import Result


def look(machine: Machine, _asked: Asked) -> Result:
    """The list of paired devices tells nothing of this, and is not looked at."""
    radio = machine.bluetooth()
    if radio is None:
        return unknown("bluetooth")
    on, seen = radio
    if not on:
        return passed("bluetooth", "off")
    return failed("bluetooth", "seen_by_all") if seen else passed("bluetooth", "on_hidden")


def radio() -> tuple[bool, bool] | None:
    """(a radio is on, discoverable), as Windows' own interface says; None where it cannot be asked."""
    import ctypes
    try:
        api = ctypes.WinDLL("bthprops.cpl")  # type: ignore[attr-defined]

        class Wanted(ctypes.Structure):
            _fields_ = [("size", ctypes.c_ulong)]
        found = ctypes.c_void_p()
        api.BluetoothFindFirstRadio.restype = ctypes.c_void_p
        search = api.BluetoothFindFirstRadio(ctypes.byref(Wanted(ctypes.sizeof(Wanted))), ctypes.byref(found))
        if not search:
            return False, False
        seen = bool(api.BluetoothIsDiscoverable(None))
        api.BluetoothFindRadioClose(ctypes.c_void_p(search))
        ctypes.WinDLL("kernel32").CloseHandle(found)  # type: ignore[attr-defined]
        return True, seen
    except (OSError, AttributeError):
        return None
