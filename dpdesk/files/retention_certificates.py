"""The certificate of a retention run as PDF: each rule with its clause, what went, what stayed and why. It names nobody."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from dpdesk.domain.retention import Run
from dpdesk.files.certificates import _safe, _styles
from dpdesk.files.signing_lines import signing_lines


@dataclass(frozen=True)
class Ran:
    """What the certificate says: the run, rows (rule, what happens, due, gone, stayed) in words, days in words, the log's head."""

    branch: str
    party: str
    run: Run
    rows: list[tuple[str, str, str, str, str]]
    planned: str
    approved: str
    ended: str
    head_code: str


def certificate(said: Ran) -> bytes:
    """The certificate, one page or more."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
    title, label, body = _styles()
    facts = [("Branch", said.branch), ("Number", said.run.certificate), ("Rules", said.party),
             ("Worked out", f"{said.planned}, by {said.run.planned_by}"), ("Approved", f"{said.approved}, by {said.run.approved_by}"),
             ("Carried out", said.ended), ("Log", f"Head code {said.head_code}")]
    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, title="dpdesk certificate", leftMargin=20 * mm, rightMargin=20 * mm,
                                 topMargin=22 * mm, bottomMargin=20 * mm)
    document.build([
        Paragraph("Certificate of retention", title), Spacer(1, 6 * mm), pairs(facts, label, body), Spacer(1, 5 * mm),
        _table(said.rows, label, body), Spacer(1, 5 * mm), Paragraph(_safe(_STAYED), body), Spacer(1, 8 * mm),
        signing_lines("Accountable person", "Witness")])
    return out.getvalue()


_STAYED = ("What stayed is under a hold, is kept longer with the accountable person’s written approval, was in contact again meanwhile, "
           "or could not be reached. The log keeps who did what and when, without the values; opt-outs stay as keyed hashes, so that "
           "nobody who said no is written to again. Copies outside the desk and encrypted backups made before are on the list of copies.")


def pairs(facts: list[tuple[str, str]], label: Any, body: Any) -> Any:
    """Names and values beside each other."""
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table, TableStyle
    table = Table([[Paragraph(_safe(name), label), Paragraph(_safe(words), body)] for name, words in facts if words],
                  colWidths=[40 * mm, 130 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]))
    return table


def _table(rows: list[tuple[str, str, str, str, str]], label: Any, body: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table, TableStyle
    heads = [Paragraph(each, label) for each in ("Rule", "What happens", "Due", "Gone", "Stayed")]
    table = Table([heads, *([Paragraph(_safe(cell), body) for cell in row] for row in rows)],
                  colWidths=[74 * mm, 46 * mm, 17 * mm, 17 * mm, 17 * mm], repeatRows=1)
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.grey),
                               ("LINEBELOW", (0, 1), (-1, -1), 0.3, colors.lightgrey), ("LEFTPADDING", (0, 0), (-1, -1), 2)]))
    return table
