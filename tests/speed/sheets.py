"""1,000 pages of campaign sheets to PDF, against a bare reportlab canvas that draws the same strokes and texts; and reading them back.

Aims: under 3 s, ratio at most 2.
"""

from __future__ import annotations

import io
import random
import time

from dpdesk.paper import checking, symbols
from dpdesk.paper.lettering import BOLD, REGULAR, register
from dpdesk.paper.printing import draw
from tests.paper.made import made_page

PAGES = 1000
MM = 72 / 25.4


def bench() -> dict[str, object]:
    rng = random.Random(11)
    pages = [made_page(rng, page=number % 40 + 1) for number in range(PAGES)]
    draw(pages[:3], io.BytesIO())
    began = time.process_time()
    out = io.BytesIO()
    draw(pages, out)
    ours = time.process_time() - began
    began = time.process_time()
    _bare(pages, io.BytesIO())
    bare = time.process_time() - began
    began = time.monotonic()
    problems = checking.read_back(out.getvalue(), pages)
    return {"pages": PAGES, "seconds_cpu": round(ours, 2), "pages_per_second": round(PAGES / ours),
            "megabytes": round(len(out.getvalue()) / 1e6, 2), "bare_canvas_seconds_cpu": round(bare, 2),
            "ratio_to_bare_canvas": round(ours / bare, 2),
            "read_back_seconds": round(time.monotonic() - began, 1), "read_back_problems": len(problems)}


def _bare(pages, out: io.BytesIO) -> None:
    """The same boxes, lines, cells and texts, with nothing shared between pages and no layout to compute."""
    from reportlab.pdfgen.canvas import Canvas
    register()
    canvas = Canvas(out, pagesize=(210 * MM, 297 * MM), invariant=True, pageCompression=1)
    for page in pages:
        layout = page.layout
        for payload in page.codes:
            path = canvas.beginPath()
            for row, column, count in symbols.qr(payload):
                path.rect(column * 2.0, row * 2.0, count * 2.0, 2.0)
            canvas.drawPath(path, stroke=0, fill=1)
        for number in range(6):
            for row, column, count in symbols.marker(number):
                canvas.rect(column * 4.0, row * 4.0, count * 4.0, 4.0, stroke=0, fill=1)
        for row, line in enumerate(page.lines):
            base = 800 - row * 50
            for number, box in enumerate(page.boxes):
                place = layout.box_at(row, number)
                canvas.rect(place.x * MM, base, place.width * MM, place.height * MM)
                canvas.setFont(BOLD, 8)
                canvas.drawCentredString(place.x * MM, base + 20, box.letters)
            canvas.roundRect(380, base, 130, 30, 2)
            canvas.line(70, base - 4, 520, base - 4)
            for font, size, text in ((BOLD, 13, line.door), (REGULAR, 7, line.number), (BOLD, 10, line.name), (REGULAR, 6, "Notes")):
                canvas.setFont(font, size)
                canvas.drawString(70, base, text)
        for text in (page.branch, page.title, page.heading, page.summary, page.session, page.label, page.label, page.return_to,
                     page.confidentiality, page.labels.how_to_mark, page.labels.do_not_photograph):
            canvas.setFont(REGULAR, 9)
            canvas.drawString(70, 30, text)
        for box in page.boxes:
            canvas.drawString(70, 40, box.letters)
            canvas.drawString(90, 40, box.meaning)
        canvas.showPage()
    canvas.save()
