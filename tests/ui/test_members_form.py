"""The form: adding, editing, problems in place, drafts that survive locking, and a change made meanwhile."""

from __future__ import annotations

import pytest

from dpdesk.domain.secret import Secret
from dpdesk.services import members, settings
from dpdesk.services.session import today
from tests.ui.people_stage import PASSPHRASE, Stage, empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture
def editing(stage):
    stage.go("member_form", {"id": person(stage, "smyth").id})
    return stage


def test_a_person_is_added_and_shown(empty_stage):
    empty_stage.go("members")
    empty_stage.press("Add a member")
    empty_stage.enter("Forename", "Ada")
    empty_stage.enter("Surname", "Lane")
    empty_stage.press("Save")
    assert empty_stage.told() == "Ada Lane is added."
    assert (empty_stage.desk.front, empty_stage.page.header.title.text()) == ("member", "Ada Lane")


def test_problems_stand_beside_the_fields_and_above_them(editing):
    editing.enter("E-mail", "no address")
    editing.enter("Date of birth", "31/02/2001")
    editing.press("Save")
    assert set(editing.page.form.problems()) == {"email", "date_of_birth"}
    assert editing.button(f"E-mail: {editing.page.form.problems()['email']}")
    assert editing.field("Date of birth").hasFocus()
    assert editing.button("Save").isEnabled()
    assert person(editing, "smyth").email == "kat@example.org"


def test_saving_says_so_and_offers_undo(editing):
    editing.enter("Town", "Otherton")
    editing.press("Save")
    assert (editing.told(), person(editing, "smyth").town) == ("Saved.", "Otherton")
    editing.press("Undo")
    assert editing.told() == "Undone: the record is as it was before."
    assert person(editing, "smyth").town == ""


def test_saving_nothing_is_no_change(editing):
    editing.press("Save")
    assert editing.told() == "Nothing had changed, so nothing was saved."


def test_leaving_keeps_the_draft_and_coming_back_brings_it(editing):
    who = person(editing, "smyth").id
    editing.enter("Town", "Otherton")
    editing.go("members")
    assert settings.jotting(editing.session, f"draft:member:{who}")["values"] == {"town": "Otherton"}
    editing.go("member_form", {"id": who})
    assert editing.told() == "Your unsaved changes are back."
    assert editing.field("Town").text() == "Otherton"
    editing.press("Discard")
    assert editing.field("Town").text() == ""
    assert settings.jotting(editing.session, f"draft:member:{who}") is None


def test_the_draft_survives_locking(qtbot, editing, people_desks):
    who, folder = person(editing, "smyth").id, editing.session.folder
    editing.enter("Town", "Otherton")
    editing.desk.end()
    session = people_desks.open(folder, Secret(PASSPHRASE))
    again = Stage(qtbot, session, people_desks)
    again.desk.begin()
    again.settle()
    assert again.desk.front == "member_form"
    assert again.field("Town").text() == "Otherton"
    assert again.told() == "Your unsaved changes are back."
    assert members.get(session, who).town == ""
    again.desk.end()


def test_the_draft_is_kept_while_one_types(editing):
    key = editing.page.key
    editing.enter("Town", "Other")
    editing.qtbot.waitUntil(lambda: settings.jotting(editing.session, key) is not None, timeout=5_000)
    editing.settle()
    assert settings.jotting(editing.session, key)["values"] == {"town": "Other"}


def test_cancel_asks_before_it_throws_away(editing):
    who = person(editing, "smyth").id
    editing.enter("Town", "Otherton")
    editing.press("Cancel")
    editing.agree("Throw away")
    assert editing.desk.front == "member"
    assert settings.jotting(editing.session, f"draft:member:{who}") is None
    assert members.get(editing.session, who).town == ""


def test_a_change_made_meanwhile_is_shown_and_not_overwritten_unseen(editing):
    who = person(editing, "smyth")
    editing.enter("Town", "Otherton")
    members.edit(editing.session, who.id, {"town": "Thirdton"}, who)
    editing.press("Save")
    assert members.get(editing.session, who.id).town == "Thirdton"
    assert editing.reads("Changed meanwhile to “Thirdton”. Save again to put yours in its place.")
    assert editing.field("Town").text() == "Otherton"
    editing.press("Save")
    assert members.get(editing.session, who.id).town == "Otherton"


def test_a_child_needs_a_parents_consent(editing):
    editing.enter("Date of birth", f"01/01/{today().year - 9}")
    editing.enter("Joined", "")
    editing.press("Save")
    assert "parent_consent_on" in editing.page.form.problems()
