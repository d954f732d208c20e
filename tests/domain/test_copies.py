"""The guard: every combination of what may be known of a place has the answer the papers ask for."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from dpdesk.domain.copies import Answer, Copy, CopyKind, CopyState, Place, judge
from dpdesk.domain.members import Confidentiality

EVERY = [Place(*facts) for facts in product(("", "Dropbox"), (False, True), (False, True, None), (False, True, None))]


@pytest.mark.parametrize(("place", "answer", "code"), [
    (Place(removable=False), Answer.FINE, "own_disk"),
    (Place(removable=False, encrypted=False), Answer.FINE, "own_disk"),
    (Place(removable=True, encrypted=True), Answer.FINE, "encrypted"),
    (Place(removable=True, encrypted=False), Answer.STOPPED, "removable_plain"),
    (Place(removable=True), Answer.CANNOT_TELL, "removable_unknown"),
    (Place(), Answer.CANNOT_TELL, "volume_unknown"),
    (Place(network=True, removable=False), Answer.CANNOT_TELL, "network"),
    (Place(synced="Dropbox", removable=False, encrypted=True), Answer.STOPPED, "synced"),
])
def test_the_guard(place, answer, code):
    verdict = judge(place)
    assert (verdict.answer, verdict.code) == (answer, code)
    assert verdict.name == place.synced


@pytest.mark.parametrize("place", EVERY)
def test_what_cannot_be_told_is_never_called_fine(place):
    fine = judge(place).answer is Answer.FINE
    assert not (fine and place.synced)
    assert not fine or place.encrypted or (place.removable is False and not place.network)
    itself = judge(place, encrypted_itself=True)
    assert itself.answer is (Answer.CANNOT_TELL if place.synced else Answer.FINE)


def copy(delete_by: str, state: CopyState = CopyState.OPEN) -> Copy:
    return Copy("1", CopyKind.MEMBERS, "list.csv", "People", "branch", "Badges", Confidentiality.CONFIDENTIAL, (), 3, "o",
                "2026-11-01T10:00:00.000Z", delete_by, "own_disk", "", state)


@pytest.mark.parametrize(("delete_by", "left", "due"), [("2026-11-25", 1, False), ("2026-11-24", 0, True),
                                                        ("2026-11-01", -23, True), ("", None, False)])
def test_a_copy_is_due_on_its_day(delete_by, left, due):
    today = date(2026, 11, 24)
    assert copy(delete_by).days_left(today) == left
    assert copy(delete_by).is_due(today) is due
    assert not copy(delete_by, CopyState.DELETED).is_due(today)
