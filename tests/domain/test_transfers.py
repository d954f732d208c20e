"""Markers and receipts are read as they were written and nothing else; names tell nothing; waiting grows up to an hour."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.packages import BadPackage
from dpdesk.domain.transfers import (
    Marker,
    Part,
    Receipt,
    marker_name,
    next_try,
    part_name,
    read_marker,
    read_receipt,
    receipt_name,
    transfer_of,
)

ONE, TWO = "a" * 32, "b" * 32
MARKER = Marker(ONE, TWO, "c" * 64, ("age1x",), (Part(1, 5, "d" * 64), Part(2, 0, "e" * 64)))
RECEIPT = Receipt(ONE, ONE, TWO, "d" * 64, "2026-11-26T10:00:00Z", "c" * 64, {"seq": 4, "head": "ab"})


def test_they_are_read_as_written():
    assert read_marker(MARKER.canonical()) == MARKER and MARKER.size == 5
    assert read_receipt(RECEIPT.canonical()) == RECEIPT


@given(st.binary(max_size=200), st.integers(0, 300))
def test_anything_else_is_refused_or_says_just_what_it_says(noise, at):
    """A free text may say something else (its signature tells); of no content are there two readings."""
    for said, reader in ((MARKER.canonical(), read_marker), (RECEIPT.canonical(), read_receipt)):
        broken = said[:at] + noise + said[at:]
        if broken == said:
            continue
        try:
            assert reader(broken).canonical() == broken
        except BadPackage as problem:
            assert problem.code in ("altered", "newer")


def test_names_tell_nothing():
    assert transfer_of(marker_name(ONE)) == ONE
    assert [transfer_of(name) for name in (part_name(ONE, 3), receipt_name(ONE, 0), "end", "../x.end", ONE.upper() + ".end")] == [""] * 5


def test_waiting_grows_up_to_an_hour():
    now = datetime(2026, 11, 26, tzinfo=UTC)
    waits = [(next_try(now, tries, 0.0) - now).total_seconds() for tries in range(1, 12)]
    assert waits[:3] == [15, 30, 60] and waits[-1] == 3_600 == max(waits)
    assert (next_try(now, 40, 1.0) - now).total_seconds() == 4_500
