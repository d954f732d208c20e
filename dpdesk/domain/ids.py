"""UUIDv7 identities as 32 hex digits: ordered by time, made in bulk for imports."""

from __future__ import annotations

import os
import time

_VARIANT = 0x8 << 60
_VARIANTS = {f"{digit:x}": "89ab"[digit & 3] for digit in range(16)}


def _compose(millis: int, random: bytes) -> str:
    tail = int.from_bytes(random, "big")
    high = (millis << 16) | 0x7000 | (tail >> 68 & 0xFFF)
    low = _VARIANT | (tail & 0x3FFFFFFFFFFFFFFF)
    return f"{high:016x}{low:016x}"


def new_id(millis: int | None = None) -> str:
    """One new identity."""
    return _compose(time.time_ns() // 1_000_000 if millis is None else millis, os.urandom(10))


def new_ids(count: int) -> list[str]:
    """`count` new identities of one moment, with one call to the random source."""
    start = f"{time.time_ns() // 1_000_000:012x}7"
    pool = os.urandom(10 * count).hex()
    return [f"{start}{pool[at:at + 3]}{_VARIANTS[pool[at + 3]]}{pool[at + 4:at + 19]}" for at in range(0, 20 * count, 20)]
