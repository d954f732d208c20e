"""Keys as age writes them (bech32, BIP 173), from and to the raw 32 bytes that the desk keeps."""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_STEPS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _check(values: Iterable[int]) -> int:
    total = 1
    for value in values:
        top, total = total >> 25, (total & 0x1FFFFFF) << 5 ^ value
        for at, step in enumerate(_STEPS):
            total ^= step if top >> at & 1 else 0
    return total


def _spread(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _bech32(prefix: str, raw: bytes) -> str:
    bits = int.from_bytes(raw, "big") << 4  # 256 bits in 52 letters of 5
    values = [bits >> shift & 31 for shift in range(255, -1, -5)]
    total = _check([*_spread(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    return prefix + "1" + "".join(_LETTERS[v] for v in [*values, *(total >> shift & 31 for shift in range(25, -1, -5))])


def secret_key(raw: bytes) -> str:
    """"AGE-SECRET-KEY-1…" of a raw X25519 private key."""
    return _bech32("age-secret-key-", raw).upper()


def public_key(raw: bytes) -> str:
    """"age1…" that belongs to a raw X25519 private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    return _bech32("age", X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw())


def is_key(text: str) -> bool:
    """Whether `text` is an age public key whose own check letters agree."""
    prefix, _, rest = text.rpartition("1")
    if prefix != "age" or len(rest) != 58 or set(rest) - set(_LETTERS):
        return False
    return _check([*_spread(prefix), *(_LETTERS.index(c) for c in rest)]) == 1
