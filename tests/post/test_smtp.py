"""The line to a mail server: verified TLS or nothing, and every failure by its own name."""

from __future__ import annotations

import socket
import ssl
import time
from base64 import b64decode
from itertools import takewhile

import pytest

from dpdesk.domain.errors import MailServer
from dpdesk.domain.mail_addresses import Address
from dpdesk.domain.post_pace import Security, SignIn
from dpdesk.domain.post_states import Outcome
from dpdesk.domain.secret import Secret
from dpdesk.post.oauth import fresh_token
from dpdesk.post.smtp import Line, Server
from tests.post.servers import authority, free_port, raw_server, serving

TRUSTED, OTHER = authority(), authority()
FROM, TO = Address("branch@example.org"), Address("ann@example.org")
MESSAGE = b"From: branch@example.org\r\nTo: ann@example.org\r\nSubject: x\r\n\r\n.dot\r\nend\r\n"


def server(port: int, security: Security = Security.TLS, **more) -> Server:
    return Server(**{"host": "127.0.0.1", "port": port, "security": security, "authority": TRUSTED.pem, "timeout": 3.0} | more)


def refused(wanted: Server, secret: Secret | None = None) -> str:
    with pytest.raises(MailServer) as problem:
        Line(wanted, secret)
    assert problem.value.host == wanted.host
    return problem.value.reason


@pytest.mark.parametrize("security", Security)
def test_a_message_arrives_as_it_was(tmp_path, security):
    context = TRUSTED.context(tmp_path)
    with serving(**{"tls" if security is Security.TLS else "starttls": context}) as post, Line(server(post.port, security), None) as line:
        assert line.send(FROM, TO, MESSAGE).outcome is Outcome.SENT
        assert line.send(FROM, Address("bo@example.org"), MESSAGE).outcome is Outcome.SENT
    assert [(got.sender, got.recipients) for got in post.got] == [(str(FROM), ["ann@example.org"]), (str(FROM), ["bo@example.org"])]
    assert post.got[0].content == MESSAGE


@pytest.mark.parametrize("security", Security)
@pytest.mark.parametrize(("made", "why"), [
    (lambda folder: OTHER.context(folder), "certificate"), (lambda folder: TRUSTED.context(folder, "mail.example.org"), "certificate_name"),
    (lambda folder: TRUSTED.context(folder, days=-1), "certificate_expired")], ids=["untrusted", "other host", "expired"])
def test_a_bad_certificate_is_refused(tmp_path, security, made, why):
    with serving(**{"tls" if security is Security.TLS else "starttls": made(tmp_path)}, login=("u", "p")) as post:
        assert refused(server(post.port, security, username="u"), Secret("p")) == why
    assert post.logins == [] and post.got == []


def test_no_tls_is_refused_and_nothing_is_told(tmp_path):
    with serving(login=("u", "p")) as post:
        assert refused(server(post.port, Security.STARTTLS, username="u"), Secret("p")) == "no_tls"
        assert refused(server(post.port, Security.TLS, username="u"), Secret("p")) == "no_tls"
    assert post.logins == []


def test_a_starttls_that_is_offered_and_refused(tmp_path):
    def talk(one: socket.socket) -> None:
        one.sendall(b"220 mx\r\n")
        while words := one.recv(1000):
            one.sendall(b"250-mx\r\n250 STARTTLS\r\n" if words.upper().startswith(b"EHLO") else b"454 4.7.0 not now\r\n")
    with raw_server(talk) as port:
        assert refused(server(port, Security.STARTTLS, username="u"), Secret("p")) == "no_tls"


def test_signing_in(tmp_path):
    with serving(starttls=TRUSTED.context(tmp_path), login=("branch@example.org", "app word")) as post:
        known = server(post.port, Security.STARTTLS, username="branch@example.org")
        Line(known, Secret("app word")).close()
        assert refused(known, Secret("other")) == "login"
        assert refused(known, None) == "login"
    with xoauth_server(tmp_path, []) as port:
        assert refused(server(port, username="u"), Secret("p")) == "no_sign_in"


def xoauth_server(tmp_path, said: list[bytes]):
    context = TRUSTED.context(tmp_path)

    def talk(one: socket.socket) -> None:
        with context.wrap_socket(one, server_side=True) as line:
            line.sendall(b"220 mx\r\n")
            while words := line.recv(4000):
                said.append(words)
                if words.upper().startswith(b"EHLO"):
                    line.sendall(b"250-mx\r\n250 AUTH XOAUTH2\r\n")
                elif words.startswith(b"AUTH"):
                    line.sendall(b"235 2.7.0 in\r\n" if b"Bearer good\1\1" in b64decode(words.split()[-1])
                                 else b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                elif words == b"\r\n":
                    line.sendall(b"535 5.7.8 no\r\n")
                else:
                    line.sendall(b"221 bye\r\n")
                    break
    return raw_server(talk)


def test_signing_in_with_a_token(tmp_path):
    said: list[bytes] = []
    with xoauth_server(tmp_path, said) as port:
        known = server(port, username="branch@example.org", sign_in=SignIn.OAUTH2)
        Line(known, Secret("good")).close()
        assert refused(known, Secret("bad")) == "login"
    assert not [words for words in said if socket.gethostname().encode() in words]


def token_server(tmp_path, answer: bytes, context: ssl.SSLContext | None = None):
    context = context or TRUSTED.context(tmp_path)

    def talk(one: socket.socket) -> None:
        with context.wrap_socket(one, server_side=True) as line:
            asked = line.recv(4000)
            while b"\r\n\r\n" not in asked or b"refresh" not in asked:
                asked += line.recv(4000)
            line.sendall(answer)
    return raw_server(talk)


def http(status: str, body: bytes, more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{more}\r\n".encode() + body


@pytest.mark.parametrize(("answer", "why"), [
    (http("400 Bad", b'{"error": "invalid_grant"}'), "token"), (http("200 OK", b"not json"), "token"), (http("200 OK", b"{}"), "token"),
    (http("302 Found", b"", "Location: https://127.0.0.1:1/\r\n"), "token"), (http("503 Busy", b""), "busy")])
def test_a_token_that_is_not_given(tmp_path, answer, why):
    with token_server(tmp_path, answer) as port, pytest.raises(MailServer) as problem:
        fresh_token(f"https://127.0.0.1:{port}/token", "client", "", Secret("refresh"), authority=TRUSTED.pem, timeout=3)
    assert problem.value.reason == why


def test_a_fresh_token(tmp_path):
    with token_server(tmp_path, http("200 OK", b'{"access_token": "good"}')) as port:
        url = f"https://127.0.0.1:{port}/token"
        assert fresh_token(url, "client", "s", Secret("refresh"), authority=TRUSTED.pem, timeout=3) == Secret("good")
    with token_server(tmp_path, b"", OTHER.context(tmp_path)) as port, pytest.raises(MailServer) as problem:
        fresh_token(f"https://127.0.0.1:{port}/token", "client", "", Secret("refresh"), authority=TRUSTED.pem, timeout=3)
    assert problem.value.reason == "certificate"
    with pytest.raises(MailServer) as problem:
        fresh_token("http://127.0.0.1/token", "client", "", Secret("refresh"))
    assert problem.value.reason == "no_tls"


def test_what_is_not_there_or_does_not_answer():
    assert refused(server(free_port())) == "closed"
    assert refused(server(465, host="no-such-host.invalid")) == "no_host"
    with raw_server(lambda one: time.sleep(0.6)) as port:
        assert refused(server(port, Security.STARTTLS, timeout=0.3)) == "slow"
    with raw_server(lambda one: one.sendall(b"554 5.3.2 closed\r\n")) as port:
        assert refused(server(port, Security.STARTTLS)) == "busy"
    with raw_server(lambda one: None) as port:
        assert refused(server(port, Security.STARTTLS)) == "dropped"


def test_an_authority_that_cannot_be_read():
    with pytest.raises(MailServer) as problem:
        Line(server(1, authority="rubbish"), None)
    assert problem.value.reason == "authority_bad"


@pytest.mark.parametrize(("reply", "outcome", "halts"), [
    ("550 5.1.1 No such user", Outcome.FAILED, ""), ("451 4.7.1 Greylisted", Outcome.DEFERRED, ""),
    ("452 4.2.2 Mailbox full", Outcome.DEFERRED, ""), ("421 4.3.2 Going down", Outcome.WAITING, "server_busy"),
    ("550 5.4.5 Quota", Outcome.WAITING, "server_busy"), ("553 5.1.3 Bad", Outcome.FAILED, "")])
def test_what_a_server_says_of_a_recipient(tmp_path, reply, outcome, halts):
    with serving(tls=TRUSTED.context(tmp_path)) as post, Line(server(post.port), None) as line:
        post.on_rcpt = lambda number, address: reply if number == 1 else None
        answer = line.send(FROM, TO, MESSAGE)
        assert (answer.outcome, answer.halts) == (outcome, halts)
        assert "user" not in answer.code and "Mailbox" not in answer.code
        if not halts or "550" in reply:
            assert line.send(FROM, TO, MESSAGE).outcome is Outcome.SENT


@pytest.mark.parametrize(("reply", "outcome"), [("554 5.7.1 Spam", Outcome.FAILED), ("451 4.3.0 Later", Outcome.DEFERRED),
                                                ("drop", Outcome.UNKNOWN), ("drop after", Outcome.UNKNOWN)])
def test_what_a_server_says_of_the_content(tmp_path, reply, outcome):
    with serving(tls=TRUSTED.context(tmp_path)) as post, Line(server(post.port), None) as line:
        post.on_data = lambda number, got: reply
        assert line.send(FROM, TO, MESSAGE).outcome is outcome


def test_a_line_that_breaks_before_the_content(tmp_path):
    with serving(tls=TRUSTED.context(tmp_path)) as post:
        line = Line(server(post.port), None)
    answer = line.send(FROM, TO, MESSAGE)
    assert (answer.outcome, answer.halts) == (Outcome.WAITING, "dropped")
    assert line.send(FROM, TO, MESSAGE).halts == "dropped"
    line.close()


BO = Address("bo@example.org")


def test_asked_in_one_breath_and_told_apart(tmp_path):
    with serving(tls=TRUSTED.context(tmp_path), pipelining=True) as post, Line(server(post.port), None) as line:
        post.on_rcpt = lambda number, address: "550 5.1.1 No such user" if address == str(TO) else None
        assert line.send(FROM, TO, MESSAGE).code == "550 5.1.1"
        assert line.send(FROM, BO, MESSAGE).outcome is Outcome.SENT
        post.on_data = lambda number, got: "451 4.3.0 Later"
        assert line.send(FROM, BO, MESSAGE).outcome is Outcome.DEFERRED
    assert [(got.recipients, got.content) for got in post.got] == [([str(BO)], MESSAGE)]


def test_the_next_is_named_with_the_content_before(tmp_path):
    with serving(tls=TRUSTED.context(tmp_path), pipelining=True) as post, Line(server(post.port), None) as line:
        post.on_rcpt = lambda number, address: "550 5.1.1 No such user" if number == 3 else None
        said = []
        for to, following in ((TO, BO), (BO, TO), (TO, BO), (BO, None)):
            line.ask(FROM, to)
            said.append(line.hand(MESSAGE, (FROM, following) if following else None) or line.finish())
    assert [each.outcome for each in said] == [Outcome.SENT, Outcome.SENT, Outcome.FAILED, Outcome.SENT]
    assert [(got.recipients, got.content) for got in post.got] == [([str(to)], MESSAGE) for to in (TO, BO, BO)]


def test_whoever_was_named_and_is_not_written_to_gets_nothing(tmp_path):
    with serving(tls=TRUSTED.context(tmp_path), pipelining=True) as post:
        line = Line(server(post.port), None)
        line.ask(FROM, TO)
        assert line.hand(MESSAGE, (FROM, BO)) is None and line.finish().outcome is Outcome.SENT
        other = line.send(FROM, Address("cy@example.org"), MESSAGE)
        assert (other.outcome, other.halts) == (Outcome.WAITING, "dropped")
        line.close()
        with Line(server(post.port), None) as line:
            line.ask(FROM, TO)
            assert line.hand(MESSAGE, (FROM, BO)) is None and line.finish().outcome is Outcome.SENT
    assert [got.recipients for got in post.got] == [[str(TO)], [str(TO)]]


@pytest.mark.parametrize(("replies", "code", "halts", "goes_on"), [
    ("250 ok|550 5.1.1 no|354 go on", "550 5.1.1", "", True), ("250 ok|450 4.7.1 later|503 nobody", "450 4.7.1", "", True),
    ("550 5.7.60 no|503 no|354 go on", "550 5.7.60", "sender_refused", False), ("250 ok|250 ok|451 4.3.0 no", "451 4.3.0", "", True),
    ("250 ok|421 4.3.2 down|503 no", "421 4.3.2", "server_busy", False)])
def test_a_server_that_waits_for_the_content_of_a_refused_message(tmp_path, replies, code, halts, goes_on):
    context, taken = TRUSTED.context(tmp_path), []

    def talk(one: socket.socket) -> None:
        with context.wrap_socket(one, server_side=True) as line, line.makefile("rb") as heard:
            line.sendall(b"220 mx\r\n")
            said = iter([*replies.split("|"), "250 ok", "250 ok", "354 go on"])
            for words in heard:
                verb = words[:4].upper()
                reply = "250 ok" if verb in (b"RSET", b"QUIT") else "250-mx\r\n250 PIPELINING" if verb == b"EHLO" else next(said)
                line.sendall(reply.encode() + b"\r\n")
                if reply.startswith("354"):
                    taken.append(b"".join(takewhile(lambda line: line != b".\r\n", heard)))
                    line.sendall(b"250 taken\r\n" if taken[-1] else b"554 nobody\r\n")
                if verb == b"QUIT":
                    return
    with raw_server(talk) as port:
        line = Line(server(port), None)
        answer = line.send(FROM, TO, MESSAGE)
        assert (answer.code, answer.halts) == (code, halts)
        assert not [content for content in taken if content]
        assert line.open is goes_on
        if goes_on:
            assert line.send(FROM, BO, MESSAGE).outcome is Outcome.SENT
        line.close()


def test_nothing_but_one_address_is_taken(tmp_path):
    with serving(tls=TRUSTED.context(tmp_path)) as post, Line(server(post.port), None) as line:
        for wrong in ("ann@example.org", [TO, TO], (TO,)):
            with pytest.raises(TypeError):
                line.send(FROM, wrong, MESSAGE)
    assert post.got == []
