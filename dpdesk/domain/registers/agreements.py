"""Agreements with processors and with those data is shared with (S1 4, 7, 12.6, 22; S2 l.8, l.21; UK GDPR Art 26, 28)."""

from __future__ import annotations

from dpdesk.domain.registers.choices import DATA
from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State, Values
from dpdesk.domain.registers.returning import ending, returning

TERMS = (("instructions", "Only on our instructions"), ("confidence", "Kept in confidence"), ("security", "Kept safe"),
         ("sub", "Others only with our leave"), ("rights", "Help with rights"), ("breaches", "Told of breaches at once"),
         ("back", "Deleted or given back at the end"), ("audit", "We may look and check"))


def _check(values: Values) -> dict[str, str]:
    return {"ends_on": "before_start"} if values.get("ends_on") and values.get("agreed_on", "") > values["ends_on"] else {}


REGISTER = Register(
    "agreements", "Agreements", "Agreement", "Contracts with whoever works with the branch’s data or shares it.", "AG", (
        Field("partner", "With whom", needed=True, clause="S1 12.6"),
        Field("kind", "Kind", Kind.CHOICE, "S1 4, 22", choices=(("processor", "They work for the branch (Art 28)"), (
            "sharing", "Data is shared between two controllers"), ("joint", "Joint controllers (Art 26)")), needed=True),
        Field("service", "What they do", clause="S2 l.21", help="Printing, e-mail, shredding, the party’s portal."),
        Field("data", "Which data", Kind.SEVERAL, "UK GDPR Art 28(3)", choices=DATA),
        Field("agreed_on", "Agreed on", Kind.DAY, "S1 12.6", needed=True),
        Field("ends_on", "Ends on", Kind.DAY, help="Empty: no end.", ahead=True),
        Field("terms", "What it says", Kind.SEVERAL, "UK GDPR Art 28(3)", choices=TERMS, group="Terms"),
        Field("safeguards", "How they proved themselves", Kind.LONG, "S0 l.6", "Certificates, answers, a visit.", group="Terms"),
        Field("kept_at", "Where the contract is kept", group="Terms", help="Or keep the document with this entry."),
        Field("reviewed_on", "Last looked at on", Kind.DAY, "S1 12.6", group="Review"),
        Field("post", "Agreement in Post", group="Review", help="Filled in where it was recorded under Post first."),
        Field("ended_on", "Ended on", Kind.DAY, group="Review"),
        Field("returned", "Data deleted or given back", Kind.LONG, "UK GDPR Art 28(3)(g)", group="Review"),
    ), (State("in_force", "In force"), State("ended", "Ended", True)), (
        Move("looked_at", "Looked at again", ("in_force",), "in_force", stamps="reviewed_on"),
        Move("end", "It has ended", ("in_force",), "ended", ("returned",), ("returned",), "ended_on",
             help="Ask them to delete or give back what they have, and say how you know."),
    ), (ending("Agreement ends", "ends_on", "agreed_on", "S1 12.6"), returning("Yearly look", "reviewed_on", 12, "S1 12.6")),
    ("partner", "kind", "service"), "S1 4, 12.6, 22", 80, "pencil", check=_check, adds="Record an agreement",
    guidance="Whoever works with the branch’s data needs a contract first. Within the party, write down who is controller of what.",
    guidance_on="2026-11-26")
