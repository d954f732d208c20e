"""The wireless interface of Windows: kept profiles as XML, and whether the present link is secured. Ordinary users may ask."""

from __future__ import annotations

from collections.abc import Iterator

_SECURED_AT = 588  # where bSecurityEnabled lies in WLAN_CONNECTION_ATTRIBUTES
_CURRENT, _CONNECTED = 7, 1


class Wlan:
    """An open handle to the service; use it with `with`. Raises OSError where there is no such service."""

    def __enter__(self) -> Wlan:
        import ctypes
        self._api = ctypes.WinDLL("wlanapi")  # type: ignore[attr-defined]
        self._handle = ctypes.c_void_p()
        version = ctypes.c_ulong()
        self._well(self._api.WlanOpenHandle(2, None, ctypes.byref(version), ctypes.byref(self._handle)))
        return self

    def __exit__(self, *_why: object) -> None:
        self._api.WlanCloseHandle(self._handle, None)

    @staticmethod
    def _well(code: int) -> None:
        if code:
            raise OSError(code, "wlan")

    def interfaces(self) -> Iterator[bytes]:
        """The identity of each wireless card."""
        import ctypes
        found = ctypes.c_void_p()
        self._well(self._api.WlanEnumInterfaces(self._handle, None, ctypes.byref(found)))
        try:
            count = ctypes.c_ulong.from_address(found.value).value  # type: ignore[arg-type]
            for at in range(count):
                yield ctypes.string_at(found.value + 8 + at * 532, 16)  # type: ignore[operator]
        finally:
            self._api.WlanFreeMemory(found)

    def profiles(self, card: bytes) -> Iterator[str]:
        """Each kept profile of a card, as XML."""
        import ctypes
        listed = ctypes.c_void_p()
        self._well(self._api.WlanGetProfileList(self._handle, card, None, ctypes.byref(listed)))
        try:
            count = ctypes.c_ulong.from_address(listed.value).value  # type: ignore[arg-type]
            for at in range(count):
                name = ctypes.wstring_at(listed.value + 8 + at * 516)  # type: ignore[operator]
                text, flags, access = ctypes.c_wchar_p(), ctypes.c_ulong(0), ctypes.c_ulong()
                self._well(self._api.WlanGetProfile(self._handle, card, ctypes.c_wchar_p(name), None, ctypes.byref(text),
                                                    ctypes.byref(flags), ctypes.byref(access)))
                yield text.value or ""
                self._api.WlanFreeMemory(text)
        finally:
            self._api.WlanFreeMemory(listed)

    def secured(self, card: bytes) -> bool | None:
        """Whether the present link of a card is secured; None where it has none."""
        import ctypes
        size, data = ctypes.c_ulong(), ctypes.c_void_p()
        if self._api.WlanQueryInterface(self._handle, card, _CURRENT, None, ctypes.byref(size), ctypes.byref(data), None):
            return None
        try:
            raw = ctypes.string_at(data.value, size.value)
        finally:
            self._api.WlanFreeMemory(data)
        if len(raw) < _SECURED_AT + 4 or int.from_bytes(raw[:4], "little") != _CONNECTED:
            return None
        return int.from_bytes(raw[_SECURED_AT:_SECURED_AT + 4], "little") != 0


def profiles() -> list[str] | None:
    """The profiles of every card; None where nobody can tell, empty where there is no card or no profile."""
    try:
        with Wlan() as wlan:
            return [text for card in list(wlan.interfaces()) for text in wlan.profiles(card)]
    except (OSError, AttributeError):
        return None


def links() -> list[bool | None] | None:
    """Whether each card's present link is secured."""
    try:
        with Wlan() as wlan:
            return [wlan.secured(card) for card in list(wlan.interfaces())]
    except (OSError, AttributeError):
        return None
