"""Consents, sharing permissions and stops: whether a person may be contacted, and by which channel.

A stop (opt-out, objection, do-not-contact) is sticky: nothing but fresh, evidenced consent lifts it (S1 13.3, 18.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.errors import StopHolds


class Channel(StrEnum):
    """Ways of reaching a person."""

    EMAIL = "email"
    PHONE = "phone"
    SMS = "sms"
    POST = "post"


ALL_CHANNELS = "all"  # a stop on every channel


class StopReason(StrEnum):
    """Why a stop was set."""

    OPT_OUT = "opt_out"
    OBJECTION = "objection"
    DO_NOT_CONTACT = "do_not_contact"
    VULNERABLE = "vulnerable"
    RESTRICTION = "restriction"


class Method(StrEnum):
    """How consent reached us (S1 16.6-16.8)."""

    WEB = "web"
    PAPER = "paper"
    VERBAL = "verbal"
    EMAIL = "email"
    IMPORTED = "imported"
    OTHER = "other"


@dataclass(frozen=True)
class Stop:
    """A stop on contact as it concerns one person. `channel` is a Channel value or "all"; `since` an ISO date.

    `matched` says by what it was recognised: `email`, `phone`, `person` or `number`.
    """

    id: str
    channel: str
    reason: StopReason
    since: str
    source: str
    matched: str


@dataclass(frozen=True)
class Consent:
    """A person's consent for one channel: when, how, to which wording, on what evidence (S1 16.1-16.8)."""

    id: str
    person: str
    channel: Channel
    given_on: str
    method: Method
    wording: str
    evidence: str
    recorded_by: str = ""
    withdrawn_on: str = ""


@dataclass(frozen=True)
class Sharing:
    """A member's permission to share with one body (S3 l.22): none on record means no."""

    id: str
    person: str
    body: str
    given_on: str
    wording: str
    recorded_by: str = ""
    withdrawn_on: str = ""


def check_lifts(consent: Consent, stop: Stop) -> None:
    """Raise `StopHolds` unless `consent` may lift `stop`: newer, for that channel, with evidence, and not imported."""
    if consent.method is Method.IMPORTED:
        raise StopHolds("imported")
    if consent.withdrawn_on:
        raise StopHolds("withdrawn")
    if not consent.evidence.strip():
        raise StopHolds("no_evidence")
    if not consent.wording.strip():
        raise StopHolds("no_wording")
    if consent.given_on < stop.since:
        raise StopHolds("older")
    if stop.channel not in (ALL_CHANNELS, consent.channel.value):
        raise StopHolds("other_channel")


@dataclass(frozen=True)
class Reach:
    """Whether one channel may be used for marketing to a person, and the code of the reason.

    `why` is `consent`, `stopped`, `no_consent` or `no_address`.
    """

    channel: Channel
    allowed: bool
    why: str


def reach(channel: Channel, has_address: bool, consents: Iterable[Consent], stops: Iterable[Stop]) -> Reach:
    """The answer for one channel: a stop always wins, consent is needed, silence is no."""
    if any(stop.channel in (ALL_CHANNELS, channel.value) for stop in stops):
        return Reach(channel, False, "stopped")
    if not has_address:
        return Reach(channel, False, "no_address")
    if any(c.channel is channel and not c.withdrawn_on for c in consents):
        return Reach(channel, True, "consent")
    return Reach(channel, False, "no_consent")
