"""The second-best ways in the window: Bcc batches on the clipboard for a minute, and a list for a mailer with an agreement."""

from __future__ import annotations

import csv

from PySide6.QtGui import QGuiApplication

from dpdesk.domain.post_states import State
from dpdesk.services import copies, post_lists, post_mailings, post_settings
from dpdesk.services.session import today
from dpdesk.ui.post import copying
from dpdesk.ui.widgets.secret import forget_copies
from tests.ui.people_stage import empty_stage, people_desks
from tests.ui.post_stage import BRANCH, agree, fill, write

__all__ = ["empty_stage", "people_desks"]


def to_send(stage, count: int = 2) -> None:
    post_settings.put(stage.session, BRANCH, "")
    fill(stage, count)
    write(stage)
    stage.press("Next: send")


def test_without_an_address_of_the_branch_it_is_asked_for(empty_stage):
    stage = empty_stage
    fill(stage, 1)
    write(stage)
    stage.press("Next: send")
    assert not stage.button("Copy addresses…").isEnabled()
    stage.press("Enter the branch’s address…")
    stage.enter("Address of the sender", "nonsense")
    stage.press("Keep it")
    assert stage.reads("This is not an e-mail address")
    stage.enter("Address of the sender", BRANCH)
    stage.press("Keep it")
    assert stage.button("Copy addresses…").isEnabled() and post_settings.get(stage.session).address == BRANCH


def test_addresses_are_copied_and_leave_the_clipboard(empty_stage):
    stage = empty_stage
    to_send(stage)
    stage.press("Copy addresses…")
    agree(stage, "Copy addresses")
    stage.settle()
    stage.press("Copy batch 1 of 1")
    assert QGuiApplication.clipboard().text() == "person0@example.org, person1@example.org"
    assert stage.reads("Batch 1 is on the clipboard for a minute.")
    assert stage.button("Open a new letter in my mail program").isVisible()
    (mailing,) = post_mailings.listing(stage.session)
    assert mailing.state is State.DONE and dict(mailing.counts) == {"listed": 2}
    forget_copies()
    assert QGuiApplication.clipboard().text() == ""


def test_no_list_for_a_mailer_without_an_agreement(empty_stage, tmp_path):
    stage = empty_stage
    to_send(stage)
    stage.press("List for a bulk mailer…")
    agree(stage, "List for a bulk mailer")
    stage.settle()
    assert stage.reads("There is no agreement in force.")
    stage.press("Record an agreement…")
    stage.press("Record an agreement…")
    stage.press("Record it")
    assert stage.reads("This is needed")
    for label, value in (("Who sends for the branch", "Mailer Ltd"), ("What it does for the branch", "sends news"),
                         ("Agreed on", today().strftime("%d/%m/%Y")), ("Where the contract is kept", "green folder")):
        stage.enter(label, value)
    stage.press("Record it")
    (agreement,) = post_lists.processors(stage.session)
    assert stage.reads("Mailer Ltd") and stage.reads("In force")
    (mailing,) = post_mailings.listing(stage.session)
    stage.go("post_mailing", {"id": mailing.id})
    stage.press("Write the list…")
    assert stage.field("Bulk mailer").currentText() == "Mailer Ltd"
    copying.hand_over(stage.page, mailing, agreement.id, tmp_path / "mailing.csv")
    stage.settle()
    assert "2 people are written to “mailing.csv”." in stage.told()
    with (tmp_path / "mailing.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["E-mail", "Forename", "Surname"] and len(rows) == 3
    assert [seen.copy.people for seen in copies.listing(stage.session)] == [2]
    stage.go("post_accounts", {})
    stage.press("It has ended: Mailer Ltd")
    stage.agree("It has ended")
    assert stage.reads("Ended") and not post_lists.processors(stage.session)[0].stands(today().isoformat())
