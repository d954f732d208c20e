"""A scanned page with everybody's rows blacked out but one person's: in the pixels, so that nothing lies under the black (S1 §13.1).

The picture is one this program made itself, straight and of a known size; it is decoded as a JPEG and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Collection

from dpdesk.domain.sheets import PAPER, Layout, Rect

_QUALITY = 85
_MARGIN = 0.6  # millimetres kept around a row: never so much that a neighbour's writing is seen


def others_out(picture: bytes, layout: Layout, rows: Collection[int]) -> bytes:
    """The picture with nothing left but the legend and the `rows` (counted from 0) as JPEG; raises ValueError where it is no picture."""
    from PIL import Image, UnidentifiedImageError
    try:
        page = Image.open(io.BytesIO(picture), formats=("JPEG",)).convert("L")
    except (UnidentifiedImageError, OSError) as error:
        raise ValueError("no picture") from error
    black = Image.new("L", page.size, 0)
    across, down = page.width / PAPER[0], page.height / PAPER[1]
    for place in (layout.legend, *(_inner(layout.row(row)) for row in rows)):
        box = (round(place.x * across), round(place.y * down), round(place.right * across), round(place.bottom * down))
        black.paste(page.crop(box), box[:2])
    out = io.BytesIO()
    black.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _inner(row: Rect) -> Rect:
    return Rect(row.x, row.y + _MARGIN, row.width, row.height - 2 * _MARGIN)
