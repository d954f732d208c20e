"""Contact details are held back in list, panel and record until asked for, and again behind the cover (S1 §23)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dpdesk.domain.members import Kind
from dpdesk.services import members, settings
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def cells(stage, code: str) -> list[str]:
    """The words of a column of the list, once its rows are there."""
    stage.listed()
    stage.settle()
    model = stage.page.model
    at = [column.code for column in model.columns].index(code)
    return [model.index(row, at).data() for row in range(model.rowCount())]


@pytest.fixture
def listed(stage):
    stage.go("members", {"reset": True})
    stage.settle()
    return stage


def test_the_list_holds_back_and_shows_and_holds_back_again(listed):
    assert "k•••@example.org" in cells(listed, "email") and "••• 123" in cells(listed, "phone")
    model = listed.page.model
    at = [column.code for column in model.columns].index("email")
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "kat@example.org" not in [model.index(row, at).data(role) for row in range(model.rowCount())]
    listed.press("Show contact details")
    assert "kat@example.org" in cells(listed, "email") and "07700 900123" in cells(listed, "phone")
    listed.press("Hold contact details back")
    assert "kat@example.org" not in cells(listed, "email")
    listed.press("Show contact details")
    listed.desk.veil.lower()
    assert "kat@example.org" not in cells(listed, "email") and listed.page.eye.accessibleName() == "Show contact details"


def test_covering_holds_back_again(listed):
    listed.press("Show contact details")
    listed.desk._cover()
    assert not listed.desk.veil.lifted and "kat@example.org" not in cells(listed, "email")


def test_after_a_while_they_are_held_back_again(listed):
    listed.desk.veil._timer.setInterval(30)
    listed.press("Show contact details")
    assert listed.desk.veil.lifted
    listed.qtbot.waitUntil(lambda: not listed.desk.veil.lifted, timeout=2_000)


def test_search_finds_by_what_is_held_back(listed):
    listed.enter("Search members", "kat@example.org")
    listed.qtbot.waitUntil(lambda: listed.page.query.text == "kat@example.org", timeout=2_000)
    listed.settle()
    assert listed.page.model.rowCount() == 1


def test_the_record_and_its_history_hold_back(stage):
    kat = person(stage, "smyth")
    members.edit(stage.session, kat.id, {"email": "new@example.org"}, kat)
    stage.go("member", {"id": kat.id})
    stage.settle()
    assert stage.reads("n•••@example.org") and not stage.reads("new@example.org") and not stage.reads("kat@example.org")
    stage.press("Show contact details")
    assert stage.reads("new@example.org") and stage.reads("kat@example.org → new@example.org")


def test_the_desk_may_show_them_always(stage):
    settings.set_masks(stage.session, False)
    stage.go("members", {"reset": True})
    stage.settle()
    assert "kat@example.org" in cells(stage, "email")
    assert stage.page.eye.isHidden()


def test_two_records_side_by_side_hold_back_and_keep_what_was_chosen(stage):
    one, other = person(stage, "smyth"), members.add(stage.session, Kind.CONTACT, {"forename": "Kat", "surname": "Smyth",
                                                                                     "email": "kate@example.org"})
    stage.go("compare", {"a": one.id, "b": other.id})
    stage.settle()
    words = [radio.text() for radio in stage.page.sides["email"].buttons()]
    assert words == ["k•••@example.org", "k•••@example.org"]
    stage.page.sides["email"].buttons()[1].click()
    stage.press("Show contact details")
    assert [radio.text() for radio in stage.page.sides["email"].buttons()] == ["kat@example.org", "kate@example.org"]
    assert stage.page.choice().take["email"] == "gone"
    assert stage.page.sides["email"].buttons()[1].accessibleName() == "E-mail: kate@example.org"
