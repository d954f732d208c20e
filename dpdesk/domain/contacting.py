"""Consents, sharing permissions and stops: whether a person may be contacted, and by which channel.

A stop (opt-out, objection, do-not-contact) is sticky: nothing but fresh, evidenced consent lifts it (S1 13.3, 18.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.clocks import months_after
from dpdesk.domain.errors import StopHolds
from dpdesk.domain.folding import stopped_channels


class Channel(StrEnum):
    """Ways of reaching a person."""

    EMAIL = "email"
    PHONE = "phone"
    SMS = "sms"
    POST = "post"


ALL_CHANNELS = "all"  # a stop on every channel
EVERY_CHANNEL = frozenset(channel.value for channel in Channel)


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

    `bases` say by what they were recognised, the strongest first: `record`, `person`, `number`, `email`, `phone`.
    """

    id: str
    channel: str
    reason: StopReason
    since: str
    source: str
    bases: tuple[str, ...]

    @property
    def matched(self) -> str:
        """By what they were recognised most surely."""
        return self.bases[0]

    @property
    def closes(self) -> frozenset[str]:
        """The channels it closes to them, by all that they were recognised by together."""
        return frozenset().union(*(stopped_channels(self.channel, basis) for basis in self.bases))


class _Given:
    """What somebody gave: it counts until they withdraw it, or it ends."""

    withdrawn_on: str
    expires_on: str

    def stands(self, day: str) -> bool:
        """Whether it counts on that day: not withdrawn, and not ended."""
        return not self.withdrawn_on and (not self.expires_on or day < self.expires_on)


@dataclass(frozen=True)
class Consent(_Given):
    """A person's consent for one channel: when, how, to which wording, on what evidence (S1 16.1-16.8).

    `expires_on` is the first day on which it no longer counts; `version` that of the desk's wording, 0 for other words.
    """

    id: str
    person: str
    channel: Channel
    given_on: str
    method: Method
    wording: str
    evidence: str
    recorded_by: str = ""
    withdrawn_on: str = ""
    expires_on: str = ""
    wording_id: str = ""
    version: int = 0


@dataclass(frozen=True)
class Sharing(_Given):
    """A member's permission to share with one body (S3 l.22): none on record means no."""

    id: str
    person: str
    body: str
    given_on: str
    wording: str
    recorded_by: str = ""
    withdrawn_on: str = ""
    expires_on: str = ""
    wording_id: str = ""
    version: int = 0


def ends_on(given_on: str, months: int) -> str:
    """The first day on which a consent of that day no longer counts (kept up to date: S1 §3.7, §8.6)."""
    return months_after(date.fromisoformat(given_on), months).isoformat()


def check_lifts(consent: Consent, stop: Stop, today: str) -> None:
    """Raise `StopHolds` unless `consent` may lift `stop`: newer, for that channel, with evidence, in force, and not imported."""
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
    if not consent.stands(today):
        raise StopHolds("ended")
    if stop.channel not in (ALL_CHANNELS, consent.channel.value):
        raise StopHolds("other_channel")


@dataclass(frozen=True)
class Reach:
    """Whether one channel may be used for marketing to a person, and the code of the reason.

    `why` is `consent`, `stopped`, `no_consent`, `ended` (there was one), `under_age` or `no_address`.
    """

    channel: Channel
    allowed: bool
    why: str


def reach(channel: Channel, has_address: bool, consents: Iterable[Consent], stops: Iterable[Stop], today: str, *,
          under_age: bool = False) -> Reach:
    """The answer for one channel: a stop always wins, consent is needed and must not have ended, silence is no."""
    if any(stop.channel in (ALL_CHANNELS, channel.value) for stop in stops):
        return Reach(channel, False, "stopped")
    if not has_address:
        return Reach(channel, False, "no_address")
    given = [c for c in consents if c.channel is channel and not c.withdrawn_on]
    if not any(c.stands(today) for c in given):
        return Reach(channel, False, "ended" if given else "no_consent")
    return Reach(channel, False, "under_age") if under_age else Reach(channel, True, "consent")
