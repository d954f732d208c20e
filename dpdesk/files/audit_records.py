"""The record of a yearly audit of the data, as PDF: what was looked at, what was found, who signed. It names nobody who was looked at."""

from __future__ import annotations

import io
from dataclasses import dataclass

from dpdesk.domain.data_audit import DataAudit
from dpdesk.files.certificates import _safe, _styles
from dpdesk.files.retention_certificates import pairs
from dpdesk.files.signing_lines import signing_lines


@dataclass(frozen=True)
class Said:
    """What the record says: the audit, its numbers as names and values in words, days in words, the log's head."""

    branch: str
    party: str
    audit: DataAudit
    facts: list[tuple[str, str]]
    began: str
    signed: str
    head_code: str


def record(said: Said) -> bytes:
    """The record, one page or more."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    title, label, body = _styles()
    head = [("Branch", said.branch), ("Policy", said.party), ("Begun", f"{said.began}, by {said.audit.started_by}"),
            ("Signed", f"{said.signed}, by {said.audit.signed_by}"), ("Log", f"Head code {said.head_code}")]
    found = [("Not heard of", said.audit.looked.get("quiet", "")), ("Not needed", said.audit.looked.get("redundant", "")),
             ("Statement", said.audit.statement)]
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk record", leftMargin=20 * mm, rightMargin=20 * mm, topMargin=22 * mm,
                                 bottomMargin=20 * mm)
    document.build([
        Paragraph("Record of the yearly audit of the data", title), Spacer(1, 6 * mm), pairs(head, label, body), Spacer(1, 5 * mm),
        Paragraph(_safe("Numbers of the day it was signed"), label), Spacer(1, 2 * mm), pairs(said.facts, label, body), Spacer(1, 5 * mm),
        pairs(found, label, body), Spacer(1, 8 * mm), signing_lines("Accountable person", "Witness")])
    return out.getvalue()
