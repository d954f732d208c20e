"""Certificates as PDF: what was erased, when, by whom and why, what stayed and why. They name nobody who was erased."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.erasing import Erasing, Erasure
from dpdesk.files.kit import fonts
from dpdesk.files.signing_lines import signing_lines

_LABELS_SHOWN = 120


@dataclass(frozen=True)
class Erased:
    """What a certificate of erasure speaks of: the erasures of one number, their day in words, and the head code of the log after
    them."""

    branch: str
    officer: str
    gone: Sequence[Erasure]
    head_code: str
    day: str


def erasure(said: Erased) -> bytes:
    """The certificate of erasure, one page or more."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
    title, label, body = _styles()
    first = said.gone[0]
    replaced = first.how is Erasing.PSEUDONYMISED
    facts = [
        ("Branch", said.branch), ("Number", first.certificate), ("Done on", said.day), ("By", said.officer),
        ("People", f"{len(said.gone):,}"), ("Reason", first.why),
        ("What went", "Name, address, contact details, dates, notes, consents and permissions with their evidence, enquiries, the "
                      "values in the history of changes, and the words in the search index; cleared from the database file."),
        ("What is left", "A record under an artificial identifier, for the counts: status, kind of membership, branch, ward, year "
                         "of joining and postcode district." if replaced else "No record."),
        ("What stayed, and why", _stayed(first)),
        ("Artificial identifiers", _labels(said.gone)),
        ("Log", f"Head code {said.head_code}"),
    ]
    rows = [[Paragraph(_safe(name), label), Paragraph(_safe(words), body)] for name, words in facts]
    table = Table(rows, colWidths=[42 * mm, 122 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]))
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk certificate", leftMargin=23 * mm, rightMargin=23 * mm,
                                 topMargin=24 * mm, bottomMargin=20 * mm)
    heading = "Certificate of replacement by artificial identifiers" if replaced else "Certificate of erasure"
    document.build([Paragraph(heading, title), Spacer(1, 6 * mm), table, Spacer(1, 8 * mm), signing_lines("Signature", "Witness"),
                    Spacer(1, 6 * mm), Paragraph(
        "This certificate names nobody. Who it was about may be written here by hand if the branch must be able to show it.", body)])
    return out.getvalue()


def _stayed(first: Erasure) -> str:
    kept = first.kept
    said = ["The log keeps who did this and when, without the values."]
    if kept.get("stops"):
        said.append(f"Opt-outs of {kept['stops']} of the people stay as keyed hashes that cannot be read back, so that no later "
                    "list brings unwanted mail.")
    if kept.get("hashes"):
        said.append("Of number, address and name a keyed hash stays that cannot be read back, so that no later list brings them back "
                    "unasked.")
    if kept.get("copies"):
        said.append(f"{kept['copies']} copies that left the desk before still hold them; each is on the list of copies until it is gone.")
    if kept.get("backups"):
        said.append(f"{kept['backups']} encrypted backups made before still hold them until they are replaced.")
    return " ".join(said)


def _labels(gone: Sequence[Erasure]) -> str:
    shown = ", ".join(each.label for each in gone[:_LABELS_SHOWN])
    more = len(gone) - _LABELS_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def _safe(words: str) -> str:
    from xml.sax.saxutils import escape
    return escape(words)


def _styles():
    from reportlab.lib.styles import ParagraphStyle
    regular, bold = fonts()
    return (ParagraphStyle("title", fontName=bold, fontSize=20, leading=25),
            ParagraphStyle("label", fontName=bold, fontSize=10, leading=14),
            ParagraphStyle("body", fontName=regular, fontSize=10.5, leading=14.5))
