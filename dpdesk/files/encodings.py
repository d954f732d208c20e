"""How a text file from outside is spelt: its encoding and its delimiter, found with bounded memory."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

CHUNK = 1 << 20
LONGEST_LINE = CHUNK
DELIMITERS = (",", ";", "\t", "|")
MIXED = "mixed"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PLAIN_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27}) + b"\x7f"
_MAGICS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF",
           b"MZ\x90")


class Unfit(Exception):
    """The bytes are no table: `reason` is a code of `tables.REASONS`, `detail` a line number or "" ."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def encoding_of(path: Path) -> str:
    """The encoding of a text file: a codec name, or `mixed` (each line to be decoded on its own).

    Reads the file in pieces of one MiB; raises `Unfit` for what is no text, or has a line longer than a piece.
    """
    with path.open("rb") as file:
        first = file.read(CHUNK)
        if not first.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
            raise Unfit("empty")
        for bom, name in _BOMS:
            if first.startswith(bom):
                _check_utf16(first) if name == "utf-16" else _check_text(first)
                return name
        _check_text(first)
        if _is_utf8(file, first):
            return "utf-8"
    return _eight_bit(path)


def _check_text(first: bytes) -> None:
    if first.startswith(_MAGICS):
        raise Unfit("binary")
    head = first[:65536]
    strange = len(head) - len(head.translate(None, _PLAIN_CONTROLS))
    nuls = head.count(b"\0")
    if nuls and strange == nuls and nuls * 100 < len(head):
        raise Unfit("nul", str(head[:head.index(b"\0")].count(b"\n") + 1))
    if strange * 200 > len(head) or nuls:
        raise Unfit("binary")
    if len(first) == CHUNK and b"\n" not in first and b"\r" not in first:
        raise Unfit("line_too_long", "1")


def _check_utf16(first: bytes) -> None:
    whole = first[:len(first) & ~1]
    try:
        text = codecs.getincrementaldecoder("utf-16")().decode(whole)
    except UnicodeDecodeError:
        raise Unfit("binary") from None
    if "\0" in text:
        raise Unfit("binary")
    if len(first) == CHUNK and "\n" not in text and "\r" not in text:
        raise Unfit("line_too_long", "1")


def _is_utf8(file, first: bytes) -> bool:
    """Whether all of it is UTF-8; `first` has been read from `file` already."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk, lines = first, 1
    try:
        while chunk:
            decoder.decode(chunk)
            if b"\0" in chunk:
                raise Unfit("nul", str(lines + chunk[:chunk.index(b"\0")].count(b"\n")))
            lines += chunk.count(b"\n")
            chunk = file.read(CHUNK)
            if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
                raise Unfit("line_too_long", str(lines))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _eight_bit(path: Path) -> str:
    """windows-1252 where it fits, else Latin-1; `mixed` where other lines are UTF-8."""
    utf8 = foreign = odd = 0
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and b"\r" not in line:
                raise Unfit("line_too_long", str(number))
            if b"\0" in line:
                raise Unfit("nul", str(number))
            if line.isascii():
                continue
            if _decodes(line, "utf-8"):
                utf8 += 1
            else:
                foreign += 1
                odd += not _decodes(line, "cp1252")
    if utf8:
        return MIXED
    return "latin-1" if odd and foreign else "cp1252"


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def decode_line(line: bytes) -> str:
    """One line of a mixed file: UTF-8 where it is, else windows-1252, else Latin-1."""
    for name in ("utf-8", "cp1252"):
        try:
            return line.decode(name)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that splits these lines most evenly into most columns; a comma where nothing splits them."""
    scored = [(_evenness(lines, delimiter), -index, delimiter) for index, delimiter in enumerate(DELIMITERS)]
    best = max(scored)
    return best[2] if best[0] > (0, 0) else ","


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How evenly and how widely; (0, 0) where the delimiter splits nothing."""
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    split = {width: count for width, count in widths.items() if width > 1}
    if not split:
        return (0, 0)
    width, count = max(split.items(), key=lambda each: (each[1], each[0]))
    return (round(count / widths.total(), 1), width)
