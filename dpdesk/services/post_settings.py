"""What a desk remembers of e-mail: the branch's own address, and the postal address or imprint at the foot of every message."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.domain.errors import Invalid
from dpdesk.domain.mail_addresses import BadAddress, read
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session

LONGEST = 300


@dataclass(frozen=True)
class Settings:
    """The branch's address, and what identifies it at the foot of a message; both may be empty."""

    address: str
    identity: str


def get(session: Session) -> Settings:
    """The settings of e-mail."""
    return Settings(session.desk.setting("post_address"), session.desk.setting("post_identity"))


def put(session: Session, address: str, identity: str) -> None:
    """Change the settings of e-mail; raises `Invalid`."""
    from dpdesk.store import settings
    session.require(Right.POST_SETTINGS)
    problems, plain = {}, address.strip()
    try:
        plain = str(read(address)) if plain else ""
    except BadAddress:
        problems["sender_address"] = "email_bad"
    if not identity.isprintable() or len(identity) > LONGEST:
        problems["text"] = "too_long" if identity.isprintable() else "control"
    if problems:
        raise Invalid(problems)
    before = get(session)
    with session.change("post.settings") as unit:
        settings.put(unit.connection, post_address=plain, post_identity=identity.strip())
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {"sender_address": before.address, "text": before.identity},
                    {"sender_address": plain, "text": identity.strip()})
        unit.facts(changed=True)
