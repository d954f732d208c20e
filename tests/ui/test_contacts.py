"""Contacts in the window: capacities as chips and on the page, joining and leaving, enquiries from the first word to the last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.domain.clocks import months_before
from dpdesk.domain.members import Kind
from dpdesk.services import capacities, enquiries, erasing, members
from dpdesk.services.capacities import Given
from dpdesk.services.enquiries import Asked
from dpdesk.services.members import Query
from dpdesk.services.session import today
from dpdesk.services.words import day
from dpdesk.ui import theme
from tests.ui import walker
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def iso(months: int) -> str:
    return months_before(today(), months).isoformat()


@pytest.fixture
def ann(stage):
    """A supporter."""
    return capacities.add_contact(stage.session, {"forename": "Ann", "surname": "Oak", "email": "ann@example.org"}, Given("supporter"))


@pytest.fixture
def bob(stage):
    """Somebody known through one enquiry, whose time is up."""
    return enquiries.log_new(stage.session, {"forename": "Bob", "surname": "Pike"}, Asked("letter", "When do you meet?", iso(13)))


def test_chips_narrow_by_capacity_and_the_export_takes_them_along(stage, ann, bob):
    capacities.add(stage.session, ann.id, Given("volunteer", "Leaflets"))
    stage.go("contacts", {})
    assert stage.listed() == ["Oak, Ann", "Pike, Bob"]
    assert stage.page.table.paged.index(0, 1).data() == "Supporter, Volunteer"
    stage.press("Enquirer · 1")
    assert stage.listed() == ["Pike, Bob"]
    kept = stage.page.place()
    stage.page.export()
    stage.settle()
    assert stage.page.query == Query(kind=Kind.CONTACT, capacity="enquirer") and stage.page.count == 1
    stage.go("contacts", kept)
    assert stage.listed() == ["Pike, Bob"] and stage.button("Enquirer · 1").isChecked()
    assert stage.page.back() and len(stage.listed()) == 2 and stage.button("All · 2").isChecked()


def test_adding_a_contact_asks_for_the_capacity(stage):
    stage.go("contact_form", {"id": ""})
    stage.enter("Surname", "Oak")
    stage.press("Save")
    assert stage.page.form.problems() == {"capacity": "This is needed"}
    stage.enter("Capacity", "Elected representative")
    stage.press("Save")
    assert list(stage.page.form.problems()) == ["detail"]
    stage.enter("In detail", "Councillor, Priory ward")
    stage.press("Save")
    assert stage.page.header.state.text() == "Contact, not a member · Elected representative"
    assert stage.reads("Elected representative: Councillor, Priory ward")
    stage.press("Edit")
    assert not stage.page.form.field("capacity").isVisible()


def test_a_member_is_a_councillor_too_ended_and_undone(stage):
    who = person(stage, "smyth")
    stage.go("member", {"id": who.id})
    stage.press("Record a capacity…")
    stage.enter("Capacity", "Elected representative")
    stage.press("Record capacity")
    assert stage.reads("Name the office and the area")
    stage.enter("In detail", "Councillor, Priory ward")
    stage.enter("Since", "4/5/2023")
    stage.press("Record capacity")
    assert stage.told() == "The capacity is recorded." and stage.reads("Since Thu 4 May 2023")
    assert members.row(stage.session, who.id).capacities == ("elected_representative",)
    stage.press("End the capacity: Elected representative: Councillor, Priory ward")
    assert members.row(stage.session, who.id).capacities == ()
    stage.press("Undo")
    assert members.row(stage.session, who.id).capacities == ("elected_representative",)
    stage.press("Take back, recorded by mistake: Elected representative: Councillor, Priory ward")
    stage.agree("Take back")
    assert capacities.of(stage.session, who.id) == []


def test_has_joined_and_has_left_on_the_same_record(stage, ann):
    stage.go("contact", {"id": ann.id})
    stage.press("Has joined…")
    stage.enter("Membership number", "100")
    stage.press("Make a member")
    assert stage.reads("Another member has this number")
    stage.enter("Membership number", "109")
    stage.press("Make a member")
    assert stage.desk.front == "member" and stage.told() == "They are a member now, on the same record."
    assert members.get(stage.session, ann.id).number == "109" and stage.reads("Contact became a member")
    stage.press("Has left but stays known…")
    stage.agree("Make a contact")
    assert stage.desk.front == "contact" and members.get(stage.session, ann.id).kind is Kind.CONTACT
    stage.press("Undo")
    assert stage.desk.front == "member" and members.get(stage.session, ann.id).status == "current"
    stage.go("contact", {"id": ann.id})
    assert stage.desk.front == "member"


def test_leaving_without_a_capacity_asks_for_one(stage):
    who = person(stage, "smyth")
    stage.go("member", {"id": who.id})
    stage.press("Has left but stays known…")
    stage.press("Make a contact")
    assert stage.reads("This is needed")
    stage.enter("Capacity", "Supporter")
    stage.press("Make a contact")
    assert stage.desk.front == "contact" and members.row(stage.session, who.id).capacities == ("supporter",)


def test_an_enquiry_of_somebody_new_in_one_form(stage):
    stage.go("contacts", {})
    stage.go("enquiry_form", {})
    stage.press("Save")
    assert set(stage.page.form.problems()) == {"surname", "way", "query"}
    for label, value in (("Forename", "Cy"), ("Surname", "Ash"), ("How they asked", "By letter"), ("Social media handle", "@cy"),
                         ("Place", "Anytown"), ("What they ask", "Is the hall open?")):
        stage.enter(label, value)
    stage.press("Save")
    assert stage.desk.front == "contact" and stage.told() == "The enquiry is recorded."
    assert stage.reads("Is the hall open?") and stage.reads("@cy, Anytown") and stage.reads("Kept until")
    stage.go("enquiry_form", {})
    assert stage.page.form.changes() == {}


def test_somebody_who_is_there_is_not_made_twice(stage):
    stage.go("enquiry_form", {})
    for label, value in (("Forename", "Katherine"), ("Surname", "Smyth"), ("How they asked", "By phone"), ("What they ask", "Hm?")):
        stage.enter(label, value)
    stage.press("Save")
    assert stage.reads("Is it one of these, who are on the desk already?")
    stage.press("It is Katherine Smyth")
    assert stage.desk.front == "member" and members.counts(stage.session).contacts == 0
    assert len(enquiries.of(stage.session, person(stage, "smyth").id)) == 1


def test_what_was_typed_is_back_and_may_be_thrown_away(stage):
    stage.go("enquiry_form", {})
    stage.enter("Surname", "Ash")
    stage.go("today")
    assert stage.reads("Changes you had not saved are waiting (1)")
    stage.press("Go on: Changes you had not saved are waiting (1)")
    assert stage.desk.front == "enquiry_form" and stage.field("Surname").text() == "Ash"
    stage.press("Cancel")
    stage.agree("Throw away")
    assert stage.desk.front == "contacts"
    stage.go("today")
    assert not stage.reads("Changes you had not saved")


def test_further_contact_answered_held_and_put_right(stage, bob):
    who, _enquiry = bob
    stage.go("contact", {"id": who.id})
    assert stage.reads("To be erased") and stage.reads("Its time was up on")

    def act(words: str) -> None:
        stage.press(f"{words} The enquiry of {day(iso(13))}")
    act("Further contact…")
    stage.press("Record contact")
    assert stage.told() == "The contact is recorded." and stage.reads("Kept until")
    act("Answered")
    assert stage.reads("Answered")
    act("Open again")
    act("Hold…")
    stage.press("Keep on hold")
    assert len(stage.page.blocks["enquiries"].slot.entry.form.problems()) == 2
    stage.enter("Why it is held", "The regulator asked")
    stage.enter("Review the hold on", (today() + timedelta(days=90)).strftime("%d/%m/%Y"))
    stage.press("Keep on hold")
    assert stage.reads("On hold: The regulator asked. Review:")
    act("End the hold")
    act("Put right…")
    stage.enter("What they ask", "Where do you meet?")
    stage.page.blocks["enquiries"].slot.entry.verb.click()
    stage.settle()
    assert enquiries.of(stage.session, who.id)[0].enquiry.query == "Where do you meet?"
    act("Erase…")
    stage.agree("Erase")
    assert stage.told() == "The enquiry is erased." and enquiries.of(stage.session, who.id) == []


def test_expired_ones_come_up_on_today_and_go_in_one_step(stage, bob, tmp_path):
    who, _enquiry = bob
    enquiries.log(stage.session, person(stage, "smyth").id, Asked("phone", "Opening times?", iso(12)))
    stage.go("today")
    stage.press("See them: Enquiries whose time is up are to be erased (2)")
    assert stage.desk.front == "enquiries" and stage.reads("the person is erased too")
    stage.press("Erase 2 enquiries…")
    stage.press("Erase…")
    stage.agree("Erase")
    assert stage.told() == "2 enquiries are erased. 1 person is erased."
    assert erasing.of(stage.session, who.id) is not None and enquiries.of(stage.session, person(stage, "smyth").id) == []
    stage.page.write(tmp_path / "certificate.pdf")
    stage.settle()
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF") and stage.reads("No enquiry is open")
    stage.go("today")
    assert not stage.reads("Enquiries whose time is up")


def test_a_hold_to_review_is_renewed_or_ended(stage, bob, monkeypatch):
    from dpdesk.services import enquiries_due
    enquiry = bob[1]
    enquiries.hold(stage.session, enquiry.id, "Asked by the regulator", (today() + timedelta(days=30)).isoformat())
    later = today() + timedelta(days=40)
    for module in (enquiries, enquiries_due):
        monkeypatch.setattr(module, "today", lambda: later)
    stage.go("enquiries")
    assert stage.reads("Asked by the regulator") and stage.reads("1 enquiry needs you.")
    stage.press(f"Renew the hold… The enquiry of {day(iso(13))}")
    stage.press("Keep on hold")
    assert stage.page._slot.entry.form.problems()
    stage.enter("Review the hold on", (later + timedelta(days=30)).strftime("%d/%m/%Y"))
    stage.press("Keep on hold")
    assert stage.reads("No enquiry needs you today.")


@pytest.mark.parametrize(("look", "scale"), [("light", 100), ("dark", 200)])
def test_pages_with_people_have_no_faults(stage, ann, bob, look, scale):
    capacities.add(stage.session, ann.id, Given("elected_representative", "Councillor, Priory ward", "4/5/2023", "6/5/2027"))
    held = enquiries.log(stage.session, ann.id, Asked("x", "Will the branch support the crossing at Station Road?", "", "ann", "Anytown"))
    enquiries.hold(stage.session, held.id, "Asked by the regulator", (today() + timedelta(days=30)).isoformat())
    theme.apply(QApplication.instance(), look, scale)
    found = []
    for code, place in (("contacts", {}), ("contact", {"id": ann.id}), ("contact", {"id": bob[0].id}), ("enquiries", {})):
        stage.go(code, place)
        stage.qtbot.wait(30)
        found += [f"{code}: {fault}" for fault in walker.faults(stage.window)]
    stage.press("Erase 1 enquiry…")
    stage.qtbot.wait(30)
    found += walker.faults(stage.window)
    theme.apply(QApplication.instance(), "light", 100)
    assert found == []
