"""The import of a list: nothing before the last step, what is refused and why, opt-outs that hold, and the plain end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl

from dpdesk.domain.contacting import StopReason
from dpdesk.services import contacting, copies, members
from dpdesk.ui.members.step_check import RefusedTable
from dpdesk.ui.members.step_whole import MissingTable
from tests.ui.people_stage import empty_stage, people_desks, person, stage, write_list

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture
def a_list(tmp_path) -> Path:
    common = {"Status": "Current", "Bank sort code": "00-00-00"}
    return write_list(
        tmp_path / "list.csv",
        {"Membership No": "100", "First Name": "Katherine", "Last Name": "Smyth", "Email": "kat@example.org",
         "Do Not Email": "", **common},
        {"Membership No": "101", "First Name": "Siân", "Last Name": "Evans", "Email": "", "Do Not Email": "",
         **common, "Status": "Lapsed"},
        {"Membership No": "200", "First Name": "Ada", "Last Name": "Lane", "Email": "ada@example.org",
         "Do Not Email": "Yes", **common},
        {"Membership No": "201", "First Name": "Bad", "Last Name": "Mail", "Email": "no address", "Do Not Email": "",
         **common})


def look(stage, path: Path) -> None:
    stage.go("import", {})
    stage.page.look_at(path)
    stage.settle()


def test_columns_are_matched_and_refused_ones_say_why(stage, a_list):
    look(stage, a_list)
    assert stage.page.steps.accessibleName().startswith("Step 2 of 5")
    assert stage.field("“Last Name” goes to").currentText() == "Surname"
    assert stage.field("“Do Not Email” goes to").currentText() == "Opt-out: Do not e-mail"
    assert stage.reads("Stays out. Bank details: the branch has no purpose for it")
    assert not stage.reads("00-00-00")
    assert stage.reads("Opt-outs always come in.")


def test_a_column_of_opt_outs_can_become_nothing_else(stage, a_list):
    look(stage, a_list)
    choice = stage.field("“Do Not Email” goes to")
    assert all(choice.itemText(at).startswith("Opt-out") for at in range(choice.count()))


def test_the_check_counts_and_names_the_refused(stage, a_list):
    look(stage, a_list)
    stage.press("Next: check the list")
    assert stage.reads("Nobody's opt-out changes. 1 opt-out in the list is added.")
    table = stage.shown(RefusedTable)[0]
    assert [table.model().index(0, at).data() for at in (0, 2)] == ["5", "E-mail"]
    assert "e-mail address" in table.model().index(0, 1).data()
    assert members.counts(stage.session).members == 3


def test_nothing_is_written_before_the_last_step_and_then_all_of_it(stage, a_list):
    look(stage, a_list)
    stage.press("Next: check the list")
    stage.press("Next: bring it in")
    assert members.counts(stage.session).members == 3
    verb = stage.page.next_button.text()
    assert verb.startswith("Add 1")
    stage.press(verb)
    assert stage.reads("The list is in.")
    assert stage.reads("1 person added")
    assert members.counts(stage.session).members == 4
    stage.press("See them")
    assert (stage.desk.front, len(stage.listed())) == ("members", 4)


def test_one_can_always_go_back(stage, a_list):
    look(stage, a_list)
    stage.press("Next: check the list")
    stage.press("Back")
    assert stage.page.steps.accessibleName().startswith("Step 2")
    stage.press("Back")
    stage.press("Back to members")
    assert stage.desk.front == "members"
    assert members.counts(stage.session).members == 3


def test_an_opt_out_outlives_the_next_list(stage, a_list):
    who = person(stage, "smyth").id
    contacting.stop(stage.session, who, "email", StopReason.OPT_OUT, "a reply")
    look(stage, a_list)
    stage.press("Next: check the list")
    stage.press("Next: bring it in")
    stage.press(stage.page.next_button.text())
    stage.go("member", {"id": who})
    assert stage.reads("Do not e-mail")


def test_rows_may_come_in_without_what_cannot_be_read(stage, a_list):
    look(stage, a_list)
    stage.press("Next: check the list")
    stage.press("Bring such rows in without the value that cannot be read")
    assert stage.page.preview.counts.refused == 0


def test_a_file_that_is_no_list_is_named(stage, tmp_path):
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"\x00\x01\x02" * 500)
    look(stage, junk)
    assert "junk.xlsx" in stage.told()
    assert stage.page.steps.accessibleName().startswith("Step 1")


def test_two_columns_for_one_field_lead_back_to_the_match(stage, a_list):
    look(stage, a_list)
    stage.enter("“Email” goes to", "Surname")
    stage.press("Next: check the list")
    assert "Last Name" in stage.told()
    assert stage.page.steps.accessibleName().startswith("Step 2")


def test_the_place_brings_one_back_to_the_same_file(stage, a_list):
    look(stage, a_list)
    stage.enter("“Email” goes to", "Leave out")
    place = stage.page.place()
    stage.page.file = stage.page.draft = None
    stage.go("import", place)
    assert stage.field("“Email” goes to").currentText() == "Leave out"


def test_a_drop_says_what_it_will_do(stage, a_list):
    stage.go("import", {})
    stage.page.choose.field.promise([QUrl.fromLocalFile(str(a_list.with_suffix(".jpg")))])
    assert stage.reads("This cannot be taken")
    stage.page.choose.field.promise([QUrl.fromLocalFile(str(a_list))])
    assert stage.reads("Let go to look at “list.csv”")
    assert stage.reads("Nothing is written yet, and the file stays where it is.")


def to_check(stage, path: Path) -> None:
    look(stage, path)
    stage.press("Next: check the list")


def whole(stage) -> None:
    choice = stage.field("Is this the whole membership list?")
    choice.setCurrentIndex(choice.findText("Yes, everybody who is a member"))
    choice.activated.emit(choice.currentIndex())
    stage.settle()


def test_a_part_of_the_list_says_so_and_nobody_is_missing(stage, a_list):
    to_check(stage, a_list)
    assert stage.reads("is not in the list and stays as they are") or stage.reads("are not in the list and stay as they are")
    assert not stage.shown(MissingTable)


def test_who_is_missing_from_a_whole_list_lapses_once_confirmed(stage, a_list):
    to_check(stage, a_list)
    whole(stage)
    (table,) = stage.shown(MissingTable)
    model = table.model()
    names = [model.index(at, 0).data() for at in range(model.rowCount())]
    assert names and stage.reads("Some rows of the list stay out")
    first = model.index(0, 0)
    assert model.setData(first, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    stage.press("They have left: mark those ticked as lapsed")
    stage.press("Next: bring it in")
    assert stage.reads("The earlier lists are replaced.") and stage.reads("1 member who is missing from the list stays as they are")
    stage.press(stage.page.bring.verb)
    stage.settle()
    assert stage.reads("The list is in.")
    statuses = {row.member.name: row.member.status for row in members.rows(
        stage.session, members.spine(stage.session, members.Query()))}
    assert statuses[names[0]] != "lapsed"
    assert all(statuses[name] == "lapsed" for name in names[1:])


def test_the_file_is_deleted_at_the_end(stage, a_list):
    to_check(stage, a_list)
    stage.press("Next: bring it in")
    stage.press(stage.page.bring.verb)
    stage.settle()
    stage.press("Delete the file now")
    stage.settle()
    assert not a_list.exists() and stage.reads("eleted")
    assert [seen.copy.state.value for seen in copies.listing(stage.session, closed=True)] == ["deleted"]


def test_a_list_is_taken_back_from_its_page(stage, a_list):
    before = members.counts(stage.session).members
    to_check(stage, a_list)
    stage.press("Next: bring it in")
    stage.press(stage.page.bring.verb)
    stage.settle()
    stage.press("Show the lists brought in")
    stage.settle()
    assert stage.reads("list.csv, a part") and stage.reads("In force")
    stage.press("Take back…")
    stage.settle()
    stage.agree("Take it back")
    stage.settle()
    assert stage.reads("Taken back")
    assert members.counts(stage.session).members == before


def test_why_a_list_cannot_be_taken_back_is_told(stage, a_list):
    to_check(stage, a_list)
    stage.press("Next: bring it in")
    stage.press(stage.page.bring.verb)
    stage.settle()
    ada = next(row.member for row in members.search(stage.session, "Ada Lane"))
    members.edit(stage.session, ada.id, {"town": "Otherton"}, ada)
    stage.go("lists", {})
    stage.settle()
    stage.press("Take back…")
    stage.settle()
    assert stage.reads("Ada Lane: edited since")


def test_first_values_hold_contact_details_back(stage, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Surname,E-mail,Ring,Born,Paid\nLee,ann@example.org,07700 900123,03/02/1970,2026-12-31\n", "utf-8")
    stage.go("import")
    stage.page.look_at(path)
    stage.settle()
    stage.page.match.choices[3].choose("date_of_birth")
    assert stage.reads("a•••@example.org") and stage.reads("••• 123") and stage.reads("••••") and stage.reads("Lee")
    assert not stage.reads("ann@example.org") and not stage.reads("07700 900123") and not stage.reads("03/02/1970")
    stage.desk.veil.lift()
    assert stage.reads("ann@example.org") and stage.reads("07700 900123") and stage.reads("03/02/1970")


def test_somebody_erased_before_is_asked_about_and_comes_in_only_when_ticked(stage, tmp_path):
    from dpdesk.services import erasing
    from dpdesk.ui.members.step_erased import ErasedQuestion
    gone = person(stage, "Smith")
    erasing.erase(stage.session, [gone.id], "Asked to be forgotten")
    look(stage, write_list(tmp_path / "again.csv", {"Membership No": gone.number, "First Name": gone.forename, "Last Name": gone.surname}))
    stage.press("Next: check the list")
    assert stage.reads("1 person in the list was erased here before, and stays out:")
    assert stage.reads("Asked to be forgotten")
    assert stage.page.preview.counts.new == 0
    (tick,) = stage.shown(ErasedQuestion)[0].ticks
    tick.click()
    stage.settle()
    assert stage.page.preview.counts.new == 1
    assert [each.isChecked() for each in stage.shown(ErasedQuestion)[0].ticks] == [True]
    stage.press("Next: bring it in")
    stage.press(stage.page.next_button.text())
    assert members.search(stage.session, gone.surname)
