"""A campaign day on two desks: a pack goes out, is worked offline, comes back, is taken in with its conflicts, and is erased."""

from __future__ import annotations

import json

import pytest

from dpdesk.domain.custody import State
from dpdesk.domain.errors import Declined
from dpdesk.domain.packages import Step
from dpdesk.services import custody, entering, packages, packs, packs_back, sheets
from tests.services import canvassing, entered
from tests.services.transferring import desk, introduce


@pytest.fixture
def lead(tmp_path):
    session = desk(tmp_path / "lead")
    yield session
    session.close()


@pytest.fixture
def gone_out(session, lead, tmp_path):
    """(the branch's pack, the lead's pack, the sheet), taken in at the lead's desk."""
    introduce(session, lead)
    parent = canvassing.planned(session, tmp_path)
    sheet = canvassing.made(session, parent)
    sealed = packs.out(session, parent.id, "Ravi Example")
    [pack] = packs.listing(session)
    taken = packs.take(lead, packs.look(lead, packages.path_of(session, sealed)))
    return pack, taken, sheet


def day_at_the_door(lead, sheet) -> None:
    """Print, issue, hand in, enter: all at the lead's own desk, without the branch."""
    from dpdesk.services import issuing, sessions
    mine = sheets.get(lead, sheet.id)
    canvassing.printed(lead, mine)
    parent = sessions.get(lead, mine.session)
    sessions.authorise(lead, parent.id)
    issuing.issue(lead, [mine.id], canvassing.holder(parent).id, canvassing.word(lead))
    sessions.begin(lead, parent.id)
    entered.hand_in(lead, mine)
    for page in range(1, mine.pages + 1):
        entered.whole(lead, mine, page)


def back(session, lead, pack):
    return packs.look(session, packages.path_of(lead, packs.give_back(lead, pack.id)))


def test_a_day_on_two_desks(session, lead, gone_out, tmp_path):
    pack, taken, sheet = gone_out
    assert (taken.step, taken.session) == (Step.OUT, pack.session)
    rows = entering.rows(lead, sheet.id)
    assert [row.elector.surname for row in rows if row.elector][:2] == [row.elector.surname for row in entering.rows(session, sheet.id)
                                                                        if row.elector][:2]
    assert not any(row.elector.born_on or row.elector.markers for row in rows if row.elector)
    day_at_the_door(lead, sheet)
    seen = back(session, lead, taken)
    found = packs_back.preview(session, seen)
    assert (found.answers, found.conflicts) == (sum(bool(row.elector) for row in rows), ())
    done, word = packs_back.take_back(session, seen)
    assert done == found
    assert all(row.fact is not None for row in entering.rows(session, sheet.id) if row.elector)
    assert {page.work for page in custody.copies_of(session, sheet.id)} == {"entered"}
    assert custody.events(session, sheet.id)[-1].move.value == "enter"
    assert packs_back.preview(session, seen_again(session, lead, taken)).answers == 0
    gone = packs.erase(lead, packs.look(lead, packages.path_of(session, word)))
    with lead.desk.read() as connection:
        from dpdesk.store import packs as store
        for table, column, values in (("elector", "id", pack.snapshot["electors"]), ("sheet", "id", [sheet.id]),
                                      ("canvass_fact", "sheet", [sheet.id]), ("sheet_row", "sheet", [sheet.id])):
            assert store.rows(connection, table, column, values) == []
    packs.erased(session, packs.look(session, packages.path_of(lead, gone)))
    assert packs.get(session, pack.id).step is Step.ERASED
    with pytest.raises(Declined):
        packs.give_back(lead, taken.id)


def seen_again(session, lead, pack):
    return back(session, lead, pack)


def test_what_changed_at_both_ends_is_shown(session, lead, gone_out, tmp_path):
    pack, taken, sheet = gone_out
    day_at_the_door(lead, sheet)
    electors = [row.elector for row in entering.rows(session, sheet.id) if row.elector]
    from dpdesk.services import leaving_alone
    leaving_alone.note(session, electors[0].id)
    with session.desk.jot() as connection:
        from dpdesk.store import packs as store
        store.overwrite(connection, "elector", {"id": electors[1].id}, {"number": 9000})
        store.overwrite(connection, "elector", {"id": electors[2].id}, {"gone": 1})
    entering.by_hand(session, electors[3].id, sheet.campaign, ["O"])
    canvassing.printed(session, sheet)
    seen = back(session, lead, taken)
    found = packs_back.preview(session, seen)
    by_kind = {kind: {each.subject for each in found.conflicts if each.kind == kind} for kind in packs_back.CONFLICTS}
    assert by_kind["left_alone"] == {electors[0].id}
    assert by_kind["renumbered"] == {electors[1].id}
    assert by_kind["gone"] == {electors[2].id}
    assert by_kind["answered"] == {electors[3].id}
    assert len(by_kind["paper"]) == sheet.pages
    packs_back.take_back(session, seen)
    assert {page.state for page in custody.copies_of(session, sheet.id)} == {State.PRINTED}


def test_somebody_else_cannot_give_back_or_erase(session, lead, gone_out, tmp_path):
    _pack, taken, sheet = gone_out
    eve = desk(tmp_path / "eve", "Eve Example", "Elsewhere")
    introduce(session, eve)
    content = {"pack": taken.id, "title": "", "tables": dict.fromkeys(packs_back.BACK, [])}
    forged = packs._seal(eve, "Jane Example", packages.PackageKind.RETURN, "Return", content, taken.id, Step.RETURNED, 30, None)
    with pytest.raises(Declined) as refused:
        packs_back.preview(session, packs.look(session, packages.path_of(eve, forged)))
    assert refused.value.reason == "transfers.pack_step"
    eve.close()


def test_a_pack_holds_no_more_than_the_doorstep_needs(session, lead, gone_out):
    sealed = packages.listing(lead, "in")[0]
    assert sealed.kind.value == "pack"
    content = json.dumps(packs._content(session, __import__("dpdesk.services.sessions", fromlist=["get"]).get(
        session, packs.listing(session)[0].session), [sheets.listing(session)[0].id]))
    assert '"born_on"' not in content and '"uprn"' not in content and '"pin": ""' in content


def test_paper_goes_once_what_it_held_was_receipted(session, lead, tmp_path):
    from dataclasses import replace

    from dpdesk.services import collecting, destruction, outbox, receipts, sheets_sealed
    from tests.services.transferring import folder_at
    introduce(session, lead)
    session.policy = replace(session.policy, receipt_before_destroying=True)
    sheet = entered.back(session, tmp_path)
    with pytest.raises(Declined) as refused:
        sheets_sealed.seal(session, [sheet.id], ["Ravi Example"])
    assert refused.value.reason == "transfers.sheets_empty"
    for page in range(1, sheet.pages + 1):
        entered.whole(session, sheet, page)
    custody.verified(session, sheet.id)
    assert {each.code for each in destruction.plan(session)[0].hindrances} == {"not_receipted"}
    made = sheets_sealed.seal(session, [sheet.id], ["Ravi Example"])
    outbox.queue(session, made.id, [folder_at(session, tmp_path / "stick")])
    outbox.send(session)
    [came] = collecting.collect(lead, folder_at(lead, tmp_path / "stick")).found
    assert receipts.fetch(session)[0]
    assert {page.state for page in custody.copies_of(session, sheet.id)} == {State.UPLOADED}
    assert destruction.plan(session)[0].possible
    _taken, held = packages.take(lead, packages.path_of(lead, came.package))
    lines = held["results.csv"].decode().splitlines()
    assert lines[0].startswith("sheet,page,line,district,number") and len(lines) == sheet.people + 1
    assert "Resident" not in held["results.csv"].decode()


def test_a_pack_that_names_other_tables_is_not_taken_in(session, lead, gone_out, tmp_path):
    _pack, taken, sheet = gone_out
    mine = cards_of(lead)
    for tables in ({"officer": [{"id": "x"}]}, dict.fromkeys(packs.OUT, []) | {"setting": []}, dict.fromkeys(packs.OUT, 7), {}):
        sealed = packs._seal(session, "Ravi Example", packages.PackageKind.PACK, "Pack", {"pack": "9" * 32, "title": "", "tables": tables},
                             "9" * 32, Step.OUT, 30, None)
        with pytest.raises(Declined) as refused:
            packs.take(lead, packs.look(lead, packages.path_of(session, sealed)))
        assert refused.value.reason == "transfers.not_a_pack"
    day_at_the_door(lead, sheet)
    seen = back(session, lead, taken)
    seen.content["tables"]["canvass_fact"][0]["elector"] = "0" * 32
    with pytest.raises(Declined) as refused:
        packs_back.preview(session, seen)
    assert refused.value.reason == "transfers.pack_strange"
    assert mine == cards_of(lead)


def cards_of(session) -> list[str]:
    from dpdesk.services import cards
    return [each.id for each in cards.listing(session)]


def test_a_second_return_brings_what_the_lead_put_right(session, lead, gone_out):
    pack, taken, sheet = gone_out
    day_at_the_door(lead, sheet)
    packs_back.take_back(session, back(session, lead, taken))
    first = entering.rows(lead, sheet.id)[0]
    entered.enter(lead, sheet, first.page, first.line, "A")
    seen = back(session, lead, taken)
    assert packs_back.preview(session, seen).conflicts == ()
    packs_back.take_back(session, seen)
    with session.desk.read() as connection:
        from dpdesk.store import packs as store
        mine = store.rows(connection, "canvass_fact", "elector", [first.elector.id])
    assert [row["raw"] for row in mine if not row["ended"]] == ["A"] and len(mine) == 2
    canvassing.printed(session, sheet, copy=2)
    assert {each.kind for each in packs_back.preview(session, back(session, lead, taken)).conflicts} == set()
    with session.desk.jot() as connection:
        store.overwrite(connection, "page_copy", {"sheet": sheet.id, "page": 1, "copy": 1}, {"state": "lost"})
    assert [each.subject for each in packs_back.preview(session, back(session, lead, taken)).conflicts] == [f"{sheet.id}/1/1"]
