"""The cover sheet of a session: where its sheets stand, for a table without a screen. People are numbers there, names stay on the desk."""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.services import allotments, copies, sessions, sheets
from dpdesk.services.dates import day, moment
from dpdesk.services.session import Session
from dpdesk.services.session_words import state_name
from dpdesk.services.translation import tr


def save(session: Session, identity: str, path: Path, *, accepted: str = "") -> Copy:
    """Write the cover sheet of a session as a PDF through the copies door; it holds nothing of anybody."""
    from dpdesk.paper.cover import Cover, CoverRow, render
    from dpdesk.services import audit, campaigns
    session.require(Right.SHEETS_SEE)
    found = sessions.get(session, identity)
    numbers = {each.id: str(at) for at, each in enumerate(found.people, 1)}
    holders = {each.id: numbers.get(each.holder, "") for each in allotments.listing(session, identity)}
    rows = [CoverRow(each.spoken, each.title, each.pages, holders.get(each.allotment, ""), state_name(each.state.value))
            for each in sheets.listing(session, identity)]
    facts = [(tr("Branch"), session.branch), (tr("Campaign"), campaigns.get(session, found.campaign).name),
             (tr("Meet"), tr("{day}, {time}, {place}", day=day(found.on_day), time=found.starts, place=found.place)),
             (tr("Back by"), moment(found.back_by)), (tr("Pages"), str(sum(each.pages for each in rows)))]
    leaving = copies.Leaving(CopyKind.COVER, path, tr("Cover sheet of a session"), tr("To run the session at a table"), accepted=accepted,
                             classification=Confidentiality.ORDINARY)
    with copies.door(session, leaving) as out:
        copy = out.note("sheets.covered")
        headings = (tr("Sheet"), tr("Walk"), tr("Pages"), tr("Who"), tr("Stands at"), tr("Out"), tr("Back"), tr("Entered"))
        out.write(render(Cover(tr("Cover sheet"), facts, headings, rows, tr(
            "“Who” is the number of the person on the desk’s own list. Log: head code {code}.", code=audit.current_head(session)))))
    return copy
