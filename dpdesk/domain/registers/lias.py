"""Legitimate-interest assessments in three stages: purpose, necessity, balance. It stops at special data without its condition.

Answers S1 18.1-18.4.
"""

from __future__ import annotations

from datetime import date

from dpdesk.domain.registers.choices import ART9, SPECIAL, YES_NO
from dpdesk.domain.registers.declaring import Facts, Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

_DECIDES = (Role.ACCOUNTABLE, Role.DPO)


def _no_condition(facts: Facts, on: date) -> str:
    """Legitimate interests alone never carry special data (S1 18.4): it needs a condition of its own."""
    return "duties.special_without_condition" if facts.values.get("special") and facts.values.get("art9", "none") == "none" else ""


def _consent_needed(facts: Facts, on: date) -> str:
    """E-mail and texts to individuals need consent whatever the balance says (PECR reg 22)."""
    return "duties.mail_needs_consent" if facts.values.get("electronic") == "yes" else _no_condition(facts, on)


REGISTER = Register(
    "lias", "Legitimate interests weighed", "Assessment of an interest",
    "Whether an interest of the branch outweighs the rights of people.",
    "LI", (
        Field("name", "What is weighed", needed=True, clause="S1 18.3"),
        Field("purpose", "What the branch wants, and why", Kind.LONG, "S1 18", needed=True, group="1 Purpose"),
        Field("benefit", "Who benefits, and what if it is not done", Kind.LONG, "S1 18", group="1 Purpose"),
        Field("electronic", "Marketing by e-mail, text or direct message", Kind.CHOICE, "PECR reg 22",
              "Then consent is needed, not an interest.",
              YES_NO, needed=True, group="1 Purpose"),
        Field("special", "Special data", Kind.SEVERAL, "S1 18.4, 20", choices=SPECIAL, group="1 Purpose"),
        Field("art9", "Condition for special data", Kind.CHOICE, "S1 18.4", choices=ART9, group="1 Purpose"),
        Field("necessary", "Why it is needed for that", Kind.LONG, "S1 18", group="2 Necessity"),
        Field("less", "Would less do", Kind.LONG, "S1 8.5.a", "Fewer data, another way, fewer people.", group="2 Necessity"),
        Field("expected", "Would people expect it", Kind.LONG, "S1 18.1", "Earlier dealings; whether they ever said no.",
              group="3 Balance"),
        Field("harm", "What it may do to them", Kind.LONG, "S1 18.2", group="3 Balance"),
        Field("vulnerable", "Children or people at risk", Kind.CHOICE, "S1 18.2", choices=YES_NO, group="3 Balance"),
        Field("safeguards", "What protects them", Kind.LONG, "S1 18.3", "An easy no, shorter keeping, fewer eyes.", group="3 Balance"),
        Field("outcome", "Outcome", Kind.CHOICE, "S1 18.3", choices=(("yes", "The interest outweighs"), (
            "with_safeguards", "It outweighs with the safeguards"), ("no", "It does not")), group="Outcome"),
        Field("dpia_needed", "Is an impact assessment needed", Kind.CHOICE, "S1 7", choices=YES_NO, group="Outcome"),
        Field("dpia", "Assessed in", Kind.ENTRY, to="dpias", group="Outcome"),
        Field("decided_on", "Decided on", Kind.DAY, "S1 18.3", group="Outcome"),
    ), (
        State("purpose", "1 Purpose"), State("necessity", "2 Necessity"), State("balance", "3 Balance"), State("relied_on", "Relied on"),
        State("refused", "Not relied on", True), State("ended", "Ended", True)), (
        Move("to_necessity", "On to necessity", ("purpose",), "necessity", ("benefit",), ("purpose", "benefit"), forbids=_consent_needed),
        Move("to_balance", "On to the balance", ("necessity",), "balance", ("necessary", "less"), ("necessary", "less"),
             forbids=_no_condition),
        Move("rely", "It outweighs", ("balance",), "relied_on", ("expected", "harm", "vulnerable", "safeguards", "outcome", "dpia_needed"),
             ("expected", "harm", "vulnerable", "safeguards", "outcome", "dpia_needed"), "decided_on", _DECIDES,
             forbids=lambda facts, on: "duties.outcome_is_no" if facts.values.get("outcome") == "no" else _no_condition(facts, on)),
        Move("refuse", "It does not outweigh", ("purpose", "necessity", "balance", "relied_on"), "refused", stamps="decided_on",
             roles=_DECIDES),
        Move("again", "Weighed again", ("relied_on",), "balance"),
        Move("end", "Not done any more", ("relied_on",), "ended"),
    ), (returning("Yearly review", "decided_on", "audit", "S1 18.3", while_in=("relied_on",)),),
    ("name", "outcome", "decided_on"), "S1 18.1-18.4", 60, "badge-check", adds="Weigh an interest",
    guidance="Campaigning is no recognised legitimate interest: the balance has to be weighed. E-mails, texts and direct messages that "
    "promote "
    "the party need consent whatever the balance says. Special data, such as political opinions, needs a condition beside it.",
    guidance_on="2026-11-26")
