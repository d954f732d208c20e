"""UUIDv7 identities as 32 hex digits: ordered by time, made in bulk for imports."""

from __future__ import annotations

import os
import time

_VARIANT = 0x8 << 60


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
    millis = time.time_ns() // 1_000_000
    pool = os.urandom(10 * count)
    return [_compose(millis, pool[at:at + 10]) for at in range(0, 10 * count, 10)]
