"""Whom we may share with a body, or write to by a channel, and why not: one reason for each person (S3 l.22, l.32; S1 §22)."""

from __future__ import annotations

from enum import StrEnum


class Ground(StrEnum):
    """The one reason that decides about a person, for one purpose."""

    PERMITTED = "permitted"
    NEVER_ASKED = "never_asked"
    WAITING = "waiting"
    SAID_NO = "said_no"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    STOPPED = "stopped"
    UNDER_AGE = "under_age"
    ARCHIVED = "archived"


ENDING = "ending"
"""Those permitted whose permission ends soon: a part of `Ground.PERMITTED`, to be asked again."""
ENDING_WITHIN_DAYS = 30


def ground(*, standing: bool = False, withdrawn_on: str = "", expired_on: str = "", refused_on: str = "", asked_on: str = "",
           archived: bool = False, under_age: bool = False, stopped: bool = False) -> Ground:
    """What decides: who is aside, then a stop, then age; a yes in force; else whatever happened last. Days are ISO, "" for never.

    `asked_on` is the day of a question that is still without an answer.
    """
    if archived:
        return Ground.ARCHIVED
    if stopped:
        return Ground.STOPPED
    if standing:
        return Ground.UNDER_AGE if under_age else Ground.PERMITTED
    last = max(withdrawn_on, expired_on, refused_on)
    if asked_on and asked_on >= last:
        return Ground.WAITING
    if not last:
        return Ground.UNDER_AGE if under_age else Ground.NEVER_ASKED
    if last == refused_on:
        return Ground.SAID_NO
    return Ground.WITHDRAWN if last == withdrawn_on else Ground.EXPIRED
