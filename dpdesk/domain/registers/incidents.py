"""Incidents and breaches: anyone reports, those the policy names decide, and the clocks run (S0 l.11-14; S1 27.11, 29.1-29.15)."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.deadlines import PARTY_HOURS, REGULATOR_HOURS, Run, hours_after
from dpdesk.domain.registers.choices import DATA, PEOPLE, SPECIAL, YES_NO
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State, Values
from dpdesk.domain.roles import Right

KINDS = (("loss_theft", "Loss or theft"), ("lost_sheet", "A sheet is lost"), ("lost_device", "A device is gone"),
         ("to_cc_not_bcc", "To or Cc instead of Bcc"), ("wrong_recipient", "Sent to the wrong person"),
         ("unauthorised_access", "Somebody looked who may not"), ("unlawful_disclosure", "Passed on without right"),
         ("alteration", "Changed without right"), ("destruction", "Destroyed by mistake"), ("unavailable", "Cannot be reached"),
         ("photo_posted", "A photo shows data"), ("other", "Something else"))
AT_ONCE = (("away", "Locked or wiped from afar"), ("passwords", "Passwords of e-mail and storage changed"),
           ("keys", "New keys for the officer"), ("out_of_use", "Out of the inventory of devices"), ("copies", "Copies looked through"),
           ("police", "Police told"), ("asked", "Whoever got it asked to delete it"), ("taken_down", "Taken off the internet"),
           ("shut_out", "Whoever looked is shut out"))
_DECIDED = ("breach", "told")
_POLICY = "decides_breach"


def _hours(hours: int, met: str, over):
    def run(facts: Facts) -> Run | None:
        aware = facts.values.get("aware_at", "")
        if not aware or over(facts):
            return None
        return Run(aware, hours_after(aware, facts.periods.get("incident", hours) if met == "hq_told_at" else hours),
                   facts.values.get(met, ""))
    return run


def _no_report(facts: Facts) -> bool:
    """Whether those who decide found no breach, or none that the regulator must hear of (UK GDPR Art 33(1))."""
    return facts.state == "no_breach" or (
        facts.values.get("regulator_decision") == "not_needed" and not facts.values.get("regulator_told_at"))


def _unexplained(facts: Facts, on: date) -> str:
    return "duties.people_not_told" if facts.values.get("risk") == "high" and not (
        facts.values.get("people_told_on") or facts.values.get("people_not_told_why")) else ""


def _check(values: Values) -> dict[str, str]:
    found, aware, told = {}, values.get("aware_at", ""), values.get("regulator_told_at", "")
    for code in ("hq_told_at", "regulator_told_at"):
        if values.get(code) and aware and values[code] < aware:
            found[code] = "before_start"
    if aware and told > hours_after(aware, REGULATOR_HOURS) and not values.get("late_why"):
        found["late_why"] = "missing"
    if values.get("regulator_decision") == "not_needed" and not values.get("decision_why"):
        found["decision_why"] = "missing"
    return found


REGISTER = Register(
    "incidents", "Incidents", "Incident", "Something happened to data: lost, seen, sent wrongly, changed or gone.", "IN", (
        Field("what", "What happened", needed=True, clause="S1 29", help="In a few words, without names."),
        Field("type", "Kind", Kind.CHOICE, "S1 29", choices=KINDS, needed=True),
        Field("aware_at", "Known since", Kind.MOMENT, "UK GDPR Art 33", "When the branch became aware: the clocks run from here.",
              needed=True),
        Field("occurred", "When it happened", help="As far as it is known."),
        Field("story", "The whole story", Kind.LONG, "S1 29", "What, where, how it was found, what was done at once."),
        Field("subjects", "Whose data", Kind.SEVERAL, "S1 29.1", choices=PEOPLE, group="Whose data, and which"),
        Field("people_count", "People", Kind.NUMBER, "S1 29.2", "As many as it may be.", group="Whose data, and which"),
        Field("records_count", "Records", Kind.NUMBER, "S1 29.2", group="Whose data, and which"),
        Field("data", "Which data", Kind.SEVERAL, "S1 29.1", choices=DATA, group="Whose data, and which"),
        Field("special", "Special data", Kind.SEVERAL, "S1 20, 29.1", "Voting intention and membership are political opinions.", SPECIAL,
              group="Whose data, and which"),
        Field("broken", "What was lost", Kind.SEVERAL, "UK GDPR Art 4(12)", choices=(
            ("confidentiality", "Others may know it"), ("integrity", "It may be wrong now"), ("availability", "It cannot be reached")),
            group="Whose data, and which"),
        Field("vulnerable", "Under-18s or vulnerable people", Kind.CHOICE, "S1 29.3", choices=(*YES_NO, ("unknown", "Not known")),
              group="Whose data, and which"),
        Field("encrypted", "Was it encrypted", Kind.CHOICE, "S1 29.4", choices=(*YES_NO, ("part", "In part"), ("unknown", "Not known")),
              group="How bad"),
        Field("contained", "Contained or got back", Kind.CHOICE, "S1 29.5",
              choices=(*YES_NO, ("part", "In part"), ("unknown", "Not yet known")),
              group="How bad"),
        Field("at_once", "Done at once", Kind.SEVERAL, "S1 29.4-29.5", choices=AT_ONCE, group="How bad"),
        Field("harm", "What harm may follow", Kind.LONG, "S1 29.3", group="How bad"),
        Field("risk", "Risk to people", Kind.CHOICE, "S1 29.1-29.5", choices=(("none", "Unlikely"), ("risk", "A risk"), ("high", "High")),
              group="Decision"),
        Field("regulator_decision", "The regulator", Kind.CHOICE, "S1 29.7",
              choices=(("report", "Is told"), ("not_needed", "Need not be told")),
              group="Decision"),
        Field("decision_why", "Why so", Kind.LONG, "S1 29.6", "Also where nothing is reported.", group="Decision"),
        Field("hq_told_at", "Headquarters told", Kind.MOMENT, "S0 l.11", group="Who was told"),
        Field("regulator_told_at", "Regulator told", Kind.MOMENT, "UK GDPR Art 33", group="Who was told"),
        Field("late_why", "Why later than 72 hours", Kind.LONG, "UK GDPR Art 33(1)", group="Who was told"),
        Field("case_number", "Case number", clause="S1 29.8", group="Who was told"),
        Field("regulator_guidance", "What the regulator said", Kind.LONG, "S1 29.12", group="Who was told"),
        Field("people_told_on", "People told on", Kind.DAY, "S1 29.9", "At high risk the law leaves no choice (UK GDPR Art 34).",
              group="Who was told"),
        Field("people_not_told_why", "Why people were not told", Kind.LONG, "S1 29.9", group="Who was told"),
        Field("measures", "What was done", Kind.LONG, "S1 29.13", group="Afterwards"),
        Field("lessons", "What is learnt", Kind.LONG, "S1 29.13", group="Afterwards"),
        Field("training_for", "Who is trained, in what", clause="S1 29.15", help="Becomes a training to do.", group="Afterwards"),
        Field("mailing", "The mailing", group="Afterwards", help="Filled in where it began with a mailing."),
    ), (
        State("reported", "Reported"), State("looking", "Being looked into"), State("breach", "A breach"), State("told", "Reported on"),
        State("no_breach", "No breach", True), State("closed", "Closed", True)), (
        Move("look", "Look into it", ("reported",), "looking"),
        Move("is_breach", "It is a breach", ("reported", "looking"), "breach", ("risk", "regulator_decision", "decision_why"),
             ("risk", "regulator_decision"), decided_by=_POLICY),
        Move("no_breach", "It is no breach", ("reported", "looking"), "no_breach", ("decision_why",), ("decision_why",),
             decided_by=_POLICY),
        Move("tell_hq", "Headquarters is told", ("reported", "looking", "breach", "told"), "", ("hq_told_at",), ("hq_told_at",),
             hands_on=True),
        Move("tell_regulator", "The regulator is told", _DECIDED, "told", ("regulator_told_at", "late_why", "case_number"),
             ("regulator_told_at",), decided_by=_POLICY),
        Move("tell_people", "The people are told", _DECIDED, "", (), (), "people_told_on", decided_by=_POLICY),
        Move("further", "More is known", ("looking", *_DECIDED), "", ("regulator_guidance",), help="The regulator takes news in phases."),
        Move("close", "Close it", _DECIDED, "closed", ("people_not_told_why", "measures", "lessons", "training_for"),
             ("measures", "lessons"),
             decided_by=_POLICY, forbids=_unexplained),
    ), (
        Clock("party", "Tell headquarters", _hours(PARTY_HOURS, "hq_told_at", lambda facts: facts.state == "no_breach"), "S0 l.11"),
        Clock("regulator", "Tell the regulator", _hours(REGULATOR_HOURS, "regulator_told_at", _no_report), "UK GDPR Art 33"),
    ), ("what", "type", "aware_at"), "S0 l.11-14, S1 29", 30, "shield-alert", Right.DUTIES_SEE, Right.INCIDENTS_REPORT, check=_check,
    guidance="From the moment the branch is aware there are 72 hours to tell the regulator, nights and weekends counted, unless harm to "
    "people "
    "is unlikely; later, with the reason. What is not yet known can follow. At high risk the people themselves are told without undue "
    "delay. "
    "S1 29 does not name the 72 hours: the law does.", persons=True, guidance_on="2026-11-26", adds="Report an incident")
