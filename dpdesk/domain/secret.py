"""A passphrase or key that no log, exception, repr, pickle or JSON encoder can print."""

from __future__ import annotations

import hmac
import unicodedata


class Secret:
    """Holds secret bytes in a buffer that `wipe` empties; text is NFC-normalised UTF-8.

    A str that was once typed cannot be wiped by Python; the buffer here can, and locking does so.
    """

    __slots__ = ("_buffer",)

    def __init__(self, value: str | bytes | bytearray) -> None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFC", value).encode()
        self._buffer = bytearray(value)

    def reveal(self) -> bytes:
        """The secret bytes, for the one call that needs them."""
        return bytes(self._buffer)

    def text(self) -> str:
        """The secret as text, for showing once to its owner."""
        return self._buffer.decode()

    def wipe(self) -> None:
        """Overwrite and forget."""
        for index in range(len(self._buffer)):
            self._buffer[index] = 0
        self._buffer.clear()

    def __bool__(self) -> bool:
        return bool(self._buffer)

    def __len__(self) -> int:
        return len(self._buffer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._buffer, other._buffer)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "Secret()"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "Secret()"

    def __reduce__(self):
        raise TypeError("a Secret is not pickled")
