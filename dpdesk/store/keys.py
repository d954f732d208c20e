"""Keys and the slots that hold them: Argon2id wraps an officer's keys, HPKE seals the desk's data key to them.

A slot has two parts. `wrapped` holds the officer's private keys under a key derived from the passphrase; `sealed` holds
the data key, sealed to the officer's public exchange key. So the data key can be changed for everybody (re-keying)
without anybody's passphrase, and a passphrase can be changed without touching the data.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass

from dpdesk.domain.secret import Secret

KEY = 32
MEMORY_LEAST, MEMORY_AIM, MEMORY_MOST = 64 * 1024, 256 * 1024, 4 * 1024 * 1024  # KiB
PASSES_LEAST = 3
SECONDS_AIM = (0.7, 1.2)


@dataclass(frozen=True)
class Kdf:
    """Argon2id parameters: memory in KiB, passes over it, lanes, and the salt."""

    memory: int
    passes: int
    lanes: int
    salt: bytes

    def acceptable(self) -> bool:
        """Never under 64 MiB and three passes; never so large that a forged header could stall the machine."""
        return (MEMORY_LEAST <= self.memory <= MEMORY_MOST and PASSES_LEAST <= self.passes <= 64
                and 1 <= self.lanes <= 16 and len(self.salt) == 16)

    def derive(self, passphrase: Secret) -> bytes:
        """The 32-byte key for `passphrase`; takes about a second on purpose."""
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
        return Argon2id(salt=self.salt, length=KEY, iterations=self.passes, lanes=self.lanes,
                        memory_cost=self.memory).derive(passphrase.reveal())

    def to_json(self) -> dict:
        """As stored in the slot."""
        return {"name": "argon2id", "memory_kib": self.memory, "passes": self.passes, "lanes": self.lanes,
                "salt": self.salt.hex()}

    @classmethod
    def from_json(cls, data: dict) -> Kdf:
        """From the slot."""
        return cls(int(data["memory_kib"]), int(data["passes"]), int(data["lanes"]), bytes.fromhex(data["salt"]))


def calibrated() -> Kdf:
    """Parameters for this machine: 256 MiB where that takes no longer than 1.2 s, less memory down to 64 MiB if slower,
    more passes if faster than 0.7 s."""
    memory, passes, lanes = MEMORY_AIM, PASSES_LEAST, 4
    taken = _time(memory, passes, lanes)
    while taken > SECONDS_AIM[1] and memory > MEMORY_LEAST:
        memory //= 2
        taken = _time(memory, passes, lanes)
    if taken < SECONDS_AIM[0]:
        passes = min(64, max(passes, int(passes * SECONDS_AIM[0] / max(taken, 0.01)) + 1))
    return Kdf(memory, passes, lanes, os.urandom(16))


def _time(memory: int, passes: int, lanes: int) -> float:
    began = time.perf_counter()
    Kdf(memory, passes, lanes, bytes(16)).derive(Secret("calibration"))
    return time.perf_counter() - began


def least() -> Kdf:
    """The least parameters ever accepted: for a random recovery key (it cannot be guessed), and for tests."""
    return Kdf(MEMORY_LEAST, PASSES_LEAST, 4, os.urandom(16))


def subkey(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose, from the data key."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    return HKDF(SHA256(), KEY, salt=None, info=f"dpdesk/1/{purpose}".encode()).derive(key)


@dataclass(frozen=True)
class Identity:
    """An officer's private keys: who signs (Ed25519 seed) and to whom packages are sealed (X25519), 32 bytes each."""

    officer: str
    signing: bytes
    exchange: bytes

    @classmethod
    def new(cls, officer: str) -> Identity:
        """Fresh keys for `officer`."""
        return cls(officer, os.urandom(KEY), os.urandom(KEY))

    @property
    def signing_public(self) -> bytes:
        """The raw Ed25519 public key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()

    @property
    def exchange_public(self) -> bytes:
        """The raw X25519 public key."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
        return X25519PrivateKey.from_private_bytes(self.exchange).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(message)

    def __repr__(self) -> str:
        return f"Identity({self.officer})"


def verify_signature(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` was made by the holder of `public`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Slot:
    """One key of the desk: `kind` is `officer` or `recovery`; `label` is shown before unlocking and names nobody."""

    id: str
    kind: str
    label: str
    kdf: Kdf
    nonce: bytes
    wrapped: bytes
    exchange: bytes
    sealed: bytes
    sealed_next: bytes = b""

    def to_json(self) -> dict:
        """As written to the header."""
        data = {"id": self.id, "kind": self.kind, "label": self.label, "kdf": self.kdf.to_json(),
                "nonce": self.nonce.hex(), "wrapped": self.wrapped.hex(), "exchange": self.exchange.hex(),
                "sealed": self.sealed.hex()}
        if self.sealed_next:
            data["sealed_next"] = self.sealed_next.hex()
        return data

    @classmethod
    def from_json(cls, data: dict) -> Slot:
        """From the header; raises KeyError, ValueError or TypeError where it is not a slot."""
        raw = {name: bytes.fromhex(data[name]) for name in ("nonce", "wrapped", "exchange", "sealed")}
        return cls(str(data["id"]), str(data["kind"]), str(data["label"]), Kdf.from_json(data["kdf"]), **raw,
                   sealed_next=bytes.fromhex(data.get("sealed_next", "")))


def _context(desk: str, slot_id: str, kind: str, kdf: Kdf) -> bytes:
    return json.dumps(["dpdesk slot", desk, slot_id, kind, kdf.to_json()], sort_keys=True).encode()


def _suite():
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal_key(desk: str, slot_id: str, exchange_public: bytes, data_key: bytes) -> bytes:
    """The data key, sealed to the holder of a slot."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    return _suite().encrypt(data_key, X25519PublicKey.from_public_bytes(exchange_public),
                            info=f"dpdesk data key {desk} {slot_id}".encode())


def make_slot(desk: str, slot_id: str, kind: str, label: str, identity: Identity, passphrase: Secret,
              data_key: bytes, kdf: Kdf) -> Slot:
    """A slot that opens the desk with `passphrase` as `identity`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    nonce = os.urandom(12)
    body = json.dumps({"officer": identity.officer, "signing": identity.signing.hex(),
                       "exchange": identity.exchange.hex()}).encode()
    wrapped = AESGCM(kdf.derive(passphrase)).encrypt(nonce, body, _context(desk, slot_id, kind, kdf))
    public = identity.exchange_public
    return Slot(slot_id, kind, label, kdf, nonce, wrapped, public, seal_key(desk, slot_id, public, data_key))


def open_slot(desk: str, slot: Slot, passphrase: Secret) -> Identity | None:
    """The officer's keys, or None where the passphrase is not this slot's (or the slot was altered)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    try:
        body = AESGCM(slot.kdf.derive(passphrase)).decrypt(
            slot.nonce, slot.wrapped, _context(desk, slot.id, slot.kind, slot.kdf))
    except (InvalidTag, ValueError):
        return None
    data = json.loads(body)
    return Identity(data["officer"], bytes.fromhex(data["signing"]), bytes.fromhex(data["exchange"]))


def unseal_key(desk: str, slot: Slot, identity: Identity, *, following: bool = False) -> bytes | None:
    """The data key out of a slot (`following`: the one a re-keying was changing to); None where the seal is broken."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    sealed = slot.sealed_next if following else slot.sealed
    try:
        return _suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(identity.exchange),
                                info=f"dpdesk data key {desk} {slot.id}".encode())
    except Exception:
        return None


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_recovery_key() -> Secret:
    """160 random bits as eight groups of four letters and a check group: typed from paper without guessing O or 0."""
    number = int.from_bytes(os.urandom(20), "big")
    letters = "".join(_CROCKFORD[number >> shift & 31] for shift in range(155, -1, -5))
    groups = [letters[at:at + 4] for at in range(0, 32, 4)]
    return Secret("-".join([*groups, _check(letters)]))


def tidy_recovery_key(typed: Secret) -> Secret | None:
    """The key as made, whatever spaces, case and look-alikes were typed; None where the check letters disagree."""
    text = typed.text().upper().translate(str.maketrans("OIL", "011"))
    letters = "".join(c for c in text if c in _CROCKFORD)
    if len(letters) != 34 or letters[32:] != _check(letters[:32]):
        return None
    return Secret("-".join([*(letters[at:at + 4] for at in range(0, 32, 4)), letters[32:]]))


def _check(letters: str) -> str:
    total = 0
    for letter in letters:
        total = (total * 33 + _CROCKFORD.index(letter) + 1) % 1021
    return _CROCKFORD[total // 32] + _CROCKFORD[total % 32]
