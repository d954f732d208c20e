"""A QR code as rows of light and dark, for whoever draws it."""

from __future__ import annotations


def rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code of `text`, row by row, True where dark; without its quiet zone."""
    import segno
    return tuple(tuple(bool(dark) for dark in line) for line in segno.make(text, error="m", micro=False).matrix)
