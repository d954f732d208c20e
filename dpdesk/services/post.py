"""Letters to members as an officer writes them: for whom, for which purpose, kept as a draft, checked before anything is made of it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dpdesk.domain import post_fields
from dpdesk.domain.errors import Invalid, MailingRefused, NotFound, Unreadable
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.post import GROUNDS, Attachment, Purpose
from dpdesk.domain.post_states import Mailing, State
from dpdesk.domain.roles import Right
from dpdesk.services.members import Query
from dpdesk.services.session import Session

LONGEST_SUBJECT = 200
LONGEST_BODY = 200_000
ATTACHED_MOST = 15 * 1024 * 1024
"""Bytes of all attachments of a letter: what nearly every provider still takes once they are encoded."""


@dataclass(frozen=True)
class Audience:
    """Whom a letter is for: those a query finds, in its order, and people picked by hand (identities)."""

    query: Query | None = None
    people: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For keeping."""
        return {"query": dataclasses.asdict(self.query) if self.query else None, "people": list(self.people)}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Audience:
        """What was kept."""
        query = data.get("query")
        return Audience(Query(**{**query, "kind": Kind(query["kind"])}) if query else None, tuple(data.get("people", ())))


@dataclass(frozen=True)
class Letter:
    """What an officer writes. `purpose` is chosen first; `body` is Markdown with merge fields such as `{{forename|friend}}`."""

    purpose: Purpose
    subject: str
    body: str
    audience: Audience = Audience()
    attachments: tuple[Attachment, ...] = ()
    classification: Confidentiality = Confidentiality.ORDINARY

    @property
    def template(self) -> str:
        """The hash of what everybody gets: purpose, subject, body and attachments (SHA-256)."""
        digest = hashlib.sha256(json.dumps([self.purpose.value, self.subject, self.body], ensure_ascii=False).encode())
        for each in self.attachments:
            digest.update(each.name.encode() + b"\0" + hashlib.sha256(each.content).digest())
        return digest.hexdigest()


@dataclass(frozen=True)
class Draft:
    """A letter that was kept, by its identity."""

    id: str
    letter: Letter
    changed_at: str = field(default="")


def attach(path: Path) -> Attachment:
    """The file at `path` as an attachment; raises `Unreadable`."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise Unreadable(path.name, "missing") from problem
    except OSError as problem:
        raise Unreadable(path.name, "unreadable") from problem
    return Attachment(path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream", content)


def problems(letter: Letter) -> dict[str, str]:
    """What is wrong with a letter whoever it is for: field code -> problem code."""
    found: dict[str, str] = {}
    for code, text, longest in (("subject", letter.subject, LONGEST_SUBJECT), ("text", letter.body, LONGEST_BODY)):
        if not text.strip():
            found[code] = "missing"
        elif len(text) > longest:
            found[code] = "too_long"
    if "subject" not in found and not letter.subject.isprintable():
        found["subject"] = "control"
    if "text" not in found and not letter.body.replace("\n", "").replace("\t", "").replace("\r", "").isprintable():
        found["text"] = "control"
    if letter.audience.query is None and not letter.audience.people:
        found["audience"] = "missing"
    if sum(len(each.content) for each in letter.attachments) > ATTACHED_MOST:
        found["attachments"] = "attachments_big"
    return found


def check(letter: Letter) -> None:
    """Raise `Invalid` or `MailingRefused` where a letter cannot go to anybody."""
    if found := problems(letter):
        raise Invalid(found)
    fields = post_fields.mark(letter.body, post_fields.mark(letter.subject).fields).fields
    if unknown := post_fields.problems(fields):
        raise MailingRefused("unknown_field", tuple(unknown))
    if "{{" in post_fields.mark(letter.subject + letter.body).text:
        raise MailingRefused("field_open")
    if letter.classification is Confidentiality.STRICT:
        raise MailingRefused("strictly_confidential")


def save(session: Session, letter: Letter, identity: str = "") -> str:
    """Keep a letter as a draft, under `identity` where it was kept before; returns its identity."""
    from dpdesk.store import post, post_files
    session.require(Right.POST_SEND)
    mine = identity or new_id()
    with session.change("post.drafted") as unit:
        found = post.get(unit.connection, mine)
        if identity and (found is None or found.state is not State.DRAFT):
            raise NotFound("mailing", identity)
        values = {"purpose": letter.purpose.value, "basis": GROUNDS[letter.purpose].art6, "subject": letter.subject, "body": letter.body,
                  "audience": json.dumps(letter.audience.as_data()), "template": letter.template,
                  "classification": letter.classification.value}
        if found is None:
            post.add(unit.connection, Mailing(
                id=mine, route="", state=State.DRAFT, made_by=session.officer.id, made_at=unit.at, started_at="", ended_at="",
                approved_by="", account="", sender_name="", sender_address="", pause="", counts={}, **values), unit.seq)
        else:
            post.change(unit.connection, mine, **values)
        post_files.replace(unit.connection, mine, letter.attachments, unit.seq)
        unit.about("mailing", mine)
        unit.facts(purpose=letter.purpose.value, template=letter.template)
    return mine


def letter_of(session: Session, identity: str) -> Letter:
    """The letter of a draft or of a mailing; raises `NotFound`."""
    from dpdesk.store import post, post_files
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        found = post.get(connection, identity)
        if found is None:
            raise NotFound("mailing", identity)
        files = post_files.of(connection, identity)
    audience = Audience.from_data(json.loads(found.audience)) if found.audience else Audience()
    return Letter(Purpose(found.purpose), found.subject, found.body, audience, files, Confidentiality(found.classification))


def drafts(session: Session) -> list[Mailing]:
    """The drafts that are kept, newest first."""
    from dpdesk.store import post
    session.require(Right.POST_SEND)
    with session.desk.read() as connection:
        return post.listing(connection, [State.DRAFT.value])


def discard(session: Session, identity: str) -> None:
    """Throw a draft away."""
    from dpdesk.store import post, post_files
    session.require(Right.POST_SEND)
    with session.change("post.discarded") as unit:
        found = post.get(unit.connection, identity)
        if found is None or found.state is not State.DRAFT:
            raise NotFound("mailing", identity)
        post_files.replace(unit.connection, identity, (), unit.seq)
        post.remove(unit.connection, identity)
        unit.about("mailing", identity)
        unit.facts(purpose=found.purpose)
