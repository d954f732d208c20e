"""The code in a message by which a reply is known: made with a key, it says nothing of anybody to who does not have the desk."""

from __future__ import annotations

import hmac
import re
from base64 import b32encode

_CODE = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{16}(?![A-Z2-7])")


def make(key: bytes, mailing: str, person: str) -> str:
    """The code of one message, 16 letters and digits (80 bits); `person` "" for a letter that many get in Bcc."""
    return b32encode(hmac.digest(key, f"post:{mailing}:{person}".encode(), "sha256")[:10]).decode()


def find(text: str) -> list[str]:
    """What looks like a code in a subject, an address or a body, in order, each once."""
    return list(dict.fromkeys(_CODE.findall(text.upper())))


def message_number(key: bytes, mailing: str, person: str) -> str:
    """The left part of a Message-ID, from which nobody can tell the mailing, the person or the machine."""
    return hmac.digest(key, f"number:{mailing}:{person}".encode(), "sha256")[:16].hex()
