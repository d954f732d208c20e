"""Ed25519 signatures over packages, markers, receipts and cards, each kind behind words of its own."""

from __future__ import annotations


def verified(signing: str, signature: bytes, message: bytes) -> bool:
    """Whether `signature` over `message` is by the holder of `signing` (64 hex digits); False for anything that is no key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
