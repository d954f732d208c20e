"""Writing a letter in the window: for whom, write, check, send to a real server; kept as a draft, told who is left out."""

from __future__ import annotations

import email
import email.policy

from PySide6.QtWidgets import QLabel

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.post_states import State
from dpdesk.services import contacting, copies, post, post_mailings, settings
from dpdesk.ui.post.preview import Sheet
from dpdesk.ui.post.write import SLIP
from tests.ui.people_stage import empty_stage, people_desks
from tests.ui.post_stage import LETTER, account, agree, fill, served, write

__all__ = ["empty_stage", "people_desks", "served"]


def listed(stage) -> list[str]:
    return [label.text() for label in stage.shown(QLabel)]


def test_from_the_purpose_to_every_mailbox(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    people = fill(stage, 4)
    contacting.stop(stage.session, people[0].id, "email", StopReason.OPT_OUT, "a reply")
    account(stage, served)
    write(stage)
    assert stage.reads("Formal notice to members. Contract of membership")
    table = stage.page.checking.table.model()
    assert [table.index(0, at).data() for at in (0, 1)] == ["Forename0 Surname000", "opted out"]
    stage.press("Next: send")
    stage.press("Send to 3 people…")
    agree(stage, "Send to 3 people")
    stage.settle()
    stage.qtbot.waitUntil(lambda: len(server.got) == 3 and "Finished." in stage.told(), timeout=20_000)
    assert {tuple(each.recipients) for each in server.got} == {(f"person{at}@example.org",) for at in (1, 2, 3)}
    for each in server.got:
        message = email.message_from_bytes(each.content, policy=email.policy.default)
        assert [message["to"].addresses[0].addr_spec] == each.recipients and message["bcc"] is None
    (mailing,) = post_mailings.listing(stage.session)
    assert mailing.state is State.DONE and dict(mailing.counts) == {"sent": 3}
    assert (stage.desk.front, post.drafts(stage.session)) == ("post_mailing", [])
    assert stage.reads("1: opted out")


def test_nothing_is_chosen_before_the_purpose(empty_stage):
    stage = empty_stage
    fill(stage, 1)
    stage.go("post_write")
    assert not stage.page.whom.form.isVisible()
    stage.press("Next: write")
    assert "Choose what it is for" in stage.told()
    stage.press("Newsletter")
    assert stage.reads("Lawful basis: Consent")
    stage.enter("People", "All members")
    stage.settle()
    assert stage.reads("Members, by name.") and stage.reads("1: no consent on record")
    stage.press("Service message")
    stage.settle()
    stage.press("Next: write")
    assert stage.told() == ""


def test_the_preview_fills_in_each_reader_and_fetches_nothing(empty_stage):
    stage = empty_stage
    fill(stage, 2)
    write(stage, text=LETTER + "\nYours,\nAnn\n\n![spy](http://192.0.2.1/spy.png)")
    stage.press("Back")
    stage.qtbot.waitUntil(lambda: stage.reads("1 of 2: Forename0 Surname000"))
    (sheet,) = stage.shown(Sheet)
    assert "Yours,\nAnn" in sheet.toPlainText()
    assert "Dear Forename0," in sheet.toPlainText() and sheet.loadResource(2, None) is None
    stage.press("The next reader")
    stage.qtbot.waitUntil(lambda: "Dear Forename1," in sheet.toPlainText())
    stage.press("Plain text")
    assert "Dear Forename1," in sheet.toPlainText() and "To stop e-mails like this" in sheet.toPlainText()


def test_a_field_is_put_in_with_its_fallback_marked(empty_stage):
    stage = empty_stage
    fill(stage, 1)
    write(stage)
    stage.press("Back")
    stage.page.writing.body.setPlainText("")
    stage.press("Put in: First name")
    body = stage.page.writing.body
    assert body.toPlainText() == "{{first_name|friend}}" and body.textCursor().selectedText() == "friend"


def test_a_field_there_is_not_is_told_and_nothing_goes(empty_stage, served):
    stage = empty_stage
    fill(stage, 1)
    account(stage, served)
    write(stage, text="Dear {{birthday}}")
    assert "There is no field birthday" in stage.told()
    assert stage.page.steps.accessibleName().startswith("Step 2")


def test_what_is_typed_outlives_the_page_and_the_lock(empty_stage):
    stage = empty_stage
    fill(stage, 1)
    write(stage)
    stage.press("Back")
    stage.enter("Subject", "Changed later")
    place = (stage.page.leave(), stage.page.place())[1]
    assert place == {"draft": post.drafts(stage.session)[0].id, "step": 1}
    stage.page.deleteLater()
    stage.desk._pages.clear()
    stage.go("post_write", place)
    assert stage.field("Subject").text() == "Changed later" and stage.page.writing.body.toPlainText() == LETTER


def test_what_is_typed_outlives_a_crash_without_an_entry_for_each_key(empty_stage):
    stage = empty_stage
    fill(stage, 1)
    write(stage)
    stage.press("Back")
    before = stage.session.desk.head().seq
    stage.enter("Subject", "Half a thou")
    stage.qtbot.waitUntil(lambda: (settings.jotting(stage.session, SLIP) or {}).get("subject") == "Half a thou", timeout=5_000)
    assert stage.session.desk.head().seq == before
    stage.desk._pages.clear()
    stage.desk.front = ""
    stage.go("post_write", None)
    stage.settle()
    assert stage.page.subject == "Half a thou" and stage.page.draft


def test_the_number_is_typed_and_a_slip_is_not_enough(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    fill(stage, 51)
    account(stage, served)
    object.__setattr__(stage.session.policy, "post_approve_over", 100)
    write(stage)
    stage.press("Next: send")
    stage.press("Send to 51 people…")
    from PySide6.QtWidgets import QApplication, QPushButton
    verb = next(each for each in QApplication.activeModalWidget().findChildren(QPushButton) if each.text() == "Send to 51 people")
    assert not verb.isEnabled()
    agree(stage, "Send to 51 people", "51")
    stage.qtbot.waitUntil(lambda: len(server.got) == 51 and "Finished." in stage.told(), timeout=30_000)


def test_the_limits_of_the_account_say_how_long_it_takes(empty_stage, served):
    stage = empty_stage
    fill(stage, 5)
    account(stage, served, per_minute=2)
    write(stage)
    stage.press("Next: send")
    assert stage.reads("it takes about 3 minutes.")
    account(stage, served, per_day=2)
    stage.go("post_write")
    stage.settle()
    stage.page.sending.account.setCurrentIndex(1)
    stage.page.sending.account.activated.emit(1)
    assert stage.reads("at most 2 a day: it takes 3 days")


def test_an_attachment_goes_with_it_and_a_list_of_people_does_not(empty_stage, tmp_path):
    stage = empty_stage
    fill(stage, 4)
    write(stage)
    stage.press("Back")
    (tmp_path / "agenda.txt").write_text("1. Reports\n2. Elections\n", "utf-8")
    (tmp_path / "list.csv").write_text("".join(f"person{at}@example.org\n" for at in range(4)), "utf-8")
    stage.page.writing.attach(tmp_path / "agenda.txt")
    stage.settle()
    assert stage.reads("agenda.txt, 1 kB")
    assert [each.name for each in post.letter_of(stage.session, stage.page.draft).attachments] == ["agenda.txt"]
    stage.page.writing.attach(tmp_path / "list.csv")
    stage.settle()
    assert "list.csv holds the addresses of 4 people" in stage.told()
    assert [each.name for each in stage.page.attachments] == ["agenda.txt"]
    stage.press("Next: check")
    assert stage.page.steps.accessibleName().startswith("Step 3")


def test_drafts_for_the_mail_program_are_on_the_copies_list(empty_stage, tmp_path, served):
    stage = empty_stage
    fill(stage, 2)
    account(stage, served)
    write(stage)
    stage.press("Next: send")
    stage.press("One draft each…")
    agree(stage, "One draft each")
    stage.settle()
    from PySide6.QtWidgets import QApplication, QFileDialog
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, QFileDialog)
    chooser.reject()
    from dpdesk.ui.post import going
    (mailing,) = post_mailings.listing(stage.session)
    assert mailing.state is State.READY
    going.write_drafts(stage.page, mailing, tmp_path / "drafts")
    stage.settle()
    assert len(list((tmp_path / "drafts").glob("*.eml"))) == 2 and "2 drafts for 2 people" in stage.told()
    assert [seen.copy.people for seen in copies.listing(stage.session)] == [2]
    stage.settle()
    assert stage.reads("2 people") or stage.reads("Done.")
