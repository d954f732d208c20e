"""The recovery kit as a one-page PDF: the key in large groups, a QR code of it, and what to do with the paper."""

from __future__ import annotations

import io

from dpdesk import RESOURCES
from dpdesk.domain.secret import Secret

_FONT, _BOLD = "Hyperlegible", "Hyperlegible-Bold"
_LINES = (
    "Print this page, or copy the key by hand. Keep it where you would keep a passport: not with the laptop.",
    "It opens the desk once, if the passphrase is lost, and asks for a new passphrase. A new kit is then made,",
    "and this one stops working. Whoever holds this page and the desk's folder can read everything in it.",
    "If this page is lost, make a new kit in Settings: the key printed here then stops working.",
    "After printing, delete the file: it is not encrypted.",
)


def fonts() -> tuple[str, str]:
    """Register the program's own fonts with reportlab; returns the names of regular and bold."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        folder = RESOURCES / "fonts"
        pdfmetrics.registerFont(TTFont(_FONT, folder / "AtkinsonHyperlegibleNext-Regular.ttf"))
        pdfmetrics.registerFont(TTFont(_BOLD, folder / "AtkinsonHyperlegibleNext-Bold.ttf"))
    return _FONT, _BOLD


def render(branch: str, key_label: str, desk_id: str, recovery_key: Secret, made_on: str) -> bytes:
    """The kit for one desk as PDF bytes; `made_on` is an ISO date."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas
    regular, bold = fonts()
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4, invariant=True)
    canvas.setTitle("dpdesk recovery kit")
    left, top = 25 * mm, A4[1] - 30 * mm
    canvas.setFont(bold, 22)
    canvas.drawString(left, top, "Recovery kit")
    canvas.setFont(regular, 12)
    for number, line in enumerate((f"Branch: {branch}", f"Key of: {key_label}", f"Desk: {desk_id[-12:]}",
                                   f"Made on: {made_on}")):
        canvas.drawString(left, top - (12 + 6.5 * number) * mm, line)
    _key(canvas, recovery_key.text().split("-"), left, top - 50 * mm, bold)
    _qr(canvas, recovery_key.text(), left, top - 125 * mm)
    canvas.setFont(regular, 10.5)
    for number, line in enumerate(_LINES):
        canvas.drawString(left, top - (138 + 6 * number) * mm, line)
    canvas.showPage()
    canvas.save()
    return page.getvalue()


def _key(canvas, groups: list[str], left: float, top: float, font: str) -> None:
    from reportlab.lib.units import mm
    canvas.setFont(font, 20)
    for number, group in enumerate(groups):
        canvas.drawString(left + (number % 3) * 40 * mm, top - (number // 3) * 12 * mm, group)


def _qr(canvas, text: str, left: float, bottom: float) -> None:
    import segno
    from reportlab.lib.units import mm
    code = segno.make(text, error="m", micro=False)
    matrix = list(code.matrix)
    side = 32 * mm / len(matrix)
    for y, line in enumerate(matrix):
        for x, dark in enumerate(line):
            if dark:
                canvas.rect(left + x * side, bottom + (len(matrix) - 1 - y) * side, side, side, stroke=0, fill=1)
