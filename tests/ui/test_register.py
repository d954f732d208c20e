"""The pages of the register: the list, one elector, taking files in by steps, files and their use, and pairs to confirm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dpdesk.domain.members import Kind
from dpdesk.services import electors, members
from dpdesk.services.session import today
from tests.services import registers
from tests.services.registers import PEOPLE, take, write
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures

YEAR = today().year
MARRIED = ("AN-1", "31", "0", "", "", "Brown", "Ann", "AN1 2AB", "4-6 Knowsley Road", "Anytown")


@pytest.fixture
def campaign(empty_stage, tmp_path) -> Stage:  # noqa: F811
    """A desk with a register."""
    take(empty_stage.session, tmp_path, registers.xpress((*PEOPLE, (
        "AN-1", "8", "0", "N", f"01/01/{YEAR - 14}", "Child", "Chris", "AN1 2AB", "1 High St", ""))))
    return empty_stage


def numbers(campaign: Stage) -> list[str]:
    return campaign.listed()


def test_an_empty_register_says_what_it_is_for(empty_stage):  # noqa: F811
    empty_stage.go("register")
    assert empty_stage.reads("No register yet") and empty_stage.reads("for nothing else")
    empty_stage.press("Take a file in…")
    assert empty_stage.reads("Which file?")


def test_the_list_is_searched_narrowed_and_looked_into(campaign):
    page = campaign.go("register")
    assert campaign.reads("5 electors in 2 districts. 1 is not old enough today to be shown.")
    assert numbers(campaign) == ["AN-1-1", "AN-1-2", "AN-1-3/1", "AN/2-1", "AN/2-2"]
    page.search.setText("knowsley")
    campaign.qtbot.waitUntil(lambda: campaign.reads("1 fits."), timeout=15_000)
    assert numbers(campaign) == ["AN-1-1"]
    page.table.go_to(0)
    campaign.qtbot.waitUntil(lambda: campaign.reads("4-6 Knowsley Road, Anytown, AN1 2AB"), timeout=15_000)
    assert campaign.reads("Ann Smith")
    page.search.setText("Chris")
    campaign.qtbot.waitUntil(lambda: campaign.reads("Nobody fits"), timeout=15_000)
    campaign.press("Show everybody")
    campaign.press("Anonymous entries · 1")
    assert numbers(campaign) == ["AN-1-3/1"]
    assert page.back() and len(numbers(campaign)) == 5
    campaign.enter("Polling district", "AN/2 · 2")
    campaign.settle()
    assert numbers(campaign) == ["AN/2-1", "AN/2-2"]
    page.table.go_to(0)
    campaign.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    campaign.settle()
    assert campaign.desk.front == "elector" and campaign.reads("electoral purposes alone")


def test_a_file_is_taken_in_by_steps(empty_stage, tmp_path):  # noqa: F811
    made = empty_stage
    page = made.go("register_import")
    page.look_at(write(tmp_path, registers.xpress((*PEOPLE, PEOPLE[0]))))
    made.settle()
    assert made.reads("It looks like: Full register; full register, 14 columns (Xpress).")
    made.press("Next: check the file")
    assert made.reads("Supplied by: This is needed") or page.supply.form.problems() == {"supplier": "This is needed"}
    made.enter("Supplied by", "Anytown Council")
    made.press("Next: check the file")
    assert made.reads("1 row: an earlier row of the file has this number")
    assert not electors.counts(made.session).electors
    made.press("Next: take it in")
    assert made.reads("Add 5.") and made.reads("for: Electoral purposes")
    made.press("Add 5")
    assert made.reads("The file is in.") and electors.counts(made.session).electors == 5
    made.press("Delete the file now")
    assert not (tmp_path / "register.csv").exists()
    made.press("See the register")
    assert made.desk.front == "register" and len(made.listed()) == 5


def test_columns_that_do_not_do_are_asked_for(empty_stage, tmp_path):  # noqa: F811
    made = empty_stage
    page = made.go("register_import")
    page.look_at(write(tmp_path, [["Ward code", "Roll", "Whole name"], ["AN1", "7", "Smith Ann"]]))
    made.settle()
    assert page.supply.section.is_open
    made.enter("Supplied by", "Anytown Council")
    made.press("Next: check the file")
    assert "number" in made.told() and page.at == 1
    for header, words in (("Ward code", "Polling district"), ("Roll", "Elector number"), ("Whole name", "Whole name, surname first")):
        made.enter(f"“{header}” becomes", words)
    made.press("Next: check the file")
    assert page.at == 2 and made.reads("Every row can come in.")
    made.press("Back")
    assert page.at == 1 and page.place()["entered"]["mapping"] == {"0": "district", "1": "number", "2": "full_name"}


def test_a_file_is_taken_back_and_an_old_one_destroyed(campaign, tmp_path):
    session = campaign.session
    take(session, tmp_path, registers.xpress((MARRIED,)), name="new.csv", year=YEAR + 1, whole=True)
    campaign.go("today")
    assert campaign.reads("Old files of the electoral register are to be destroyed (1)")
    campaign.go("register_files")
    assert campaign.reads("2 files came in. 1 is to be destroyed.") and campaign.reads("may not be passed on")
    campaign.press("Take back new.csv")
    campaign.agree("Take it back")
    assert campaign.told() == "The file is taken back." and electors.counts(session).electors == 5
    take(session, tmp_path, registers.xpress((MARRIED,)), name="new.csv", year=YEAR + 1, whole=True)
    campaign.go("register_files")
    campaign.press("Destroy register.csv")
    campaign.agree("Destroy it")
    assert "It is destroyed." in campaign.told() and not campaign.reads("To be destroyed")


def test_a_file_others_depend_on_says_so(campaign, tmp_path):
    take(campaign.session, tmp_path, registers.status(("D", PEOPLE[0])), name="u.csv")
    campaign.go("register_files")
    campaign.press("Take back register.csv")
    assert QApplication.activeModalWidget() is None and "more was done since" in campaign.told()


def test_pairs_are_confirmed_one_by_one(campaign, tmp_path):
    session = campaign.session
    before = electors.get(session, "AN-1-1").row.elector.id
    take(session, tmp_path, registers.xpress((MARRIED,)), name="new.csv", year=YEAR + 1, whole=True)
    campaign.go("register_follows")
    assert campaign.reads("AN-1-1: Ann Smith") and campaign.reads("AN-1-31: Ann Brown")
    campaign.press("The same elector: Ann Brown")
    assert campaign.told() == "They are one elector; history follows." and campaign.reads("Nothing to confirm")
    assert electors.get(session, "AN-1-31").row.elector.id == before


def test_members_are_matched_with_electors(campaign):
    session = campaign.session
    ann = members.add(session, Kind.MEMBER, {"forename": "Ann", "surname": "Smith", "postcode": "AN1 2AB", "status": "current"})
    bob = members.add(session, Kind.MEMBER, {"forename": "Bob", "surname": "Jones", "postcode": "AN1 2AC", "status": "current"})
    campaign.go("register_links")
    campaign.press("The same person: Ann Smith")
    campaign.press("Two people: Bob Jones")
    assert campaign.reads("Nothing to confirm")
    assert electors.get(session, "AN-1-1").person == ann.id and electors.get(session, "AN/2-2").person != bob.id
    campaign.go("elector", {"id": electors.get(session, "AN-1-1").row.elector.id})
    assert campaign.reads("This elector is Ann Smith on the desk.")
    campaign.go("member", {"id": ann.id})
    campaign.press("On the register as AN-1-1")
    campaign.press("Take the link away")
    assert not campaign.reads("on the desk.")


def test_sure_pairs_are_confirmed_together(campaign):
    session = campaign.session
    for forename, surname, home, code in (("Ann", "Smith", "4-6 Knowsley Road", "AN1 2AB"), ("Bob", "Jones", "Flat 5 Block B", "AN1 2AC")):
        members.add(session, Kind.MEMBER, {"forename": forename, "surname": surname, "address1": home, "postcode": code,
                                           "status": "current"})
    campaign.go("register_links")
    campaign.press("Confirm the sure ones…")
    campaign.agree("Confirm them")
    assert campaign.told() == "They are linked." and campaign.reads("Nothing to confirm")
    assert electors.get(session, "AN-1-1").person_name == "Ann Smith" and electors.get(session, "AN/2-2").person_name == "Bob Jones"


def test_the_polling_day_decides_who_is_shown(campaign):
    campaign.go("register")
    campaign.press("Polling day")
    campaign.enter("Polling day", "01/01/1999")
    campaign.press("Set the day")
    assert campaign.reads("This is outside what the policy allows")
    soon = f"01/03/{YEAR + 1}"
    campaign.enter("Polling day", soon)
    campaign.press("Set the day")
    assert campaign.told() == "The polling day is set." and campaign.session.desk.setting("polling_day") == f"{YEAR + 1}-03-01"
    assert campaign.reads("is not old enough on ")


def test_electors_are_written_for_an_electoral_purpose_alone(campaign, tmp_path):
    from PySide6.QtWidgets import QFileDialog, QLineEdit
    campaign.go("register")
    campaign.press("Export electors")
    campaign.enter("What for", "Newsletter")
    campaign.press("Choose where…")
    assert "electoral purposes only" in campaign.told()
    campaign.enter("What for", "Canvassing")
    campaign.enter("For whom", campaign.session.policy.recipient_bodies[0].name)
    campaign.press("Choose where…")
    assert "may not be passed on" in campaign.told()
    campaign.enter("For whom", "Use inside the branch")
    campaign.press("Choose where…")
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, QFileDialog)
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "walk.csv"))
    chooser.accept()
    campaign.settle()
    if (asked := QApplication.activeModalWidget()) is not None:  # the guard cannot tell what this machine's temporary folder is
        assert asked.isVisible()
        campaign.agree("I know that it is safe")
    assert "5 electors are written to “walk.csv”" in campaign.told()
    said = (tmp_path / "walk.csv").read_text("utf-8-sig")
    assert "Knowsley" in said and "Child" not in said
