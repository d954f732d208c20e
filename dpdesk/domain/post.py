"""E-mail to people: an `Envelope` with one visible recipient and no place for another, purposes, and who is left out and why.

S3 l.23 asks for BCC; membership shows a political opinion, so each person gets a message of their own (DOMAIN.md §0.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dpdesk.domain.clocks import months_after
from dpdesk.domain.mail_addresses import Address, BadAddress, Mailbox, read
from dpdesk.domain.members import Kind, Member, Status, age_on

T = TypeVar("T")


class Purpose(StrEnum):
    """What a mailing is for; chosen before it is written (S1 §13.3, §17; PECR reg 22)."""

    SERVICE = "service"
    NOTICE = "notice"
    NEWSLETTER = "newsletter"
    EVENT = "event"
    MARKETING = "marketing"
    FUNDRAISING = "fundraising"


@dataclass(frozen=True, slots=True)
class Ground:
    """The lawful basis of a purpose (DOMAIN.md §4.2): Art 6, the Art 9 condition, and whether consent must be on record."""

    art6: str
    art9: str
    consent: bool
    of_members: bool = False


_ASKED = Ground("consent", "explicit_consent", True)
GROUNDS: Mapping[Purpose, Ground] = {
    Purpose.SERVICE: Ground("legitimate_interests", "not_for_profit_body", False),
    Purpose.NOTICE: Ground("contract", "not_for_profit_body", False, of_members=True),
    Purpose.NEWSLETTER: _ASKED, Purpose.EVENT: _ASKED, Purpose.MARKETING: _ASKED, Purpose.FUNDRAISING: _ASKED,
}


class Reason(StrEnum):
    """Why a person is left out; the first that holds is told."""

    DECEASED = "deceased"
    ARCHIVED = "archived"
    ERASED = "erased"
    RESTRICTED = "restricted"
    VULNERABLE = "vulnerable"
    OBJECTED = "objected"
    DO_NOT_CONTACT = "do_not_contact"
    STOPPED = "stopped"
    UNDER_AGE = "under_age"
    NOT_MEMBER = "not_member"
    NO_CONSENT = "no_consent"
    CONSENT_EXPIRED = "consent_expired"
    NO_ADDRESS = "no_address"
    ADDRESS_BAD = "address_bad"
    ADDRESS_NOT_ASCII = "address_not_ascii"
    BOUNCING = "bouncing"
    DUPLICATE = "duplicate"


_STOPS = {"restriction": Reason.RESTRICTED, "vulnerable": Reason.VULNERABLE, "objection": Reason.OBJECTED,
          "do_not_contact": Reason.DO_NOT_CONTACT, "opt_out": Reason.STOPPED}
_MEMBERSHIPS = frozenset({Status.CURRENT.value, Status.PENDING.value, Status.ARREARS.value})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person besides the record: reasons of stops that close e-mail, and the consent for e-mail.

    `consents` are (given on, expires on) of those not withdrawn: ISO days, the second the first day it counts no more, or "".
    """

    stops: frozenset[str] = frozenset()
    consents: tuple[tuple[str, str], ...] = ()
    archived: bool = False
    bouncing: bool = False


@dataclass(frozen=True, slots=True)
class Ages:
    """The policy's ages and how long a consent lasts: see `Policy`."""

    child: int
    minor: int
    consent_months: int


def left_out(person: Member, standing: Standing, purpose: Purpose, ages: Ages, today: date) -> Reason | None:
    """Why `person` gets no e-mail for `purpose`, or None. A duplicate address is told by `Mailboxes`, across people."""
    if person.status == Status.DECEASED:
        return Reason.DECEASED
    if standing.archived:
        return Reason.ARCHIVED
    for code, reason in _STOPS.items():
        if code in standing.stops:
            return reason
    if standing.stops:
        return Reason.STOPPED
    if _under_age(person, purpose, ages, today):
        return Reason.UNDER_AGE
    ground = GROUNDS[purpose]
    if ground.of_members and not (person.kind is Kind.MEMBER and person.status in _MEMBERSHIPS):
        return Reason.NOT_MEMBER
    if ground.consent and (reason := _unasked(standing, ages, today)):
        return reason
    return _unreachable(person, standing)


def _under_age(person: Member, purpose: Purpose, ages: Ages, today: date) -> bool:
    """A child needs a parent's consent for any e-mail; nobody under age is written to for a purpose that campaigns."""
    age = age_on(person.date_of_birth, today)
    if age is None or age >= ages.minor:
        return False
    return GROUNDS[purpose].consent or (age < ages.child and not person.parent_consent_on)


def _unasked(standing: Standing, ages: Ages, today: date) -> Reason | None:
    if not standing.consents:
        return Reason.NO_CONSENT
    return None if any(_lasts(*each, ages.consent_months, today) for each in standing.consents) else Reason.CONSENT_EXPIRED


def _lasts(given_on: str, expires_on: str, months: int, today: date) -> bool:
    if expires_on:
        return expires_on > today.isoformat()
    return not given_on or months_after(date.fromisoformat(given_on), months) > today


def _unreachable(person: Member, standing: Standing) -> Reason | None:
    if not person.email.strip():
        return Reason.NO_ADDRESS
    try:
        read(person.email)
    except BadAddress as problem:
        return Reason.ADDRESS_NOT_ASCII if problem.code == "local_not_ascii" else Reason.ADDRESS_BAD
    return Reason.BOUNCING if standing.bouncing else None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: its name without a path, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Writing:
    """What one person reads: the subject on one line, plain text and HTML; `unsubscribe` is a mailto URI or empty."""

    subject: str
    text: str
    html: str
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        for line in (self.subject, self.unsubscribe):
            if not line.isprintable():
                raise BadAddress("control")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one person. Nothing else can be rendered to be sent, and there is no field for a second recipient."""

    sender: Mailbox
    to: Mailbox
    writing: Writing
    message_id: str
    date: str
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        if type(self.sender) is not Mailbox or type(self.to) is not Mailbox:
            raise TypeError("an envelope has one sender and one recipient")
        if type(self.writing) is not Writing:
            raise TypeError("an envelope holds one writing")
        if not (self.message_id + self.date).isprintable():
            raise BadAddress("control")

    @property
    def recipient(self) -> Address:
        """The one address the server is given."""
        return self.to.address


@dataclass(frozen=True, slots=True)
class Bundle:
    """A draft for the officer's own mail program: To is the sender itself, everybody else is hidden, one batch at a time.

    It is never sent by dpdesk: only written as a file that counts as a copy.
    """

    sender: Mailbox
    hidden: tuple[Address, ...]
    writing: Writing
    date: str
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        if type(self.sender) is not Mailbox or type(self.writing) is not Writing or not self.date.isprintable():
            raise TypeError("a bundle has one sender and one writing")
        if not self.hidden or any(type(each) is not Address for each in self.hidden):
            raise TypeError("a bundle hides addresses")

    @property
    def to(self) -> Mailbox:
        """The one visible recipient: the sender."""
        return self.sender


def batches(everybody: list[T], most: int) -> list[list[T]]:
    """The people in batches of at most `most`, in order; none for nobody."""
    return [everybody[at:at + most] for at in range(0, len(everybody), most)]
