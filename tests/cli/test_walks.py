"""`dpdesk walks …`: proposed, made by hand, listed and taken away from the command line."""

from __future__ import annotations

import pytest

from tests.services import registers
from tests.services.registers import write
from tests.services.test_walks import ward


@pytest.fixture
def walked(filled, tmp_path):
    """A desk with a register of one district."""
    path = write(tmp_path, registers.xpress(ward()))
    assert filled("register", "import", path, "--apply", "--supplier", "Anytown Council").status == 0
    return filled


def test_walks_are_proposed_and_only_made_when_asked(walked):
    told = walked("walks", "propose", "--doors", "20", "--json")
    assert told.status == 0
    assert [(each["doors"], each["name"]) for each in told.data["walks"]] == [(20, "High Street"), (20, "High Street"), (12, "Lock Lane")]
    assert walked("walks", "list", "--json").data["walks"] == []
    assert "They are made." in walked("walks", "propose", "--doors", "20", "--apply").out
    assert walked("walks", "propose", "--doors", "20", "--apply").status == 2
    assert walked("walks", "propose", "--doors", "20", "--apply", "--yes", "--json").data["replaced"] == 3
    assert walked("walks", "propose", "--doors", "2").status == 1


def test_a_walk_is_shown_with_its_lines(walked):
    walked("walks", "propose", "--doors", "20", "--apply")
    shown = walked("walks", "show", "AN1/3", "--lines", "--json").data
    assert [line["label"] for line in shown["lines"]] == ["1", "3", "5", "7", "9", "11", "12", "10", "8", "6", "4", "2"]
    assert "Lock Lane 1-12" in walked("walks", "show", "an1/3").out
    assert walked("walks", "show", "AN1/3", "--lines", "--postal", "only", "--json").data["lines"] == []
    assert walked("walks", "show", "AN1/3", "--lines", "--for", "newsletter").status == 1
    assert walked("walks", "show", "AN1/9").status == 1


def test_walks_by_hand(walked):
    made = walked("walks", "make", "AN1", "--street", "high street", "--side", "even", "--from", "2", "--to", "10", "--numbered-only",
                  "--name", "Evens", "--json")
    assert made.status == 0
    assert made.data["parts"][0]["extent"] == "2-10 (evens)"
    more = walked("walks", "make", "AN1", "--street", "Lock Lane", "--add-to", "AN1/1", "--json").data
    assert (more["number"], more["doors"]) == (1, 17)
    streets = walked("walks", "streets", "AN1", "--json").data
    assert [(each["street"], each["unwalked"]) for each in streets["streets"]] == [("High Street", 35), ("Lock Lane", 0)]
    assert streets["without_address"] == 2
    assert walked("walks", "make", "AN1", "--street", "Nowhere").status == 2
    told = walked("walks", "divide", "AN1/1", "--street", "lock lane", "--door", "7", "--json").data
    assert [(each["number"], each["doors"]) for each in (told["kept"], told["made"])] == [(1, 11), (2, 6)]
    assert walked("walks", "divide", "AN1/1", "--street", "Lock Lane", "--door", "99").status == 2
    assert walked("walks", "remove", "AN1/2").status == 0
    assert walked("walks", "make", "AN1", "--street", "Lock Lane", "--add-to", "AN1/1").status == 0
    assert walked("walks", "remove", "AN1/1").status == 0
    assert walked("walks", "list", "--pd", "AN1", "--json").data == {"walks": [], "unwalked_doors": 52}
