"""Whether the computer's own screen is locked, asked of Windows and macOS; None where that cannot be known.

Linux tells it by signals (`idle.py`). What is asked here is read-only, and every doubt is "not known".
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import byref, c_bool, c_char_p, c_int32, c_uint32, c_void_p
from ctypes.util import find_library

_SESSION_INFO_EX, _CURRENT = 25, 0xFFFFFFFF  # WTSSessionInfoEx, WTS_CURRENT_SESSION
_FLAGS_AT = 16  # bytes into WTSINFOEXW: level, padding, session, state, flags
_UTF8 = 0x08000100


def locked() -> bool | None:
    """Whether the screen is locked now."""
    try:
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _mac()
    except (AttributeError, OSError, TypeError, ValueError):
        pass
    return None


def _windows() -> bool | None:
    """The lock flag of this session: 0 locked, 1 unlocked, anything else unknown."""
    terminal = ctypes.windll.wtsapi32  # type: ignore[attr-defined]
    found, length = c_void_p(), c_uint32()
    if not terminal.WTSQuerySessionInformationW(None, _CURRENT, _SESSION_INFO_EX, byref(found), byref(length)):
        return None
    try:
        if length.value < _FLAGS_AT + 4:
            return None
        return {0: True, 1: False}.get(c_int32.from_address(found.value + _FLAGS_AT).value)
    finally:
        terminal.WTSFreeMemory(found)


def _mac() -> bool | None:
    """The session's own dictionary has a key while the screen is locked, and lacks it otherwise."""
    graphics = ctypes.CDLL(find_library("CoreGraphics") or "")
    core = ctypes.CDLL(find_library("CoreFoundation") or "")
    graphics.CGSessionCopyCurrentDictionary.restype = c_void_p
    core.CFStringCreateWithCString.restype = core.CFDictionaryGetValue.restype = c_void_p
    core.CFStringCreateWithCString.argtypes = [c_void_p, c_char_p, c_uint32]
    core.CFDictionaryGetValue.argtypes = [c_void_p, c_void_p]
    core.CFBooleanGetValue.restype, core.CFBooleanGetValue.argtypes = c_bool, [c_void_p]
    core.CFRelease.argtypes = [c_void_p]
    session = graphics.CGSessionCopyCurrentDictionary()
    if not session:
        return None
    key = core.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF8)
    try:
        held = core.CFDictionaryGetValue(session, key)
        return bool(held and core.CFBooleanGetValue(held))
    finally:
        core.CFRelease(key)
        core.CFRelease(session)
