"""Transfers abroad: by adequacy, a safeguard or an exception, with what was weighed (S1 3.11, 8.3.g, 11.1-11.3)."""

from __future__ import annotations

from dpdesk.domain.registers.choices import DATA, SPECIAL
from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State, Values
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

TOOLS = (("adequacy", "UK adequacy regulations"), ("idta", "International data transfer agreement (IDTA)"),
         ("addendum", "UK addendum to the EU clauses"), ("bcr", "Binding corporate rules"), ("consent", "Explicit consent (11.3.a)"),
         ("contract", "A contract with or for the person (11.3.b, c)"), ("public_interest", "Public interest (11.3.d)"),
         ("legal_claims", "Legal claims (11.3.e)"), ("vital", "Vital interests (11.3.f)"),
         ("public_register", "A public register (11.3.g)"))
_WEIGHED = ("idta", "addendum", "bcr")


def _check(values: Values) -> dict[str, str]:
    return {"weighed": "missing"} if values.get("tool") in _WEIGHED and not values.get("weighed") else {}


REGISTER = Register(
    "transfers", "Transfers abroad", "Transfer abroad", "Data that leaves the United Kingdom, and what protects it there.", "TR", (
        Field("what", "What goes where", needed=True, clause="S1 11"),
        Field("country", "Country", needed=True, clause="S1 11.1.b"),
        Field("receiver", "Who receives it", clause="S1 8.3.f"),
        Field("data", "Which data", Kind.SEVERAL, "S1 11.1.a", choices=DATA),
        Field("special", "Special data", Kind.SEVERAL, "S1 11.1.a", choices=SPECIAL),
        Field("tool", "What allows it", Kind.CHOICE, "S1 11.2, 11.3", choices=TOOLS, needed=True),
        Field("weighed", "The risk there", Kind.LONG, "S1 11.1.c-e", "Law, custom and security at the destination."),
        Field("told", "The privacy notice says so", Kind.TICK, "S1 8.3.g"),
        Field("agreement", "Agreement", Kind.ENTRY, to="agreements"),
        Field("reviewed_on", "Last reviewed on", Kind.DAY),
    ), (State("planned", "Planned"), State("allowed", "Allowed"), State("refused", "Not allowed", True), State("ended", "Ended", True)), (
        Move("allow", "Allow it", ("planned",), "allowed", needs=("told",), stamps="reviewed_on", roles=(Role.ACCOUNTABLE, Role.DPO)),
        Move("refuse", "Do not allow it", ("planned",), "refused", roles=(Role.ACCOUNTABLE, Role.DPO)),
        Move("again", "Reviewed again", ("allowed",), "allowed", stamps="reviewed_on"),
        Move("end", "It has ended", ("allowed",), "ended"),
    ), (returning("Yearly review", "reviewed_on", "audit", "S1 11.1", while_in=("allowed",)),),
    ("what", "country", "tool"), "S1 11", 90, "file-up", check=_check, adds="Record a transfer",
    guidance="UK adequacy regulations, the IDTA or the UK addendum take the place of the EU tools the older papers name (S1 3.11, 11). "
    "The EEA "
    "is covered by adequacy.", guidance_on="2026-11-26")
