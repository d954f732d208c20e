"""Documents and confidential papers: class, owner, version; released only with a ground and an authority (S4 5, 7-9; S1 33)."""

from __future__ import annotations

from dpdesk.domain.registers.declaring import Field, Kind, Move, Register, State
from dpdesk.domain.registers.disclosures import GROUNDS
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

_RELEASES = tuple(each for each in GROUNDS if each[0] in (
    "legal_obligation", "own_advice", "fact_alone", "false_reports", "duty_under_rules", "outcome_told")) + (
    ("reporting_back", "Reporting back as the rules ask (S4 6.c-d)"), ("express_permission", "Express permission (S4 8)"))

REGISTER = Register(
    "documents", "Documents", "Document", "Policies, minutes and confidential papers: how closely each is kept, and who has it.", "DO", (
        Field("name", "Document", needed=True, clause="S1 33"),
        Field("class", "Class", Kind.CHOICE, "S4 5", choices=(
            ("strict", "Strictly confidential (5.a)"), ("minutes", "Minutes and committee papers (5.b)"), (
                "membership", "Membership records (5.b-c)"), ("elections", "Data of elections (5.b)"),
            ("disciplinary", "Disciplinary (5.b-c, 9)"), ("other", "Confidential by custom (5.d)"), ("ordinary", "Ordinary")), needed=True),
        Field("owner", "Owner", clause="S1 33", needed=True),
        Field("version", "Version", clause="S1 33"),
        Field("kept_at", "Where it lies", clause="S1 23.1", help="Or keep it with this entry, encrypted."),
        Field("holders", "Who has a copy", Kind.LONG, "S4 7"),
        Field("reviewed_on", "Last reviewed on", Kind.DAY, "S1 33"),
        Field("released_to", "Released to", group="Release", clause="S4 8"),
        Field("ground", "Ground of release", Kind.CHOICE, "S4 8, 9", choices=_RELEASES, group="Release"),
        Field("authority", "By whose authority", clause="S4 8", group="Release"),
        Field("released_on", "Released on", Kind.DAY, group="Release"),
    ), (State("kept", "Kept"), State("replaced", "Replaced", True), State("destroyed", "Destroyed", True)), (
        Move("review", "Reviewed", ("kept",), "kept", ("version",), stamps="reviewed_on"),
        Move("release", "Release it", ("kept",), "kept", ("released_to", "ground", "authority"), ("released_to", "ground", "authority"),
             "released_on", (Role.ACCOUNTABLE, Role.DPO, Role.SECRETARY),
             help="Each release stands in the timeline. Of a disciplinary matter "
             "nobody learns more than the ground allows."),
        Move("replace", "Replaced by a newer one", ("kept",), "replaced"),
        Move("destroy", "Destroyed", ("kept",), "destroyed", help="Shredded or erased; say how."),
    ), (returning("Yearly review", "reviewed_on", 12, "S1 33"),), ("name", "class", "version"), "S4 5, 7-9; S1 33", 160, "lock",
    adds="Add a document", starters=(
        {"name": "The branch’s data protection policy", "class": "ordinary", "owner": "The accountable person"},
        {"name": "Minutes of the committee", "class": "minutes", "owner": "The secretary"}))
