"""The program's own fonts for paper, embedded in every PDF, and text that keeps within its room."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dpdesk import RESOURCES
from dpdesk.domain.sheets import PAPER

MM = 72 / 25.4  # points
HIGH = PAPER[1] * MM
REGULAR, BOLD = "Sheet", "Sheet-Bold"
_WIDER = {REGULAR: "Sheet-Wider", BOLD: "Sheet-Wider-Bold"}  # Vietnamese, Greek, Cyrillic: for texts the others have no letters for
_FILES = {REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf", BOLD: "AtkinsonHyperlegibleNext-Bold.ttf",
          _WIDER[REGULAR]: "NotoSans-Regular.ttf", _WIDER[BOLD]: "NotoSans-Bold.ttf"}
_SMALLEST = 0.78  # of its size, before a text is cut


def register() -> None:
    """Make the fonts known to reportlab; costs nothing the second time."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, RESOURCES / "fonts" / file))


@lru_cache(maxsize=20_000)
def fitted(text: str, font: str, size: float, width: float) -> tuple[str, str, float]:
    """The text, the font that has its letters, and the size (points) at which it fits into `width` points: smaller first, then cut."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    font = _font_of(text, font)
    wide = stringWidth(text, font, size)
    if wide <= width:
        return text, font, size
    small = max(size * width / wide, size * _SMALLEST)
    if small > size * _SMALLEST:
        return text, font, small
    while text and stringWidth(text + "…", font, small) > width:
        text = text[:-1].rstrip()
    return text + "…", font, small


def write(canvas, text: str, font: str, size: float, x: float, base: float, width: float, *, right: bool = False) -> float:
    """Write on a base line, in millimetres from the upper left of the paper; with `right`, `x` is where it ends. Returns its width."""
    if not text:
        return 0.0
    text, font, size = fitted(text, font, size, width * MM)
    canvas.setFont(font, size)
    (canvas.drawRightString if right else canvas.drawString)(x * MM, HIGH - base * MM, text)
    return canvas.stringWidth(text, font, size) / MM


def _font_of(text: str, font: str) -> str:
    """The font itself, or the wider one of its weight where a letter is missing and that one has more of them."""
    if text.isascii():
        return font
    lacks = sum(ord(each) not in _letters(font) for each in text)
    wider = _WIDER[font]
    return wider if lacks and sum(ord(each) not in _letters(wider) for each in text) < lacks else font


@lru_cache
def _letters(font: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def wrapped(text: str, font: str, size: float, width: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of `width` points; the last is for `fitted` to cut."""
    from reportlab.lib.utils import simpleSplit
    parts = simpleSplit(text, _font_of(text, font), size, width)
    return parts if len(parts) <= lines else [*parts[: lines - 1], " ".join(parts[lines - 1:])]


def missing(texts: Iterable[str]) -> set[str]:
    """The characters that cannot be printed, each text being in one font."""
    register()
    found = set()
    for text in texts:
        if not text.isascii():
            for font in (REGULAR, BOLD):
                known = _letters(_font_of(text, font))
                found |= {each for each in text if ord(each) not in known}
    return found
