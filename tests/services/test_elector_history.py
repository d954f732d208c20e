"""What files of the register changed about an elector."""

from __future__ import annotations

from dpdesk.services import elector_history
from dpdesk.services.session import today
from tests.services import registers
from tests.services.registers import take
from tests.services.test_register_updates import EVANS, KHAN, SMITH, person

YEAR = today().year


def told(session, number: str) -> list[tuple]:
    return [(each.kind, each.what, dict(each.fields)) for each in elector_history.of(session, number)]


def test_changes_are_told_the_newest_first(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS, KHAN)))
    take(session, tmp_path, registers.status(("M", person(2, "Evans", "Siân", "22 Mill Lane"))), name="update.csv")
    take(session, tmp_path, registers.xpress((person(8, "Evans", "Siân", "22 Mill Lane"), KHAN)), name="new.csv", year=YEAR + 1)
    assert told(session, "AN-1-8") == [
        ("full", "changed", {"number": ("AN-1-2", "AN-1-8")}),
        ("update", "changed", {"address": ("2 High St\nAnytown", "22 Mill Lane\nAnytown")}),
        ("full", "came", {})]


def test_who_left_and_came_back(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS)))
    take(session, tmp_path, registers.status(("D", EVANS)), name="out.csv")
    take(session, tmp_path, registers.status(("A", EVANS)), name="back.csv")
    assert [what for _kind, what, _fields in told(session, "AN-1-2")] == ["back", "left", "came"]


def test_nothing_but_coming_is_told_of_who_never_changed(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH,)))
    assert [what for _kind, what, _fields in told(session, "AN-1-1")] == ["came"]
