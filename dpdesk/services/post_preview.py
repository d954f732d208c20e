"""A letter as one reader sees it before it goes anywhere, and a test to oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dpdesk.domain.ids import new_id
from dpdesk.domain.mail_addresses import mailbox
from dpdesk.domain.members import Member
from dpdesk.domain.post_answers import Answer
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.services import post, post_accounts
from dpdesk.services.post import Letter
from dpdesk.services.post_press import SAMPLE, Press, Sender, sender_of
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Shown:
    """What one person reads; `source` is the whole message as it would be sent, `size` its bytes, `to` how they are addressed."""

    to: str
    subject: str
    text: str
    html: str
    source: str
    size: int


def as_read(session: Session, letter: Letter, sender: Sender, reader: Member | None = None) -> Shown:
    """The letter as `reader` gets it, or an invented person; raises `Invalid` or `MailingRefused` as sending would."""
    from dpdesk.files import eml
    session.require(Right.POST_SEE)
    post.check(letter)
    person = reader or SAMPLE
    to = None if reader else mailbox("alex@example.org", SAMPLE.name)
    envelope = Press(session, letter, sender, "").envelope(person, datetime.now(UTC), to)
    whole = eml.message(envelope)
    return Shown(f"{envelope.to.name} <{envelope.to.address}>", envelope.writing.subject, envelope.writing.text, envelope.writing.html,
                 whole.decode("ascii"), len(whole))


def to_oneself(session: Session, letter: Letter, account_id: str, secret: Secret | None = None) -> Answer:
    """Send the letter to the account's own mailbox, filled in for an invented person; what the server said. Raises `MailServer`."""
    from dpdesk.files import eml
    session.require(Right.POST_SEND)
    post.check(letter)
    account = post_accounts.get(session, account_id)
    sender = sender_of(session, account.sender_address, account.sender_name)
    own = sender.mailbox
    envelope = Press(session, letter, sender, new_id()).envelope(SAMPLE, datetime.now(UTC), own)
    with post_accounts.line(session, account, secret) as line:
        answer = line.send(own.address, own.address, eml.message(envelope))
    with session.change("post.tested") as unit:
        unit.about("account", account.id)
        unit.facts(outcome=answer.outcome.value, template=letter.template)
    return answer
