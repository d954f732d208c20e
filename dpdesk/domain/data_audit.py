"""The yearly audit of the data as a guided session: its steps, what each needs, and when the next is due (S2 l.7; S1 §8.6.f, §8.5.c)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dpdesk.domain.clocks import months_after

STEPS = ("sample", "quiet", "redundant", "forms", "sign")
"""In their order: accuracy of a sample, who was not heard of, what is not needed, forms that collect data, the signature."""
LEAST_SAMPLE, MOST_SAMPLE = 10, 40


class Answer(StrEnum):
    """What looking at one record of the sample showed (S1 §8.6.a)."""

    RIGHT = "right"
    CORRECTED = "corrected"
    CANNOT_TELL = "cannot_tell"


class FormAnswer(StrEnum):
    """What is to become of a form that collects data (S1 §8.5.c: appropriate, relevant, not excessive)."""

    KEEP = "keep"
    CHANGE = "change"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class DataAudit:
    """One audit. `sample` person -> answer, "" where not answered yet; `looked` step -> what was found; `forms` form -> answer.

    `facts` are the numbers of the day it was signed; a signed one names nobody any more.
    """

    id: str
    started_at: str
    started_by: str
    sample: Mapping[str, str] = field(default_factory=dict)
    looked: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    statement: str = ""
    signed_at: str = ""
    signed_by: str = ""

    @property
    def signed(self) -> bool:
        """Whether it is finished."""
        return bool(self.signed_at)

    def missing(self) -> tuple[str, ...]:
        """The steps that are not answered yet, the signature aside."""
        return tuple(step for step, done in (
            ("sample", all(self.sample.values())), ("quiet", "quiet" in self.looked), ("redundant", "redundant" in self.looked),
            ("forms", all(self.forms.values()))) if not done)

    @property
    def at(self) -> str:
        """The step to go on with."""
        return next(iter(self.missing()), "sign")


def sample_size(people: int) -> int:
    """How many records are looked at: the square root, at least LEAST_SAMPLE and at most MOST_SAMPLE, never more than there are."""
    return min(people, max(LEAST_SAMPLE, min(MOST_SAMPLE, math.isqrt(people) + 1)))


def due_on(signed_at: str, founded_on: date, months: int) -> date:
    """The day the next audit is due: so many months after the last one was signed, or after the desk was founded."""
    return months_after(date.fromisoformat(signed_at[:10]) if signed_at else founded_on, months)
