"""The words of the register: kinds of elector and file, states, rules, and what taking a file in does, as one sentence."""

from __future__ import annotations

from dpdesk.domain.register_files import Counts, FileKind
from dpdesk.services.names import _named
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

LAYOUTS = {"xpress_14": _m("full register, 14 columns (Xpress)"), "xpress_13": _m("full register, 13 columns (Xpress)"),
           "xpress_monthly": _m("monthly update, 23 columns (Xpress)"), "scottish": _m("Scottish register (ENO)"),
           "ttw": _m("TTW template"), "generic": _m("a layout of its own")}
TARGETS = {"": _m("left out"), "district": _m("Polling district"), "number": _m("Elector number"), "suffix": _m("Number suffix"),
           "full_number": _m("Whole number (district-number/suffix)"), "markers": _m("Markers"), "surname": _m("Surname"),
           "forename": _m("Forename"), "middle": _m("Middle name"), "full_name": _m("Whole name, surname first"),
           "born_on": _m("Date of birth"), "attains_on": _m("Date of attainment"), "address": _m("Address line"),
           "postcode": _m("Postcode"),
           "uprn": _m("Property number (UPRN)"), "street": _m("Street"), "house_prefix": _m("Flat"), "house_number": _m("House number"),
           "status": _m("Added, changed, deleted (A, M, D)"), "created": _m("Month added"), "changed": _m("Month changed"),
           "deleted": _m("Month deleted"), "absent": _m("Way of voting"), "vote": _m("Mark of having voted")}
KINDS = {"full": _m("Full register"), "update": _m("Monthly update"), "absent": _m("Absent voters list"), "marked": _m("Marked register")}
STATES = {"applied": _m("In force"), "superseded": _m("Replaced, to be destroyed"), "destroyed": _m("Destroyed"),
          "rolled_back": _m("Taken back")}
ENTITLEMENTS = {"registered_party": _m("a registered party"), "candidate": _m("a candidate"),
                "elected_representative": _m("an elected representative"), "election_agent": _m("an election agent")}
REGULATIONS = {"ew_2001_102_108": _m("England and Wales (SI 2001/341)"),
               "scotland_2001": _m("Scotland (SI 2001/497)"),
               "ni_2008": _m("Northern Ireland (SI 2008/1741)"), "other_regulation": _m("Another rule")}
PERMITTED = {"electoral": _m("Electoral purposes"), "electoral_and_donations": _m("Electoral purposes and checking donations")}
PURPOSES = {"canvassing": _m("Canvassing"), "polling_day": _m("Polling day"), "leaflets": _m("Delivering leaflets"),
            "election_letters": _m("Election letters"), "donation_check": _m("Checking a donation"), "membership": _m("Recruiting members"),
            "fundraising": _m("Raising money"), "newsletter": _m("Newsletter"), "research": _m("Research"), "other": _m("Something else")}
ELECTOR_KINDS = {"resident": _m("Elector"), "other": _m("Other elector, without address"), "anonymous": _m("Anonymous entry")}
ABSENT = {"postal": _m("Votes by post"), "proxy": _m("Votes by proxy"), "proxy_postal": _m("Proxy votes by post")}
VOTES = {"voted": _m("voted"), "absent": _m("voted by post")}
MARKERS = {"F": _m("overseas"), "L": _m("peer"), "M": _m("qualifying foreign national"), "G": _m("EU citizen"), "B": _m("EU citizen"),
           "N": _m("attainer"), "A": _m("absent voter")}
FOLLOWS = {"number_same": _m("the same number"), "name_same": _m("the same name"), "name_alike": _m("names that differ by little"),
           "surname_other": _m("another surname"), "address_same": _m("the same address"), "uprn_same": _m("the same property number"),
           "born_same": _m("the same date of birth"), "postcode_same": _m("the same postcode"), "elsewhere": _m("another address")}


LINKS = {"name_same": _m("the same name"), "name_short": _m("a short form of the name"), "name_alike": _m("names that differ by little"),
         "postcode_same": _m("the same postcode"), "address_same": _m("the same address"), "born_same": _m("the same date of birth"),
         "only_one": _m("nobody else of that name")}


def layout_name(code: str) -> str:
    """A layout: "full register, 14 columns (Xpress)"."""
    return _named(LAYOUTS, code)


def target_name(code: str) -> str:
    """What a column becomes."""
    return tr(TARGETS[code]) if code in TARGETS else code


def kind_name(code: str) -> str:
    """A kind of file: "Monthly update"."""
    return _named(KINDS, code)


def state_name(code: str) -> str:
    """Where a file stands."""
    return _named(STATES, code)


def entitlement_name(code: str) -> str:
    """By what the branch is entitled: "a registered party"."""
    return _named(ENTITLEMENTS, code)


def regulation_name(code: str) -> str:
    """The rule a supply rests on."""
    return _named(REGULATIONS, code)


def permitted_name(code: str) -> str:
    """What a file may be used for."""
    return _named(PERMITTED, code)


def purpose_name(code: str) -> str:
    """What somebody wants the register for."""
    return _named(PURPOSES, code)


def elector_kind_name(code: str) -> str:
    """A kind of elector."""
    return _named(ELECTOR_KINDS, code)


def absent_name(code: str) -> str:
    """How somebody votes otherwise."""
    return _named(ABSENT, code)


def vote_name(code: str) -> str:
    """What a marked register says."""
    return _named(VOTES, code)


def follow_name(code: str) -> str:
    """Why two numbers may be one elector."""
    return _named(FOLLOWS, code)


def link_reason(code: str) -> str:
    """Why an elector may be somebody of the desk."""
    return _named(LINKS, code)


def markers_words(markers: str) -> str:
    """Markers as they stand, with what is known of them: "N (attainer)"."""
    known = [tr(MARKERS[each]) for each in markers.upper() if each in MARKERS]
    return tr("{markers} ({words})", markers=markers, words=", ".join(known)) if known else markers


def counts_sentence(kind: FileKind, counts: Counts) -> str:
    """What a file does, in a few sentences."""
    if kind in (FileKind.ABSENT, FileKind.MARKED):
        said = [trn("{n} row.", "{n} rows.", counts.total), trn("{n} elector is noted.", "{n} electors are noted.", counts.new)]
        if counts.conflicts:
            said.append(trn("{n} row has another name than the register under its number and does not count.",
                            "{n} rows have another name than the register under their number and do not count.", counts.conflicts))
        if counts.refused:
            said.append(trn("{n} row stays out.", "{n} rows stay out.", counts.refused))
        return " ".join(said)
    said = [trn("{n} row.", "{n} rows.", counts.total), ", ".join((
        trn("{n} new", "{n} new", counts.new), trn("{n} changed", "{n} changed", counts.changed), trn("{n} the same", "{n} the same",
                                                                                                      counts.same),
        trn("{n} leaves", "{n} leave", counts.left), trn("{n} refused", "{n} refused", counts.refused))) + "."]
    return " ".join(said + also(counts))


def also(counts: Counts) -> list[str]:
    """What else is to know, a sentence each."""
    return [words for n, words in (
        (counts.following, trn("{n} elector has a new number; their history follows.",
                               "{n} electors have new numbers; their history follows.",
                               counts.following)),
        (counts.uncertain, trn("{n} pair may be one elector and waits for you to say so.",
                               "{n} pairs may be one elector each and wait for you to say so.", counts.uncertain)),
        (counts.anonymous, trn("{n} anonymous entry.", "{n} anonymous entries.", counts.anonymous)),
        (counts.other, trn("{n} elector without an address.", "{n} electors without an address.", counts.other)),
        (counts.attainers, trn("{n} attainer.", "{n} attainers.", counts.attainers)),
        (counts.hidden, trn("{n} is too young to be shown.", "{n} are too young to be shown.", counts.hidden)),
        (counts.elsewhere, trn("{n} elector of a district the file does not name stays.",
                               "{n} electors of districts the file does not name stay.", counts.elsewhere))) if n]
