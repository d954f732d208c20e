"""Reads a list from outside (CSV, TSV, TXT, XLSX) row by row; whatever the bytes are, it ends in rows or in `Unreadable`.

Reasons of `Unreadable`, with what `detail` holds:
  missing           there is no such file                     unreadable        the system does not let us read it
  empty             nothing in it                             no_rows           a header and nothing below
  no_header         the first row holds values, not names     one_column        nothing splits it into columns
  binary            not text and no workbook                  nul               NUL characters (detail: line)
  line_too_long     a line over 1 MiB (detail: line)          cell_too_long     a cell over 128 KiB (detail: line)
  too_big           over 512 MiB                              too_many_rows     over 2,000,000 (detail: the limit)
  too_many_columns  over 200 (detail: how many)               duplicate_header  two columns of one name (detail: it)
  old_excel         an .xls workbook: save as .xlsx           password          a workbook locked with a password
  zip_bomb          a workbook that unpacks to too much       not_a_workbook    a zip that is no .xlsx workbook
  damaged_workbook  a workbook that cannot be opened          no_sheet          a workbook without a filled sheet
  quote_open        a quotation mark is never closed (line)   web_page          HTML or XML under the name of a list
  folder            a folder, not a file                      changed           the file changed while it was read

Notes of a `Table` (nothing is wrong, but say it): mixed_encoding, title_skipped (lines above the header), other_sheets,
twice_encoded ("SiÃ´n" for "Siôn": whoever saved the list read it wrongly before).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dpdesk.domain.errors import Unreadable
from dpdesk.files.encodings import LONGEST_LINE, MIXED, Unfit, decode_line, delimiter_of, encoding_of

REASONS = ("missing", "unreadable", "empty", "no_rows", "no_header", "one_column", "binary", "nul", "line_too_long",
           "cell_too_long", "too_big", "too_many_rows", "too_many_columns", "duplicate_header", "old_excel", "password",
           "zip_bomb", "not_a_workbook", "damaged_workbook", "no_sheet", "quote_open", "web_page", "folder", "changed")
NOTES = ("mixed_encoding", "title_skipped", "other_sheets", "twice_encoded")

LARGEST = 512 << 20
MOST_ROWS = 2_000_000
MOST_COLUMNS = 200
_SAMPLE = 60
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TWICE = re.compile("[\u00c3\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_VALUE = re.compile(r"@|^[+(]?\d[\d\s()/.:-]*$|^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$", re.IGNORECASE)

_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|table|\?xml|meta|style|div)\b", re.IGNORECASE)

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """A list that can be read: headers and how it is written. `rows()` reads it from the start each time."""

    path: Path
    headers: tuple[str, ...]
    header_line: int
    encoding: str
    delimiter: str
    sheet: str
    notes: tuple[str, ...]
    stamp: tuple[int, int]

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    def rows(self) -> Iterator[Row]:
        """(line, cells) below the header, blank rows left out; cells are as many as the row has, not as the header."""
        with _named(self.name):
            if _stamp(self.path) != self.stamp:
                raise Unfit("changed")
            with closing(_records(self.path, self.encoding, self.delimiter, self.sheet, self.header_line)) as records:
                yield from islice(records, MOST_ROWS)
                if next(records, None) is not None:
                    raise Unfit("too_many_rows", f"{MOST_ROWS:,}")


class _named:
    """Turns what can go wrong while reading into `Unreadable` with the file's name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, problem, trace) -> None:
        if isinstance(problem, Unfit):
            raise Unreadable(self._name, problem.reason, problem.detail) from None
        if isinstance(problem, FileNotFoundError | NotADirectoryError):
            raise Unreadable(self._name, "missing") from None
        if isinstance(problem, IsADirectoryError):
            raise Unreadable(self._name, "folder") from None
        if isinstance(problem, OSError):
            raise Unreadable(self._name, "unreadable") from None


def read_table(path: Path) -> Table:
    """What lies in the file at `path`; raises `Unreadable` where it is no list."""
    with _named(path.name):
        stamp = _stamp(path)
        if stamp[0] > LARGEST:
            raise Unfit("too_big")
        with path.open("rb") as file:
            head = file.read(len(_OLE))
        if head.startswith(_OLE):
            raise Unfit(_ole_reason(path))
        if head.startswith(b"PK"):
            from dpdesk.files.xlsx import choose_sheet
            sheet, others = choose_sheet(path)
            notes, encoding, delimiter = (("other_sheets",) if others else ()), "", ""
        else:
            encoding = encoding_of(path)
            _check_no_markup(path, encoding)
            sheet, delimiter = "", delimiter_of(list(islice(_lines(path, encoding), _SAMPLE)))
            notes = ("mixed_encoding",) if encoding == MIXED else ()
        with closing(_records(path, encoding, delimiter, sheet)) as records:
            sample = list(islice(records, _SAMPLE))
        line, headers = _header(sample)
        if line > sample[0][0]:
            notes += ("title_skipped",)
        if any(_TWICE.search(cell) for _, cells in sample for cell in cells):
            notes += ("twice_encoded",)
        return Table(path, headers, line, encoding.removesuffix("-sig"), delimiter, sheet, notes, stamp)


def _check_no_markup(path: Path, encoding: str) -> None:
    """Some programs save a web page, or XML, under the name of an Excel file or a list."""
    first = next((line for line in islice(_lines(path, encoding), _SAMPLE) if line.strip()), "")
    if _MARKUP.match(first):
        raise Unfit("web_page")


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _ole_reason(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(1 << 20)
    return "password" if "EncryptedPackage".encode("utf-16-le") in start else "old_excel"


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Decoded lines with their ends. `encoding_of` has seen to it that none is endless; in UTF-16 it is seen to here."""
    if encoding == MIXED:
        with path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield decode_line(line)
        return
    with path.open("r", encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        try:
            if encoding != "utf-16":
                yield from file
            while line := file.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise Unfit("line_too_long")
                if "\0" in line:
                    raise Unfit("nul")
                yield line
        except UnicodeError:
            raise Unfit("binary") from None


def _records(path: Path, encoding: str, delimiter: str, sheet: str, above: int = 0) -> Iterator[Row]:
    """(line, cells) of all rows below line `above` that hold anything; `line` is where the row begins."""
    if sheet:
        from dpdesk.files.xlsx import sheet_rows
        yield from (row for row in sheet_rows(path, sheet) if row[0] > above)
        return
    quotes = [0]  # in the lines of the record at hand
    reader = csv.reader(_counted(_lines(path, encoding), quotes), delimiter=delimiter)
    line = 0
    try:
        for cells in reader:
            first, line, odd = line + 1, reader.line_num, quotes[0] % 2
            quotes[0] = 0
            if odd and line > first and next(reader, None) is None:  # it took the rest of the file: those rows would be lost unseen
                raise Unfit("quote_open", str(first))
            if first > above and any(map(str.strip, cells)):
                yield first, cells
    except csv.Error:
        raise Unfit("cell_too_long", str(line + 1)) from None
    except Unfit as problem:
        raise Unfit(problem.reason, problem.detail or str(line + 1)) from None


def _counted(lines: Iterator[str], quotes: list[int]) -> Iterator[str]:
    for line in lines:
        quotes[0] += line.count('"')
        yield line


def _header(sample: list[Row]) -> tuple[int, tuple[str, ...]]:
    """The header's line and names: the first row as full as those below it, so that title lines above are skipped."""
    if not sample:
        raise Unfit("empty")
    fullest = max(_filled(cells) for _, cells in sample)
    for line, cells in sample[:20]:
        if _filled(cells) >= 2 and _filled(cells) * 2 > fullest:
            _check_header(cells)
            if line == sample[-1][0]:
                raise Unfit("no_rows")
            return line, tuple(" ".join(cell.split()) for cell in _trimmed(cells))
    raise Unfit("no_rows" if len(sample) == 1 and fullest > 1 else "one_column")


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _check_header(cells: list[str]) -> None:
    names = [" ".join(cell.split()).casefold() for cell in _trimmed(cells)]
    if len(names) > MOST_COLUMNS:
        raise Unfit("too_many_columns", str(len(names)))
    if sum(bool(_VALUE.search(name)) for name in names) * 5 > len(names) or any("@" in name for name in names):
        raise Unfit("no_header")
    seen: set[str] = set()
    for name, cell in zip(names, cells, strict=False):
        if name and name in seen:
            raise Unfit("duplicate_header", " ".join(cell.split())[:80])
        seen.add(name)
