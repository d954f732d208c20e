"""Days after a command, as people type them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dpdesk.cli.days import typed
from dpdesk.services.session import today


@pytest.mark.parametrize(("words", "day"), [
    ("2026-11-24", "2026-11-24"), ("24/11/2026", "2026-11-24"), ("1 Dec 2026", "2026-12-01"), ("soon", "soon"),
    ("31/02/2027", "31/02/2027"), ("none", "none"), ("", "")])
def test_a_day_is_read_and_what_is_none_stays(words, day):
    assert typed(words) == day


def test_days_near_by():
    assert [typed(word) for word in ("yesterday", "Today", "tomorrow")] == [(today() + timedelta(days=n)).isoformat() for n in (-1, 0, 1)]
