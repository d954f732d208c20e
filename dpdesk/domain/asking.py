"""Asking for a consent or a permission: what was asked with which words, the answer, and the written confirmation (S1 16.1-16.8).

A purpose is a channel (`email`) or `share:<body>`; silence is never a yes (S1 16.7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.contacting import Channel, Consent, Method, Sharing

SHARE = "share:"
CONFIRMATION = "confirmation"
"""`how` of the row that says: a verbal yes was confirmed to the person in writing (S1 16.8)."""
ASKED_BY = (Method.EMAIL, Method.PAPER, Method.VERBAL, Method.WEB, Method.OTHER)
LEFT_IN_PEACE_MONTHS = 6
"""Months after a no in which nobody asks again."""


class Answer(StrEnum):
    """What the person said."""

    WAITING = "waiting"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Wording:
    """One version of the words a person is asked with for a purpose; `since` is the day it came into use."""

    id: str
    purpose: str
    version: int
    text: str
    since: str
    recorded_by: str = ""


@dataclass(frozen=True)
class Asking:
    """A person was asked for `purpose` on a day, in a way, with a version of the words (0: other words)."""

    id: str
    person: str
    purpose: str
    asked_on: str
    how: str
    answer: Answer = Answer.WAITING
    answered_on: str = ""
    wording_id: str = ""
    version: int = 0
    recorded_by: str = ""


def share_with(body: str) -> str:
    """The purpose of sharing with a body."""
    return SHARE + body


def body_of(purpose: str) -> str:
    """The body a purpose shares with; "" for a channel."""
    return purpose.removeprefix(SHARE) if purpose.startswith(SHARE) else ""


def purposes(bodies: Iterable[str]) -> tuple[str, ...]:
    """Every purpose there is: each channel, then each body."""
    return (*(channel.value for channel in Channel), *map(share_with, bodies))


def purpose_of(given: Consent | Sharing) -> str:
    """What a consent or a permission is for."""
    return given.channel.value if isinstance(given, Consent) else share_with(given.body)


def to_confirm(given: Iterable[Consent | Sharing], askings: Iterable[Asking], today: str) -> set[str]:
    """The identities of those given by word of mouth, in force, and not yet confirmed in writing (S1 16.8)."""
    asked = list(askings)
    return {each.id for each in given if each.stands(today) and _verbal(each, asked) and not any(
        row.how == CONFIRMATION and row.purpose == purpose_of(each) and row.asked_on >= each.given_on for row in asked)}


def _verbal(given: Consent | Sharing, asked: Iterable[Asking]) -> bool:
    """A permission holds no method of its own: the asking it came from does."""
    if isinstance(given, Consent):
        return given.method is Method.VERBAL
    return any(row.how == Method.VERBAL and row.answer is Answer.YES and row.purpose == purpose_of(given)
               and row.answered_on == given.given_on for row in asked)
