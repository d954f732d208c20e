"""A letter as one reader sees it, before it goes anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dpdesk.domain.mail_addresses import mailbox
from dpdesk.domain.members import Member
from dpdesk.domain.roles import Right
from dpdesk.services import post
from dpdesk.services.post import Letter
from dpdesk.services.post_press import SAMPLE, Press, Sender
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
