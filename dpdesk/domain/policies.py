"""A party's data policy as plain values: whatever `parse` lets through is complete and within bounds.

It also says which column of a list has no place on the desk (`Policy.refusal_for`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

from dpdesk.domain import device_policy
from dpdesk.domain.device_policy import DevicePolicy
from dpdesk.domain.headings import CAMEL, Header, header_words
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.policy_duties import READERS, Clause, Forwarded, Notice, ReportAddress
from dpdesk.domain.policy_readers import (
    Fault,
    PolicyProblem,
    choice,
    code,
    each,
    https,
    iso_date,
    line,
    line_or_none,
    plain_words,
    prose,
    record,
    whole,
)
from dpdesk.domain.post import Purpose
from dpdesk.domain.results import Check
from dpdesk.domain.retention import Rule
from dpdesk.domain.roles import Role


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
class WhyWritten:
    """Why somebody gets a message of that purpose, as its foot says it (S1 §13.3, §17)."""

    purpose: Purpose
    text: str


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
    copies_deleted_after_days: int
    """Days after which a copy that left the desk is to be deleted, 1 to 90 (S1 §27.8, §8.5.d)."""
    enquiries_kept_months: int
    """Months after the last contact until an enquiry is erased, 1 to 24 (S2 l.20: one year)."""
    consent_lasts_months: int
    """Months until a consent or permission is to be asked for again, 6 to 60 (kept up to date: S1 §3.7, §8.6)."""
    data_audit_every_months: int
    """Months between two audits of the data; a merge can be undone until the next (S2 l.7: yearly)."""
    elector_least_age: int
    """Years: electors are shown and printed who are this old by the chosen polling day, 14 to 18 (S1 §6.1; the law is moving)."""
    elector_attains_age: int
    """Years at which an elector reaches voting age, 16 to 18: marks attainers (DOMAIN.md §4.3)."""
    registers_kept_months: int
    """The most months a file of the electoral register is kept, 1 to 24 (S1 §19, §3.8)."""
    shred_class_least: int
    """The least shred class of paper with personal data, 1 to 7 of DIN 66399 (S0 l.9; S1 §23; DOMAIN.md C16)."""
    sheet_briefing: str
    """What a responsible individual is told when campaign sheets are handed to them, until the branch writes its own (S0 l.9)."""
    intention_fades_months: int
    """Months after which what somebody said of their vote is shown as old, 1 to 60 (accurate and up to date: S1 §8.6, §20)."""
    results_check: Check
    """How a second person checks what was entered from sheets: a look, or entering it again without seeing it (S1 §8.6)."""
    results_least_count: int
    """People below which a figure of results is hidden, 2 to 20: it must point at nobody (S1 §20)."""
    report_incidents_to: str
    """Whom an officer tells of an incident, in words (S0 l.11, S1 §27.11)."""
    receipt_before_destroying: bool
    """Whether paper goes only once what it held was receipted by the most senior individual or headquarters (S0 l.9)."""
    post_who: str
    """Who writes, at the foot of every message; `{branch}` stands for the branch (PECR reg 23)."""
    post_why: tuple[WhyWritten, ...]
    """Why the person gets it, one line per purpose (S1 §13.3, §17)."""
    post_stop: str
    """How to stop: `{address}` is the branch's address, `{subject}` the words for the subject line (S1 §17; PECR reg 22)."""
    post_approve_over: int
    """Number of recipients above which a second officer approves, 1 to 10,000 (S3 l.23; S1 §22)."""
    post_kept_months: int
    """Months after which what a mailing said and who got it is erased, 1 to 84; counts stay (S1 §9.b)."""
    campaign_words: tuple[str, ...]
    """Words that make a service message a campaigning one, for which consent is needed (PECR reg 22)."""
    training_every_months: int
    """Months until data protection training is done again, 6 to 24: yearly by S1 §31, every two years by S0 l.4."""
    training_live_induction: bool
    """Whether the first training is a live session (S0 l.4)."""
    incident_report_hours: int
    """Hours within which the party hears of an incident, 1 to 72 (S0 l.11; S1 §27.11)."""
    forwarded: tuple[Forwarded, ...]
    """What local officers hand on to headquarters instead of deciding it (S0 l.11-12)."""
    report_addresses: tuple[ReportAddress, ...]
    """Whom to write to about what (S0 l.11; S1 §33; S3 l.16)."""
    code_sets: tuple[str, ...]
    """Sets of canvass codes the party uses, the usual one first (S0 l.8)."""
    notices: tuple[Notice, ...]
    """Pieces of privacy notices in the party's words (S1 §8.3; S3 l.26-34)."""
    clauses: tuple[Clause, ...]
    """Where the party's paper speaks of each topic."""
    retention: tuple[Rule, ...]
    """How long each category is kept, from when, and what happens then (S1 §9, §26; S2 l.7, l.20)."""
    device: DevicePolicy
    """What is asked of the devices officers work on (S1 §27)."""

    edition: ClassVar[int] = 0
    """Which edition of the branch's own it is; 0 is the party's pack as it comes."""
    reading: ClassVar[int] = 0
    """How often the branch changed something officers act on: each time everybody reads it anew (S1 §23)."""

    def rule_for(self, category: str) -> Rule | None:
        """The retention rule of a category (S1 §9.b), or None where the policy names none."""
        return next((rule for rule in self.retention if rule.category == category), None)

    def months_of(self, rule: Rule) -> int:
        """How many months a rule keeps its category."""
        return rule.months if isinstance(rule.months, int) else int(getattr(self, rule.months))

    def clause_of(self, topic: str) -> str:
        """Where the party's paper speaks of a topic; "" where it does not."""
        return next((each.clause for each in self.clauses if each.topic == topic), "")

    def address_for(self, code: str) -> ReportAddress | None:
        """Whom to write to about incidents, requests, complaints or help."""
        return next((each for each in self.report_addresses if each.code == code), None)

    def refusal_for(self, header: str) -> RefusedColumn | None:
        """The first refused column that `header` names, or None (S1 §8.5.a, S3 l.24).

        Whole words decide, whatever their case, accents, punctuation or spacing: "SORT-CODE", "SortCode", "sortcode"
        and "N.I. number" are caught; "Resort code" is not. The packs list "bank", "union", "card" and "NI" only inside
        phrases, since bare they are also places and harmless things, and `unless` excuses "Health Board" or "Member
        card number", but only those words: "Health board disability" is refused. A value is never judged.
        """
        for words in dict.fromkeys((header_words(header), header_words(CAMEL.sub(" ", header)))):
            reading = Header(words)
            for column in self.refused_columns:
                if column.names(reading):
                    return column
        return None

    def why_written(self, purpose: Purpose) -> str:
        """Why somebody gets a message of `purpose`."""
        return next(each.text for each in self.post_why if each.purpose is purpose)

    def class_for(self, code: str) -> ConfidentialityClass:
        """The confidentiality class of `code` (S4 §5); KeyError for a code that is none."""
        for found in self.confidentiality_classes:
            if found.code == code:
                return found
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Adopted(Policy):
    """A policy as a branch adopted it: the number of its edition, and how often it had to be read anew (S1 §33)."""

    edition: int = 0  # type: ignore[misc]
    reading: int = 0  # type: ignore[misc]

    @classmethod
    def of(cls, policy: Policy, edition: int, reading: int) -> Adopted:
        """`policy` with the numbers of an edition."""
        return cls(**{each.name: getattr(policy, each.name) for each in fields(Policy)}, edition=edition, reading=reading)


def parse(data: dict[str, Any]) -> Policy:
    """The policy in `data` (as read from TOML), or the first `PolicyProblem`."""
    policy: Policy = _POLICY(data, "")
    _check_order(policy)
    _check_words(policy)
    return policy


_POLICY = record(
    Policy,
    code=code,
    name=line,
    version=iso_date,
    source=line,
    policy_text=prose,
    acknowledge_every_months=whole(1, 24),
    lock_after_minutes=whole(1, 15),
    lock_maximum_minutes=whole(1, 15),
    passphrase_minimum_score=whole(3, 4),
    cover_after_seconds=whole(10, 300),
    backup_every_days=whole(1, 31),
    child_age=whole(13, 18),
    flag_under=whole(18, 21),
    parental_consent_under=whole(13, 18),
    recipient_bodies=each(record(RecipientBody, code=code, name=line), by="code"),
    refused_columns=each(record(RefusedColumn, kind=choice(RefusedKind), words=each(plain_words),
                                  unless=each(plain_words, least=0), clause=line), by="kind"),
    confidentiality_classes=each(record(ConfidentialityClass, code=choice(Confidentiality), name=line,
                                          clause=line), by="code"),
    regulator=record(Regulator, name=line, url=https, phone=line_or_none),
    decides_breach=each(choice(Role)),
    copies_deleted_after_days=whole(1, 90),
    enquiries_kept_months=whole(1, 24),
    consent_lasts_months=whole(6, 60),
    data_audit_every_months=whole(6, 24),
    elector_least_age=whole(14, 18),
    elector_attains_age=whole(16, 18),
    registers_kept_months=whole(1, 24),
    shred_class_least=whole(1, 7),
    sheet_briefing=prose,
    intention_fades_months=whole(1, 60),
    results_check=choice(Check),
    results_least_count=whole(2, 20),
    report_incidents_to=line,
    post_who=line,
    post_why=each(record(WhyWritten, purpose=choice(Purpose), text=line), by="purpose", least=len(Purpose)),
    post_stop=line,
    post_approve_over=whole(1, 10_000),
    post_kept_months=whole(1, 84),
    campaign_words=each(plain_words),
    **READERS,
    device=device_policy.device,
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
