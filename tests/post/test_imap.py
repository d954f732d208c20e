"""The mailbox over real TLS on loopback: read and nothing else, certificates verified, whatever a server sends bounded."""

from __future__ import annotations

import ssl
from datetime import date

import pytest

from dpdesk.domain.errors import Cancelled, MailboxFailed
from dpdesk.domain.secret import Secret
from dpdesk.post import imap
from dpdesk.post.imap import Folder, Position, Server
from tests.fakes.certificates import certificate
from tests.fakes.imap_server import Mailboxes, serving
from tests.files import mails

SINCE = date(2026, 9, 1)
PASSWORD = Secret("an app password")


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def held():
    made = Mailboxes()
    made.folders["INBOX"] = {3: mails.BUTTON, 5: mails.POSTFIX, 9: mails.AWAY}
    yield made
    assert not made.forbidden, made.forbidden


@pytest.fixture
def port(issued, held):
    with serving(issued[0], held) as number:
        yield number


@pytest.fixture
def trust(issued):
    return ssl.create_default_context(cafile=issued[1])


def refused(server: Server, secret: Secret = PASSWORD, trust=None) -> str:
    with pytest.raises(MailboxFailed) as failed, Folder(server, secret, trust) as folder:
        for uid in folder.after(Position(), SINCE):
            folder.message(uid)
    assert failed.value.host == server.host
    return failed.value.reason


def test_reads_what_is_new_and_changes_nothing(held, port, trust):
    with Folder(Server("localhost", port, "branch"), PASSWORD, trust) as folder:
        assert folder.validity == 7
        assert folder.after(Position(), SINCE) == [3, 5, 9]
        assert [folder.message(uid) for uid in (3, 5)] == [mails.BUTTON, mails.POSTFIX]
        assert folder.after(Position(7, 5), SINCE) == [9]
        assert folder.after(Position(7, 9), SINCE) == []  # the server answers with the last one all the same
        assert folder.after(Position(6, 9), SINCE) == [3, 5, 9]  # a folder made anew is read anew
    assert held.commands.count("EXAMINE") == 1 and held.commands[-1] == "LOGOUT"


@pytest.mark.parametrize(("user", "secret"), [("branch", "an app password"), ('qu"ote\\', 'pa"ss\\ word'), ("siân", "pâss")])
def test_logs_in_with_odd_names_and_passwords(held, port, trust, user, secret):
    held.users[user] = secret
    with Folder(Server("localhost", port, user), Secret(secret), trust) as folder:
        assert folder.validity == 7


def test_logs_in_with_a_token(held, port, trust):
    with Folder(Server("localhost", port, "branch", method="oauth2"), Secret("ya29.token"), trust) as folder:
        assert folder.validity == 7
    assert refused(Server("localhost", port, "branch", method="oauth2"), Secret("old"), trust) == "login"


@pytest.mark.parametrize("secret", ["wrong", "", "two\r\nlines"])
def test_a_wrong_password_is_told(port, trust, secret):
    assert refused(Server("localhost", port, "branch"), Secret(secret), trust) == "login"


def test_folders_with_odd_names(held, port, trust):
    held.folders["Atebion &AOI- &- mwy"] = {}
    with Folder(Server("localhost", port, "branch", "Atebion â & mwy"), PASSWORD, trust) as folder:
        assert folder.after(Position(), SINCE) == []
    assert refused(Server("localhost", port, "branch", "Nowhere"), PASSWORD, trust) == "no_folder"
    assert refused(Server("localhost", port, "branch", "two\r\nA1 DELETE INBOX"), PASSWORD, trust) == "no_folder"


def test_a_certificate_nobody_vouches_for_gets_no_password(held, port):
    assert refused(Server("localhost", port, "branch")) == "certificate"
    assert held.commands == []


def test_a_certificate_of_another_name_gets_no_password(held, tmp_path):
    context, trusted = certificate(tmp_path, "other.example.org")
    with serving(context, held) as port:
        assert refused(Server("localhost", port, "branch"), PASSWORD, ssl.create_default_context(cafile=trusted)) == "certificate"
    assert held.commands == []


def test_a_server_without_tls_gets_no_password(held, trust):
    with serving(None, held) as port:
        assert refused(Server("localhost", port, "branch"), PASSWORD, trust) == "no_tls"
    assert held.commands == []


def test_no_server(trust):
    assert refused(Server("localhost", 1, "branch"), PASSWORD, trust) == "no_server"
    assert refused(Server("no-such-host.invalid", 993, "branch"), PASSWORD, trust) == "no_server"


@pytest.mark.parametrize(("fault", "reason"), [("cut", "cut"), ("huge", "cut"), ("endless", "cut"), ("rubbish", "not_imap")])
def test_a_server_that_misbehaves(held, port, trust, fault, reason):
    held.fault = fault
    assert refused(Server("localhost", port, "branch"), PASSWORD, trust) == reason


def test_a_server_that_says_nothing(held, port, trust, monkeypatch):
    monkeypatch.setattr(imap, "TIMEOUT", 0.3)
    import socket
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refused(Server("localhost", silent.getsockname()[1], "branch"), PASSWORD, trust) == "no_answer"


def test_waiting_for_a_silent_server_can_be_cancelled(trust, issued):
    import socket
    import threading
    import time
    asked = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        def greet() -> None:
            with issued[0].wrap_socket(silent.accept()[0], server_side=True) as line:
                asked.wait(5)
                line.recv(10)
        thread = threading.Thread(target=greet)
        thread.start()
        timer = threading.Timer(0.3, asked.set)
        timer.start()
        began = time.monotonic()
        with pytest.raises(Cancelled), Folder(Server("localhost", silent.getsockname()[1], "branch"), PASSWORD, trust, asked.is_set):
            pass
        assert time.monotonic() - began < 2
        thread.join(), timer.join()


def test_a_message_that_has_gone_is_empty(held, port, trust):
    held.fault = "gone"
    with Folder(Server("localhost", port, "branch"), PASSWORD, trust) as folder:
        assert folder.message(3) == b""
