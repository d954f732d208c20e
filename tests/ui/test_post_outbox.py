"""The outbox and a mailing's own page: pause and go on, the unknown asked about, approval, exposed addresses, accounts."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from dpdesk.domain.members import Kind
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_states import Outcome, Route, State
from dpdesk.services import audit, members, post, post_accounts, post_desk, post_mailings
from dpdesk.services.post_press import sender_of
from dpdesk.store import post as store
from dpdesk.ui.post.sending import courier
from tests.post.servers import authority, serving
from tests.ui.people_stage import empty_stage, people_desks
from tests.ui.post_stage import BRANCH, LETTER, account, agree, fill, served

__all__ = ["empty_stage", "people_desks", "served"]


def prepared(stage, count: int, route: Route = Route.SMTP, account_id: str = "") -> str:
    fill(stage, count)
    letter = post.Letter(Purpose.NOTICE, "Annual meeting", LETTER, post.Audience(members.Query(sort="number")))
    return post_mailings.prepare(stage.session, letter, route, sender_of(stage.session, BRANCH), account=account_id)[0].id


def turned(stage, identity: str, *outcomes: Outcome, state: State = State.PAUSED) -> None:
    """As a run that was cut off leaves it: the first people with these outcomes."""
    at = "2026-11-25T10:00:00.000+00:00"
    with stage.session.change("post.sending") as unit:
        rows = store.people(unit.connection, identity)
        store.set_outcomes(unit.connection, [(each.value, "", at, 1, row.id) for each, row in zip(outcomes, rows, strict=False)])
        store.change(unit.connection, identity, state=state.value, pause="cut_off", started_at=at)
        unit.about("mailing", identity)
        unit.facts(still=1)


def counts(stage, identity: str) -> dict[str, int]:
    return dict(post_mailings.get(stage.session, identity).counts)


def test_an_empty_outbox_says_what_will_stand_there(empty_stage):
    empty_stage.go("post_outbox")
    assert empty_stage.reads("Nothing was written yet")
    empty_stage.press("I exposed addresses…")
    assert empty_stage.told() == "" and empty_stage.reads("Nothing was written yet")


def test_paused_elsewhere_goes_on_without_sending_twice(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    held, begun = threading.Event(), threading.Event()

    def slow(number, _got):
        if number == 2:
            begun.set()
            held.wait(10)
        return
    server.on_data = slow
    identity = prepared(stage, 5, account_id=account(stage, served).id)
    stage.go("post_mailing", {"id": identity})
    press(stage, "Send to 5 people…")
    QApplication.processEvents()
    answer(stage, "Send to 5 people")
    stage.qtbot.waitUntil(begun.is_set, timeout=10_000)
    stage.desk.go("members", {})
    courier(stage.desk.context).pause(identity)
    held.set()
    stage.settle()
    assert counts(stage, identity) == {"sent": 2, "waiting": 3} and "Paused: stopped by an officer." in stage.told()
    stage.go("post_outbox", {})
    stage.press("Resume: Annual meeting")
    assert stage.desk.front == "post_mailing" and stage.reads("Paused: stopped by an officer.")
    stage.press("Go on: 3 people left…")
    agree(stage, "Send to 3 people")
    stage.qtbot.waitUntil(lambda: "Finished." in stage.told(), timeout=20_000)
    assert sorted(each.recipients[0] for each in server.got) == [f"person{at}@example.org" for at in range(5)]


def press(stage, label: str) -> None:
    """Press without waiting: what it starts goes on."""
    from PySide6.QtCore import Qt
    stage.qtbot.mouseClick(stage.button(label), Qt.MouseButton.LeftButton)


def answer(stage, verb: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton
    asked = QApplication.activeModalWidget()
    stage.qtbot.mouseClick(next(b for b in asked.findChildren(QAbstractButton) if b.text() == verb), Qt.MouseButton.LeftButton)


def test_locking_pauses_and_nobody_is_lost(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    held, begun = threading.Event(), threading.Event()

    def slow(number, _got):
        if number == 2:
            begun.set()
            held.wait(10)
        return
    server.on_data = slow
    identity = prepared(stage, 4, account_id=account(stage, served).id)
    courier(stage.desk.context).start(identity)
    stage.qtbot.waitUntil(begun.is_set, timeout=10_000)
    threading.Timer(0.3, held.set).start()
    stage.desk.jobs.close()
    assert counts(stage, identity) == {"sent": 2, "waiting": 2}
    assert post_mailings.get(stage.session, identity).state is State.PAUSED


def test_locking_does_not_wait_for_a_server_that_hangs(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    held, begun = threading.Event(), threading.Event()

    def hangs(number, _got):
        if number == 2:
            begun.set()
            held.wait(30)
        return
    server.on_data = hangs
    identity = prepared(stage, 4, account_id=account(stage, served).id)
    courier(stage.desk.context).start(identity)
    stage.qtbot.waitUntil(begun.is_set, timeout=10_000)
    began = time.monotonic()
    stage.desk.jobs.close()
    took = time.monotonic() - began
    held.set()
    assert took < 10 and counts(stage, identity) == {"sent": 1, "unknown": 1, "waiting": 2}
    assert post_mailings.get(stage.session, identity).state is State.PAUSED


def test_somebody_unknown_is_asked_about_and_never_sent_to_unasked(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    identity = prepared(stage, 4, account_id=account(stage, served).id)
    turned(stage, identity, Outcome.SENT, Outcome.UNKNOWN, Outcome.UNKNOWN)
    stage.go("today")
    assert stage.reads("It is not known whether everybody got their e-mail (2)")
    stage.go("post_mailing", {"id": identity})
    assert stage.reads("Did Forename1 Surname001 get it?")
    stage.press("They got it: Forename1 Surname001")
    stage.press("Send again: Forename2 Surname002")
    assert counts(stage, identity) == {"sent": 2, "waiting": 2} and server.got == []
    stage.press("Go on: 2 people left…")
    agree(stage, "Send to 2 people")
    stage.qtbot.waitUntil(lambda: "Finished." in stage.told(), timeout=20_000)
    assert sorted(each.recipients[0] for each in server.got) == ["person2@example.org", "person3@example.org"]


def test_those_refused_are_tried_again(empty_stage, served):
    stage = empty_stage
    identity = prepared(stage, 2, account_id=account(stage, served).id)
    turned(stage, identity, Outcome.SENT, Outcome.FAILED, state=State.DONE)
    stage.go("post_mailing", {"id": identity})
    stage.press("Try 1 person refused again")
    assert counts(stage, identity) == {"sent": 1, "waiting": 1}


def test_those_put_off_say_from_when_they_are_tried_again(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    server.on_rcpt = lambda number, _address: "451 4.7.1 greylisted" if number <= 2 else None
    identity = prepared(stage, 2, account_id=account(stage, served).id)
    courier(stage.desk.context).start(identity)
    stage.settle()
    stage.go("post_mailing", {"id": identity})
    assert counts(stage, identity) == {"deferred": 2}
    assert stage.reads("Paused: some are to be tried again later.") and stage.reads("they can be tried again from")


def test_a_server_without_tls_is_told_and_nothing_is_lost(empty_stage):
    stage = empty_stage
    with serving() as server:
        identity = prepared(stage, 2, account_id=account(stage, (server, "")).id)
        stage.go("post_mailing", {"id": identity, "go": True})
        stage.qtbot.waitUntil(lambda: stage.told() != "", timeout=20_000)
        stage.settle()
    assert server.got == [] and counts(stage, identity) == {"waiting": 2}
    assert "offers no encrypted line. Nobody was sent anything in plain" in stage.told()


def by_another(stage, identity: str) -> None:
    """As if another officer had written it."""
    with stage.session.change("post.prepared") as unit:
        store.change(unit.connection, identity, made_by="f" * 32)
        unit.about("mailing", identity)
        unit.facts(people=1)


def test_over_the_policy_s_number_a_second_officer_decides(empty_stage, served):
    stage, (server, _pem) = empty_stage, served
    object.__setattr__(stage.session.policy, "post_approve_over", 2)
    identity = prepared(stage, 3, account_id=account(stage, served).id)
    stage.go("post_mailing", {"id": identity})
    assert stage.reads("Waits for a second officer.")
    assert not [b for b in stage.shown(type(stage.button("Cancel the mailing…"))) if b.text() == "Approve"]
    by_another(stage, identity)
    stage.go("today")
    assert stage.reads("E-mails wait for your approval (1)")
    stage.go("post_outbox", {})
    stage.press("Look and approve: Annual meeting")
    stage.qtbot.waitUntil(lambda: "Dear Forename0," in stage.page.said.preview.sheet.toPlainText())
    stage.press("Approve")
    assert post_mailings.get(stage.session, identity).state is State.READY
    stage.press("Send to 3 people…")
    agree(stage, "Send to 3 people", "3")
    stage.qtbot.waitUntil(lambda: len(server.got) == 3 and "Finished." in stage.told(), timeout=20_000)


def test_refused_with_a_reason_and_written_again(empty_stage):
    stage = empty_stage
    object.__setattr__(stage.session.policy, "post_approve_over", 2)
    identity = prepared(stage, 3)
    by_another(stage, identity)
    stage.go("post_mailing", {"id": identity})
    stage.press("Refuse…")
    stage.press("Refuse it")
    assert stage.reads("Why: This is needed") or stage.reads("This is needed")
    stage.enter("Why", "The day is wrong")
    stage.press("Refuse it")
    assert post_mailings.get(stage.session, identity).state is State.CANCELLED and counts(stage, identity) == {"dropped": 3}
    assert audit.listing(stage.session, limit=1)[0].action == "post.refused"
    stage.press("Write again from this")
    assert stage.desk.front == "post_write" and stage.field("Subject").text() == "Annual meeting"


def test_exposed_addresses_are_recorded_with_the_clocks_running(empty_stage):
    stage = empty_stage
    identity = prepared(stage, 3)
    turned(stage, identity, Outcome.SENT, Outcome.SENT, state=State.DONE)
    stage.desk.commands()[[find.words for find in stage.desk.commands()].index("I exposed addresses")].act()
    stage.settle()
    assert stage.reads("Which mailing was it?")
    stage.press("I exposed addresses: Annual meeting")
    assert stage.reads("2 people whose address may have been seen")
    stage.field("What happened").setPlainText("To instead of Bcc")
    stage.press("Record it now")
    (noted,) = post_desk.exposures(stage.session)
    assert (noted.mailing, noted.people, noted.how) == (identity, 2, "To instead of Bcc")
    assert stage.reads("Within 24 hours") and stage.reads("Within 72 hours") and stage.reads("“To instead of Bcc”")
    assert stage.reads("Send nothing else to these people now")
    stage.go("post_outbox", {})
    assert stage.reads("Addresses exposed")


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server's line is TLS from the start
def test_an_account_is_set_up_tried_out_changed_and_forgotten(empty_stage, tmp_path):
    stage, mine = empty_stage, authority()
    with serving(tls=mine.context(tmp_path), login=("branch", "app pass")) as server:
        stage.go("post_accounts", {"add": True})
        stage.enter("Provider", "Another provider")
        stage.enter("Name of the account", "Branch mail")
        stage.press("Keep the account")
        assert stage.reads("This is not an e-mail address")
        stage.enter("E-mail address", BRANCH)
        stage.enter("User name", "branch")
        stage.enter("App password", "app pass")
        stage.enter("Mail server", server.host)
        stage.enter("Port", str(server.port))
        stage.field("Certificate authority of your own (PEM)").setPlainText(mine.pem)
        stage.press("Keep the account")
        assert "is kept" in stage.told()
        stage.press("Try out: Branch mail")
        stage.qtbot.waitUntil(lambda: "It works" in stage.told(), timeout=10_000)
        assert server.logins[-1] == ("branch", "app pass")
    stage.press("Change: Branch mail")
    assert stage.field("App password").text() == "" and stage.field("App password").echoMode() is QLineEdit.EchoMode.Password
    stage.enter("Name shown to readers", "Anytown branch")
    stage.press("Keep the account")
    (kept,) = post_accounts.listing(stage.session)
    assert kept.sender_name == "Anytown branch" and post_accounts.has_secret(stage.session, kept.id)
    stage.press("Forget: Branch mail")
    stage.agree("Forget the account")
    assert post_accounts.listing(stage.session) == [] and not post_accounts.has_secret(stage.session, kept.id)


def test_a_person_s_page_shows_what_they_got(empty_stage):
    stage = empty_stage
    identity = prepared(stage, 2)
    turned(stage, identity, Outcome.SENT, state=State.DONE)
    person = post_mailings.recipients(stage.session, identity)[0].person
    stage.go("member", {"id": person})
    stage.press("Post")
    assert stage.reads("Annual meeting") and stage.reads("· sent")
    stage.press("Open: Annual meeting")
    assert stage.desk.front == "post_mailing"


def test_those_chosen_in_the_list_are_written_to(empty_stage):
    stage = empty_stage
    fill(stage, 3)
    stage.go("members")
    stage.settle()
    choose(stage, 0, 1)
    stage.press("Write to them…")
    stage.press("Formal notice to members")
    assert stage.desk.front == "post_write" and stage.reads("Forename0 Surname000, Forename1 Surname001")
    assert stage.field("People").currentText() == "2 people chosen in the list"


def choose(stage, first: int, last: int) -> None:
    """Choose the rows from one to another."""
    from PySide6.QtCore import QItemSelection, QItemSelectionModel
    model = stage.page.table.model()
    stage.page.table.selectionModel().select(QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1)),
                                             QItemSelectionModel.SelectionFlag.ClearAndSelect)
    stage.settle()


def test_all_those_listed_are_written_to_by_what_the_list_asked(empty_stage):
    stage = empty_stage
    fill(stage, 2)
    members.add(stage.session, Kind.MEMBER, {"number": "1", "surname": "Elsewhere", "status": "lapsed", "email": "else@example.org"})
    query = members.Query(status="current")
    stage.go("members", {"query": query.to_dict(), "row": None})
    stage.settle()
    stage.page.table.selectAll()
    stage.settle()
    stage.press("Write to them…")
    stage.press("Service message")
    assert stage.reads("Current members, by name.") and stage.page.audience.query == query
    assert [each.name for each in stage.page.plan.people] == ["Forename0 Surname000", "Forename1 Surname001"]
