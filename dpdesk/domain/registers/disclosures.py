"""Disclosures: to whom, by what ground, made how small, by whose authority, and whether the person was told.

Answers S1 25.1-25.6, 8.3.f; S2 l.23-24; S4 9.
"""

from __future__ import annotations

from datetime import date, timedelta

from dpdesk.domain.deadlines import Run
from dpdesk.domain.registers.choices import DATA
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State
from dpdesk.domain.roles import Role

GROUNDS = (("consent", "The person agreed (S3 l.22)"), ("legal_obligation", "Law or a court order (S4 9.a)"),
           ("national_security", "National security (S1 25.1)"), ("crime", "Crime and offenders (S1 25.2)"), ("tax", "Tax (S1 25.3)"),
           ("regulatory", "Regulators, health and safety (S1 25.4)"), ("serious_harm", "Serious harm, people at risk (S1 25.5)"),
           ("vital_interests", "Life and death (S1 25.6)"), ("registration_officer", "Electoral registration officer (S2 l.23)"),
           ("headquarters", "The party’s headquarters"), ("own_advice", "Advice or support for the person concerned (S4 9.b)"),
           ("fact_alone", "The fact of an investigation, without the name (S4 9.c)"),
           ("false_reports", "To correct false reports (S4 9.d)"),
           ("duty_under_rules", "To carry out a duty under the rules (S4 9.e)"),
           ("outcome_told", "The outcome, to who complained (S4 9.f)"))
_TOLD_LATER = 7
_NOT_TOLD = frozenset({"national_security", "crime", "tax"})


def _tell(facts: Facts) -> Run | None:
    """The person is told as soon as possible (S2 l.24): within a week, as the branch's own aim, unless that would defeat the ground."""
    made = facts.day("disclosed_on")
    if made is None or facts.state != "disclosed" or facts.values.get("not_told_why") or facts.values.get("ground") in _NOT_TOLD:
        return None
    return Run(made.isoformat(), (made + timedelta(days=_TOLD_LATER)).isoformat(), facts.values.get("told_on", ""))


def _untold(facts: Facts, on: date) -> str:
    return "" if facts.values.get("told_on") or facts.values.get("not_told_why") else "duties.person_not_told"


REGISTER = Register(
    "disclosures", "Disclosures", "Disclosure", "Data given to somebody outside: asked, checked, made small, allowed, told.", "DC", (
        Field("requester", "Who asks", needed=True, clause="S1 25"),
        Field("verified", "How it was checked who asks", Kind.LONG, "S1 25", "Call back by a number you know."),
        Field("received_on", "Asked on", Kind.DAY, "S1 25", needed=True),
        Field("ground", "Ground", Kind.CHOICE, "S1 25.1-25.6; S4 9", choices=GROUNDS, needed=True),
        Field("what", "What they want, and why", Kind.LONG, "S1 25", needed=True),
        Field("data", "Which data", Kind.SEVERAL, choices=DATA),
        Field("minimised", "Made small how", Kind.LONG, "S2 l.24", "The facts of the matter rather than the person.", group="Decision"),
        Field("apd", "Policy document", Kind.ENTRY, "S1 25", to="policy_documents", group="Decision"),
        Field("authorised_by", "By whose authority", clause="S1 25; S4 8", group="Decision"),
        Field("disclosed_on", "Given on", Kind.DAY, group="Decision"),
        Field("how", "How it was sent", group="Decision", help="Sealed, by hand, never by plain e-mail."),
        Field("told_on", "The person was told on", Kind.DAY, "S2 l.24", group="The person"),
        Field("not_told_why", "Why the person is not told", Kind.LONG, "S2 l.24", group="The person"),
        Field("corrected", "Told of later corrections", Kind.LONG, "S1 8.6.g", group="The person"),
    ), (
        State("asked", "Asked"), State("disclosed", "Given"), State("refused", "Refused", True), State("closed", "Closed", True)), (
        Move("allow", "Give it", ("asked",), "disclosed", ("verified", "minimised", "authorised_by", "how"),
             ("verified", "minimised", "authorised_by"), "disclosed_on", (Role.ACCOUNTABLE, Role.DPO, Role.SECRETARY)),
        Move("refuse", "Refuse it", ("asked",), "refused", roles=(Role.ACCOUNTABLE, Role.DPO, Role.SECRETARY)),
        Move("told", "The person is told", ("disclosed",), "disclosed", stamps="told_on"),
        Move("close", "Close it", ("disclosed",), "closed", ("not_told_why",), forbids=_untold),
    ), (Clock("tell", "Tell the person", _tell, "S2 l.24"),), ("requester", "ground", "received_on"), "S1 25; S2 l.23-24; S4 9", 70,
    "unlock",
    adds="Record a disclosure",
    guidance="Without a member’s own permission nobody else gets their details, other bodies of the movement included (S3 l.22). Each "
    "ground "
    "allows what it needs and no more.", persons=True, guidance_on="2026-11-26")
