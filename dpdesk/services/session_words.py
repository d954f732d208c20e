"""Names of the codes of campaigns, sessions and sheets: states, moves, ways of acknowledging, columns and what they cost."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.campaigns import COST, Column, privacy_cost
from dpdesk.domain.custody import Hindrance, stretches
from dpdesk.services.names import _named
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

STATES = {"drafted": _m("Not printed yet"), "printed": _m("Printed"), "issued": _m("Handed out"), "out": _m("Out"),
          "returned": _m("Handed in"), "scanned": _m("Scanned"), "entered": _m("Entered"), "verified": _m("Checked"),
          "uploaded": _m("Sent on"), "destroyed": _m("Destroyed"), "void": _m("Void"),
          "lost": _m("Lost"), "found": _m("Found"), "held": _m("Held back")}
MOVES = {"print": _m("Printed"), "issue": _m("Handed out"), "go_out": _m("Set off"), "hand_in": _m("Handed in"), "scan": _m("Scanned"),
         "enter": _m("Entered"), "verify": _m("Checked"), "upload": _m("Sent on"), "void": _m("Said to be void"),
         "lose": _m("Said to be lost"), "find": _m("Found"), "write_off": _m("Written off"), "hold": _m("Held back"),
         "release": _m("Hold ended"), "destroy": _m("Destroyed")}
SESSION_STATES = {"planned": _m("Planned"), "running": _m("Under way"), "closed": _m("Closed")}
PARTS = {"senior": _m("Most senior individual"), "responsible": _m("Responsible individual"), "canvasser": _m("Canvasser")}
HOWS = {"pin": _m("with their PIN"), "signature": _m("with a signature"), "word": _m("on the lead’s word"), "code": _m("by its code"),
        "image": _m("from a picture"), "typed": _m("by its number"), "ticked": _m("ticked on the list"), "by_desk": _m("at the desk")}
CAME = {"in": _m("handed in"), "again": _m("handed in before"), "never_out": _m("never handed out"), "elsewhere": _m("of another session")}
COLUMNS = {"absent": _m("Votes by post or proxy"), "attainer": _m("Turns 18 after polling day"),
           "intention": _m("Last intention, as a code"), "phone": _m("Phone number"), "born_on": _m("Date of birth"),
           "member": _m("Party membership")}
COSTS = {1: _m("little"), 2: _m("some"), 3: _m("much"), 4: _m("very much: a political opinion by name")}
PRESETS = {"least": _m("Name, number and door only"), "doorstep": _m("For the doorstep"),
           "attainers": _m("For the doorstep, with attainers"), "knocking_up": _m("For polling day"),
           "returning": _m("For calling again: with the last intention")}
KINDS = {"canvass": _m("Canvassing"), "knocking_up": _m("Polling day (knocking up)")}
VARIANTS = {"normal": _m("Normal print, 12 lines a page"), "large": _m("Large print, 8 lines a page")}
STORAGE = {"locked_room": _m("In a locked room"), "locked_cabinet": _m("In a locked cabinet, drawer or locker")}
PROTECTED = {"yes": _m("Yes"), "no": _m("No"), "unknown": _m("Not known")}
BASES = {"consent": _m("Consent"), "public_task": _m("Public task: democratic engagement"),
         "legitimate_interests": _m("Legitimate interests")}
CONDITIONS = {"explicit_consent": _m("Explicit consent"), "not_for_profit_body": _m("Members and regular contacts of a political body"),
              "political_parties": _m("Political parties (Data Protection Act 2018, Schedule 1)")}
METHODS = {"shredded": _m("Shredded"), "contractor": _m("By a contractor (EN 15713)"), "incinerated": _m("Burnt")}
OUTCOMES = {"spoke": _m("Spoke"), "not_home": _m("No answer"), "refused": _m("Refused"), "busy_call_back": _m("Busy, call again"),
            "moved": _m("Moved away"), "deceased": _m("Has died"), "inaccessible": _m("Cannot be reached"),
            "language": _m("Another language"), "no_such_address": _m("No such address"), "dnc_request": _m("Do not contact again"),
            "not_attempted": _m("Not called on")}
STRENGTHS = {"": _m("no intention"), "definite": _m("definite"), "probable": _m("probable"), "soft": _m("soft"),
             "undecided": _m("undecided"), "against": _m("against"), "wont_say": _m("will not say"), "non_voter": _m("does not vote")}
CATEGORIES = {"name": _m("name"), "address": _m("address"), "elector_number": _m("elector number"), "absent": _m("way of voting"),
              "attainer": _m("that they come of age"), "intention": _m("last voting intention"),
              "phone": _m("phone number"), "born_on": _m("date of birth"),
              "member": _m("party membership")}
HINDRANCES = {"away": _m("still with somebody"), "lost": _m("lost, and the search has not ended"), "held": _m("held back"),
              "drafted": _m("drawn, and nobody said whether it was printed"), "not_entered": _m("not entered"),
              "not_verified": _m("entered, and not checked by a second person")}


def state_name(code: str) -> str:
    """Where a sheet or page stands: "Handed out"."""
    return _named(STATES, code)


def move_name(code: str) -> str:
    """What happened to a page."""
    return _named(MOVES, code)


def session_state_name(code: str) -> str:
    """Where a session stands."""
    return _named(SESSION_STATES, code)


def part_name(code: str) -> str:
    """What somebody does in a session."""
    return _named(PARTS, code)


def how_name(code: str) -> str:
    """How a hand-over was acknowledged or a page recognised, after a verb."""
    return _named(HOWS, code)


def came_name(code: str) -> str:
    """What became of a page shown at the table."""
    return _named(CAME, code)


def column_name(code: str) -> str:
    """A column of a sheet."""
    return _named(COLUMNS, code)


def kind_name(code: str) -> str:
    """What a sheet is for."""
    return _named(KINDS, code)


def variant_name(code: str) -> str:
    """How a sheet is drawn."""
    return _named(VARIANTS, code)


def storage_name(code: str) -> str:
    """How paper is locked away."""
    return _named(STORAGE, code)


def protected_name(code: str) -> str:
    """Whether paper is safe from water and fire."""
    return _named(PROTECTED, code)


def basis_name(code: str) -> str:
    """A lawful basis."""
    return _named(BASES, code)


def condition_name(code: str) -> str:
    """A condition for political opinions."""
    return _named(CONDITIONS, code)


def method_name(code: str) -> str:
    """How paper is destroyed."""
    return _named(METHODS, code)


def outcome_name(code: str) -> str:
    """What came of a door."""
    return _named(OUTCOMES, code)


def strength_name(code: str) -> str:
    """How firm an intention is."""
    return tr(STRENGTHS[code]) if code in STRENGTHS else code


def preset_name(code: str) -> str:
    """A choice of columns."""
    return _named(PRESETS, code)


def category_name(code: str) -> str:
    """A kind of data on a page, inside a sentence."""
    return _named(CATEGORIES, code)


def hindrance_name(code: str) -> str:
    """Why a page may not be destroyed, after "Page 2:"."""
    return _named(HINDRANCES, code)


def hindrances_words(found: Sequence[Hindrance]) -> str:
    """What stands against destroying a sheet: "Pages 1, 2, 3: not entered; page 7: still with somebody"."""
    pages: dict[str, list[int]] = {}
    for each in found:
        pages.setdefault(each.code, []).append(each.piece.page)
    return "; ".join(trn("page {pages}: {why}", "pages {pages}: {why}", len(some), pages=stretches(some),
                         why=hindrance_name(code)) for code, some in pages.items())


def cost_words(code: str) -> str:
    """What a column costs in privacy where a sheet is lost."""
    return tr("costs {much}", much=tr(COSTS[COST[Column(code)]]))


def cost_sentence(columns: Sequence[str]) -> str:
    """What the columns cost together, in words."""
    cost = privacy_cost(columns)
    if not cost:
        return tr("The least a sheet can say.")
    if cost <= 2:
        return tr("A lost sheet gives a little more away than name and address.")
    return tr("A lost sheet gives much more away than name and address: print this only where it is needed.")
