"""Lines to sign on at the foot of a certificate: apart from each other, each under who signs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from dpdesk.files.kit import fonts

if TYPE_CHECKING:
    from reportlab.platypus import Table

_WIDE, _APART = 164, 10  # millimetres: the room of all, and between two


def signing_lines(*who: str) -> Table:
    """A line for each of `who`, side by side."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table, TableStyle
    label = ParagraphStyle("signing", fontName=fonts()[1], fontSize=10, leading=13)
    each = (_WIDE - _APART * (len(who) - 1)) / len(who)
    names: list = [Paragraph(escape(who[0]), label)]
    widths = [each * mm]
    for other in who[1:]:
        names += ["", Paragraph(escape(other), label)]
        widths += [_APART * mm, each * mm]
    made = Table([names, [""] * len(names)], colWidths=widths, rowHeights=[None, 36], hAlign="LEFT")
    made.setStyle(TableStyle([*(("LINEBELOW", (at, 1), (at, 1), 0.6, colors.grey) for at in range(0, len(names), 2)),
                              ("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, 0), "BOTTOM")]))
    return made
