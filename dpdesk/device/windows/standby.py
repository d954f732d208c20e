"""Whether this machine stands by as phones do (a dark display is standby, and asks for the password), by Windows' own interface."""

from __future__ import annotations

_CAPABILITIES, _SIZE, _STANDS_BY = 4, 76, 20  # SystemPowerCapabilities, its size, and where AoAc lies in it


def stands_by() -> bool | None:
    """None where it cannot be asked."""
    import ctypes
    try:
        answer = ctypes.create_string_buffer(_SIZE)
        power = ctypes.WinDLL("powrprof")  # type: ignore[attr-defined]
        failed = power.CallNtPowerInformation(_CAPABILITIES, None, 0, answer, _SIZE)
    except (OSError, AttributeError):
        return None
    return None if failed else bool(answer.raw[_STANDS_BY])
