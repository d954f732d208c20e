"""Exercises: a phishing test, a scenario at the desk, a restore from backup (S0 l.6)."""

from __future__ import annotations

from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning

SCENARIOS = ("A laptop is left on a train with the desk on it. Who is told, in what order, by when?",
             "A letter goes out with all addresses in To. What is done in the first hour?",
             "Twelve sheets went out, eleven came back. Whose data was on the twelfth?")

REGISTER = Register(
    "exercises", "Exercises", "Exercise", "Trying out what the branch would do, before it has to.", "EX", (
        Field("name", "What was tried", needed=True, clause="S0 l.6"),
        Field("kind", "Kind", Kind.CHOICE, "S0 l.6", choices=(("scenario", "A scenario at the desk"), ("phishing", "A phishing test"), (
            "restore", "A restore from backup"), ("access", "A look at who has access"), ("other", "Another")), needed=True),
        Field("planned_on", "Planned for", Kind.DAY, ahead=True),
        Field("scenario", "The scenario", Kind.LONG, "S0 l.6"),
        Field("who", "Who took part", Kind.LONG),
        Field("held_on", "Held on", Kind.DAY),
        Field("went", "How it went", Kind.LONG, help="Counts, not names: who fell for it is not written here."),
        Field("changes", "What changes", Kind.LONG),
    ), (State("planned", "Planned"), State("held", "Held"), State("closed", "Closed", True)), (
        Move("hold", "It was held", ("planned",), "held", ("went",), ("went",), "held_on"),
        Move("close", "What it showed is done", ("held",), "closed", ("changes",), ("changes",)),
        Move("drop", "Not held", ("planned",), "closed"),
    ), (returning("Next exercise", "held_on", 12, "S0 l.6", while_in=("held",)),), ("name", "kind", "held_on"), "S0 l.6", 110, "clock",
    starters=tuple({"name": f"Desk scenario {at}", "kind": "scenario", "scenario": words} for at, words in enumerate(SCENARIOS, 1)),
    adds="Plan an exercise")
