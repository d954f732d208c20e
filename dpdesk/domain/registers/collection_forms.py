"""Forms by which data is collected: approved, numbered, looked at every year (S1 8.5.b, 8.5.c), each with the words of its consent."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.registers.choices import DATA
from dpdesk.domain.registers.declaring import Facts, Field, Kind, Move, Register, State
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

_DECIDES = (Role.ACCOUNTABLE, Role.DPO)


def _fair(facts: Facts, on: date) -> str:
    return "" if facts.values.get("notice") else "duties.form_without_notice"


REGISTER = Register(
    "collection_forms", "Collection forms", "Collection form", "Forms, sheets and pages that ask people for data.", "CF", (
        Field("name", "Form", needed=True, clause="S1 8.5.b"),
        Field("kind", "Kind", Kind.CHOICE, "S1 8.5.b", choices=(("paper", "On paper"), ("online", "Online"), ("petition", "A petition"), (
            "survey", "A survey"), ("sheet", "A canvass sheet"), ("spoken", "Asked by word of mouth")), needed=True),
        Field("version", "Version", needed=True, clause="S1 33"),
        Field("purpose", "What for", Kind.LONG, "S1 8.4", needed=True),
        Field("asks", "What it asks", Kind.SEVERAL, "S1 8.5.a", "Only what is needed.", DATA, needed=True),
        Field("minimal", "Why each is needed", Kind.LONG, "S1 8.5.a"),
        Field("consent", "The words of consent on it", Kind.LONG, "S1 16.1-16.7"),
        Field("notice", "The notice it shows", Kind.ENTRY, "S1 8.3", to="notices"),
        Field("activity", "Processing activity", Kind.ENTRY, to="processing"),
        Field("reviewed_on", "Last looked at on", Kind.DAY, "S1 8.5.c"),
    ), (State("draft", "Draft"), State("approved", "Approved"), State("withdrawn", "Not used any more", True)), (
        Move("approve", "Approve it", ("draft",), "approved", needs=("minimal",), stamps="reviewed_on", roles=_DECIDES, forbids=_fair),
        Move("again", "Still right", ("approved",), "approved", stamps="reviewed_on", roles=_DECIDES),
        Move("reopen", "A new version", ("approved",), "draft", ("version",), ("version",)),
        Move("withdraw", "Not used any more", ("draft", "approved"), "withdrawn"),
    ), (returning("Yearly look", "reviewed_on", 12, "S1 8.5.c", while_in=("approved",)),), ("name", "kind", "version"), "S1 8.5.b-c", 120,
    "file-text", adds="Add a form")
