"""Changing a field of many from the list, and undoing it from the message, the history and the log."""

from __future__ import annotations

from PySide6.QtCore import Qt

from dpdesk.domain.members import Kind
from dpdesk.services import audit, members
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def choose_all(stage) -> None:
    stage.go("members")
    stage.page.table.setFocus()
    stage.qtbot.keyClick(stage.page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stage.press("Change a field…")


def wards(stage) -> list[str]:
    return [person(stage, name).ward for name in ("smyth", "evans", "ayling")]


def changed(stage) -> None:
    choose_all(stage)
    stage.press("Ward")
    stage.enter("Ward", "North")
    stage.press("Preview")
    stage.press("Change 3 people")


def test_choose_preview_change_and_undo(stage):
    found = person(stage, "evans")
    members.edit(stage.session, found.id, {"ward": "North"}, found)
    choose_all(stage)
    assert stage.page.header.title.text() == "Change a field of 3 people"
    stage.press("Ward")
    assert stage.reads("On record: North.")
    stage.enter("Ward", "North")
    stage.press("Preview")
    assert stage.reads("2 people change.") and stage.reads("1 has it already.")
    assert stage.reads("Katherine Smyth, 100: Ward: North")
    assert wards(stage) == ["", "North", ""]
    stage.press("Change 2 people")
    assert stage.told() == "2 people are changed."
    assert wards(stage) == ["North"] * 3
    stage.press("Undo…")
    assert stage.reads("2 people get back what stood before.")
    stage.press("Undo for 2 people")
    assert (stage.desk.front, stage.told(), wards(stage)) == ("members", "2 people are as before.", ["", "North", ""])


def test_typing_after_the_preview_asks_for_another(stage):
    choose_all(stage)
    stage.press("Town")
    stage.enter("Town", "Anytown")
    stage.press("Preview")
    assert stage.button("Change 3 people")
    stage.enter("Town", "Otherham")
    assert not stage.page.go_button.isVisible()


def test_who_stays_is_named_and_a_bad_value_is_said_in_place(stage):
    found = person(stage, "evans")
    members.edit(stage.session, found.id, {"status": "deceased"}, found)
    choose_all(stage)
    stage.press("Status")
    stage.enter("Status", "Lapsed")
    stage.press("Preview")
    assert stage.reads("Siân Evans, 101: is on record as deceased")
    stage.press("Renewal due")
    stage.enter("Renewal due", "soon")
    stage.press("Preview")
    assert stage.page.form.problems() == {"renewal_on": "This is not a day, such as 24 Nov 1980 or 24/11/1980"}


def test_the_history_leads_to_the_undo_and_tells_what_stays(stage):
    changed(stage)
    now = person(stage, "smyth")
    members.edit(stage.session, now.id, {"ward": "South"}, now)
    stage.go("member", {"id": person(stage, "evans").id})
    stage.press("Undo for all…")
    assert stage.reads("Katherine Smyth, 100: Ward was changed since")
    stage.press("Undo for 2 people")
    assert stage.told() == "2 people are as before. For 1, what was changed since stays."
    assert wards(stage) == ["South", "", ""]


def test_the_log_leads_to_the_undo(stage):
    changed(stage)
    seq = audit.listing(stage.session, limit=1)[0].seq
    page = stage.go("audit")
    at = next(n for n, line in enumerate(page.model.lines) if line.seq == seq)
    assert page.model.sentence(at) == "Jane Example changed fields of 3 people"
    page.view.setCurrentIndex(page.model.index(at, 0)) if hasattr(page, "view") else page.table.setCurrentIndex(page.model.index(at, 0))
    stage.settle()
    stage.press("Undo for all…")
    assert stage.reads("3 people get back what stood before.")


def test_nobody_chosen_says_so(stage):
    stage.go("bulk", {"rows": []})
    assert stage.reads("Nobody is chosen.")
    stage.press("Back")
    assert stage.desk.front == "members"


def test_contacts_have_no_status(empty_stage):
    for name in ("Una", "Ulf"):
        members.add(empty_stage.session, Kind.CONTACT, {"forename": name, "surname": "Friend"})
    rows = list(members.spine(empty_stage.session, members.Query(kind=Kind.CONTACT)))
    empty_stage.go("bulk", {"rows": rows, "list": "contacts"})
    empty_stage.press("Status")
    empty_stage.press("Preview")
    assert empty_stage.reads("2: is a contact and has no status")
    assert not empty_stage.page.go_button.isVisible()
    empty_stage.press("Cancel")
    assert empty_stage.desk.front == "contacts"
