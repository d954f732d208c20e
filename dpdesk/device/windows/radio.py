"""The Bluetooth radio by Windows' own interface, which ordinary users may ask."""

from __future__ import annotations


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
