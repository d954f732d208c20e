"""Impact assessments: a screening, the seven steps, risks on a matrix, the data protection officer's advice.

Answers S0 l.3; S1 2.8-2.9, 7, 12.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dpdesk.domain.registers.declaring import Facts, Field, Kind, Move, Register, State, Values, rows_of
from dpdesk.domain.registers.dpia_starters import STARTERS
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

LIKELY = (("remote", "Remote"), ("possible", "Possible"), ("probable", "Probable"))
SEVERE = (("minimal", "Minimal"), ("significant", "Significant"), ("severe", "Severe"))
LEVELS = ((0, 0, 1), (0, 1, 2), (1, 2, 2))
"""Low, medium, high (0, 1, 2): by severity, then by likelihood."""
SIGNS = (("new", "A new technology, or a new use"), ("scale", "Many people, or a wide area"),
         ("special", "Special data, such as political opinions"),
         ("matching", "Data from several sources is matched"), ("unseen", "People would not expect it or are not told"),
         ("vulnerable", "Children or people at risk"), ("profiling", "People are scored or profiled"),
         ("public", "A public place is watched"),
         ("rights", "It could keep people from a right or service"))
EVENTS = (("access", "Somebody sees it who may not"), ("change", "It is changed wrongly"), ("loss", "It is gone"))
_STEPS = ("need", "described", "consulted", "necessity", "risks", "measures")
_DECIDES = (Role.ACCOUNTABLE, Role.DPO)


def level(likelihood: str, severity: str) -> int | None:
    """How high a risk is: 0 low, 1 medium, 2 high; None while either is open."""
    likely, severe = [code for code, _w in LIKELY], [code for code, _w in SEVERE]
    return LEVELS[severe.index(severity)][likely.index(likelihood)] if likelihood in likely and severity in severe else None


def left(row: Mapping[str, str]) -> int | None:
    """How high a risk is after its measure: what was said to be left, else what it was."""
    return {"low": 0, "medium": 1, "high": 2}.get(row.get("residual", ""), level(row.get("likelihood", ""), row.get("severity", "")))


def _no_risks(facts: Facts, on: date) -> str:
    return "" if rows_of(facts.values.get("risks", "")) else "duties.no_risks_yet"


def _unready(facts: Facts, on: date) -> str:
    """No sign-off while a risk lacks its measure, nor with a high risk left that the regulator was not asked about (Art 36)."""
    rows = rows_of(facts.values.get("risks", ""))
    if any(not row.get("measure") for row in rows):
        return "duties.risk_without_measure"
    high = any(left(row) == 2 for row in rows)
    return "duties.high_risk_unasked" if high and not facts.values.get("regulator_asked_on") else ""


def _check(values: Values) -> dict[str, str]:
    return {"overruled_why": "missing"} if values.get("advice_taken") == "overruled" and not values.get("overruled_why") else {}


_RISK = (
    Field("risk", "Risk", needed=True), Field("event", "What happens", Kind.CHOICE, choices=EVENTS),
    Field("likelihood", "How likely", Kind.CHOICE, choices=LIKELY, needed=True),
    Field("severity", "How bad", Kind.CHOICE, choices=SEVERE, needed=True), Field("measure", "What is done"),
    Field("effect", "Then it is", Kind.CHOICE, choices=(("eliminated", "Gone"), ("reduced", "Less"), ("accepted", "Accepted"))),
    Field("residual", "What is left", Kind.CHOICE, choices=(("low", "Low"), ("medium", "Medium"), ("high", "High"))))

REGISTER = Register(
    "dpias", "Impact assessments", "Impact assessment", "What could go wrong for people, thought through before it begins.", "DA", (
        Field("name", "What is assessed", needed=True, clause="S1 12.7"),
        Field("signs", "Signs that one is needed", Kind.SEVERAL, "S1 2.8", "Two of them, and it is needed; special data of many alone is "
              "enough.", SIGNS, group="1 Is it needed"),
        Field("need", "Why it is needed, or not", Kind.LONG, "S0 l.3", group="1 Is it needed"),
        Field("nature", "What is done with the data", Kind.LONG, "UK GDPR Art 35(7)", group="2 Description"),
        Field("scope", "How much, of whom, for how long", Kind.LONG, group="2 Description"),
        Field("context", "What people expect, and know", Kind.LONG, group="2 Description"),
        Field("purposes", "What for", Kind.LONG, group="2 Description"),
        Field("consulted", "Who was asked", Kind.LONG, "UK GDPR Art 35(9)", "Volunteers, members, the party’s officer.",
              group="3 Consultation"),
        Field("necessity", "Is it needed and in proportion", Kind.LONG, "UK GDPR Art 35(7)(b)", "Basis, fewest data, keeping, rights.",
              group="4 Necessity"),
        Field("risks", "Risks", Kind.ROWS, "UK GDPR Art 35(7)(c)", columns=_RISK, group="5 and 6 Risks and measures"),
        Field("advice", "The data protection officer’s advice", Kind.LONG, "UK GDPR Art 35(2)", group="7 Sign-off"),
        Field("advice_taken", "The advice is", Kind.CHOICE, choices=(("followed", "Followed"), ("overruled", "Overruled")),
              group="7 Sign-off"),
        Field("overruled_why", "Why overruled", Kind.LONG, group="7 Sign-off"),
        Field("approved_by", "Measures and what is left approved by", group="7 Sign-off"),
        Field("kept_by", "Kept under review by", group="7 Sign-off"),
        Field("regulator_asked_on", "Regulator asked on", Kind.DAY, "S1 12.8", "Needed where a high risk is left.", group="7 Sign-off"),
        Field("reviewed_on", "Signed or reviewed on", Kind.DAY, group="7 Sign-off"),
    ), (
        State("screening", "1 Is it needed"), State("described", "2 Description"), State("consulted", "3 Consultation"),
        State("necessity", "4 Necessity"), State("risks", "5 Risks"), State("measures", "6 Measures"), State("sign_off", "7 Sign-off"),
        State("approved", "Approved"), State("not_needed", "Not needed", True), State("refused", "Refused", True),
        State("ended", "Ended", True)), (
        Move("needed", "It is needed", ("screening",), "described", ("signs", "need"), ("signs", "need")),
        Move("described", "Described", ("described",), "consulted", ("nature", "scope", "context", "purposes"), ("nature", "purposes")),
        Move("asked", "They were asked", ("consulted",), "necessity", ("consulted",), ("consulted",)),
        Move("weighed", "Needed and in proportion", ("necessity",), "risks", ("necessity",), ("necessity",)),
        Move("found", "The risks are found", ("risks",), "measures", ("risks",), forbids=_no_risks),
        Move("measured", "Each has its measure", ("measures",), "sign_off", ("risks",), forbids=_unready),
        Move("approve", "Sign it off", ("sign_off",), "approved", ("advice", "advice_taken", "overruled_why", "approved_by"),
             ("advice", "advice_taken", "approved_by"), "reviewed_on", _DECIDES, forbids=_unready),
        Move("not_needed", "It is not needed", ("screening",), "not_needed", ("need",), ("need",), roles=_DECIDES),
        Move("refuse", "It may not be done like that", ("risks", "measures", "sign_off"), "refused", stamps="reviewed_on", roles=_DECIDES),
        Move("back", "Back to the risks", ("measures", "sign_off", "approved"), "risks"),
        Move("again", "Reviewed, still right", ("approved",), "approved", stamps="reviewed_on", roles=_DECIDES),
        Move("end", "Not done any more", ("approved",), "ended"),
    ), (returning("Yearly review", "reviewed_on", "audit", "S0 l.2", while_in=("approved",)),), ("name", "reviewed_on"),
    "S0 l.3; S1 7, 12.7", 50, "shield-check", check=_check, starters=STARTERS, adds="Begin an assessment",
    guidance="Needed before anything that may be a high risk to people, above all with political opinions of many. Where a high risk is "
    "left "
    "after all measures, the regulator is asked first.", guidance_on="2026-11-26")
