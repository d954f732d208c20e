"""Replies fetched from a mailbox on loopback: new ones once, nothing changed there, the account kept among the desk's secrets."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Cancelled, Invalid, MailboxFailed, NotFound
from dpdesk.domain.members import Kind as Who
from dpdesk.domain.secret import Secret
from dpdesk.post import imap
from dpdesk.services import mailbox, members, replies
from dpdesk.services.mailbox import Account
from tests.fakes.certificates import certificate
from tests.fakes.imap_server import Mailboxes, serving
from tests.files import mails

PASSWORD = Secret("an app password")


@pytest.fixture
def held():
    made = Mailboxes()
    yield made
    assert not made.forbidden


@pytest.fixture
def port(held, tmp_path, monkeypatch):
    context, trusted = certificate(tmp_path / "issued")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with serving(context, held) as number:
        yield number


@pytest.fixture
def ann(session):
    return members.add(session, Who.MEMBER, {"forename": "Ann", "surname": "Example", "email": "ann@example.org", "status": "current"})


def test_what_is_new_is_taken_in_once(session, ann, held, port):
    held.folders["INBOX"] = {3: mails.person("Please stop"), 4: b"no mail"}
    mailbox.set_account(session, Account("localhost", "branch", port=port), PASSWORD)
    report = mailbox.fetch(session)
    assert (report.read, report.found) == (2, {"stop_mail": 1}) and report.refused[0][1:] == (4, "not_mail")
    assert mailbox.fetch(session).read == 0
    held.folders["INBOX"][8] = mails.POSTFIX
    assert mailbox.fetch(session).found == {"dead_address": 1}
    held.validity += 1  # made anew: all is read again, and is known
    report = mailbox.fetch(session)
    assert (report.read, report.known, report.new) == (3, 2, 0) and len(replies.listing(session)) == 2


def test_a_broken_line_takes_nothing_in_and_the_next_fetch_gets_it_all(session, ann, held, port):
    held.folders["INBOX"] = {1: mails.person("stop"), 2: mails.POSTFIX}
    mailbox.set_account(session, Account("localhost", "branch", port=port), PASSWORD)
    held.fault = "cut"
    with pytest.raises(MailboxFailed):
        mailbox.fetch(session)
    assert replies.listing(session) == []
    held.fault = ""
    with pytest.raises(Cancelled):
        mailbox.fetch(session, cancelled=lambda: True)
    assert mailbox.fetch(session).new == 2


def test_more_than_one_fetching_takes(session, ann, held, port, monkeypatch):
    monkeypatch.setattr(imap, "MOST", 2)
    held.folders["INBOX"] = {n: mails.person("stop", identity=f"<{n}@x>") for n in range(1, 6)}
    mailbox.set_account(session, Account("localhost", "branch", port=port), PASSWORD)
    assert [(report.new, report.more) for report in (mailbox.fetch(session) for _ in range(3))] == [(2, True), (2, True), (1, False)]


def test_the_account_stays_in_the_desk_and_its_password_is_told_to_nobody(session, reopen):
    with pytest.raises(NotFound):
        mailbox.fetch(session)
    assert mailbox.account(session) is None
    for wrong, secret in ((Account("", ""), PASSWORD), (Account("mail.example.org", "branch"), None), (Account("a\r\nb", "c"), PASSWORD),
                          (Account("a", "b", port=0), PASSWORD), (Account("a", "b", method="none"), PASSWORD)):
        with pytest.raises(Invalid):
            mailbox.set_account(session, wrong, secret)
    mailbox.set_account(session, Account("mail.example.org", "branch"), PASSWORD)
    mailbox.set_account(session, Account("mail.example.org", "branch"), Secret("another"))
    mailbox.set_account(session, Account("mail.example.org", "branch", "Replies"), None)
    assert mailbox.account(session) == Account("mail.example.org", "branch", "Replies")
    with pytest.raises(Invalid):  # another server gets the password only from an officer
        mailbox.set_account(session, Account("elsewhere.example.org", "branch", "Replies"), None)
    from sqlalchemy import text
    with session.desk.read() as connection:
        rows = connection.execute(text("SELECT facts, fields FROM audit UNION SELECT change, fields FROM history"))
        told = " ".join(f"{row}" for row in rows)
    assert "app password" not in told
    mailbox.forget_account(session)
    assert mailbox.account(session) is None
    with pytest.raises(NotFound):
        mailbox.forget_account(session)
