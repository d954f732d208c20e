"""Replies in the window: dropped, chosen or pasted mail, suggestions confirmed, dismissed, put to somebody; the mailbox's form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit

from dpdesk.services import contacting, mailbox, members, replies
from dpdesk.ui import theme
from tests.fakes.certificates import certificate
from tests.fakes.imap_server import Mailboxes, serving
from tests.files import mails
from tests.ui import walker
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


def kat(raw: bytes) -> bytes:
    return raw.replace(b"ann@example.org", b"kat@example.org")


def dropped(*paths) -> QMimeData:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return held


@pytest.fixture
def filled(stage, tmp_path):
    """The page with one suggestion of every kind."""
    path = tmp_path / "replies.mbox"
    path.write_bytes(mails.mbox(*map(kat, (
        mails.person("Please stop"), mails.person("Do not contact me again", identity="<2@x>"), mails.MOVED, mails.POSTFIX,
        mails.POSTFIX_DELAYED, mails.person("Why do I get this?", identity="<3@x>"), mails.AWAY)),
        mails.person("unsubscribe", sender="Stranger <who@example.net>", identity="<4@x>")))
    stage.go("replies")
    stage.page.field.take(dropped(path))
    stage.settle()
    return stage


def test_dropped_mail_is_read_and_proposed(filled):
    assert filled.told().startswith("8 mails read. 7 suggestions are new. 1 was an automatic answer")
    for words in ("7 wait for your yes or no.", "No more e-mail (2)", "No contact at all (1)", "New e-mail address (1)",
                  "Address does not work (1)", "Address failed for now (1)", "To read (1)", "Nobody on the desk has this address."):
        assert filled.reads(words), words
    assert contacting.stops(filled.session, person(filled, "Smyth").id) == []


def test_what_a_drop_does_is_said_before_it(stage, tmp_path):
    field = stage.go("replies").field
    assert field.promise(dropped(tmp_path / "a.eml", tmp_path / "Inbox")) and stage.reads("Let go to read 2 files")
    assert not field.promise(dropped(tmp_path / "a.msg")) and stage.reads("This cannot be taken")
    held = QMimeData()
    held.setText(kat(mails.person("stop")).decode())
    assert field.promise(held) and stage.reads("Let go to read this mail")
    field.take(held)
    stage.settle()
    assert stage.reads("No more e-mail (1)")


def test_confirmed_dismissed_undone(filled):
    who = person(filled, "Smyth")
    filled.press("Stop all contact: Katherine Smyth")
    assert [stop.channel for stop in contacting.stops(filled.session, who.id)] == ["all"]
    filled.press("Change the address: Katherine Smyth")
    assert members.get(filled.session, who.id).email == "ann.new@example.org"
    filled.press("Undo")
    assert members.get(filled.session, who.id).email == "kat@example.org" and filled.reads("New e-mail address (1)")
    filled.press("Not this: Katherine Smyth")
    filled.press("Decided")
    assert filled.reads("Dismissed")
    filled.press("Undo: Katherine Smyth")
    assert filled.told() == "Taken back: it waits again."


def test_all_of_a_kind_at_once(filled):
    filled.press("Confirm all: No more e-mail (2)")
    filled.agree("Confirm all")
    assert filled.told().startswith("2 done.") and not filled.reads("No more e-mail (2)")
    assert [stop.channel for stop in contacting.stops(filled.session, person(filled, "Smyth").id)] == ["email"]


def test_an_officer_says_who_it_is(filled):
    filled.press("Say who it is: " + filled.page.context.words("email", "who@example.net"))
    filled.enter("Name or membership number", "Evans")
    filled.settle()
    filled.press("It is Siân Evans · 101 · SW1A 2AA")
    assert filled.told() == "It is put to Siân Evans." and filled.reads("No more e-mail to Siân Evans.")
    filled.press("Stop e-mail: Siân Evans")
    assert contacting.stops(filled.session, person(filled, "Evans").id)


def test_an_address_that_does_not_work_shows_with_the_person_until_it_works(filled):
    filled.press("Note that it does not work: Katherine Smyth")
    filled.press("Open Katherine Smyth")
    assert filled.reads("Mail to this address comes back")
    filled.go("replies")
    filled.press("Addresses that do not work (1)")
    filled.press("Works again: Katherine Smyth")
    assert filled.told() == "Mailings go to it again."
    filled.go("member", {"id": person(filled, "Smyth").id})
    assert not filled.reads("Mail to this address comes back")


def test_a_right_with_a_deadline_is_pointed_out(stage):
    stage.go("replies").take_pasted(kat(mails.person("What do you hold about me?")))
    stage.settle()
    assert stage.reads("which has a deadline")


def test_addresses_are_held_back_until_asked_for(filled):
    assert not filled.reads("who@example.net") and not filled.reads("ann.new@example.org")
    filled.page.context.veil.lift()
    filled.settle()
    assert filled.reads("who@example.net") and filled.reads("ann.new@example.org")


def test_pasted_mail(stage):
    stage.go("replies")
    stage.press("Paste a mail…")
    stage.press("Take it in")
    assert stage.reads("This is needed")
    area = next(w for w in stage.shown(QPlainTextEdit) if w.accessibleName() == "The mail")
    area.setPlainText("just words")
    stage.press("Take it in")
    assert "is not a mail" in stage.told() and area.toPlainText() == "just words"
    area.setPlainText("From: kat@example.org\nSubject: Re: News\n\nunsubscribe")
    stage.press("Take it in")
    assert stage.reads("No more e-mail (1)") and stage.page.field.slot.entry is None


def test_chosen_files(stage, tmp_path):
    (tmp_path / "a.eml").write_bytes(kat(mails.person("stop")))
    stage.go("replies")
    stage.press("Choose files…")
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, QFileDialog)
    chooser.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "a.eml"))
    chooser.accept()
    stage.settle()
    assert stage.reads("No more e-mail (1)")


def test_the_mailbox_is_asked_for_kept_and_fetched_from(stage, tmp_path, monkeypatch):
    context, trusted = certificate(tmp_path / "issued")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    held = Mailboxes()
    held.folders["INBOX"] = {1: kat(mails.person("stop"))}
    with serving(context, held) as port:
        stage.go("replies")
        stage.press("Fetch replies")
        stage.press("Keep the mailbox")
        assert stage.button("Mail server: This is needed") and stage.button("Password or token: This is needed")
        stage.enter("Mail server", "localhost")
        stage.enter("Port", str(port))
        stage.enter("User name", "branch")
        stage.enter("Password or token", "wrong")
        stage.press("Keep the mailbox")
        assert stage.told() == "The mailbox is kept."
        stage.press("Fetch replies")
        assert "does not accept this user and password" in stage.told()
        stage.press("Mailbox…")
        stage.enter("Password or token", "an app password")
        stage.press("Keep the mailbox")
        stage.press("Fetch replies")
        assert stage.told().startswith("1 mail read. 1 suggestion is new.")
        stage.press("Fetch replies")
        assert stage.told() == "Nothing new came in."
    assert not held.forbidden and mailbox.account(stage.session).user == "branch"


@pytest.mark.parametrize(("look", "scale", "size"), [("light", 100, (1280, 800)), ("dark", 200, (1024, 700))])
def test_the_filled_page_has_no_faults(filled, look, scale, size):
    theme.apply(QGuiApplication.instance(), look, scale)
    try:
        filled.window.resize(*size)
        filled.press("Decided")
        filled.press("Mailbox…")
        filled.qtbot.wait(50)
        assert walker.faults(filled.window) == []
    finally:
        theme.apply(QGuiApplication.instance(), "light", 100)
    assert replies.waiting(filled.session) == 7
