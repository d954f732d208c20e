"""Privacy notices: what 8.3 asks people to be told, made from the record of processing, in versions.

Answers S1 8.2, 8.3.a-h, 12.12; S3 l.26-34.
"""

from __future__ import annotations

from dpdesk.domain.registers.choices import PEOPLE
from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

REGISTER = Register(
    "notices", "Privacy notices", "Privacy notice", "What people are told: made from the processing activities, published, kept in "
    "versions.",
    "PN", (
        Field("name", "Notice", needed=True, clause="S1 12.12"),
        Field("people", "For whom", Kind.SEVERAL, "S1 8.2", "Activities about these people go into it.", PEOPLE, needed=True),
        Field("version", "Version", clause="S1 33"),
        Field("text", "Text", Kind.LONG, "S1 8.3", "“Write it from the activities” fills this in; then it can be changed."),
        Field("published_at", "Where it stands", clause="S1 12.12"),
        Field("published_on", "Published on", Kind.DAY, "S1 12.12"),
    ), (State("draft", "Draft"), State("published", "Published"), State("replaced", "Replaced", True)), (
        Move("publish", "Publish it", ("draft",), "published", ("version", "published_at"), ("text", "version", "published_at"),
             "published_on",
             (Role.ACCOUNTABLE, Role.DPO), help="The text is kept as it was published."),
        Move("new", "A new version", ("published",), "draft"),
        Move("again", "Still right", ("published",), "published", stamps="published_on"),
        Move("replace", "Not used any more", ("draft", "published"), "replaced"),
    ), (returning("Yearly look", "published_on", 12, "S1 8.2", while_in=("published",)),), ("name", "people", "version"),
    "S1 8.2, 8.3, 12.12",
    130, "file-text", adds="Begin a notice", starters=(
        {"name": "Members and supporters", "people": "member former_member supporter volunteer"},
        {"name": "Electors", "people": "elector"}, {"name": "Enquirers", "people": "enquirer"}),
    guidance="Since June 2026 a notice also says how to complain to the branch itself, before the regulator.", guidance_on="2026-11-26")
