"""Risks: what may go wrong with data, how likely, how bad, what is done about it (S1 2.9, 7, 29.13)."""

from __future__ import annotations

from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State
from dpdesk.domain.registers.dpias import LIKELY, SEVERE
from dpdesk.domain.registers.returning import returning

REGISTER = Register(
    "risks", "Risks", "Risk", "What may go wrong with data, and what is done about it.", "RK", (
        Field("name", "What may happen", needed=True, clause="S1 2.9"),
        Field("cause", "Why it may", Kind.LONG, "S1 2.9"),
        Field("likelihood", "How likely", Kind.CHOICE, "S1 7", choices=LIKELY, needed=True),
        Field("severity", "How bad", Kind.CHOICE, "S1 7", choices=SEVERE, needed=True),
        Field("measures", "What is done", Kind.LONG, "S1 29.13"),
        Field("owner", "Who sees to it", clause="S1 7"),
        Field("incident", "Seen in incident", Kind.ENTRY, "S1 29.13", to="incidents"),
        Field("reviewed_on", "Last looked at on", Kind.DAY),
    ), (State("open", "Open"), State("treated", "Being treated"), State("accepted", "Accepted"), State("gone", "Gone", True)), (
        Move("treat", "Treat it", ("open", "accepted"), "treated", ("measures", "owner"), ("measures",), "reviewed_on"),
        Move("accept", "Accept it", ("open", "treated"), "accepted", stamps="reviewed_on"),
        Move("again", "Looked at", ("open", "treated", "accepted"), "", stamps="reviewed_on"),
        Move("close", "It is gone", ("open", "treated", "accepted"), "gone", stamps="reviewed_on"),
    ), (returning("Look again", "reviewed_on", 6, "S1 7"),), ("name", "likelihood", "severity"), "S1 2.9, 7, 29.13", 150, "triangle-alert",
    adds="Add a risk")
