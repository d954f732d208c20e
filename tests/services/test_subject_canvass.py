"""What the campaign holds on a person: answers, sheets, and pictures in which everybody else is black, in the pixels."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from dpdesk.domain.clocks import months_after
from dpdesk.domain.errors import Declined
from dpdesk.domain.members import Kind
from dpdesk.domain.results import Fact
from dpdesk.domain.sessions import Allotment, SheetKind
from dpdesk.domain.sheets import LARGE, NORMAL
from dpdesk.paper.blackout import others_out
from dpdesk.services import (
    duties,
    electors,
    holds,
    members,
    register_links,
    restrictions,
    scans_take,
    sheet_lines,
    sheets,
    subject_nameless,
    subject_pack,
    subject_search,
)
from dpdesk.services.session import today
from dpdesk.store import results
from tests.services import canvassing, scanning


def white() -> bytes:
    """A page all white."""
    out = io.BytesIO()
    Image.new("L", (1680, 2376), 255).save(out, "JPEG")
    return out.getvalue()


def grey(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"))


@pytest.mark.parametrize("layout", [NORMAL, LARGE])
def test_nothing_is_left_but_the_legend_and_the_persons_row(layout):
    page = grey(others_out(white(), layout, [2]))
    for at in range(layout.rows):
        row = layout.row(at)
        middle = page[round((row.y + row.height / 2) * 8), round(row.x * 8) + 4:round(row.right * 8) - 4]
        assert (middle > 200).all() if at == 2 else (middle < 60).all()
    above = layout.row(2).y
    assert (page[round(above * 8) - 8:round(above * 8) - 2] < 60).all(), "a neighbour's writing would be seen"
    assert (page[:, :8] < 60).all() and (page[-100:] < 60).all() and (page[:200] < 60).all()


def test_what_is_no_picture_is_said_so():
    with pytest.raises(ValueError, match="no picture"):
        others_out(b"not a picture", NORMAL, [0])


def test_a_person_on_a_sheet_gets_its_picture_with_all_others_black(session, tmp_path):
    parent = canvassing.planned(session, tmp_path)
    sheet = canvassing.out(session, parent)
    scans_take.take(session, scans_take.from_paths([scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey])]))
    lines = sheets.rows_of(session, sheet.id, 1)
    elector = lines[3].elector
    who = members.add(session, Kind.MEMBER, {"forename": elector.forename, "surname": elector.surname, "status": "current"})
    register_links.link(session, elector.id, who.id)
    duties.add(session, "requests", {"who": "Ada", "type": "access", "received_on": "2026-11-02"}, [who.id])
    found = subject_search.search(session, subject_search.subject(session, person=who.id), "All places")
    counts = found.counts
    with session.desk.read() as connection:
        known = len(results.of_elector(connection, elector.id))
    assert counts["canvass"] == known
    assert counts["sheets"] == 1 and counts["scans"] == 1 and counts["duties"] == 1 and counts["electors"] == 1
    settled = subject_search.settled(found, subject_search.proposal(session, found))
    subject_pack.write(session, found, settled, tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".jpg")]
        page = grey(archive.read(name))
        said = archive.read("data.json").decode()
    for at in range(NORMAL.rows):
        row = NORMAL.row(at)
        part = page[round(row.y * 8) + 8:round(row.bottom * 8) - 8, round(row.x * 8) + 8:round(row.right * 8) - 8]
        assert (part.max() > 200) if at == 3 else (part.max() < 60), at
    others = {line.elector.surname for line in lines if line.elector is not None} - {elector.surname}
    assert not [name for name in others if f'"{name}"' in said or f"{name} " in said]
    assert electors.get(session, str(elector.key))



def test_a_restricted_person_goes_on_no_sheet_and_is_in_no_search_of_the_register(session, tmp_path):
    parent = canvassing.planned(session, tmp_path)
    elector = electors.get(session, "CV-4").row.elector
    who = members.add(session, Kind.MEMBER, {"forename": elector.forename, "surname": elector.surname, "status": "current"})
    register_links.link(session, elector.id, who.id)
    street = Allotment("a", parent.id, 1, SheetKind.CANVASS, "All", district="CV")
    before = {each.elector for each in sheet_lines.going(session, street)}
    restrictions.restrict(session, who.id, "objection_pending", "Asked not to be canvassed while it is looked at")
    assert before - {each.elector for each in sheet_lines.going(session, street)} == {elector.id}
    assert not electors.search(session, elector.surname)


def test_what_somebody_said_becomes_nameless_when_they_ask_and_counts_on(session, tmp_path):
    canvassing.planned(session, tmp_path)
    elector = electors.get(session, "CV-4").row.elector
    fact = Fact("f" * 32, elector.id, "c" * 32, raw="L", taken_on=today().isoformat(), note="Has a dog")
    with session.change("retention.confirmed") as unit:
        results.add(unit.connection, [fact])
        unit.facts(test=True)
    who = subject_search.subject(session, elector=elector.id)
    held = holds.place(session, "A petition", months_after(today(), 3).isoformat(), category="canvass")
    with pytest.raises(Declined):
        subject_nameless.make(session, who, "Asked")
    holds.release(session, held.id)
    assert subject_nameless.make(session, who, "Asked") == 1
    with session.desk.read() as connection:
        kept = results.get(connection, fact.id)
    assert (kept.elector, kept.note, kept.raw) == ("", "", "L")


def test_an_elector_who_is_no_member_is_restricted_too(session, tmp_path):
    canvassing.planned(session, tmp_path)
    elector = electors.get(session, "CV-4").row.elector
    restrictions.restrict(session, elector.id, "other", "Asked")
    assert not electors.search(session, elector.surname)
    assert subject_search.search(session, subject_search.subject(session, elector=elector.id), "All").counts["restrictions"] == 1
    restrictions.free(session, elector.id, "Settled")
    assert electors.search(session, elector.surname)
