"""The measurements themselves: all are found, figures are what they say, and slips are real slips."""

from __future__ import annotations

import random
import time

from dpdesk.domain.members import Kind, Member
from dpdesk.files import codes
from tests.speed import entering
from tests.speed.__main__ import found
from tests.speed.desks import Stopwatch, spread
from tests.speed.search import keystrokes, misspelt


def test_every_measurement_is_found():
    assert {"imports", "search", "jump", "unlock", "memory", "window"} <= set(found())


def test_figures():
    assert spread([0.001] * 94 + [0.5] * 6) == {"p50_ms": 1.0, "p95_ms": 500.0, "worst_ms": 500.0}
    watch = Stopwatch()
    with watch:
        time.sleep(0.01)
    assert watch.figures()["worst_ms"] >= 10
    assert watch.figures()["p95_cpu_ms"] < 10


def test_keystrokes_are_prefixes_of_what_is_looked_for():
    person = Member("0" * 32, 1, Kind.MEMBER, "1001", forename="Catherine", surname="Smith", postcode="AN1 2AB")
    typed = list(keystrokes([person], random.Random(1)))
    assert typed[0] == typed[-1][:2]
    assert len(typed) == len(typed[-1]) - 1
    assert any(misspelt("Catherine", random.Random(seed)) != "Catherine" for seed in range(3))


def test_entering_a_sheet_takes_fewer_keys_than_a_spreadsheet():
    letters = tuple(code.letter for code in codes.load("labour").codes)
    for page in entering.pages(random.Random(3), 30):
        assert entering.here(page, letters) < entering.spreadsheet(page)
