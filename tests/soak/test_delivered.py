"""Through mail servers (real Exim and Postfix in `make soak`): everything arrives, once each, and nobody else's address is in it."""

from __future__ import annotations

import email
import email.policy
import os
import smtplib
import ssl
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dpdesk.domain.members import Kind
from dpdesk.domain.post_states import Route, State
from dpdesk.services import post_drafts, post_mailings, post_send
from dpdesk.services.post_press import sender_of
from dpdesk.services.post_send import Hands
from tests.post.servers import authority
from tests.services.conftest import desks, founded, session  # noqa: F401
from tests.services.posting import BRANCH, account, letter, prepared, shown
from tests.soak import exim, loopback, postfix

PEOPLE = int(os.environ.get("DPDESK_SOAK", "60"))
SOAKING = "DPDESK_SOAK" in os.environ
HARD = ("Siôn", "=?utf-8?q?Jane=0ABcc:x?=", "person3x@example.org", 'O"Neill, (Ann)', "Ann\tLee", "名前", "x" * 110, "Jane; Bcc")
SERVERS = [
    pytest.param(loopback, id="loopback"),
    pytest.param(exim, id="exim", marks=pytest.mark.skipif(not exim.program(), reason="make soak, as root")),
    pytest.param(postfix, id="postfix", marks=pytest.mark.skipif(not (SOAKING and postfix.program()), reason="make soak, as root")),
]
KEEPING = pytest.mark.parametrize("module", SERVERS[:2])  # those that hand a Bcc header on, so that a leak shows


def fill(session, count: int) -> list:  # noqa: F811
    """People as an old list may hold them, past the form that would refuse such names."""
    from dpdesk.store import members
    session.policy = replace(session.policy, post_approve_over=10_000)
    with session.change("members.imported") as unit:
        unit.facts(people=count)
        return [members.add(unit.connection, Kind.MEMBER, {
            "number": str(1000 + at), "forename": HARD[at % len(HARD)], "surname": f"Q{at}x", "status": "current",
            "email": f"person{at}x@example.org"}, unit.seq) for at in range(count)]


def local(address: str) -> str:
    """The part before the @, by which a Maildir is called."""
    return address.partition("@")[0]


def leaks(content: bytes, own: Iterable[str], everybody: set[str]) -> list[str]:
    """Addresses of others in any header or body, encoded or not, and headers that name hidden or further recipients."""
    text = shown(content).lower()
    message = email.message_from_bytes(content, policy=email.policy.default)
    heads = [name for part in message.walk() for name in part if name.lower() in ("bcc", "cc", "resent-to", "resent-bcc", "resent-cc")]
    return heads + [other for other in everybody - set(own) if other in text]


def placed(prefix: str) -> tempfile.TemporaryDirectory:
    """A folder that a server's own user may enter."""
    return tempfile.TemporaryDirectory(prefix=f"dpdesk-{prefix}-", ignore_cleanup_errors=True)


@pytest.mark.parametrize("module", SERVERS)
def test_everything_arrives_and_nothing_leaks(session, module):  # noqa: F811
    people = fill(session, PEOPLE)
    trusted = authority()
    with placed("mail") as place, module.running(Path(place), trusted, [local(person.email) for person in people]) as server:
        identity = prepared(session, account(session, server, trusted.pem), letter(body="Dear {{name|friend}}, {{surname}}"))
        run = post_send.send(session, identity, None, Hands())
        assert (run.mailing.state, dict(run.mailing.counts)) == (State.DONE, {"sent": PEOPLE})
        server.settle(PEOPLE)
        boxes = server.boxes()
    assert Counter({box: len(found) for box, found in boxes.items()}) == Counter({local(person.email): 1 for person in people})
    everybody = {person.email for person in people}
    for box, (content,) in boxes.items():
        assert f"{box}@example.org" in shown(content)
        assert leaks(content, [f"{box}@example.org"], everybody) == []
    assert post_mailings.get(session, identity).state is State.DONE
    print(f"\n{module.__name__}: {len(boxes)} of {PEOPLE} delivered once each, no other address in any")


def drafted(session, route: Route, folder: Path) -> list[bytes]:  # noqa: F811
    """The drafts of a mailing to everybody."""
    made, _plan = post_mailings.prepare(session, letter(), route, sender_of(session, BRANCH))
    post_drafts.write(session, made.id, folder)
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def as_a_mail_program(line: smtplib.SMTP, draft: bytes, *, keeps_bcc: bool = False) -> list[str]:
    """Send a draft as mail programs do: everybody named becomes a recipient, and Bcc and X-Unsent are taken out. To whom it went."""
    message = email.message_from_bytes(draft, policy=email.policy.SMTP)
    recipients = [each.addr_spec for name in ("To", "Bcc") for head in message.get_all(name, []) for each in head.addresses]
    del message["X-Unsent"]
    if not keeps_bcc:
        del message["Bcc"]
    line.sendmail(BRANCH, recipients, message.as_bytes())
    return recipients


@KEEPING
@pytest.mark.parametrize("route", [Route.BCC, Route.EACH])
def test_drafts_sent_by_a_mail_program(session, tmp_path, route, module):  # noqa: F811
    everybody = {person.email for person in fill(session, PEOPLE)}
    drafts, trusted, wanted = drafted(session, route, tmp_path / "drafts"), authority(), Counter[str]()
    with placed("mail") as place, module.running(Path(place), trusted, [*map(local, everybody), local(BRANCH)]) as server:
        context = ssl.create_default_context(cadata=trusted.pem)
        with smtplib.SMTP_SSL("127.0.0.1", server.port, "[127.0.0.1]", context=context) as line:
            for draft in drafts:
                wanted.update(map(local, as_a_mail_program(line, draft)))
        server.settle(wanted.total())
        boxes = server.boxes()
    assert set(wanted) - {local(BRANCH)} == set(map(local, everybody))
    assert Counter({box: len(found) for box, found in boxes.items()}) == wanted
    assert [found for box, contents in boxes.items() for content in contents
            if (found := leaks(content, [f"{box}@example.org"], everybody))] == []
    print(f"\n{len(drafts)} drafts ({route.value}) sent as a mail program does: {wanted.total()} delivered, no other address in any")


@KEEPING
def test_a_leak_would_be_seen(session, tmp_path, module):  # noqa: F811
    everybody = {person.email for person in fill(session, 5)}
    (draft,), trusted = drafted(session, Route.BCC, tmp_path / "drafts"), authority()
    with placed("mail") as place, module.running(Path(place), trusted, [*map(local, everybody), local(BRANCH)]) as server:
        with smtplib.SMTP_SSL("127.0.0.1", server.port, "[127.0.0.1]", context=ssl.create_default_context(cadata=trusted.pem)) as line:
            as_a_mail_program(line, draft, keeps_bcc=True)
        server.settle(6)
        boxes = server.boxes()
    assert all(leaks(content, [f"{box}@example.org"], everybody) for box, (content,) in boxes.items()) and len(boxes) == 6
