"""What every list and every edit asks of restrictions: who is left out for this officer, and whose record may not be changed."""

from __future__ import annotations

from dpdesk.domain.errors import Declined
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session


def require_free(session: Session, connection, person: str) -> None:
    """Raise `Declined` where a person's data may only be kept; whoever may restrict may still put it right."""
    from dpdesk.store import restrictions
    if not session.may(Right.SUBJECT_RESTRICT) and restrictions.among(connection, [person]):
        raise Declined("retention.restricted")


def hidden(session: Session, connection) -> frozenset[int]:
    """Row numbers that lists and search leave out for this officer."""
    from dpdesk.store import restrictions
    return frozenset() if session.may(Right.SUBJECT_RESTRICT) else restrictions.rows(connection)
