"""The cover sheet of a session: where its sheets stand, for a table without a screen. It names nobody."""

from __future__ import annotations

import io
from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.cover_sheets import Cover, CoverLine
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.properties import Places
from dpdesk.domain.roles import Right
from dpdesk.services import copies, sessions, sheets
from dpdesk.services.cover_labels import cover_labels
from dpdesk.services.dates import day
from dpdesk.services.session import Session
from dpdesk.services.session_words import state_name
from dpdesk.services.translation import tr


def save(session: Session, identity: str, path: Path, *, accepted: str = "") -> Copy:
    """Write the cover sheet of a session as a PDF through the copies door; it holds nothing of anybody."""
    from dpdesk.paper import cover
    from dpdesk.services import campaigns
    session.require(Right.SHEETS_SEE)
    found, places = sessions.get(session, identity), Places()
    lines = []
    for each in sheets.listing(session, identity):
        homes = {(line.elector.address, line.elector.postcode) for line in sheets.rows_of(session, each.id) if line.elector}
        doors = {(there.street_key, there.key) for home in homes if (there := places.of(*home))}
        lines.append(CoverLine(each.title, each.spoken, each.pages, len(doors), state_name(each.state.value)))
    leaving = copies.Leaving(CopyKind.COVER, path, tr("Cover sheet of a session"), tr("To run the session at a table"), accepted=accepted,
                             classification=Confidentiality.ORDINARY)
    said = tr("{day}, {time}, {place}", day=day(found.on_day), time=found.starts, place=found.place)
    with copies.door(session, leaving) as out:
        drawn = io.BytesIO()
        cover.draw(Cover(cover_labels(), session.branch, campaigns.get(session, found.campaign).name, said, tuple(lines)), drawn)
        out.write(drawn.getvalue())
        return out.note("sheets.covered")
