"""Reads the sheets of an XLSX workbook as text cells, after making sure that it is one and unpacks to a bearable size."""

from __future__ import annotations

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from dpdesk.files.encodings import Unfit

MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 512 << 20
MOST_CELLS = 20_000_000
MOST_TEXT = 2 << 30
_CHUNK = 1 << 20
_CELL = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,7})([0-9]{1,9})""")
_SHARED = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_NEEDED = ("[Content_Types].xml", "xl/workbook.xml")


def choose_sheet(path: Path) -> tuple[str, bool]:
    """The name of the first visible sheet that holds a list, else anything at all, and whether others hold something too."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum
    check_workbook(path)
    with closing(_open(path)) as book:
        filled = []
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible:
                sheet = _sheet(book, meta.name)
                if sheet is not None and sheet.height > 0:
                    filled.append((sheet.width < 2, meta.name))  # one column is a cover sheet or a note
    if not filled:
        raise Unfit("no_sheet")
    return min(filled, key=lambda each: each[0])[1], len(filled) > 1


def sheet_rows(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as Excel shows it, text cells) of every row that holds anything."""
    with closing(_open(path)) as book:
        sheet = _sheet(book, name)
        if sheet is None or sheet.start is None:
            raise Unfit("changed")
        for number, cells in enumerate(sheet.iter_rows(), 1):
            texts = [cell if type(cell) is str else cell_text(cell) for cell in cells]
            if any(texts) and any(map(str.strip, texts)):
                yield number, texts


def cell_text(cell: object) -> str:
    """A typed cell as text: whole numbers without a point, days and instants as ISO, yes and no."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ") if cell.time() != datetime.time() else cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell)


def _open(path: Path):
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise Unfit("password") from None
    except (CalamineError, ValueError):
        raise Unfit("damaged_workbook") from None
    except BaseException as problem:  # calamine's own panics are no Exception
        if type(problem).__name__ == "PanicException":
            raise Unfit("damaged_workbook") from None
        raise


def _sheet(book, name: str):
    from python_calamine import CalamineError
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, ValueError):
        raise Unfit("damaged_workbook") from None
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise Unfit("damaged_workbook") from None
        raise


def check_workbook(path: Path) -> None:
    """Unpack everything once, counting; raise `Unfit` for what is no workbook or would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise Unfit("zip_bomb")
            names = {entry.filename.casefold() for entry in entries}
            if any(entry.flag_bits & 1 for entry in entries):
                raise Unfit("password")
            if not all(needed.casefold() in names for needed in _NEEDED):
                raise Unfit("not_a_workbook")
            _weigh(archive, entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError):
        raise Unfit("damaged_workbook") from None


def _weigh(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    left = LARGEST_UNPACKED
    longest = cells = 0
    for entry in entries:
        lowered = entry.filename.casefold()
        extent = _Extent() if lowered.endswith(".xml") and "/worksheets/" in f"/{lowered}" else None
        shared = b"" if lowered.endswith("sharedstrings.xml") else None
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Unfit("zip_bomb")
                if extent is not None:
                    extent.add(chunk)
                if shared is not None:
                    shared, longest = _longest(shared + chunk, longest)
        if extent is not None:
            cells = max(cells, extent.check())
    if longest > 4096 and cells * longest > MOST_TEXT:
        raise Unfit("zip_bomb")


def _longest(text: bytes, longest: int) -> tuple[bytes, int]:
    """The unfinished rest of a piece of the shared strings, and the longest string so far."""
    end = 0
    for match in _SHARED.finditer(text):
        longest, end = max(longest, match.end() - match.start()), match.end()
    rest = text[end:]
    return (rest[-64:], max(longest, len(rest))) if len(rest) > 4 * _CHUNK else (rest, longest)


class _Extent:
    """How far a sheet's cells reach: one far-off cell would make the reader fill in all between."""

    def __init__(self) -> None:
        self._tail = b""
        self._columns: set[bytes] = set()
        self._lowest, self._highest, self._count = 1 << 60, 0, 0

    def add(self, chunk: bytes) -> None:
        """Take in the next piece of the sheet's XML."""
        found = _CELL.findall(self._tail + chunk)
        self._tail = chunk[-64:]
        if found:
            self._columns.update({column for column, _ in found})
            rows = [int(row) for row in {row for _, row in found}]
            self._lowest, self._highest = min(self._lowest, *rows), max(self._highest, *rows)
            self._count += len(found)

    def check(self) -> int:
        """The cells there really are; raises where far too many empty ones would have to be filled in."""
        if not self._columns:
            return 0
        numbers = [_column(column) for column in self._columns]
        area = (max(numbers) - min(numbers) + 1) * (self._highest - self._lowest + 1)
        if area > MOST_CELLS:
            raise Unfit("zip_bomb")
        return self._count


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
