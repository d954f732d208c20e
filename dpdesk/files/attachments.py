"""E-mail addresses inside a file that is to be attached: in text, in the parts of an archive such as XLSX or DOCX, in a PDF's streams.

It finds lists that would be mailed by mistake; what is encrypted or drawn as a picture it cannot read, and it says so.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from dpdesk.domain.post import Attachment

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}")
_MOST = 64 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TEXT_PIECE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")


@dataclass(frozen=True)
class Looked:
    """The addresses found, in lower case, and whether the whole file could be read."""

    addresses: frozenset[str]
    whole: bool


def look(found: Attachment) -> Looked:
    """Search one file."""
    return _search(found.content, 0, [_MOST])


def _search(content: bytes, depth: int, room: list[int]) -> Looked:
    if content.startswith(b"PK\x03\x04"):
        return _archive(content, depth, room)
    if content.startswith(b"%PDF"):
        return _pdf(content, room)
    return Looked(_addresses(content), not content.startswith((b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b")))


def _addresses(content: bytes) -> frozenset[str]:
    """Addresses in bytes read as UTF-8 and, where it looks so, as UTF-16."""
    texts = [content.decode("utf-8", "replace")]
    if content.count(0) > len(content) // 4:
        texts += [content.decode(code, "replace") for code in ("utf-16-le", "utf-16-be")]
    return frozenset(each.lower() for text in texts for each in _ADDRESS.findall(text))


def _archive(content: bytes, depth: int, room: list[int]) -> Looked:
    if depth > 2:
        return Looked(frozenset(), False)
    found: set[str] = set()
    whole = True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                room[0] -= part.file_size
                if part.flag_bits & 1 or room[0] < 0:
                    whole = False
                    continue
                inside = _search(archive.read(part), depth + 1, room)
                found |= inside.addresses
                whole &= inside.whole or not part.filename.endswith((".zip", ".xlsx", ".docx", ".pdf", ".xls"))
    except (zipfile.BadZipFile, NotImplementedError, OSError, zlib.error, RuntimeError, EOFError):
        return Looked(frozenset(found), False)
    return Looked(frozenset(found), whole)


def _pdf(content: bytes, room: list[int]) -> Looked:
    """A PDF's text as far as it lies there in letters: streams unpacked, pieces of a line put together."""
    found, whole = set(_addresses(content)), b"/Encrypt" not in content
    for match in _STREAM.finditer(content):
        unpacked = _unpacked(match[1], max(1, room[0]))
        room[0] -= len(unpacked)
        if room[0] <= 0:
            return Looked(frozenset(found), False)
        found |= _addresses(unpacked)
        found |= _addresses(b"".join(_TEXT_PIECE.findall(unpacked)))
    return Looked(frozenset(found), whole)


def _unpacked(stream: bytes, most: int) -> bytes:
    """A stream's bytes where it is packed in one of the usual ways, else as they are."""
    if (cut := stream.rstrip()).endswith(b"~>"):
        try:
            stream = base64.a85decode(cut[:-2])
        except ValueError:
            return stream
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return stream
