"""Cells that no spreadsheet takes for a formula, and rows of them as CSV."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """A cell no spreadsheet takes for a formula; an import of ours takes the apostrophe off again."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_rows(file: BinaryIO, rows: Iterable[Sequence[str]]) -> None:
    """Rows as CSV in UTF-8, with a byte-order mark so that spreadsheets read accents right."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    csv.writer(text).writerows([safe_cell(cell) for cell in row] for row in rows)
    text.detach()
