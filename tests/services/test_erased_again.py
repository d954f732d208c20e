"""Somebody who was erased on request and stands in a later list: asked about, never back in silence, in whatever spelling."""

from __future__ import annotations

import pytest

from dpdesk.domain.erasing import Erasing
from dpdesk.domain.members import Kind
from dpdesk.services import audit, erasing, imports, members
from dpdesk.store.tables_erased import erased_key
from tests.services.importing import bring, everybody, look

LIST = """
Membership No | Forename | Surname | Email           | Mobile       | Postcode | Status
1             | Zoë      | Gone    | zoe@example.org | 07700 900111 | AN1 2AB  | current
2             | Bob      | Stays   | bob@example.org | 07700 900112 | AN1 2AC  | current
"""
AGAIN = {
    "the same row": "1 | Zoë | Gone | zoe@example.org | 07700 900111 | AN1 2AB | current",
    "another number": "77 | Zoë | Gone | zoe@example.org | 07700 900111 | AN1 2AB | current",
    "other case and plus-tag": "78 | Zoe | Gone-Smith | ZOE+party@Example.ORG | | | current",
    "moved, new mail, same number": "1 | Z. | Gone | new@example.org | | EX1 1AA | current",
    "name without accent, postcode unspaced": " | ZOE | GONE | | | an12ab | current",
}


@pytest.fixture
def without_zoe(session, tmp_path):
    bring(session, tmp_path, LIST)
    zoe = everybody(session)["Zoë Gone"].member.id
    erasing.erase(session, [zoe], "Asked to be forgotten")
    return session


def _list(row: str) -> str:
    return LIST.splitlines()[1] + "\n" + row + "\n3 | New | Person | new.person@example.org | 07700 900111 | | current"


@pytest.mark.parametrize("row", AGAIN.values(), ids=list(AGAIN))
def test_stays_out_and_is_told(without_zoe, tmp_path, row):
    shown = look(without_zoe, tmp_path, _list(row))
    (found,) = shown.erased
    assert (found.row, found.why, shown.counts.new, shown.counts.refused) == (2, "Asked to be forgotten", 1, 1)
    assert [(each.row, each.reason) for each in shown.refused] == [(2, "erased_before")]
    bring(without_zoe, tmp_path, _list(row))
    assert set(everybody(without_zoe)) == {"Bob Stays", "New Person"}


def test_comes_in_where_the_officer_says_so_and_the_log_knows(without_zoe, tmp_path):
    bring(without_zoe, tmp_path, _list(AGAIN["the same row"]), back={2})
    assert "Zoë Gone" in everybody(without_zoe)
    imported = [line for line in audit.listing(without_zoe) if line.action == "members.imported"]
    assert imported[0].facts["erased_back"] == 1 and "erased_back" not in imported[-1].facts
    assert not look(without_zoe, tmp_path, _list(AGAIN["the same row"])).erased  # a member again: nothing to ask


def test_worked_out_anew_at_the_last_moment_the_answer_still_holds(without_zoe, tmp_path):
    shown = look(without_zoe, tmp_path, _list(AGAIN["the same row"]), back={2})
    members.add(without_zoe, Kind.MEMBER, {"forename": "Somebody", "surname": "Else", "status": "current"})
    assert imports.apply(without_zoe, shown).counts.new == 2


def test_an_opt_out_in_a_row_that_stays_out_counts(without_zoe, tmp_path):
    row = "Membership No | Forename | Surname | Email | Opt out\n9 | Zoë | Gone | zoe@example.org | yes"
    assert look(without_zoe, tmp_path, row).counts.stops == 1


def test_also_who_was_replaced_by_an_artificial_identifier(session, tmp_path):
    bring(session, tmp_path, LIST)
    erasing.erase(session, [everybody(session)["Zoë Gone"].member.id], "Yearly audit", Erasing.PSEUDONYMISED)
    assert [each.name for each in look(session, tmp_path, LIST).erased] == ["Zoë Gone"]


def test_at_the_end_of_a_period_nothing_is_kept_to_recognise_anybody_by(session, tmp_path):
    bring(session, tmp_path, LIST)
    erasing.erase(session, [everybody(session)["Zoë Gone"].member.id], "Left six years ago", asked=False)
    with session.desk.read() as connection:
        assert connection.execute(erased_key.select()).all() == []
    assert not look(session, tmp_path, LIST).erased


def test_what_is_kept_can_be_read_by_nobody(without_zoe):
    with without_zoe.desk.read() as connection:
        kept = connection.execute(erased_key.select()).all()
    assert len(kept) == 3 and {len(row.key) for row in kept} == {32}
    assert not any(word in repr(kept).casefold() for word in ("zoe", "gone", "an12ab", "example"))
