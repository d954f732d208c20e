"""A mailing from draft to record, and what became of it for each person; which moves there are is said here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """The ways a mailing goes out."""

    SMTP = "smtp"
    EACH = "each"
    BCC = "bcc"
    LIST = "list"
    PROCESSOR = "processor"


class State(StrEnum):
    """Where a mailing stands."""

    DRAFT = "draft"
    AWAITING = "awaiting_approval"
    READY = "ready"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What became of a mailing for one person. `IN_FLIGHT` outside a running send means: ended in the middle, so unknown."""

    WAITING = "waiting"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"
    DRAFTED = "drafted"
    LISTED = "listed"
    EXPORTED = "exported"


OPEN = frozenset({Outcome.WAITING, Outcome.DEFERRED})
"""Still to be sent."""
REACHED = frozenset({Outcome.SENT, Outcome.DRAFTED, Outcome.LISTED, Outcome.EXPORTED, Outcome.UNKNOWN, Outcome.IN_FLIGHT})
"""Whose address may have been used: who is exposed where a mailing exposed addresses."""
RETRY_AFTER = (300, 900, 3600, 4 * 3600, 12 * 3600)
"""Seconds until a person put off by the server is tried again, by how often that happened; after the last they have failed."""


@dataclass(frozen=True)
class Mailing:
    """A mailing as it is kept: what, why, on which basis, by whom, how far. Instants are UTC, ids hex, counts by outcome."""

    id: str
    purpose: str
    basis: str
    subject: str
    body: str
    route: str
    state: State
    template: str
    audience: str
    made_by: str
    made_at: str
    started_at: str
    ended_at: str
    approved_by: str
    account: str
    sender_name: str
    sender_address: str
    classification: str
    pause: str
    counts: Mapping[str, int]

    @property
    def people(self) -> int:
        """How many it is for."""
        return sum(self.counts.values())
