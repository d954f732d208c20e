"""Certificates of disposal and reports of a device as PDF: labels and values, the log's head code, room for signatures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.files.kit import fonts
from dpdesk.files.signing_lines import signing_lines


@dataclass(frozen=True)
class Certificate:
    """`facts` are (label, value); `signatures` the labels of the lines to sign on."""

    heading: str
    branch: str
    facts: Sequence[tuple[str, str]]
    head_code: str
    signatures: Sequence[str] = ()


def pdf(said: Certificate) -> bytes:
    """One page, or more where it must be."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
    title, label, body = styles()
    rows = [[Paragraph(safe(name), label), Paragraph(safe(value), body)] for name, value in (("Branch", said.branch), *said.facts)]
    rows.append([Paragraph("Log", label), Paragraph(f"Head code {said.head_code}", body)])
    table = Table(rows, colWidths=[42 * mm, 122 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]))
    parts = [Paragraph(safe(said.heading), title), Spacer(1, 6 * mm), table, Spacer(1, 10 * mm)]
    if said.signatures:
        parts.append(signing_lines(*said.signatures))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title="dpdesk certificate", leftMargin=23 * mm, rightMargin=23 * mm, topMargin=24 * mm,
                      bottomMargin=20 * mm).build(parts)
    return out.getvalue()


def safe(words: str) -> str:
    """Words as the paragraph maker takes them."""
    from xml.sax.saxutils import escape
    return escape(words)


def styles():
    """Title, label and body."""
    from reportlab.lib.styles import ParagraphStyle
    regular, bold = fonts()
    return (ParagraphStyle("title", fontName=bold, fontSize=20, leading=25),
            ParagraphStyle("label", fontName=bold, fontSize=10, leading=14),
            ParagraphStyle("body", fontName=regular, fontSize=10.5, leading=14.5))
