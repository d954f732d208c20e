"""Rights requests: a person asks for their data, or that it be put right, erased, held back or handed over (S1 13, 14, 24, 32)."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.deadlines import Request, Run, extension_holds, request_due
from dpdesk.domain.registers.choices import WAYS
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State, Values
from dpdesk.domain.roles import Role

KINDS = (("access", "A copy of their data"), ("rectification", "Put data right"), ("erasure", "Erase data"),
         ("restriction", "Hold data back"),
         ("objection", "Object to a use"), ("direct_marketing_objection", "Stop marketing (always granted)"),
         ("portability", "Take data elsewhere"), ("automated_decision", "A person, not a machine, shall decide"),
         ("other", "Another right (S1 13.8)"))
_OPEN = ("received", "in_progress", "extended", "ready_for_review")


def request_of(facts: Facts) -> Request:
    """What its clock needs."""
    received = facts.day("received_on")
    assert received is not None
    pauses = facts.spent("clarification") if facts.values.get("type") == "access" else ()
    return Request(received, facts.day("id_asked_on"), facts.day("id_received_on"), facts.day("fee_asked_on"), facts.day("fee_paid_on"),
                   pauses, facts.day("extended_on"))


def _answer(facts: Facts) -> Run | None:
    if facts.state in ("withdrawn", "forwarded") or not facts.values.get("received_on"):
        return None
    request = request_of(facts)
    due = request_due(request, facts.days)
    starts = request.starts or request.received
    return Run(starts.isoformat(), due.isoformat() if due else "", facts.values.get("answered_on", ""))


def _too_late(facts: Facts, on: date) -> str:
    """An extension counts only where the person is told within the first month (UK GDPR Art 12A(4))."""
    return "" if extension_holds(Request(**{**request_of(facts).__dict__, "extended": on}), facts.days) else "duties.extended_too_late"


def _not_for_this(facts: Facts, on: date) -> str:
    """The clock stops for a question only where a copy is asked for (Art 12A(5))."""
    return "" if facts.values.get("type") == "access" else "duties.pause_for_access_only"


def _searched(facts: Facts, on: date) -> str:
    return "duties.search_not_logged" if facts.values.get("type") == "access" and not facts.values.get("search_log") else ""


def _marketing(facts: Facts, on: date) -> str:
    return "duties.marketing_objection_absolute" if facts.values.get("type") == "direct_marketing_objection" else ""


def _check(values: Values) -> dict[str, str]:
    found = {}
    if values.get("on_behalf_of") and not values.get("authority"):
        found["authority"] = "missing"
    for after in ("id_asked_on", "id_received_on", "fee_asked_on", "fee_paid_on", "extended_on", "answered_on"):
        if values.get(after) and values[after] < values.get("received_on", ""):
            found[after] = "before_start"
    if values.get("fee_asked_on") and not values.get("fee_why"):
        found["fee_why"] = "missing"
    return found


REGISTER = Register(
    "requests", "Requests", "Request", "A person asks for their data, or wants it put right, erased, held back or handed over.", "RQ", (
        Field("who", "Who asks", needed=True, clause="S1 32.2", help="Name and how to reach them. Link them to their record below."),
        Field("type", "What they ask", Kind.CHOICE, "S1 13, 14", choices=KINDS, needed=True),
        Field("received_on", "Received on", Kind.DAY, "S1 32.2", "The day it reached anybody in the branch, not the day it was noticed.",
              needed=True),
        Field("way", "How it came", Kind.CHOICE, "S1 32.1", "Any way counts, social media too.", WAYS),
        Field("words", "What they wrote", Kind.LONG, "S1 32.1", "Their own words; it need not name a law."),
        Field("scope", "What it covers", Kind.LONG, "S1 32.1"),
        Field("on_behalf_of", "Asked for somebody else", group="Who may ask", help="A solicitor or parent: for whom."),
        Field("authority", "How the authority was checked", group="Who may ask"),
        Field("id_asked_on", "Proof of identity asked on", Kind.DAY, "S1 32.3", "Only where there is real doubt.", group="Who may ask"),
        Field("id_received_on", "Proof of identity came on", Kind.DAY, group="Who may ask"),
        Field("fee_asked_on", "Fee asked on", Kind.DAY, "S1 32.4", "Free, unless manifestly unfounded or excessive.", group="Fee and time"),
        Field("fee_why", "Why a fee", Kind.LONG, "S1 32.4", group="Fee and time"),
        Field("fee_paid_on", "Fee paid on", Kind.DAY, group="Fee and time"),
        Field("clarification", "What was asked back", Kind.LONG, "S1 32.1", "Only what is needed to find the data; give meanwhile what "
              "you can.", group="Fee and time"),
        Field("extended_on", "Told of more time on", Kind.DAY, "UK GDPR Art 12A", group="Fee and time"),
        Field("extended_why", "Why more time", Kind.LONG, help="Complex, or several requests: nothing else counts.", group="Fee and time"),
        Field("search_log", "What was searched", Kind.LONG, "UK GDPR Art 15(1A)", "Where, for what words, by whom, and why that is a "
              "reasonable and proportionate search.", group="The answer"),
        Field("withheld", "What was held back, and why", Kind.LONG, "S1 32.6", "Each exemption with its ground and policy document.",
              group="The answer"),
        Field("told_others", "Recipients told", Kind.LONG, "S1 13.7", "Who had the wrong or erased data, and when they were told.",
              group="The answer"),
        Field("answered_on", "Answered on", Kind.DAY, "S1 32.2", group="The answer"),
        Field("answered_how", "How it was answered", Kind.CHOICE, choices=WAYS, group="The answer"),
        Field("refused_ground", "Ground of refusal", Kind.CHOICE, "S1 32.4, 32.6", choices=(
            ("manifestly_unfounded", "Manifestly unfounded"), ("excessive", "Excessive"), ("exemption", "An exemption")),
            group="The answer"),
        Field("refused_why", "Why it was refused", Kind.LONG, "S1 32.6", "The answer says it too, with the right to complain to the branch "
              "and to the regulator.", group="The answer"),
        Field("forwarded_to", "Passed on to", group="The answer"),
    ), (
        State("received", "Received"), State("id_requested", "Waiting for proof of identity"),
        State("clarification", "Clock stopped: asked back"),
        State("in_progress", "Being answered"), State("extended", "More time told"), State("ready_for_review", "Ready for review"),
        State("completed", "Answered", True), State("refused", "Refused", True), State("withdrawn", "Withdrawn", True),
        State("forwarded", "Passed on", True)), (
        Move("begin", "Begin the answer", ("received",), "in_progress"),
        Move("identified", "Proof came", ("id_requested",), "in_progress", stamps="id_received_on"),
        Move("clarified", "Their answer came", ("clarification",), "in_progress"),
        Move("review", "Ready for review", ("in_progress", "extended"), "ready_for_review", ("search_log",), forbids=_searched),
        Move("answer", "It is answered", _OPEN, "completed", ("answered_how", "withheld", "told_others"), ("answered_how",), "answered_on",
             forbids=_searched, decides=True),
        Move("ask_identity", "Ask for proof of identity", ("received", "in_progress"), "id_requested", stamps="id_asked_on",
             help="The time begins with the proof. Ask only where there is real doubt who it is."),
        Move("ask_back", "Ask back", _OPEN, "clarification", ("clarification",), ("clarification",), forbids=_not_for_this,
             help="The clock stops until they answer. Only where the data cannot be found without it."),
        Move("extend", "Tell them of more time", ("received", "in_progress"), "extended", ("extended_why",), ("extended_why",),
             "extended_on", forbids=_too_late, help="Three months in all. Only where complex, and only if they are told in the first "
             "month.", decides=True),
        Move("refuse", "Refuse", (*_OPEN, "id_requested", "clarification"), "refused", ("refused_ground", "refused_why"),
             ("refused_ground", "refused_why"), "answered_on", (Role.ACCOUNTABLE, Role.DPO), forbids=_marketing, decides=True),
        Move("withdraw", "They withdraw it", (*_OPEN, "id_requested", "clarification"), "withdrawn"),
        Move("forward", "Pass it to headquarters", (*_OPEN, "id_requested"), "forwarded", ("forwarded_to",), ("forwarded_to",),
             help="Where the party answers for its branches. Tell the person who will answer.", hands_on=True),
    ), (Clock("answer", "Answer", _answer, "UK GDPR Art 12A"),),
    ("who", "type", "received_on"), "S1 13-14, 24, 32", 10, "user", check=_check,
    guidance="The answer is due on the same date of the next month, whatever the weekday it came; a last day that is no working day moves "
    "to the next. It says what is held, why, who gets it, how long it is kept, and how to complain to the branch and to the regulator. "
    "Marketing is stopped at once, without weighing.", persons=True, guidance_on="2026-11-26", adds="Record a request")
