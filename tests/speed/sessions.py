"""How long a ward's sheets take: 6,000 electors in walks made into sheets, drawn and read back, handed out, handed in, destroyed."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from dpdesk.domain.custody import How, Move, PageCopy, Piece
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.domain.sessions import Of, Part
from dpdesk.services import (
    allotments,
    campaigns,
    custody,
    destruction,
    hand_in,
    issuing,
    register,
    sessions,
    sheet_print,
    sheets,
    walks,
    walks_make,
)
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store.keys import least
from tests.services.canvassing import CAMPAIGN, plan_values
from tests.services.registers import supply
from tests.speed.register import written

ELECTORS, DRAWN = 6_000, 3


def bench() -> dict:
    """Seconds of each step for the whole ward; drawing for three sheets of it, by the page."""
    with tempfile.TemporaryDirectory() as folder:
        session, _key = Desks(Machine(), least()).create(Path(folder) / "desk", Founding(
            "Ada Bench", Role.ACCOUNTABLE, "generic", "Bench", Secret("lantern otter gravel teapot")))
        try:
            path = written(Path(folder) / "ward.csv", ELECTORS)
            register.apply(session, register.preview(session, register.open_file(session, path), register.Taking()), supply(session))
            walks_make.make(session, walks_make.proposed(session, 60))
            return _measured(session)
        finally:
            session.close()


def _measured(session) -> dict:
    times: dict[str, float] = {}

    def timed(name: str, work):
        began = time.perf_counter()
        answer = work()
        times[name] = round(time.perf_counter() - began, 3)
        return answer
    parent = sessions.add(session, campaigns.add(session, CAMPAIGN, "labour").id, plan_values(), sessions.Named(Of.NAME, name="Senior"),
                          [(sessions.Named(Of.NAME, name=f"Holder {at}"), Part.RESPONSIBLE) for at in range(8)])
    sessions.authorise(session, parent.id)
    holders = [each for each in parent.people if each.part is Part.RESPONSIBLE]
    found = timed("walks_read_s", lambda: walks.walks(session))
    allotted = allotments.allot(session, parent.id, [allotments.Allotting(each.walk.title, each.id, holder=holders[at % 8].id)
                                                     for at, each in enumerate(found)])
    made = timed("sheets_made_s", lambda: sheets.make(session, allotted))
    drawn = timed("three_drawn_and_read_back_s", lambda: sheet_print.draw(session, [each.id for each in made[:DRAWN]]))
    sheet_print.not_printed(session, drawn.pieces)
    pages = timed("printed_s", lambda: _printed(session, made))
    word = issuing.Acknowledged(How.WORD, 1)
    holder = {each.id: each.holder for each in allotted}
    timed("handed_out_s", lambda: [issuing.issue(session, [each.id], holder[each.allotment], word) for each in made])
    timed("set_off_s", lambda: sessions.begin(session, parent.id))
    one = sheets.expected(session, *pages[0]).code.label
    timed("one_page_handed_in_s", lambda: hand_in.show(session, parent.id, one))
    timed("reconciled_s", lambda: hand_in.reconcile(session, parent.id))
    timed("handed_in_s", lambda: hand_in.tick(session, parent.id, pages))
    timed("destroyed_s", lambda: destruction.destroy(session, [each.id for each in made], {
        "method": "shredded", "shred_class": "P-4", "place": "Office", "by": "A", "witness": "B"}, {each.id: "bench" for each in made}))
    sizes = {"electors": sum(each.people for each in made), "sheets": len(made), "pages": len(pages), "pages_drawn": len(drawn.pieces)}
    return sizes | times


def _printed(session, made) -> list[Piece]:
    from dpdesk.store import sheets as store
    pages = [PageCopy(Piece(each.id, page, 2)) for each in made for page in range(1, each.pages + 1)]
    with session.change("sheets.printed") as unit:
        store.put_copies(unit.connection, pages)
        custody.apply(session, unit, pages, Move.PRINT)
        unit.facts(pages=len(pages))
    return [each.piece for each in pages]
