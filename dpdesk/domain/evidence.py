"""Evidence of a consent: a file kept with it, told by its content and never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST = 10 << 20
MEDIA = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
         "image/tiff": ".tif", "image/heic": ".heic", "message/rfc822": ".eml", "text/plain": ".txt"}
"""What may be attached, and how such a file's name ends when it is saved."""
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
          (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"), (b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"))
_HEIC = (b"heic", b"heix", b"mif1", b"hevc")
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+\r?\n")
_NOT_PLAIN = (b"#!", b"{\\rtf", b"<!doctype", b"<html", b"<script", b"<?xml", b"<svg")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27})


@dataclass(frozen=True)
class Evidence:
    """A file attached to a consent or permission (`of`, of the kind `of_kind`); `digest` is SHA-256 of its content."""

    id: str
    person: str
    of_kind: str
    of: str
    name: str
    media_type: str
    size: int
    digest: str
    recorded_by: str = ""

    @property
    def ending(self) -> str:
        """How its name ends when it is saved, by what it is: ".pdf"."""
        return MEDIA.get(self.media_type, ".bin")


def media_type(content: bytes) -> str:
    """What a file is by its content: one of `MEDIA`, or "" for what may not be attached."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "image/heic"
    if not _is_text(content):
        return ""
    return "message/rfc822" if _is_mail(content) else "text/plain"


def _is_text(content: bytes) -> bool:
    """Plain words in whatever encoding; nothing that a program would run or draw."""
    begins = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return len(content.translate(None, _CONTROLS)) == len(content) and not begins.startswith(_NOT_PLAIN)


def _is_mail(content: bytes) -> bool:
    """A mail as its sender's server wrote it: a block of headers, From among them, and when or about what."""
    head = _HEADER.match(content[:65536])
    names = {line.partition(b":")[0].lower() for line in head.group().splitlines()} if head else set()
    return b"from" in names and bool(names & {b"date", b"subject", b"message-id"})
