"""Sheets of a real desk as they come back from the doorstep: drawn, marked by invented hands, and scanned to files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from dpdesk.domain import sheet_codes
from dpdesk.domain.sessions import Sheet
from dpdesk.domain.sheets import QR_PLACES, SheetLine, SheetPage
from dpdesk.services import sheets
from dpdesk.services.session import Session
from tests.paper import corpus
from tests.paper.made import LABELS

LETTERS = {"empty": ".", "marked": "x", "cancelled": "#", "unsure": "?"}


def drawn(session: Session, sheet: Sheet, page: int, copy: int = 1, key: bytes = b"") -> SheetPage:
    """A page of a sheet as the printer draws it; `key` of another desk makes it another branch's."""
    expected = sheets.expected(session, sheet.id, page, copy)
    assert expected is not None
    lines = tuple(SheetLine(blank=True) if line.blank else SheetLine(str(line.elector.key), "1", "Resident Example")
                  for line in sheets.rows_of(session, sheet.id, page))
    codes = sheet_codes.payloads(expected.code, key or sheets.key(session))
    return SheetPage(expected.layout, codes, expected.code.label, page, sheet.pages, copy,
                     sheet.boxes, lines, LABELS,
                     branch="Anytown branch", title="Spring election", heading="Weir Lane")


def filled(session: Session, sheet: Sheet, page: int, profile: str = "flat200", hand: int = 1, copy: int = 1, key: bytes = b"",
           **more) -> corpus.Filled:
    """A page marked by hand number `hand`, as a device of that profile gives it."""
    return corpus.filled(page, profile, page=drawn(session, sheet, page, copy, key), hand=hand, **more)


def truth(done: corpus.Filled) -> list[str]:
    """What was marked, a word of letters a row."""
    return ["".join(LETTERS[mark.value] for mark in row) for row in done.truth]


def without_codes(grey: np.ndarray) -> np.ndarray:
    """A page whose two QR codes were torn off."""
    torn, (high, wide) = grey.copy(), grey.shape
    for place in QR_PLACES.values():
        area = place.grown(2.0)
        torn[round(area.y / 297 * high):round(area.bottom / 297 * high), round(area.x / 210 * wide):round(area.right / 210 * wide)] = 250
    return torn


def letter() -> np.ndarray:
    """A letter among the sheets."""
    from PIL import ImageDraw
    made = Image.new("L", (1654, 2339), 252)
    pen = ImageDraw.Draw(made)
    for at in range(40):
        pen.text((200, 200 + 45 * at), "Dear Sir or Madam, thank you for calling on us last Saturday in the rain.", fill=20)
    return np.asarray(made)


def blank() -> np.ndarray:
    """The back of a sheet."""
    return np.random.default_rng(1).normal(250, 1.5, (2339, 1654)).clip(0, 255).astype(np.uint8)


def pdf(pages: Sequence[np.ndarray]) -> bytes:
    """Pictures as the pages of a PDF, as scanners write it."""
    images, made = [Image.fromarray(page) for page in pages], io.BytesIO()
    images[0].save(made, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return made.getvalue()


def scan(folder: Path, pages: Sequence[np.ndarray], name: str = "scan.pdf") -> Path:
    """A file of those pages."""
    path = folder / name
    path.write_bytes(pdf(pages))
    return path
