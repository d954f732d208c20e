"""The registers in the window: added, moved on, refused with who may, documents, incidents begun, calendar, activity, no faults."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox

from dpdesk.domain import registers
from dpdesk.domain.roles import Role
from dpdesk.services import accountability, copies, demo_duties, duties, duties_today, incidents
from dpdesk.services.session import today
from dpdesk.ui import theme
from dpdesk.ui.shell import reminder
from tests.services.test_duties_whole import sixteenth
from tests.ui import walker
from tests.ui.people_stage import empty_stage, people_desks, stage

__all__ = ["empty_stage", "people_desks", "sixteenth", "stage"]


@pytest.fixture
def filled(stage):
    """Every register holds something."""
    demo_duties.add(stage.session)
    return stage


def received(days: int) -> str:
    return (today() - timedelta(days=days)).strftime("%d/%m/%Y")


def test_a_request_is_recorded_and_moved_on(stage):
    stage.go("requests")
    assert stage.reads("Nothing here yet") and stage.reads("The answer is due on the same date of the next month")
    stage.press("Record a request…")
    stage.press("Save")
    assert stage.reads("Who asks") and stage.reads("This is needed")
    stage.enter("Who asks", "A. Example, 1 High St")
    stage.enter("What they ask", "A copy of their data")
    stage.enter("Received on", received(3))
    stage.press("Save")
    assert stage.desk.front == "duty" and stage.told() == "RQ-1 is saved." and stage.reads("Answer: ")
    stage.press("Begin the answer: RQ-1")
    stage.enter("Note for the timeline", "Looked in the members")
    stage.press("Begin the answer")
    assert stage.reads("Request. Being answered.") and stage.reads("Looked in the members")
    stage.press("It is answered: RQ-1")
    stage.enter("How it was answered", "Letter")
    stage.press("It is answered")
    assert "not yet written down what was searched" in stage.told()
    stage.press("Change…")
    stage.enter("What was searched", "Members and mail, by name.")
    stage.press("Save")
    stage.press("It is answered: RQ-1")
    stage.enter("How it was answered", "Letter")
    stage.press("It is answered")
    assert stage.reads("Request. Answered.") and stage.reads("done ")
    stage.press("Back: Requests")
    assert stage.reads("Nothing here fits.")
    stage.press("Also those that have ended (1)")
    assert stage.reads("RQ-1  A. Example, 1 High St")


def test_who_may_not_decide_is_told_who_may(stage):
    shown = incidents.report(stage.session, {"what": "Seen", "type": "other"})
    stage.session.officer = stage.session.officer.__class__(**{**stage.session.officer.__dict__, "role": Role.SECRETARY})
    stage.go("duty", {"id": shown.duty.id})
    stage.press("It is a breach: IN-1")
    assert "Accountable person" in stage.told() and stage.page.slot.entry is None
    assert duties.get(stage.session, "IN-1").duty.state == "reported"


def test_a_request_begins_on_the_persons_page(stage):
    from tests.ui.people_stage import person
    kat = person(stage, "Smyth")
    stage.go("member", {"id": kat.id})
    stage.press("Archive and erase")
    stage.press("They ask for their data…")
    assert stage.desk.front == "duty_form" and stage.field("Who asks").text() == "Katherine Smyth"
    stage.enter("What they ask", "Erase data")
    stage.press("Save")
    assert duties.people(stage.session, "RQ-1") == [kat.id] and stage.reads("RQ-1  Katherine Smyth")


def test_a_step_asks_for_what_it_lacks(stage):
    shown = duties.add(stage.session, "policy_documents", {"name": "APD", "condition": "other", "principles": "p", "keeping": "k"})
    stage.go("duty", {"id": shown.duty.id})
    stage.press("Put it in force: PD-1")
    stage.enter("Owner", "A. Example")
    stage.press("Put it in force")
    assert stage.reads("Version: This is needed") or stage.reads("This is needed")
    stage.enter("Version", "1")
    stage.press("Put it in force")
    assert stage.reads("Policy document. In force.")


def test_a_lost_laptop_starts_a_filled_report(stage):
    stage.go("incidents")
    stage.press("My laptop is gone…")
    stage.press("Report it now")
    assert stage.page.slot.entry is not None and stage.reads("This is needed")
    stage.enter("Which device", "The secretary's laptop")
    stage.press("Report it now")
    assert stage.desk.front == "duty" and "the clocks run" in stage.told()
    assert stage.reads("A device is gone: The secretary's laptop") and stage.reads("The desk on it held 3 members")
    assert stage.reads("Tell headquarters") and stage.reads("Tell the regulator")


def test_a_document_is_kept_and_a_note_written(stage, tmp_path):
    from dpdesk.ui.duties import blocks
    shown = duties.add(stage.session, "complaints", {"who": "B. Sample", "issue": "marketing", "received_on": today().isoformat()})
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 invented")
    page = stage.go("duty", {"id": shown.duty.id})
    blocks.attach(page, letter)
    stage.settle()
    assert stage.reads("letter.pdf") and stage.reads("Documents (1)") is False  # the heading is a button
    stage.button("Documents (1), open")
    stage.press("Write a note…")
    stage.enter("Note", "Rang them.")
    stage.press("Keep the note")
    assert stage.reads("Rang them.") and len(copies.listing(stage.session)) == 1


def test_somebody_is_linked_by_name(stage):
    shown = duties.add(stage.session, "requests", {"who": "K. Smyth", "type": "access", "received_on": today().isoformat()})
    stage.go("duty", {"id": shown.duty.id})
    stage.press("People it is about (0), folded")
    stage.press("Link somebody…")
    stage.enter("Name, number, e-mail or phone", "Smyth")
    stage.press("Find")
    stage.press("Link")
    assert len(duties.people(stage.session, "RQ-1")) == 1
    stage.press("Katherine Smyth")
    assert stage.desk.front == "member"


def test_risks_are_added_in_the_form_and_drawn(stage):
    from dpdesk.ui.duties.matrix import Matrix
    stage.go("duty_form", {"register": "dpias"})
    stage.enter("What is assessed", "Drones")
    stage.press("Add: Risks")
    stage.press("Keep")
    assert stage.reads("This is needed")
    for label, value in (("Risk", "Somebody is filmed"), ("How likely", "Probable"), ("How bad", "Severe")):
        stage.enter(label, value)
    stage.press("Keep")
    assert stage.reads("1. Risk: Somebody is filmed; How likely: Probable; How bad: Severe")
    stage.press("Save")
    (matrix,) = stage.shown(Matrix)
    assert matrix.accessibleName() == "Risk matrix: 1. Somebody is filmed: high, then high"
    (row,) = json.loads(duties.get(stage.session, "DA-1").duty.values["risks"])
    assert row == {"risk": "Somebody is filmed", "likelihood": "probable", "severity": "severe"}


def test_a_register_begins_with_its_starters_and_is_found_in(stage):
    stage.go("duties", {"register": "processing"})
    stage.press("Begin with 16 entries")
    assert "16 entries to begin with" in stage.told()
    stage.page.find.setText("donors")
    stage.settle()
    assert stage.reads("Donors") and not stage.reads("Membership list")
    stage.page.find.setText("no such thing")
    stage.settle()
    assert stage.reads("Nothing here fits.")


def test_a_register_is_exported(stage, tmp_path):
    page = stage.go("complaints")
    stage.press("Export…")
    stage.press("Choose where…")
    assert stage.reads("This is needed")
    page.write(tmp_path / "complaints.csv", "audit")
    stage.settle()
    assert (tmp_path / "complaints.csv").exists() and "list of copies" in stage.told()


def test_the_calendar_leads_to_what_is_due_and_saves(filled, tmp_path):
    from dpdesk.services import duties_calendar
    from dpdesk.ui.duties import saving
    page = filled.go("duty_calendar")
    assert filled.reads("Answer: Request RQ-1") and filled.reads("Bank holiday: Christmas Day")
    saving.write(page, tmp_path / "duties.ics", "phone", "", lambda path, why, accepted, token: duties_calendar.save(
        filled.session, path, why, accepted=accepted))
    filled.settle()
    said = (tmp_path / "duties.ics").read_text("utf-8").replace("\r\n ", "")
    assert said.count("BEGIN:VEVENT") > 10 and "Answer: Request RQ-1" in said
    assert not [name for name in ("Tester", "Sample", "Invented", "Idris") if name in said]
    filled.press("Open: Answer: Request RQ-1")
    assert filled.desk.front == "duty" and filled.reads("RQ-1")


def test_the_nation_and_its_holidays(stage):
    page = stage.go("bank_holidays")
    page.nation.choose("scotland")
    page.nation.activated.emit(1)
    stage.settle()
    stage.press("Add a day…")
    stage.press("Add it")
    assert stage.reads("This is needed")
    stage.enter("Day", "04/06/2030")
    stage.enter("Name", "A jubilee")
    stage.press("Add it")
    assert stage.reads("Tue 4 Jun 2030: A jubilee")
    stage.press("Take out Tue 4 Jun 2030: A jubilee")
    assert not stage.reads("A jubilee")


def test_activity_and_the_pack(filled, tmp_path):
    from dpdesk.ui.duties import saving
    page = filled.go("activity")
    assert filled.reads("Request: Begin the answer: now Being answered")
    page.choice.choose("complaints")
    page.choice.activated.emit(0)
    filled.settle()
    assert filled.reads("Complaint: Added") and not filled.reads("Request: Added")
    saving.write(page, tmp_path / "pack.zip", "the regulator asked", "", lambda path, why, accepted, token: accountability.pack(
        filled.session, path, why, accepted=accepted, progress=token.progress, cancelled=token.cancelled))
    filled.settle()
    assert accountability.check(filled.session, tmp_path / "pack.zip")["registers"]["processing"] == 16


def test_today_leads_to_the_entry(stage):
    duties.add(stage.session, "requests", {"who": "A", "type": "access", "received_on": (today() - timedelta(days=60)).isoformat()})
    stage.go("today")
    item = next(each for each in duties_today.items(stage.session) if each.code == "duty_overdue")
    stage.page._go(item)
    stage.settle()
    assert stage.desk.front == "duty" and stage.reads("over since")


def test_a_sixteenth_register_has_its_pages(sixteenth, stage):
    stage.go("registers")
    stage.press("Open Keys")
    stage.press("Add an entry…")
    stage.enter("Who has it", "The caretaker")
    stage.enter("Which door", "Paper store")
    stage.enter("Given on", received(1))
    stage.press("Save")
    assert stage.reads("KY-1") and stage.reads("Paper store")
    stage.press("It came back: KY-1")
    stage.press("It came back")
    assert stage.reads("Key. Back.")


def test_notifications_tell_numbers_alone(stage, monkeypatch):
    assert reminder.said(0, 0) == "" and reminder.said(1, 2) == "1 thing is to be done now, 2 are due soon."
    incidents.report(stage.session, {"what": "A. Example's address", "type": "other"})
    told: list[str] = []

    class Way:
        def tell(self, words: str) -> None:
            told.append(words)

        def end(self) -> None:
            told.append("hidden")
    looking = stage.desk._reminder
    monkeypatch.setattr(looking, "way", Way())
    looking.tell((0, 1))
    looking.look()
    stage.settle()
    looking.tell((3, 0))
    looking.tell((3, 0))
    assert told == ["3 things are to be done now."]
    page = stage.go("duty_calendar")
    (tick,) = stage.shown(QCheckBox)
    assert tick.isChecked() and page.tell is tick
    tick.click()
    assert not duties_today.notified(stage.session)
    looking.look()
    looking.end()
    assert told[-1] == "hidden"
    monkeypatch.setattr(looking, "way", None)


@pytest.mark.parametrize(("look", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1024, 700))])
def test_no_register_has_faults(qtbot, filled, look, scale, size):
    theme.apply(QApplication.instance(), look, scale)
    filled.window.resize(*size)
    found = []

    def look_at(what: str, code: str, place: dict) -> None:
        filled.go(code, place)
        qtbot.wait(20)
        found.extend(f"{what}: {fault}" for fault in walker.faults(filled.window))
    for register in registers.every():
        look_at(f"{register.code} list", "duties", {"register": register.code})
        look_at(f"{register.code} form", "duty_form", {"register": register.code})
        shown = duties.listing(filled.session, register.code)[0]
        look_at(f"{register.code} entry", "duty", {"id": shown.duty.id})
        filled.page.ask_move(shown.register.moves_from(shown.duty.state)[0])
        filled.settle()
        qtbot.wait(50)
        found.extend(f"{register.code} move: {fault}" for fault in walker.faults(filled.window))
    theme.apply(QApplication.instance(), "light", 100)
    assert not found, "\n".join(dict.fromkeys(found))
