"""What an entry of the disposal log must say (S1 §28)."""

from __future__ import annotations

from datetime import date

import pytest

from dpdesk.domain.disposals import Repairer, problems

DAY = date(2026, 11, 26)
FINE = {"item": "stick", "description": "Blue stick", "serial": "", "data_class": "confidential", "means": "destroy", "tool": "Drill",
        "verified": "Broken in two", "verified_by": "Ben", "third_party": "", "certificate": "", "done_by": "Ann", "place": "Office",
        "done_on": "2026-11-20", "fate": "destroyed"}


@pytest.mark.parametrize(("changes", "wrong"), [
    ({}, {}),
    ({"verified": " "}, {"verified": "missing"}),                                             # cleaned and verified as such (28.4)
    ({"done_by": "", "place": "", "done_on": ""}, {"done_by": "missing", "place": "missing", "done_on": "missing"}),   # 28.3
    ({"done_on": "2026-11-27"}, {"done_on": "in_future"}), ({"done_on": "yesterday"}, {"done_on": "date_bad"}),
    ({"item": "rock"}, {"item": "unknown"}),
    ({"third_party": "Shred Ltd"}, {"certificate": "third_party_certificate"}),               # 28.5
    ({"third_party": "Shred Ltd", "certificate": "77"}, {}),
    ({"means": "clear", "fate": "reuse"}, {"means": "flash_not_cleared"}),             # overwriting flash leaves copies
    ({"means": "clear", "fate": "reuse", "data_class": "ordinary"}, {}),
    ({"means": "clear", "fate": "reuse", "item": "hard_disk"}, {}),
    ({"item": "paper", "means": "purge", "fate": "reuse"}, {"means": "paper_shredded"}),   # 28.9
    ({"means": "purge", "fate": "repair", "third_party": "Anybody", "certificate": "1"}, {"third_party": "not_approved"}),   # 28.7
    ({"means": "purge", "fate": "repair", "third_party": "Fixers", "certificate": "1"}, {}),
    ({"fate": "reuse"}, {"fate": "is_destroyed"}),
    ({"description": "x" * 201}, {"description": "too_long"})])
def test_what_is_missing_or_does_not_fit_is_named(changes, wrong):
    assert problems({**FINE, **changes}, DAY, frozenset({"Fixers"})) == wrong


def test_an_approval_ends():
    fixer = Repairer("r", "Fixers", "A1", "o", "2026-01-01T00:00:00.000Z", "2026-11-26")
    assert fixer.stands(DAY) and not fixer.stands(date(2026, 11, 27))
