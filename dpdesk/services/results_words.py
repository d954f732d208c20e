"""The words of results: outcomes, sources, intentions, ages, and of wishes to be left alone."""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.domain.leaving_alone import LeaveAlone
from dpdesk.services.dates import day
from dpdesk.services.names import _named
from dpdesk.services.results import Contact
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

OUTCOMES = {"spoke": _m("spoke to them"), "not_home": _m("nobody home"), "refused": _m("did not want to talk"),
            "busy_call_back": _m("busy, to be called on again"), "moved": _m("has moved"), "deceased": _m("has died"),
            "inaccessible": _m("door could not be reached"), "language": _m("another language"),
            "no_such_address": _m("no such address"), "dnc_request": _m("does not want to be contacted"),
            "not_attempted": _m("not called on")}
SOURCES = {"sheet": _m("a sheet, entered by hand"), "scan": _m("a sheet, read by the scanner"), "by_hand": _m("noted by hand"),
           "phone": _m("on the phone"), "telling": _m("told at the polling station"), "survey": _m("a survey"), "web": _m("a web page"),
           "hq": _m("headquarters")}
STRENGTHS = {"definite": _m("definite"), "probable": _m("probable"), "soft": _m("soft"), "undecided": _m("undecided"),
             "against": _m("against us"), "wont_say": _m("will not say"), "non_voter": _m("does not vote")}
AGES = {"fresh": _m("counts"), "faded": _m("old"), "expired": _m("too old to be shown")}
CHANNELS = {"all": _m("every way of contact"), "door": _m("calls at the door"), "phone": _m("calls by phone"),
            "post": _m("letters and leaflets")}
UNTIL = {"ever": _m("for ever"), "election": _m("until polling day"), "day": _m("until a day")}
STEPS = {"enter": _m("to enter"), "check": _m("to check"), "differ": _m("to settle"), "done": _m("checked")}
CHECKS = {"look": _m("compared with the paper"), "blind": _m("entered twice, unseen"), "settled": _m("read differently and settled")}
STATES = {"drafted": _m("to be printed"), "printed": _m("printed"), "issued": _m("handed out"), "out": _m("out"),
          "returned": _m("to enter"),
          "found": _m("found again, to enter"), "scanned": _m("scanned, to enter"), "entered": _m("to check"), "verified": _m("checked"),
          "uploaded": _m("sent on"), "lost": _m("lost"), "held": _m("held back"), "void": _m("void, to destroy")}


def outcome_name(code: str) -> str:
    """What came of a call."""
    return _named(OUTCOMES, code)


def source_name(code: str) -> str:
    """Where a fact comes from."""
    return _named(SOURCES, code)


def age_name(code: str) -> str:
    """How old a fact is."""
    return _named(AGES, code)


def channel_name(code: str) -> str:
    """A way of contact somebody does not want."""
    return _named(CHANNELS, code)


def until_name(code: str) -> str:
    """Until when somebody is left alone."""
    return _named(UNTIL, code)


def step_name(code: str) -> str:
    """What a page waits for."""
    return _named(STEPS, code)


def check_name(code: str) -> str:
    """How an entry was checked."""
    return _named(CHECKS, code)


def state_name(code: str) -> str:
    """Where pages of paper stand, for what is to be done with them."""
    return _named(STATES, code)


def intention_name(code: str, words: Mapping[str, str]) -> str:
    """An intention as the campaign calls it; by its parts where no code of today means it."""
    if not code:
        return tr("Said nothing of it")
    if code in words:
        return words[code]
    party, _colon, strength = code.partition(":")
    said = _named(STRENGTHS, strength) if strength else ""
    return tr("{party}, {strength}", party=party, strength=said) if party and said else party or said


def figure(count: int | None) -> str:
    """A figure; a dash where it is hidden."""
    return "–" if count is None else f"{count:,}"


def rate_words(rate: float | None) -> str:
    """Reached of all: "40 %"; a dash where it is hidden."""
    return "–" if rate is None else f"{rate * 100:.0f} %"


def left_alone_words(wish: LeaveAlone) -> str:
    """What somebody asked, in one line."""
    said = tr("{channel}, {until}", channel=channel_name(wish.channel), until=tr("until {day}", day=day(wish.until)) if wish.until
              else until_name("ever"))
    if wish.household:
        said = tr("The household: {what}", what=said)
    return tr("{what} (ended)", what=said) if wish.lifted else said


def contact_words(contact: Contact) -> str:
    """What came of a contact and what was said: "spoke to them: Probably us"."""
    said = outcome_name(contact.fact.outcome.value)
    return tr("{outcome}: {words}", outcome=said, words=contact.words) if contact.fact.says_intention or contact.fact.voted else said
