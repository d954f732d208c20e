"""A party's data policy as plain values: whatever `parse` lets through is complete and within bounds.

It also says which column of a list has no place on the desk (`Policy.refusal_for`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Any

from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Role


class Fault(StrEnum):
    """What can be wrong at one place of a policy file."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong_type"
    BLANK = "blank"
    NOT_ONE_LINE = "not_one_line"
    NOT_A_CODE = "not_a_code"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    NOT_HTTPS = "not_https"
    NOT_PLAIN_WORDS = "not_plain_words"
    OUT_OF_RANGE = "out_of_range"
    OUT_OF_ORDER = "out_of_order"
    REPEATED = "repeated"
    NOT_TOML = "not_toml"
    TOO_LARGE = "too_large"


class PolicyProblem(ValueError):
    """A policy does not hold: `where` is a path such as `refused_columns[2].words[0]`, `problem` a `Fault` value."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, str(problem))
        self.where = where
        self.problem = str(problem)


class RefusedKind(StrEnum):
    """Kinds of fact a membership list has no purpose for (S1 §8.5.a, §20; S3 l.24)."""

    BANK_DETAILS = "bank_details"
    NATIONAL_INSURANCE = "national_insurance"
    HEALTH = "health"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    TRADE_UNION = "trade_union"
    SEXUAL_LIFE = "sexual_life"
    CRIMINAL = "criminal"
    BIOMETRIC = "biometric"
    PASSPORT_OR_ID = "passport_or_id"
    BENEFITS = "benefits"


@dataclass(frozen=True, slots=True)
class RefusedColumn:
    """Column headers refused by default, since the party has no purpose for what they hold (S1 §8.5.a, S3 l.24)."""

    kind: RefusedKind
    words: tuple[str, ...]
    """Lower-case words and phrases that give such a column away."""
    unless: tuple[str, ...]
    """Phrases that use the same words innocently: "health board" is a place, "member card" no payment card."""
    clause: str
    """The clause that leaves no purpose for it."""

    def names(self, header: Header) -> bool:
        """Whether `header` names this kind, outside any `unless` phrase."""
        excused = [span for phrase in self.unless for span in header.spans(phrase)]
        return any(not any(start < e and s < end for s, e in excused)
                   for phrase in self.words for start, end in header.spans(phrase))


@dataclass(frozen=True, slots=True)
class RecipientBody:
    """A body a member may permit the branch to share with; without permission nothing is shared (S3 l.22, S1 §22)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ConfidentialityClass:
    """How closely a note or document is kept (S4 §5)."""

    code: Confidentiality
    name: str
    clause: str


@dataclass(frozen=True, slots=True)
class Regulator:
    """Who oversees data protection law (S1 §15, S3 l.15). `phone` may be empty; `url` begins with https."""

    name: str
    url: str
    phone: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What differs between parties in how a desk is kept."""

    code: str
    """Lasting code and file name, such as "green"."""
    name: str
    """The party's name as shown."""
    version: str
    """ISO date of this text; an acknowledgement holds for one version (S1 §23, §33)."""
    source: str
    """The paper it was written from."""
    policy_text: str
    """Markdown an officer reads and acknowledges before first access; each point names its clause (S1 §23)."""
    acknowledge_every_months: int
    """Months until it is read again, 1 to 24: yearly by S1 §31, every two years by S0 l.4."""
    lock_after_minutes: int
    """Idle minutes until the desk locks unless the officer chose otherwise, 1 to 15 (S1 §27.3a)."""
    lock_maximum_minutes: int
    """The most idle minutes an officer may choose, 1 to 15, not under `lock_after_minutes` (S1 §27.3a)."""
    passphrase_minimum_score: int
    """Least strength of a passphrase on zxcvbn's scale of 0 to 4; 3 or 4 (S1 §27.2)."""
    cover_after_seconds: int
    """Seconds away from the window until it is covered unless the desk says otherwise, 10 to 300 (S1 §23, screens)."""
    backup_every_days: int
    """Days after which a backup is due again, 1 to 31 (S1 §27.5)."""
    child_age: int
    """Years: a person under this age is a child, 13 to 18 (S1 §6.1)."""
    flag_under: int
    """Years: members under this age are flagged, 18 to 21 (a minor in law; stricter than S1 §6.1)."""
    parental_consent_under: int
    """Years: under this age a parent's consent must be on record, 13 to 18 (S1 §6.1)."""
    recipient_bodies: tuple[RecipientBody, ...]
    """Bodies outside the branch that a member may permit sharing with (S3 l.22, S1 §22)."""
    refused_columns: tuple[RefusedColumn, ...]
    """Columns an import leaves out by default, in order of precedence (S1 §8.5.a, S3 l.24)."""
    confidentiality_classes: tuple[ConfidentialityClass, ...]
    """The three classes, strictest first (S4 §5)."""
    regulator: Regulator
    """Where complaints may also go and reportable breaches are reported (S1 §15, §29.7; S3 l.15)."""
    decides_breach: tuple[Role, ...]
    """Roles that may decide that an incident is a breach; others only report (S0 l.12, S1 §29)."""
    report_incidents_to: str
    """Whom an officer tells of an incident, in words (S0 l.11, S1 §27.11)."""

    def refusal_for(self, header: str) -> RefusedColumn | None:
        """The first refused column that `header` names, or None (S1 §8.5.a, S3 l.24).

        Whole words decide, whatever their case, accents, punctuation or spacing: "SORT-CODE", "SortCode", "sortcode"
        and "N.I. number" are caught; "Resort code" is not. The packs list "bank", "union", "card" and "NI" only inside
        phrases, since bare they are also places and harmless things, and `unless` excuses "Health Board" or "Member
        card number", but only those words: "Health board disability" is refused. A value is never judged.
        """
        for words in dict.fromkeys((header_words(header), header_words(_CAMEL.sub(" ", header)))):
            reading = Header(words)
            for column in self.refused_columns:
                if column.names(reading):
                    return column
        return None

    def class_for(self, code: str) -> ConfidentialityClass:
        """The confidentiality class of `code` (S4 §5); KeyError for a code that is none."""
        for found in self.confidentiality_classes:
            if found.code == code:
                return found
        raise KeyError(code)


def parse(data: dict[str, Any]) -> Policy:
    """The policy in `data` (as read from TOML), or the first `PolicyProblem`."""
    policy: Policy = _POLICY(data, "")
    _check_order(policy)
    _check_words(policy)
    return policy


# Headers as words

_WORD = re.compile(r"[^\W\d_]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_HASH = re.compile(r"#\s*$")


def header_words(header: str) -> tuple[str, ...]:
    """A column header as lower-case words without accents or punctuation; a closing "#" reads as "number"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", header).casefold())
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(_WORD.findall(_HASH.sub(" number", visible)))


class Header:
    """The words of a header written together, so that "sort code", "sortcode" and "s.o.r.t code" are one."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._text = "".join(words)
        self._edges = frozenset(accumulate(map(len, words), initial=0))

    def spans(self, phrase: str) -> Iterator[tuple[int, int]]:
        """Where `phrase` stands, beginning and ending where words do."""
        wanted = phrase.replace(" ", "")
        start = self._text.find(wanted)
        while start >= 0:
            if {start, start + len(wanted)} <= self._edges:
                yield start, start + len(wanted)
            start = self._text.find(wanted, start + 1)


# Readers: each takes a value and where it stands, and returns it as the policy keeps it

_Reader = Callable[[Any, str], Any]
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _of_type(kind: type, value: Any, where: str) -> Any:
    if type(value) is not kind:  # not isinstance: True is no number of minutes
        raise PolicyProblem(where, Fault.WRONG_TYPE)
    return value


def _prose(value: Any, where: str) -> str:
    if not _of_type(str, value, where).strip():
        raise PolicyProblem(where, Fault.BLANK)
    return value.strip()


def _line(value: Any, where: str) -> str:
    text = _prose(value, where)
    if not text.isprintable():
        raise PolicyProblem(where, Fault.NOT_ONE_LINE)
    return text


def _line_or_none(value: Any, where: str) -> str:
    return _line(value, where) if value != "" else ""


def _https(value: Any, where: str) -> str:
    text = _line(value, where)
    if not re.fullmatch(r"https://[a-z0-9.-]+(/\S*)?", text):
        raise PolicyProblem(where, Fault.NOT_HTTPS)
    return text


def _code(value: Any, where: str) -> str:
    if not _CODE.fullmatch(_of_type(str, value, where)):
        raise PolicyProblem(where, Fault.NOT_A_CODE)
    return value


def _iso_date(value: Any, where: str) -> str:
    if _DATE.fullmatch(_of_type(str, value, where)):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    raise PolicyProblem(where, Fault.NOT_A_DATE)


def _plain_words(value: Any, where: str) -> str:
    if _prose(value, where) != " ".join(header_words(value)):
        raise PolicyProblem(where, Fault.NOT_PLAIN_WORDS)
    return value


def _whole(low: int, high: int) -> _Reader:
    def read(value: Any, where: str) -> int:
        if not low <= _of_type(int, value, where) <= high:
            raise PolicyProblem(where, Fault.OUT_OF_RANGE)
        return value
    return read


def _choice(choices: type[StrEnum]) -> _Reader:
    def read(value: Any, where: str) -> StrEnum:
        if _of_type(str, value, where) not in set(choices):
            raise PolicyProblem(where, Fault.NOT_A_CHOICE)
        return choices(value)
    return read


def _each(read_one: _Reader, *, by: str = "", least: int = 1) -> _Reader:
    """A list of at least `least` things, no two alike (in attribute `by`, where given)."""
    def read(value: Any, where: str) -> tuple[Any, ...]:
        found: dict[Any, Any] = {}
        for index, item in enumerate(_of_type(list, value, where)):
            one = read_one(item, f"{where}[{index}]")
            key = getattr(one, by) if by else one
            if key in found:
                raise PolicyProblem(f"{where}[{index}]", Fault.REPEATED)
            found[key] = one
        if len(found) < least:
            raise PolicyProblem(where, Fault.BLANK)
        return tuple(found.values())
    return read


def _record(cls: type, **readers: _Reader) -> _Reader:
    """A table with exactly the keys of `readers`."""
    def read(value: Any, where: str) -> Any:
        prefix = f"{where}." if where else ""
        for key in _of_type(dict, value, where):
            if key not in readers:
                raise PolicyProblem(f"{prefix}{key}", Fault.UNKNOWN)
        for key in readers:
            if key not in value:
                raise PolicyProblem(f"{prefix}{key}", Fault.MISSING)
        return cls(**{key: reader(value[key], f"{prefix}{key}") for key, reader in readers.items()})
    return read


_POLICY = _record(
    Policy,
    code=_code,
    name=_line,
    version=_iso_date,
    source=_line,
    policy_text=_prose,
    acknowledge_every_months=_whole(1, 24),
    lock_after_minutes=_whole(1, 15),
    lock_maximum_minutes=_whole(1, 15),
    passphrase_minimum_score=_whole(3, 4),
    cover_after_seconds=_whole(10, 300),
    backup_every_days=_whole(1, 31),
    child_age=_whole(13, 18),
    flag_under=_whole(18, 21),
    parental_consent_under=_whole(13, 18),
    recipient_bodies=_each(_record(RecipientBody, code=_code, name=_line), by="code"),
    refused_columns=_each(_record(RefusedColumn, kind=_choice(RefusedKind), words=_each(_plain_words),
                                  unless=_each(_plain_words, least=0), clause=_line), by="kind"),
    confidentiality_classes=_each(_record(ConfidentialityClass, code=_choice(Confidentiality), name=_line,
                                          clause=_line), by="code"),
    regulator=_record(Regulator, name=_line, url=_https, phone=_line_or_none),
    decides_breach=_each(_choice(Role)),
    report_incidents_to=_line,
)
_STRICTEST_FIRST = (Confidentiality.STRICT, Confidentiality.CONFIDENTIAL, Confidentiality.ORDINARY)


def _check_order(policy: Policy) -> None:
    """Values that must not contradict each other: locking times, ages and the three classes."""
    if policy.lock_after_minutes > policy.lock_maximum_minutes:
        raise PolicyProblem("lock_after_minutes", Fault.OUT_OF_ORDER)
    if policy.parental_consent_under > policy.child_age:
        raise PolicyProblem("parental_consent_under", Fault.OUT_OF_ORDER)
    classes = tuple(c.code for c in policy.confidentiality_classes)
    if len(classes) < len(_STRICTEST_FIRST):
        raise PolicyProblem("confidentiality_classes", Fault.MISSING)
    if classes != _STRICTEST_FIRST:
        raise PolicyProblem("confidentiality_classes", Fault.OUT_OF_ORDER)


def _check_words(policy: Policy) -> None:
    """No word may stand under two kinds, nor be excused where it is refused."""
    seen: set[str] = set()
    for index, column in enumerate(policy.refused_columns):
        for word in column.words:
            if word in seen or word in column.unless:
                raise PolicyProblem(f"refused_columns[{index}].words", Fault.REPEATED)
        seen.update(column.words)
