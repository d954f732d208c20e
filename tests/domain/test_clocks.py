"""Calendar months: the same day, or the month's last."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.clocks import months_after, months_before


@pytest.mark.parametrize(("day", "months", "then"), [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-24", 12, "2027-11-24"),
    ("2024-02-29", 12, "2025-02-28"), ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", 6, "2026-09-30")])
def test_months(day, months, then):
    assert months_after(date.fromisoformat(day), months).isoformat() == then


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_there_and_back_loses_at_most_the_end_of_a_month(day, months):
    there = months_after(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day <= day.day and months_before(there, months) <= day
    if day.day <= 28:
        assert months_before(there, months) == day
