"""Invented sheets for the tests of paper: seeded names, streets and codes, and pages ready to draw."""

from __future__ import annotations

import random
from dataclasses import replace

from dpdesk.domain import sheet_codes
from dpdesk.domain.sheets import NORMAL, Box, Layout, SheetLabels, SheetLine, SheetPage, Sort

KEY = bytes(range(32))
BOXES = (
    Box("D", "Definite", Sort.INTENTION), Box("P", "Probable", Sort.INTENTION), Box("U", "Undecided", Sort.INTENTION),
    Box("A", "Against", Sort.INTENTION), Box("X", "Won't say", Sort.INTENTION), Box("NV", "Non-voter", Sort.INTENTION),
    Box("NA", "No answer", Sort.NO_ANSWER), Box("PV", "Postal vote", Sort.EXTRA), Box("PO", "Poster", Sort.EXTRA),
)  # fmt: skip
LABELS = SheetLabels(
    sheet="Sheet", page_of="Page {page} of {pages}", copy="copy {copy}", notes="Notes",
    blank="Nobody to call on here. Leave this line empty.",
    how_to_mark="X one box, black or blue pen. Mistake: black the box out completely, X another. No answer? X “NA”.",
    do_not_photograph="Do not photograph or copy. Hand back at the end of the session to whoever leads it.",
    return_to="If found, return to:",
)
_FIRST = ("Siân", "Łukasz", "Oonagh", "Màiri", "Tomos", "Priya", "Karim", "Grace", "Owen", "Zofia", "Ŵyn", "Aoife", "Hamish", "Noor")
_LAST = ("Llŷr", "Wiśniewska", "O'Connor", "MacLeòid", "Shah", "Example", "Ŷstwyth", "Brown", "Patel", "Jones", "Żak", "Williams")
_STREETS = ("High Street", "Orchard Row", "Canal Walk", "St Mary's Close")


def made_line(rng: random.Random, door: int) -> SheetLine:
    """One invented elector."""
    return SheetLine(f"EX-A {rng.randint(1, 1900)}", str(door), f"{rng.choice(_FIRST)} {rng.choice(_LAST)}")


def made_page(rng: random.Random, layout: Layout = NORMAL, *, sheet: str = "", page: int = 1, copy: int = 1, boxes: tuple[Box, ...] = BOXES,
              key: bytes = KEY, rows: int = 0) -> SheetPage:
    """A page with every line filled, or `rows` of them."""
    rows = rows or layout.rows
    code = sheet_codes.PageCode(layout.code, len(boxes), rows, sheet or sheet_codes.new_sheet(rng.randbytes(7)), page, copy)
    street, first = rng.choice(_STREETS), rng.randint(1, 60)
    lines = tuple(made_line(rng, first + 2 * (row // 2)) for row in range(rows))
    return SheetPage(
        layout, sheet_codes.payloads(code, key), code.label, page, max(page, 3), copy, boxes, lines, LABELS,
        branch="Anytown branch", title="Local election, 6 May", heading=street, summary=f"odd numbers {first | 1} to 85 · 41 doors",
        session="Saturday 17 April, 10:30, Market Square · issued to Ann Example", confidentiality="CONFIDENTIAL · POLITICAL OPINIONS",
        return_to="Anytown branch, 1 Station Road, Anytown XX1 1XX, 01632 960001")  # fmt: skip


def with_blank(page: SheetPage, row: int) -> SheetPage:
    """The page with one line for somebody not to be called on."""
    return replace(page, lines=(*page.lines[:row], SheetLine(blank=True), *page.lines[row + 1:]))
