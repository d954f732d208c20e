"""The program's own fonts for paper, embedded in every PDF, and text that keeps within its room."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dpdesk import RESOURCES

REGULAR, BOLD = "Sheet", "Sheet-Bold"
_FILES = {REGULAR: "AtkinsonHyperlegibleNext-Regular.ttf", BOLD: "AtkinsonHyperlegibleNext-Bold.ttf"}
_SMALLEST = 0.78  # of its size, before a text is cut


def register() -> None:
    """Make the fonts known to reportlab; costs nothing the second time."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    for name, file in _FILES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, RESOURCES / "fonts" / file))


@lru_cache(maxsize=20_000)
def fitted(text: str, font: str, size: float, width: float) -> tuple[str, float]:
    """The text and the size (points) at which it fits into `width` points: smaller first, then cut with an ellipsis."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    wide = stringWidth(text, font, size)
    if wide <= width:
        return text, size
    small = max(size * width / wide, size * _SMALLEST)
    if small > size * _SMALLEST:
        return text, small
    while text and stringWidth(text + "…", font, small) > width:
        text = text[:-1].rstrip()
    return text + "…", small


def wrapped(text: str, font: str, size: float, width: float, lines: int) -> list[str]:
    """The text in at most `lines` lines of `width` points; the last is for `fitted` to cut."""
    from reportlab.lib.utils import simpleSplit
    parts = simpleSplit(text, font, size, width)
    return parts if len(parts) <= lines else [*parts[: lines - 1], " ".join(parts[lines - 1:])]


def missing(texts: Iterable[str]) -> set[str]:
    """The characters that the fonts cannot print."""
    from reportlab.pdfbase import pdfmetrics
    register()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph.keys() & pdfmetrics.getFont(BOLD).face.charToGlyph.keys()
    return {each for text in texts for each in text if ord(each) not in known}
