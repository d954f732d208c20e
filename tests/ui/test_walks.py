"""The pages of walks: proposing, ordering by hand and by keyboard, changing one, and who goes on its sheets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dpdesk.services import walks
from tests.services import registers
from tests.services.registers import take
from tests.services.test_walks import elector, ward
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures


@pytest.fixture
def campaign(empty_stage, tmp_path) -> Stage:  # noqa: F811
    """A desk with a register of one district."""
    take(empty_stage.session, tmp_path, registers.xpress([*ward(), elector(400, "Rose Cottage,")]))
    return empty_stage


def rows(table) -> list[tuple[str, ...]]:
    return [tuple(table.topLevelItem(at).text(column) for column in range(table.columnCount())) for at in range(table.topLevelItemCount())]


def propose(campaign: Stage, doors: str = "20") -> None:
    campaign.go("walks")
    campaign.press("Propose walks…")
    campaign.enter("Doors of a walk, about", doors)
    campaign.press("Propose")


def test_walks_are_proposed_looked_at_and_made(campaign):
    campaign.go("walks")
    assert campaign.reads("No walks yet")
    propose(campaign, "1")
    assert campaign.reads("This is outside what the policy allows")
    campaign.enter("Doors of a walk, about", "20")
    campaign.press("Propose")
    assert campaign.reads("3 walks of 12 to 21 doors in 1 district. Nothing is changed yet.")
    assert walks.walks(campaign.session) == []
    campaign.press("Make these walks")
    assert campaign.desk.front == "walks"
    assert campaign.reads("3 walks with 53 doors in AN1.") and campaign.reads("2 electors have no address")
    propose(campaign, "30")
    assert campaign.reads("3 walks that are there give way.")
    campaign.press("Make these walks")
    campaign.agree("Replace")
    assert len(walks.walks(campaign.session)) == len(rows(campaign.page.table)) == 3


def test_walks_are_put_in_order_by_keyboard(campaign):
    propose(campaign)
    campaign.press("Make these walks")
    table = campaign.page.table
    assert [row[4] for row in rows(table)] == ["High Street 1-20", "High Street 21-40 and 1 without a number", "Lock Lane 1-12"]
    table.mark(table.codes()[2])
    campaign.qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    campaign.settle()
    assert [row[4] for row in rows(table)] == ["High Street 1-20", "Lock Lane 1-12", "High Street 21-40 and 1 without a number"]
    assert [each.walk.name for each in walks.walks(campaign.session)] == ["High Street", "Lock Lane", "High Street"]
    campaign.qtbot.keyClick(table, Qt.Key.Key_Return)
    campaign.settle()
    assert campaign.desk.front == "walk" and campaign.reads("AN1/2 Lock Lane")


def test_a_walk_is_changed_and_takes_doors_from_others(campaign):
    propose(campaign)
    campaign.press("Make these walks")
    campaign.go("walk", {"id": walks.get(campaign.session, "AN1/3").id})
    campaign.press("Add a street…")
    campaign.enter("Street", "High Street, 1-40 and 1 without a number")
    campaign.enter("From number", "9")
    campaign.enter("To number", "5")
    campaign.press("Add it")
    assert campaign.reads("This is outside what the policy allows")
    campaign.enter("From number", "x")
    campaign.press("Add it")
    assert campaign.reads("This is not a house number")
    campaign.enter("From number", "5")
    campaign.enter("To number", "9")
    campaign.enter("Which doors", "odd numbers")
    campaign.press("Add it")
    assert [row[:2] for row in rows(campaign.page.table)][:2] == [("Lock Lane 1-12", "12"), ("High Street 5-9 (odds)", "3")]
    assert sum(each.doors for each in walks.walks(campaign.session)) == 53
    campaign.page.table.mark("1")
    campaign.press("Walk the street earlier")
    assert rows(campaign.page.table)[0][0] == "High Street 5-9 (odds)"
    campaign.press("Take the street out of the walk")
    assert [each.street for each in walks.unwalked(campaign.session, "AN1")] == ["High Street"]
    campaign.press("Divide the walk at a door")
    campaign.enter("From door", "1")
    campaign.press("Divide it")
    assert campaign.reads("Choose a later door of the walk")
    campaign.enter("From door", "7")
    campaign.press("Divide it")
    assert campaign.reads("The rest is the walk AN1/4 Lock Lane, High Street now.")
    assert [each.doors for each in walks.walks(campaign.session) if each.walk.number in (3, 4)] == [6, 7]
    campaign.press("Rename the walk")
    campaign.enter("Name", "By the canal")
    campaign.press("Rename")
    assert campaign.reads("AN1/3 By the canal")
    campaign.press("Delete the walk…")
    campaign.agree("Delete it")
    assert campaign.desk.front == "walks" and campaign.reads("are in no walk")


def test_who_goes_on_the_sheets_and_where_a_named_house_stands(campaign, tmp_path):
    take(campaign.session, tmp_path, [["Full Elector No.", "Vote Type"], ["AN1-9", "Postal"]], name="post.csv")
    propose(campaign, "60")
    campaign.press("Make these walks")
    campaign.go("walk", {"id": walks.get(campaign.session, "AN1/1").id})
    lines = campaign.page.lines
    assert campaign.reads(f"{len(rows(lines.table))} lines.")
    campaign.enter("Narrow by way of voting", "Postal voters alone")
    campaign.settle()
    assert rows(lines.table) == [("5 High Street", "AN1-9", "Ann Name9", "post")]
    campaign.enter("Narrow by way of voting", "However they vote")
    campaign.settle()
    at = next(at for at, row in enumerate(rows(lines.table)) if row[0].startswith("Rose"))
    lines.table.mark(str(at))
    campaign.press("Move this house…")
    campaign.enter("After", "3")
    campaign.press("Put it there")
    said = [row[0] for row in rows(lines.table)]
    assert said[said.index("Rose Cottage High Street") - 1] == "3 High Street"


def test_the_first_walk_of_a_district_may_be_made_by_hand(campaign):
    campaign.go("walks")
    campaign.press("New walk…")
    campaign.press("Add a street…")
    campaign.enter("Street", "Lock Lane, 1-12")
    campaign.press("Add it")
    assert campaign.reads("AN1/1 Lock Lane")
    campaign.go("walks")
    assert campaign.reads("41 doors are in no walk: High Street.")


def test_without_a_register_there_is_nothing_to_press(empty_stage):  # noqa: F811
    page = empty_stage.go("walks")
    assert empty_stage.reads("No walks yet") and not any(each.isVisible() for each in page.empty.buttons)


def test_a_new_walk_begins_with_its_first_street(campaign):
    propose(campaign)
    campaign.press("Make these walks")
    campaign.press("New walk…")
    assert campaign.reads("New walk in AN1")
    campaign.press("Add a street…")
    campaign.enter("Street", "Lock Lane, 1-12")
    campaign.press("Add it")
    assert campaign.reads("AN1/4 Lock Lane")
    assert [each.walk.number for each in walks.walks(campaign.session)] == [1, 2, 4]


def test_sheets_are_narrowed_by_what_people_said(campaign):
    from dpdesk.services import entering
    from tests.services import canvassing
    made = canvassing.campaign(campaign.session)
    entering.by_hand(campaign.session, "AN1-5", made.id, ("L",))
    propose(campaign, "60")
    campaign.press("Make these walks")
    campaign.go("walk", {"id": walks.get(campaign.session, "AN1/1").id})
    everybody = len(rows(campaign.page.lines.table))
    campaign.enter("Narrow by last intention", "Labour")
    campaign.settle()
    assert [row[1] for row in rows(campaign.page.lines.table)] == ["AN1-5"]
    campaign.enter("Narrow by last intention", "Said nothing yet")
    campaign.settle()
    assert len(rows(campaign.page.lines.table)) == everybody - 1
