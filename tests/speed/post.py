"""5,000 messages: rendered against the standard library rendering the same bodies, and delivered over one TLS connection against
bare smtplib handing over bytes rendered before. The desk's side also asks who may still get it, renders, and keeps each state.
"""

from __future__ import annotations

import gc
import multiprocessing
import smtplib
import socket
import ssl
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from dpdesk.domain.members import Kind
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_states import Route
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.files import eml
from dpdesk.services import members, post, post_accounts, post_mailings, post_plan, post_send
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.post_press import Press, sender_of
from dpdesk.store.keys import least
from tests.post.servers import Authority, authority
from tests.soak import exim

PEOPLE = 5_000
SOME = 1_000  # to a server that writes each to the disk
ROUNDS = 4
BRANCH = "branch@example.org"
BODY = """# Annual general meeting

Dear {{forename|friend}},

the annual meeting of our branch is on **3 May at 7.30 pm** in the hall in Mill Lane. Please bring your card, number {{number}}.

- the accounts and the report of the secretary
- election of officers; see [how to stand](https://example.org/stand) – nominations close on 20 April
- any other business, such as Siân’s proposal for the café

Yours, the secretary
"""


class Sink:
    """A mail server in a process of its own that answers and counts, over TLS, and keeps nothing."""

    def __init__(self, trusted: Authority, folder: Path, *, pipelining: bool = True) -> None:
        self.trusted = trusted
        self._hello = b"250-mx\r\n250 PIPELINING\r\n" if pipelining else b"250 mx\r\n"
        self._count = multiprocessing.Value("i", 0)
        self._context = trusted.context(folder)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._process = multiprocessing.get_context("fork").Process(target=self._serve, daemon=True)
        self._process.start()

    @property
    def taken(self) -> int:
        """How many messages it took."""
        return self._count.value

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return
            with self._context.wrap_socket(plain, server_side=True) as line:
                self._talk(line)

    def _talk(self, line) -> None:
        """Answer what has come in, all at once, as a server that offers PIPELINING does (RFC 2920)."""
        heard, content = b"", False
        line.sendall(b"220 mx\r\n")
        while more := line.recv(65536):
            heard += more
            said = []
            while True:
                end = heard.find(b"\r\n.\r\n") + 5 if content else heard.find(b"\r\n") + 2
                if end < 2 + 3 * content:
                    break
                words, heard = heard[:end], heard[end:]
                verb = b"" if content else words[:4].upper()
                self._count.value += content
                content = verb == b"DATA"
                said.append(self._hello if verb == b"EHLO" else b"354 go on\r\n" if content else b"250 ok\r\n")
                if verb == b"QUIT":
                    return
            if said:
                line.sendall(b"".join(said))

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()
        self._process.terminate()
        self._process.join()


def desk(folder: Path):
    """A branch of 5,000 members with addresses."""
    session, _key = Desks(Machine(path=folder / "machine.json"), least()).create(
        folder / "desk", Founding("Jane Example", Role.ACCOUNTABLE, "generic", "Anytown", Secret("the ferret sang on tuesday")))
    from dpdesk.store import members as store
    with session.change("members.imported") as unit:
        for at in range(PEOPLE):
            values = {"number": str(1000 + at), "forename": "Siân" if at % 9 == 0 else f"Name{at}", "surname": "Example",
                      "status": "current", "email": f"person{at}@example.org"}
            store.add(unit.connection, Kind.MEMBER, values, unit.seq)
        unit.facts(people=PEOPLE)
    return session


def by_stdlib(envelope) -> bytes:
    """The same message by the standard library."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{envelope.sender.name} <{envelope.sender.address}>"
    message["To"] = f"{envelope.to.name} <{envelope.to.address}>"
    message["Subject"], message["Date"], message["Message-ID"] = envelope.writing.subject, envelope.date, envelope.message_id
    message["List-Unsubscribe"] = f"<{envelope.writing.unsubscribe}>"
    message.set_content(envelope.writing.text)
    message.add_alternative(envelope.writing.html, subtype="html")
    return message.as_bytes()


def timed(work) -> float:
    """Seconds a piece of work takes, without a sweep in the middle."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def rendering(session, planned, press) -> dict:
    """Both sides from the same envelopes; ours once more from the letter itself, fields and foot included."""
    at = datetime.now(UTC)
    envelopes = [press.envelope(person, at) for person in planned.people]
    ours, theirs, whole = [], [], []
    for _ in range(2):
        ours.append(timed(lambda: [eml.message(each) for each in envelopes]))
        theirs.append(timed(lambda: [by_stdlib(each) for each in envelopes]))
        whole.append(timed(lambda: [eml.message(press.envelope(person, at)) for person in planned.people]))
    return {"dpdesk_per_s": round(PEOPLE / min(ours)), "stdlib_per_s": round(PEOPLE / min(theirs)),
            "letter_to_bytes_per_s": round(PEOPLE / min(whole)), "ratio": round(min(theirs) / min(ours), 2),
            "ratio_with_filling_in": round(min(theirs) / min(whole), 2)}


def bare(port: int, pem: str, messages: list[tuple[str, bytes]]) -> None:
    """smtplib alone: one connection, one message and one recipient at a time."""
    context = ssl.create_default_context(cadata=pem)
    with smtplib.SMTP_SSL("127.0.0.1", port, "[127.0.0.1]", context=context) as line:
        for to, content in messages:
            line.sendmail(BRANCH, [to], content)


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of our own process."""

    wall: float
    cpu: float


def spent(work) -> Spent:
    """What a piece of work takes, without a sweep in the middle."""
    gc.collect()
    began, busy = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - began, time.process_time() - busy)


def delivering(session, letter, messages: list[tuple[str, bytes]], server, rounds: int) -> dict:
    """From the prepared mailing to the server's answer for the last, turn about with smtplib handing the same bytes, rendered already,
    over one connection of its own to the same server. The best of each side counts; its own CPU time is told beside it."""
    account = post_accounts.save(session, post_accounts.Wish(
        "Local", "", BRANCH, host="127.0.0.1", port=server.port, security="tls", authority=server.trusted.pem,
        limits={"per_minute": 0, "per_hour": 0, "per_day": 0}))
    ours, theirs = [], []
    for _ in range(rounds):
        made, _plan = post_mailings.prepare(session, letter, Route.SMTP, sender_of(session, BRANCH), account=account.id)
        ours.append(spent(lambda made=made: post_send.send(session, made.id)))
        assert dict(post_mailings.get(session, made.id).counts) == {"sent": len(messages)}
        theirs.append(spent(lambda: bare(server.port, server.trusted.pem, messages)))
    best, plain = min(each.wall for each in ours), min(each.wall for each in theirs)
    return {"dpdesk_per_s": round(len(messages) / best), "smtplib_per_s": round(len(messages) / plain), "ratio": round(plain / best, 2),
            "dpdesk_cpu_ms_each": round(1000 * min(each.cpu for each in ours) / len(messages), 3),
            "smtplib_cpu_ms_each": round(1000 * min(each.cpu for each in theirs) / len(messages), 3)}


def scripted(port: int, pem: str, envelopes) -> None:
    """What a short script does: the standard library renders each message and hands it over."""
    context = ssl.create_default_context(cadata=pem)
    with smtplib.SMTP_SSL("127.0.0.1", port, "[127.0.0.1]", context=context) as line:
        for each in envelopes:
            line.sendmail(BRANCH, [str(each.recipient)], by_stdlib(each))


def to_sinks(session, letter, messages, folder: Path, envelopes) -> dict:
    """To a server that answers at once and keeps nothing: what the sides themselves cost, and nothing else."""
    found, trusted = {}, authority()
    for name, pipelining in (("sink", True), ("sink_without_pipelining", False)):
        sink = Sink(trusted, folder, pipelining=pipelining)
        found[name] = delivering(session, letter, messages, sink, ROUNDS)
        assert sink.taken == 2 * ROUNDS * len(messages)
        if pipelining:
            rate = SOME / timed(lambda port=sink.port: scripted(port, trusted.pem, envelopes))
            found[name] |= {"smtplib_that_renders_per_s": round(rate), "ratio_to_that": round(found[name]["dpdesk_per_s"] / rate, 2)}
        sink.close()
    return found


def to_exim(session, letter, messages) -> dict:
    """To a real server that keeps each message before it answers, where there is one (see tests/soak/exim.py)."""
    if not exim.program():
        return {"exim": "needs exim4 and root"}
    trusted = authority()
    with tempfile.TemporaryDirectory(prefix="dpdesk-exim-", ignore_cleanup_errors=True) as place, exim.running(
            Path(place), trusted, [to.partition("@")[0] for to, _content in messages]) as server:
        server.trusted = trusted
        return {"exim": {"people": len(messages)} | delivering(session, letter, messages, server, 2)}


def bench() -> dict:
    """Messages a second, and the ratio to the plain side (1 is as fast, more is faster)."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        session = desk(folder)
        session.policy = replace(session.policy, post_approve_over=10_000)
        letter = post.Letter(Purpose.NOTICE, "Annual meeting of our branch", BODY, post.Audience(members.Query(sort="number")))
        plans: list = []
        planning = timed(lambda: plans.append(post_plan.plan(session, letter)))
        press, at = Press(session, letter, sender_of(session, BRANCH), "m" * 32), datetime.now(UTC)
        messages = [(person.email, eml.message(press.envelope(person, at))) for person in plans[0].people]
        envelopes = [press.envelope(person, at) for person in plans[0].people[:SOME]]
        some = replace(letter, audience=post.Audience(None, tuple(person.id for person in plans[0].people[:SOME])))
        found = {"people": PEOPLE, "planned_s": round(planning, 3), "rendered": rendering(session, plans[0], press),
                 "delivered": to_sinks(session, letter, messages, folder, envelopes) | to_exim(session, some, messages[:SOME])}
        session.close()
    return found
