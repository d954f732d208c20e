"""The page that says whom we may share with and why not, the wordings, and what a person's page shows of asking and proof."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from dpdesk.domain.asking import Answer, share_with
from dpdesk.domain.contacting import Channel, Method
from dpdesk.services import asking, contacting, copies, evidence
from dpdesk.services.asking import Question, Reply
from tests.services.test_asking import day
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]
PDF = b"%PDF-1.4\n1 0 obj\n"


@pytest.fixture
def body(stage):
    return stage.session.policy.recipient_bodies[0]


@pytest.fixture
def told(stage, body):
    """Smyth permitted it, Evans said no, nobody asked Ayling."""
    contacting.permit(stage.session, person(stage, "smyth").id, body.code, day(), "You may")
    asking.ask(stage.session, person(stage, "evans").id, Question(share_with(body.code), day(2), Method.EMAIL), Reply(Answer.NO, day(1)))
    return stage


def test_each_reason_has_its_people(told, body):
    page = told.go("sharing", {"purpose": share_with(body.code)})
    assert page.header.state.text() == f"Sharing with {body.name}: 1 of 3 permitted."
    assert told.listed() == ["Katherine Smyth"] and told.reads("They said yes, and it holds.")
    told.press("Said no · 1")
    assert told.listed() == ["Siân Evans"] and told.reads("Leave them in peace for six months.")
    told.press("Never asked · 1")
    assert told.listed() == ["Joe Ayling"] and told.reads("Silence is no.")
    told.enter("For what", "Post")
    told.settle()
    assert page.header.state.text() == "Post: 0 of 3 permitted." and len(told.listed()) == 3
    told.enter("Whose", "Contacts")
    told.settle()
    assert told.listed() == []


def test_from_there_to_the_export_for_that_body(told, body, tmp_path):
    told.go("sharing", {"purpose": share_with(body.code)})
    told.press("Export for this body…")
    assert told.desk.front == "export" and told.page.form.values()["whom"] == body.code
    told.enter("What for", "Ballot papers")
    told.page.write(tmp_path / "list.csv", ["surname"], told.page.form.values())
    told.settle()
    assert (tmp_path / "list.csv").read_text("utf-8-sig").split() == ["Surname", "Smyth"]


def test_enter_opens_the_person(told, body):
    page = told.go("sharing", {"purpose": share_with(body.code)})
    page.table.opened.emit(page.model.row_number(0))
    told.settle()
    assert told.desk.front == "member" and told.page.header.title.text() == "Katherine Smyth"


def test_today_leads_to_those_to_be_asked_again(stage):
    who = person(stage, "smyth")
    contacting.give_consent(stage.session, who.id, contacting.Given(Channel.POST, day(900), Method.PAPER, "Yes", "Form"))
    stage.go("today")
    assert stage.reads("Consents and permissions have ended or end soon: ask again (1)")
    stage.press("See who: Consents and permissions have ended or end soon: ask again (1)")
    assert stage.desk.front == "sharing" and stage.listed() == ["Katherine Smyth"]
    assert stage.reads("Their yes was too long ago to count. Ask again.")


def test_words_are_written_changed_and_kept(stage):
    stage.go("wordings", {"purpose": "email"})
    for words in ("May we write?", "May we e-mail you?"):
        stage.press("Change the words: E-mail")
        stage.enter("Wording", words)
        stage.press("Put them in use")
    assert stage.told() == "Version 2 is in use from now on."
    assert stage.reads("May we e-mail you?") and stage.reads("Version 2, since")
    stage.press("1 earlier version")
    assert stage.reads("May we write?")
    stage.press("Change the words: E-mail")
    stage.enter("Wording", "")
    stage.press("Put them in use")
    assert stage.reads("This is needed")
    assert [w.version for w in asking.wordings(stage.session)] == [2, 1]


def test_the_words_in_use_are_filled_in_and_follow_the_channel(stage):
    asking.word(stage.session, "email", "May we e-mail you?")
    asking.word(stage.session, "phone", "May we ring you?")
    stage.go("member", {"id": person(stage, "smyth").id, "open": "consent"})
    assert stage.field("Wording").toPlainText() == "May we e-mail you?"
    stage.enter("Channel", "Phone")
    assert stage.field("Wording").toPlainText() == "May we ring you?"
    stage.enter("How it reached us", "By word of mouth")
    stage.enter("Evidence", "Jane heard it")
    stage.press("Record consent")
    assert stage.reads("Wording, version 1: “May we ring you?”") and stage.reads("Counts until")
    assert stage.reads("Given by word of mouth: confirm it to them in writing.")
    stage.press("Confirmation sent…")
    stage.press("Record that it was sent")
    assert stage.told() == "It is recorded that you confirmed it in writing."
    assert not stage.reads("confirm it to them in writing")


def test_words_written_by_hand_stay(stage):
    asking.word(stage.session, "phone", "May we ring you?")
    stage.go("member", {"id": person(stage, "smyth").id, "open": "consent"})
    stage.enter("Wording", "Ring me on Sundays")
    stage.enter("Channel", "Phone")
    assert stage.field("Wording").toPlainText() == "Ring me on Sundays"


def test_an_ended_consent_says_so(stage):
    who = person(stage, "smyth")
    contacting.give_consent(stage.session, who.id, contacting.Given(Channel.EMAIL, day(900), Method.PAPER, "Yes", "Form"))
    stage.go("member", {"id": who.id})
    assert stage.reads("E-mail: ended on") and stage.reads("ask again") and stage.reads("No: the consent has ended: ask again")
    assert any(label.text() == "Consents (0)" for label in stage.shown(QLabel)) or stage.button("Consents (0), open")


def test_asked_said_yes_and_said_no(stage, body):
    who = person(stage, "smyth")
    asking.word(stage.session, share_with(body.code), "May we tell them?")
    stage.go("member", {"id": who.id})
    stage.page.blocks["askings"].set_open(True)
    for purpose in (f"Sharing with {body.name}", "Post"):
        stage.press("Record that they were asked…")
        stage.enter("For what", purpose)
        stage.press("Record it")
        assert stage.told() == "It is recorded that they were asked."
    stage.press(f"They said yes: Sharing with {body.name}")
    assert stage.field("Wording").toPlainText() == "May we tell them?"
    stage.press("Record the yes")
    assert [s.body for s in contacting.sharings(stage.session, who.id)] == [body.code]
    stage.press("They said no: Post")
    stage.agree("Record the no")
    assert stage.told() == "Their no is recorded." and stage.reads("Post: said no on")
    stage.press("Record that they were asked…")
    stage.enter("For what", "Post")
    stage.press("Record it")
    assert stage.reads("They said no in the last six months")


def choose_file(stage, path) -> None:
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, QFileDialog)
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    chooser.accept()
    stage.settle()


def test_a_file_is_attached_saved_and_removed(stage, tmp_path):
    who = person(stage, "smyth")
    given = contacting.give_consent(stage.session, who.id, contacting.Given(Channel.EMAIL, day(), Method.PAPER, "Yes", "Form"))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    stage.go("member", {"id": who.id})
    stage.press("Attach a file…")
    choose_file(stage, scan)
    assert stage.told() == "“scan.pdf” is attached, encrypted in the desk."
    asked = QApplication.activeModalWidget()
    assert asked is not None and any(str(scan) in label.text() for label in asked.findChildren(QLabel))
    stage.agree("Delete the file")
    assert not scan.exists() and copies.listing(stage.session) == []
    assert stage.reads("scan.pdf · PDF, 1 kB")
    (held,) = evidence.listing(stage.session, who.id)
    assert held.of == given.id
    stage.press("Save scan.pdf")
    stage.press("Choose where…")
    assert stage.reads("This is needed")
    stage.enter("What for", "They asked for it")
    stage.press("Choose where…")
    choose_file(stage, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    stage.press("Remove scan.pdf")
    stage.enter("Why", "Wrong person")
    stage.press("Remove the file")
    assert evidence.listing(stage.session, who.id) == []


def test_what_may_not_be_attached_says_why(stage, tmp_path):
    who = person(stage, "smyth")
    contacting.give_consent(stage.session, who.id, contacting.Given(Channel.EMAIL, day(), Method.PAPER, "Yes", "Form"))
    (tmp_path / "scan.pdf").write_bytes(b"MZ\x90\0\x03")
    stage.go("member", {"id": who.id})
    stage.press("Attach a file…")
    choose_file(stage, tmp_path / "scan.pdf")
    assert "is not a PDF, a picture, an e-mail (.eml) or plain text" in stage.told()
    assert evidence.listing(stage.session, who.id) == []
