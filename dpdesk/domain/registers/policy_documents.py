"""Appropriate policy documents: what allows special data under DPA 2018 Sch 1, kept six months after the processing ends.

Answers S1 20, 25, 32.6.
"""

from __future__ import annotations

from datetime import date

from dpdesk.domain.clocks import months_after
from dpdesk.domain.deadlines import Run
from dpdesk.domain.registers.declaring import Clock, Facts, Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

_DECIDES = (Role.ACCOUNTABLE, Role.DPO)


def _kept(facts: Facts) -> Run | None:
    """It can go six months after the processing ended, not before (DPA 2018 Sch 1 para 40)."""
    ended = facts.day("ended_on")
    return Run(ended.isoformat(), months_after(ended, 6).isoformat()) if ended and facts.state == "keeping" else None


def _too_soon(facts: Facts, on: date) -> str:
    ended = facts.day("ended_on")
    return "duties.apd_kept_six_months" if ended and on < months_after(ended, 6) else ""


REGISTER = Register(
    "policy_documents", "Policy documents", "Policy document", "Documents that special data needs beside its condition.", "PD", (
        Field("name", "Document", needed=True, clause="S1 20"),
        Field("condition", "For which condition", Kind.CHOICE, "DPA 2018 Sch 1", choices=(
            ("political_parties", "Political parties (para 22)"), ("employment", "Employment (para 1)"),
            ("preventing_unlawful", "Preventing unlawful acts (para 10)"), ("protecting_public", "Protecting the public (para 11)"),
            ("safeguarding", "Safeguarding (para 18)"), ("other", "Another")), needed=True),
        Field("principles", "How the principles are kept", Kind.LONG, "DPA 2018 Sch 1 para 39", needed=True),
        Field("keeping", "How long data is kept, and how it is erased", Kind.LONG, "DPA 2018 Sch 1 para 39", needed=True),
        Field("owner", "Owner", clause="S1 33"),
        Field("version", "Version", clause="S1 33"),
        Field("reviewed_on", "Last reviewed on", Kind.DAY, "S1 20"),
        Field("ended_on", "Processing ended on", Kind.DAY, "S1 20"),
    ), (State("draft", "Draft"), State("in_force", "In force"), State("keeping", "Processing ended, still kept"),
        State("gone", "Gone", True)), (
        Move("approve", "Put it in force", ("draft",), "in_force", needs=("version", "owner"), stamps="reviewed_on", roles=_DECIDES),
        Move("again", "Reviewed", ("in_force",), "in_force", stamps="reviewed_on", roles=_DECIDES),
        Move("end", "The processing has ended", ("in_force",), "keeping", stamps="ended_on"),
        Move("drop", "Let it go", ("keeping",), "gone", forbids=_too_soon),
        Move("discard", "Throw the draft away", ("draft",), "gone"),
    ), (returning("Yearly review", "reviewed_on", 12, "S1 20", while_in=("in_force",)), Clock("kept", "To be kept until", _kept, "S1 20")),
    ("name", "condition", "version"), "S1 20", 140, "file-text", adds="Add a document", starters=(
        {"name": "Political opinions of electors", "condition": "political_parties",
         "principles": "Lawful: only for campaigning, fundraising, surveys and casework of a registered party. Fair: people are told, "
         "and a "
         "notice in writing to stop is kept. Few: codes, no remarks. Right: register updates come first. Safe: the encrypted desk, sheets "
         "with a named person.",
         "keeping": "Sheets until read in; scans until checked; codes as long as the party’s policy says. Erased with a certificate."},),
    guidance="To be shown to the regulator at any time, free of charge.", guidance_on="2026-11-26")
