"""What a mail that came back asks for: no more mail, an address that does not work, another address; or that nobody can tell.

Pure rules over plain values (S1 16, 17; DOMAIN.md B5). They only ever propose: an officer confirms, and what is unclear is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.folding import plain_email
from dpdesk.domain.replies_words import says_new_address, speaks_of, stop_wish


class Kind(StrEnum):
    """What is proposed."""

    STOP_MAIL = "stop_mail"
    STOP_ALL = "stop_all"
    DEAD = "dead_address"
    FAILING = "failing_address"
    NEW_ADDRESS = "new_address"
    REFUSED = "refused"
    UNCLEAR = "unclear"


class State(StrEnum):
    """Where a suggestion stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


STOPS = frozenset({Kind.STOP_MAIL, Kind.STOP_ALL})
BOUNCES = frozenset({Kind.DEAD, Kind.FAILING})
TO_READ = frozenset({Kind.REFUSED, Kind.UNCLEAR})
"""What only a person can tell: mail that came back for another reason than the address, and words that may mean anything."""
FAILING_MOST = 3
"""So many confirmed temporary failures of an address count as one that does not work."""
EXCERPT = 600
_FIRST = 300  # characters: a token further down stands in our own footer, quoted without a mark


@dataclass(frozen=True)
class Delivery:
    """One recipient of a delivery report (RFC 3464 §2.3), as far as it says: `said` is the diagnostic of the other server."""

    action: str
    status: str
    recipient: str
    original: str = ""
    said: str = ""

    @property
    def address(self) -> str:
        """The address that was written to: the original one where the report tells it."""
        return self.original or self.recipient


@dataclass(frozen=True)
class Letter:
    """A mail as plain values: `own` are its writer's own words, `quoted` the rest; `returned` what a report sends back of ours.

    `automatic` says that a machine wrote it, `report` that it is a report of delivery or looks like one, `ours` that it is mail
    this desk sent.
    """

    sender: str
    subject: str = ""
    on: str = ""
    identity: str = ""
    own: str = ""
    quoted: str = ""
    returned: str = ""
    automatic: bool = False
    report: bool = False
    ours: bool = False
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True)
class Seen:
    """One thing a letter asks for, and of which address; `token` and `value` (the new address) where there are any."""

    kind: Kind
    address: str
    token: str = ""
    value: str = ""
    excerpt: str = ""


_TOKEN = re.compile(r"\bstop(?:\s|%20|\+|_){1,3}([a-z2-7]{16,64})(?![a-z0-9])", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_NOT_THE_ADDRESS = re.compile(r"^5\.(?:2\.3|3\.4|4\.[016]|6\.\d+|7\.\d+)$")
_FULL = frozenset({"5.2.2"})
_NOT_THE_ADDRESS_WORDS = re.compile(r"\b(?:spam|spf|dkim|dmarc|blacklist|blocklist|blocked|block list|policy|reputation|virus|too large|"
                                    r"too big|rate limit|greylist\w*|relay\w*)\b", re.IGNORECASE)
_FULL_WORDS = re.compile(r"\b(?:over quota|quota exceeded|mailbox (?:is )?full|full mailbox)\b", re.IGNORECASE)


def token_in(*texts: str) -> str:
    """The token of a `stop TOKEN` in the first text that has one, lower case; "" where none has.

    A token is 16 to 64 letters of base32, as the List-Unsubscribe of our own mail gives it.
    """
    for text in texts:
        if found := _TOKEN.search(text[:100_000]):
            return found[1].lower()
    return ""


def addresses_in(text: str) -> list[str]:
    """The different e-mail addresses of a text, in order, without the dots a sentence puts behind them."""
    found: dict[str, str] = {}
    for each in _ADDRESS.findall(text[:10_000]):
        address = each.rstrip(".'-").removeprefix("mailto:")
        found.setdefault(plain_email(address), address)
    return list(found.values())


def status_of(delivery: Delivery) -> str:
    """The status that says most: where a server reports only 5.0.0, the one in the words of the other server."""
    plain = _STATUS.search(delivery.status)
    status = plain[0] if plain else ""
    if not status or status.endswith(".0.0"):
        told = _STATUS.search(delivery.said)
        if told and (not status or told[1] == status[0]):
            return told[0]
    return status


def bounce_kind(delivery: Delivery) -> Kind | None:
    """What a delivery report says of an address; None where the mail arrived or was only passed on.

    A refusal for policy, size or suspicion of spam says nothing of the address, and a full mailbox may be emptied.
    """
    action, status, said = delivery.action.strip().lower(), status_of(delivery), delivery.said
    if action == "delayed":
        return Kind.FAILING
    if action != "failed":
        return None if action in ("delivered", "relayed", "expanded") else Kind.REFUSED
    if status.startswith("4") or status in _FULL or _FULL_WORDS.search(said):
        return Kind.FAILING
    if not status.startswith("5") or _NOT_THE_ADDRESS.match(status):
        return Kind.REFUSED
    if status == "5.0.0" and _NOT_THE_ADDRESS_WORDS.search(said):
        return Kind.REFUSED
    return Kind.DEAD


def excerpt(text: str) -> str:
    """The beginning of a letter, as evidence: blank lines closed up, at most `EXCERPT` characters."""
    lines = [line for each in text.splitlines()[:60] if (line := " ".join(each.split()))]
    whole = "\n".join(lines)
    return whole if len(whole) <= EXCERPT else whole[:EXCERPT - 1].rstrip() + "…"


def recognise(letter: Letter) -> list[Seen]:
    """What a letter asks for. Empty for an automatic answer that asks nothing (out of office) and a report of success."""
    if letter.ours:
        return []
    if letter.report:
        return _report(letter)
    token = token_in(letter.subject)
    known = token or token_in(letter.own, letter.quoted)
    told = excerpt(f"{letter.subject}\n{letter.own}")
    if token:
        return [Seen(Kind.STOP_MAIL, letter.sender, token, "", told)]
    if value := _new_address(letter):
        return [Seen(Kind.NEW_ADDRESS, letter.sender, known, value, told)]
    if letter.automatic:
        return []
    if token_in(letter.own[:_FIRST]):
        return [Seen(Kind.STOP_MAIL, letter.sender, known, "", told)]
    wish = stop_wish(letter.own, letter.subject)
    kind = {"mail": Kind.STOP_MAIL, "all": Kind.STOP_ALL}.get(wish, Kind.UNCLEAR)
    return [Seen(kind, letter.sender, known, "", told)]


def _new_address(letter: Letter) -> str:
    """The one other address a letter gives as its writer's new one; "" where it gives none, or several."""
    if not says_new_address(letter.own, letter.automatic):
        return ""
    others = [each for each in addresses_in(letter.own) if plain_email(each) != plain_email(letter.sender)]
    return others[0] if len(others) == 1 else ""


def _report(letter: Letter) -> list[Seen]:
    token = token_in(letter.returned)
    found = []
    for delivery in letter.deliveries:
        kind = bounce_kind(delivery)
        if kind is not None and delivery.address:
            told = excerpt(f"{letter.subject}\n{delivery.status} {delivery.said}" if kind is not Kind.REFUSED else
                           f"{letter.subject}\n{delivery.status} {delivery.said}\n{letter.own}")
            found.append(Seen(kind, delivery.address, token, "", told))
    if letter.deliveries:
        return found[:1] if token else found
    named = [each for each in addresses_in(letter.own) if plain_email(each) != plain_email(letter.sender)]
    return [Seen(Kind.REFUSED, named[0] if len(named) == 1 else "", token, "", excerpt(f"{letter.subject}\n{letter.own}"))]


def worth_reading(seen: Seen, letter: Letter, known: bool) -> bool:
    """Whether something unclear is shown: from somebody on the desk, about our mail, or with a word that may be a wish."""
    return seen.kind not in TO_READ or known or bool(seen.token) or (
        not letter.report and speaks_of(f"{letter.subject}\n{letter.own}"))


def key_text(letter: Letter, seen: Seen, digest: str) -> str:
    """What makes the same suggestion of the same mail one: its Message-ID (or `digest` of it all), kind and address."""
    return "\n".join((letter.identity or digest, seen.kind.value, plain_email(seen.address) if "@" in seen.address else ""))


HTML_QUOTE = "\u2502"
"""The line that stands where a quotation begins in the words of an HTML mail."""


def own_words(text: str) -> tuple[str, str]:
    """(what the writer wrote, the rest): the rest begins at the first quoted line, line of attribution or rule above it.

    Who writes nothing above a quotation is taken to write below it.
    """
    own, rest = _above(text)
    if own or HTML_QUOTE in rest:
        return own, rest
    lines = rest.splitlines()
    last = max((at for at, line in enumerate(lines) if line.lstrip().startswith(">")), default=-1)
    below = _above("\n".join(lines[last + 1:]))[0] if last >= 0 else ""
    return (below, "\n".join(lines[:last + 1])) if below else (own, rest)


def _above(text: str, markers: tuple[str, ...] = (">", HTML_QUOTE)) -> tuple[str, str]:
    lines = text.splitlines()
    for at, line in enumerate(lines):
        plain = line.strip()
        if plain.startswith(markers) or _begins_quote(plain, lines[at + 1:at + 4]):
            cut = at - 1 if at and _leads_in(lines[at - 1].strip()) and plain.startswith(markers) else at
            return "\n".join(lines[:cut]).strip(), "\n".join(lines[cut:]).strip()
        if plain == "--" or line.rstrip("\r") == "-- ":
            return "\n".join(lines[:at]).strip(), "\n".join(lines[at:]).strip()
    return text.strip(), ""


_RULE = re.compile(r"^(?:-{2,}|_{5,}|\*{3,})\s*(?:(?:original|forwarded|neges wreiddiol).{0,40})?-*\s*$", re.IGNORECASE)
_ATTRIBUTION = re.compile(r"^(?:on|ar|le|am)\b.{6,200}\b(?:wrote|ysgrifennodd|écrit|schrieb)\b.{0,80}:?$", re.IGNORECASE)
_HEADER = re.compile(r"^\*?(?:from|sent|to|subject|date|oddi wrth|anfonwyd|at|pwnc)\*?:\s*\S", re.IGNORECASE)
_PHONE = re.compile(r"^(?:sent from my|get outlook for|anfonwyd o)\b", re.IGNORECASE)


def _begins_quote(plain: str, after: Iterable[str]) -> bool:
    """Whether the line begins what the writer did not write: an attribution, an Outlook block, a phone's signature."""
    if not plain or len(plain) > 300:
        return False
    rest = [line.strip() for line in after]
    if _PHONE.match(plain) or _ATTRIBUTION.match(plain) or _ATTRIBUTION.match(f"{plain} {rest[0]}" if rest else plain):
        return True
    return bool(_RULE.match(plain) and (len(plain) > 3 or any(map(_HEADER.match, rest)))) or bool(
        _HEADER.match(plain) and sum(bool(_HEADER.match(line)) for line in rest) >= 2)


def _leads_in(plain: str) -> bool:
    return plain.endswith(":") and len(plain) < 200
