"""Complaints about how the branch handles data: a way to complain, an answer, a record (S1 15; a duty of law since 19 June 2026)."""

from __future__ import annotations

from dpdesk.domain.deadlines import Run, complaint_acknowledged_by, complaint_outcome_by
from dpdesk.domain.registers.choices import WAYS
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State, Values

_OPEN = ("received", "acknowledged", "looking")


def _acknowledge(facts: Facts) -> Run | None:
    received = facts.day("received_on")
    if received is None or facts.state in ("withdrawn", "forwarded"):
        return None
    met = [day for day in (facts.values.get("acknowledged_on", ""), facts.values.get("outcome_on", "")) if day]
    return Run(received.isoformat(), complaint_acknowledged_by(received, facts.days).isoformat(), min(met, default=""))


def _outcome(facts: Facts) -> Run | None:
    received = facts.day("received_on")
    if received is None or facts.state in ("withdrawn", "forwarded"):
        return None
    return Run(received.isoformat(), complaint_outcome_by(received, facts.days).isoformat(), facts.values.get("outcome_on", ""))


def _check(values: Values) -> dict[str, str]:
    found = {code: "before_start" for code in ("acknowledged_on", "outcome_on") if values.get(code)
             and values[code] < values.get("received_on", "")}
    return found | ({"authority": "missing"} if values.get("on_behalf_of") and not values.get("authority") else {})


REGISTER = Register(
    "complaints", "Complaints", "Complaint", "Somebody complains about how the branch handles data about them.", "CO", (
        Field("who", "Who complains", needed=True, clause="S1 15", help="Name and how to reach them."),
        Field("issue", "What about", Kind.CHOICE, "S1 15", choices=(
            ("request_handling", "How a request was answered"), ("marketing", "Unwanted messages"), ("accuracy", "Wrong data"),
            ("security", "Security"), ("disclosure", "Data passed on"), ("retention", "Data kept too long"), ("other", "Something else")),
            needed=True),
        Field("received_on", "Received on", Kind.DAY, "DPA 2018 s.164A", "The day it reached anybody in the branch.", needed=True),
        Field("way", "How it came", Kind.CHOICE, "DPA 2018 s.164A", "Any way counts, social media too.", WAYS),
        Field("words", "What they say", Kind.LONG, "S1 15"),
        Field("on_behalf_of", "For somebody else", help="For whom; then the authority is checked."),
        Field("authority", "How the authority was checked"),
        Field("appeal_of", "Appeal against", Kind.ENTRY, "S1 15", "The complaint it goes back to.", to="complaints"),
        Field("policy_sent", "A copy of the policy was given", Kind.TICK, "S1 15", group="What was done"),
        Field("acknowledged_on", "Acknowledged on", Kind.DAY, "DPA 2018 s.164A", group="What was done"),
        Field("acknowledged_how", "Acknowledged by", Kind.CHOICE, choices=WAYS, group="What was done"),
        Field("enquiries", "What was looked into", Kind.LONG, "S1 15", "Who was asked, what was found; the timeline keeps each step.",
              group="What was done"),
        Field("outcome", "Outcome", Kind.CHOICE, "S1 15", choices=(("upheld", "Upheld"), ("part", "Upheld in part"), ("not", "Not upheld")),
              group="Outcome"),
        Field("remedy", "What changes", Kind.LONG, "S1 15", group="Outcome"),
        Field("outcome_on", "Outcome told on", Kind.DAY, "DPA 2018 s.164A", group="Outcome"),
        Field("regulator_named", "The letter names the regulator", Kind.TICK, "S1 15", group="Outcome"),
        Field("regulator_ref", "The regulator’s reference", group="Outcome"),
        Field("forwarded_to", "Passed on to", group="Outcome"),
    ), (
        State("received", "Received"), State("acknowledged", "Acknowledged"), State("looking", "Being looked into"),
        State("answered", "Outcome told", True), State("withdrawn", "Withdrawn", True), State("forwarded", "Passed on", True)), (
        Move("acknowledge", "Acknowledge", ("received",), "acknowledged", ("acknowledged_how", "policy_sent"), ("acknowledged_how",),
             "acknowledged_on", help="Say that it came, what happens next, and send the policy."),
        Move("look", "Look into it", ("received", "acknowledged"), "looking"),
        Move("told", "Keep them informed", ("looking",), "looking", help="Note what they were told; it stands in the timeline."),
        Move("outcome", "Tell the outcome", _OPEN, "answered", ("outcome", "remedy", "regulator_named"), ("outcome", "regulator_named"),
             "outcome_on", help="The letter says what was found, what changes, and that the regulator can be asked.",
             decides=True),
        Move("withdraw", "They withdraw it", _OPEN, "withdrawn"),
        Move("forward", "Pass it to headquarters", _OPEN, "forwarded", ("forwarded_to",), ("forwarded_to",), hands_on=True,
             help="Where the party answers for its branches. Tell the person who answers them."),
    ), (Clock("acknowledge", "Acknowledge", _acknowledge, "DPA 2018 s.164A"), Clock("outcome", "Outcome (our aim)", _outcome, "S1 15")),
    ("who", "issue", "received_on"), "S1 15", 20, "mail", check=_check,
    guidance="Since 19 June 2026 every controller must make it easy to complain, acknowledge within 30 days (the first is the day after "
    "receipt), look into it and tell the outcome without undue delay. No branch is too small. An outcome within the 30 days needs no "
    "acknowledgement of its own.", persons=True, guidance_on="2026-11-26", adds="Record a complaint")
