"""Training and reading of the policy: who, what, how, until when (S1 7, 8.6.b, 12.5, 23, 29.15, 31; S0 l.4-6)."""

from __future__ import annotations

from datetime import date, timedelta

from dpdesk.domain.deadlines import Run
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State, Values
from dpdesk.domain.registers.returning import returning

COURSES = (("induction", "Live induction"), ("data_protection", "Data protection"), ("policy", "The data policy, read and understood"),
           ("security", "Keeping data and devices safe"), ("canvass", "Canvassing and sheets"), ("mail", "Writing to many"),
           ("breach", "After an incident"), ("role", "For their office"))
_ASK = 30


def _to_do(facts: Facts) -> Run | None:
    """A training to do is due within 30 days of the day it was asked for."""

    if facts.state != "to_do" or not facts.added_on:
        return None
    return Run(facts.added_on, (date.fromisoformat(facts.added_on) + timedelta(days=_ASK)).isoformat(),
               facts.values.get("completed_on", ""))


def _check(values: Values) -> dict[str, str]:
    return {"mode": "missing"} if values.get("course") == "induction" and values.get("mode") not in (None, "", "live") else {}


REGISTER = Register(
    "training", "Training", "Training", "Who was trained in what, and when it is due again.", "TN", (
        Field("who", "Who", needed=True, clause="S1 31"),
        Field("role", "Office or task", clause="S1 8.6.b"),
        Field("course", "Course", Kind.CHOICE, "S1 12.5, 31", choices=COURSES, needed=True),
        Field("mode", "How", Kind.CHOICE, "S0 l.4", "A new starter’s induction is live.", (
            ("live", "Live"), ("online", "Online"), ("read", "By reading"))),
        Field("provider", "By whom"),
        Field("completed_on", "Completed on", Kind.DAY, "S1 31"),
        Field("policy_version", "Version of the policy read", clause="S1 23"),
        Field("incident", "After incident", Kind.ENTRY, "S1 29.15", to="incidents"),
        Field("about", "What it was about", Kind.LONG),
    ), (State("to_do", "To do"), State("done", "Done"), State("replaced", "Replaced by a newer one", True), State("left", "Left", True)), (
        Move("complete", "Completed", ("to_do",), "done", ("mode", "provider"), ("mode",), "completed_on",
             help="Keep the certificate with this entry."),
        Move("again", "Completed again", ("done",), "done", ("mode", "provider"), (), "completed_on"),
        Move("replace", "Replaced by a newer one", ("done", "to_do"), "replaced"),
        Move("leave", "They have left", ("to_do", "done"), "left"),
    ), (Clock("to_do", "Training to do", _to_do, "S1 31"),
        returning("Training due again", "completed_on", "training", "S1 31; S0 l.4", while_in=("done",))),
    ("who", "course", "completed_on"), "S1 31; S0 l.4", 100, "users", check=_check, adds="Record a training",
    guidance="At least as often as the party’s policy says: yearly, or every two years with a live induction. Without the policy read "
    "nobody "
    "has access to the desk.", guidance_on="2026-11-26")
