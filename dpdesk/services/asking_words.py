"""What a consent or permission is for, in words."""

from __future__ import annotations

from dpdesk.domain.asking import body_of
from dpdesk.services.names import channel_name
from dpdesk.services.queries import body_name
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


def purpose_words(session: Session, purpose: str) -> str:
    """A purpose in words: "E-mail", "Sharing with headquarters"."""
    body = body_of(purpose)
    return tr("Sharing with {body}", body=body_name(body, session.policy)) if body else channel_name(purpose)
