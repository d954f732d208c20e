"""Two people check a scanned page: whoever decided a row does not look at it alone."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Declined
from dpdesk.domain.roles import Role
from dpdesk.domain.scans import unseen
from dpdesk.services import scans, scans_review, scans_take, scans_two
from tests.services import canvassing, entered, scanning


def test_a_look_counts_for_rows_somebody_else_decided_before_it():
    decided = [(1, "a", 10), (2, "b", 12), (3, "b", 20)]
    assert unseen(decided, []) == {1, 2, 3}
    assert unseen(decided, [("a", 11)]) == {1, 2, 3}
    assert unseen(decided, [("a", 15), ("b", 16)]) == {3}
    assert unseen(decided, [("b", 30), ("a", 31)]) == set()


def test_a_row_the_second_person_puts_right_goes_back_to_the_first(session, tmp_path, reopen):
    sheet = canvassing.out(session, canvassing.planned(session, tmp_path))
    scans_take.take(session, scans_take.from_paths([scanning.scan(tmp_path, [scanning.filled(session, sheet, 1).grey])]))
    scans_two.set_two_people(session, True)
    [page] = scans.of_sheet(session, sheet.id)
    marks = "x" + "." * (page.boxes - 1)
    scans_review.answer(session, page.id, {row.line: marks for row in page.rows})
    second = entered.second_officer(session, reopen, Role.CANVASS_LEAD)
    scans_review.answer(second, page.id, {2: "." + marks[:-1]})
    assert not scans_review.check(second, page.id).done_at, "nobody else has seen row 2"
    with pytest.raises(Declined) as refused:
        scans_review.check(second, page.id)
    assert refused.value.reason == "scans.same_person"
    assert scans.counts(second)["for_another"] == 1
    second.close()
    first = reopen()
    assert [each.id for each in scans.to_check(first)] == [page.id]
    assert scans_review.check(first, page.id).done_at
