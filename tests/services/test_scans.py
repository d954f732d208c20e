"""Piles of paper come in on a real desk: each page once, each row in its state, and of what is not ours nothing stays."""

from __future__ import annotations

import numpy as np
import pytest

from dpdesk.domain.custody import State
from dpdesk.domain.scans import Fate, PageState, RowState
from dpdesk.services import custody, scans, scans_take, sheets
from tests.services import canvassing, scanning


@pytest.fixture
def sheet(session, tmp_path):
    """A sheet of three pages that is out."""
    return canvassing.out(session, canvassing.planned(session, tmp_path))


def take(session, *paths, **more):
    return scans_take.take(session, scans_take.from_paths(paths), **more)


def test_a_mixed_pile_is_sorted_page_by_page(session, sheet, tmp_path):
    first, second = scanning.filled(session, sheet, 1), scanning.filled(session, sheet, 2, "feeder", hand=2)
    other = scanning.filled(session, sheet, 3, key=b"another branch's key")
    pile = [np.rot90(second.grey, 2), scanning.letter(), scanning.blank(), first.grey, other.grey, np.rot90(first.grey)]
    taken = take(session, scanning.scan(tmp_path, pile))
    assert [each.fate for each in scans.arrived(session, taken.batch)] == [
        Fate.TAKEN, Fate.FOREIGN, Fate.BLANK, Fate.TAKEN, Fate.OTHER_BRANCH, Fate.AGAIN]
    pages = scans.of_sheet(session, sheet.id)
    assert [(page.page, page.state) for page in pages] == [(1, PageState.REVIEW), (2, PageState.REVIEW)]
    for page, done in zip(pages, (first, second), strict=True):
        sure = [(row.read, truth) for row, truth in zip(page.rows, scanning.truth(done), strict=True)]
        assert all(a == b or "?" in (a, b) for read, truth in sure for a, b in zip(read, truth, strict=True))
        assert len(scans.picture(session, page.id)) < 300_000
    assert canvassing.states(session, sheet) == [State.SCANNED, State.SCANNED, State.OUT]
    (standing,) = scans.of_batch(session, taken.batch)
    assert standing.here == (1, 2) and [piece.page for piece in standing.missing] == [3]


def test_rows_are_taken_confirmed_or_looked_at_by_the_rules(session, sheet, tmp_path):
    done = scanning.filled(session, sheet, 1)
    take(session, scanning.scan(tmp_path, [done.grey]))
    (page,) = scans.of_sheet(session, sheet.id)
    for row in page.rows:
        if row.looks == ("empty",):
            assert row.state is RowState.STRIP and set(row.read) == {"."}
        elif row.looks:
            assert row.state is RowState.WAITING and not row.answer
        else:
            assert row.state is RowState.AUTO and row.answer.count("x") == row.read.count("x") >= 1
    assert {row.state for row in page.rows} >= {RowState.AUTO}
    assert sheets.get(session, sheet.id).state is State.OUT
    assert {each.move.value for each in custody.events(session, sheet.id) if each.how.value == "image"} == {"hand_in", "scan"}
