"""What the tests of post share: members with addresses, a letter, an account on a loopback server, and a search for leaks."""

from __future__ import annotations

import email
import email.policy

from dpdesk.domain.contacting import Channel, Method
from dpdesk.domain.members import Kind
from dpdesk.domain.post import Purpose
from dpdesk.domain.post_states import Route
from dpdesk.services import contacting, members, post, post_accounts, post_mailings
from dpdesk.services.post_press import sender_of

BODY = "Dear {{forename|friend}},\n\nthe **meeting** of [our branch](https://example.org/) is on 3 May.\n"
BRANCH = "branch@example.org"
SENDER = """
import sys
from dataclasses import replace
from pathlib import Path
from dpdesk.domain.secret import Secret
from dpdesk.services import post_send
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
session = Desks(Machine()).open(Path(sys.argv[1]), Secret(sys.argv[3]))
session.policy = replace(session.policy, post_approve_over=10_000)
print("open", flush=True)
post_send.send(session, sys.argv[2])
session.close()
"""
"""A process of its own that sends a mailing: folder of the desk, identity, passphrase."""


def fill(session, count: int, **values) -> list:
    """`count` members, each with an address."""
    return [members.add(session, Kind.MEMBER, {"number": str(1000 + at), "forename": f"Forename{at}", "surname": f"Surname{at}",
                                               "status": "current", "email": f"person{at}@example.org", **values})
            for at in range(count)]


def consented(session, person, on: str = "2026-01-05") -> None:
    contacting.give_consent(session, person.id, contacting.Given(Channel.EMAIL, on, Method.PAPER, "You may write to me", "Green folder"))


def letter(purpose: Purpose = Purpose.NOTICE, body: str = BODY, subject: str = "Annual meeting", **more) -> post.Letter:
    more.setdefault("audience", post.Audience(members.Query(sort="number")))
    return post.Letter(purpose, subject, body, **more)


def account(session, server, pem: str, *, security: str = "tls", **limits):
    none = {"per_minute": 0, "per_hour": 0, "per_day": 0}
    return post_accounts.save(session, post_accounts.Wish("Test", "other", BRANCH, host=server.host, port=server.port, security=security,
                                                          limits=none | limits, authority=pem))


def prepared(session, account, what: post.Letter | None = None) -> str:
    """The identity of a mailing that is ready to be sent."""
    made, _plan = post_mailings.prepare(session, what or letter(), Route.SMTP, sender_of(session, BRANCH), account=account.id)
    return made.id


def outcomes(session, identity: str) -> dict[str, str]:
    """What became of it, by the number in the person's surname."""
    return {each.name.split("Surname")[-1]: each.outcome.value for each in post_mailings.recipients(session, identity)}


def shown(content: bytes) -> str:
    """Everything a message says: headers and bodies decoded, and its raw text."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = [f"{name}: {value}" for part in message.walk() for name, value in part.items()]
    parts += [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*parts, content.decode("ascii")])
