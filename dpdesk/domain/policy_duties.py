"""What a party's policy asks of its duties: retention, training, who is told, code sets, notices and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dpdesk.domain.policy_readers import (
    Fault,
    PolicyProblem,
    Reader,
    choice,
    code,
    each,
    https,
    line,
    line_or_none,
    of_type,
    prose,
    record,
    whole,
    yes_or_no,
)
from dpdesk.domain.retention import CATEGORIES, IN_DAYS, SPAN, Action, Rule, Trigger


class Forwarded(StrEnum):
    """What a local officer hands on to headquarters instead of deciding it (S0 l.11-12)."""

    INCIDENTS = "incidents"
    REQUESTS = "requests"
    COMPLAINTS = "complaints"


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """Whom to write to about what: `code` is incidents, requests, complaints or help; e-mail and address of a page may be ""."""

    code: str
    name: str
    email: str
    url: str
    clause: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A piece of a privacy notice in the party's words, for people of one kind (S1 §8.3; S3 l.26-34)."""

    code: str
    title: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Where the party's paper speaks of a topic, so that a page can show it."""

    topic: str
    clause: str


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _months(value: Any, where: str) -> int | str:
    """A number of months, or the name of the policy's number that says it."""
    if isinstance(value, str):
        if value not in NAMED_MONTHS:
            raise PolicyProblem(where, Fault.NOT_A_CHOICE)
        return value
    return int(whole(0, SPAN)(value, where))


def _category(value: Any, where: str) -> str:
    if of_type(str, value, where) not in CATEGORIES:
        raise PolicyProblem(where, Fault.NOT_A_CHOICE)
    return str(value)


def _pattern(shape: re.Pattern[str], least: int = 1) -> Reader:
    def read(value: Any, where: str) -> str:
        text = line_or_none(value, where)
        if (text or least) and not shape.fullmatch(text):
            raise PolicyProblem(where, Fault.NOT_A_CHOICE)
        return text
    return read


def _https_or_none(value: Any, where: str) -> str:
    return str(https(value, where)) if value != "" else ""


def _rule(value: Any, where: str) -> Rule:
    """A rule of retention: it counts in months, or in days where its category may be counted so."""
    time: dict[str, Reader] = {"months": _months}
    if "days" in of_type(dict, value, where):
        if value.get("category") not in IN_DAYS:
            raise PolicyProblem(f"{where}.days", Fault.UNKNOWN)
        time = {"days": whole(1, 366)}
    read = record(Rule, category=_category, trigger=choice(Trigger), action=choice(Action), clause=line, why=line, **time)
    return read(value, where)


NAMED_MONTHS = ("enquiries_kept_months", "registers_kept_months", "post_kept_months")
READERS: dict[str, Reader] = {
    "training_every_months": whole(6, 24),
    "training_live_induction": yes_or_no,
    "receipt_before_destroying": yes_or_no,
    "incident_report_hours": whole(1, 72),
    "forwarded": each(choice(Forwarded), least=0),
    "report_addresses": each(record(ReportAddress, code=code, name=line, email=_pattern(_EMAIL, 0), url=_https_or_none, clause=line),
                             by="code"),
    "code_sets": each(code),
    "notices": each(record(Notice, code=code, title=line, text=prose, clause=line), by="code"),
    "clauses": each(record(Clause, topic=code, clause=line), by="topic"),
    "retention": each(_rule, by="category"),
}
"""A reader for each of these keys of a policy file, besides those of `policies.parse`."""
KEYED = {"report_addresses": "code", "notices": "code", "clauses": "topic", "retention": "category"}
"""Lists of which a pack that extends another takes over what it does not say itself, by this key of each entry."""
