"""The record of processing activities (UK GDPR Art 30; S1 3.6, 4, 9.a, 12.1, 26), tied to what the desk really holds."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.registers.choices import APD_CONDITIONS, ART6, ART9, DATA, PEOPLE, SPECIAL, YES_NO
from dpdesk.domain.registers.declaring import Facts, Field, Kind, Move, Register, State, Values
from dpdesk.domain.registers.processing_starters import STARTERS
from dpdesk.domain.registers.returning import returning
from dpdesk.domain.roles import Role

HOLDINGS = (("members", "Members"), ("contacts", "Contacts"), ("consents", "Consents"), ("enquiries", "Enquiries"),
            ("electors", "Electors of the register"), ("absent", "Absent voters"), ("marked", "Who voted"), ("mailings", "E-mails sent"),
            ("mail_recipients", "Who got which e-mail"), ("stops", "Opt-outs"), ("requests", "Rights requests"),
            ("complaints", "Complaints"),
            ("incidents", "Incidents"), ("training", "Training"), ("canvass", "Canvass answers"), ("left_alone", "Who is left alone"),
            ("packages", "Sealed packages"), ("sheets", "Sheets on paper"),
            ("scans", "Scans of sheets"), ("copies", "Copies outside the desk"), ("none", "Nothing in this desk"))
RULES = (("members_left", "Members who left"), ("contacts_quiet", "Contacts not heard of"), ("enquiries", "Enquiries"),
         ("consents_ended", "Consents that ended"), ("notes", "Notes"), ("registers", "Electoral registers"), ("mailings", "Mailings"),
         ("copies", "Copies outside the desk"), ("history", "History of changes"), ("canvass", "Canvass answers"),
         ("sheets", "Sheets on paper"),
         ("scans", "Scans of sheets"), ("packages", "Sealed packages"), ("requests", "Entries of registers"))
RIGHTS = (("access", "A copy"), ("rectification", "Putting right"), ("erasure", "Erasing"), ("objection", "Objecting"),
          ("restriction", "Restricting"), ("portability", "Taking elsewhere"), ("withdrawal", "Withdrawing consent"))
_DECIDES = (Role.ACCOUNTABLE, Role.DPO)


def _complete(facts: Facts, on: date) -> str:
    """Approved only with a condition for special data, and with its policy document where the condition asks for one."""
    values = facts.values
    if values.get("special") and values.get("art9", "none") == "none":
        return "duties.special_without_condition"
    if values.get("art9") in APD_CONDITIONS and not values.get("apd"):
        return "duties.condition_without_apd"
    return "duties.interest_not_weighed" if values.get("art6") == "legitimate_interests" and not values.get("lia") else ""


def _check(values: Values) -> dict[str, str]:
    return {"apd_deviation": "missing"} if values.get("apd_followed") == "no" and not values.get("apd_deviation") else {}


REGISTER = Register(
    "processing", "Processing activities", "Processing activity", "What the branch does with data, why, by what right, and for how long.",
    "PA", (
        Field("name", "Activity", needed=True, clause="UK GDPR Art 30", help="Such as: membership list."),
        Field("purpose", "Purpose", Kind.LONG, "S1 8.3b", needed=True),
        Field("function", "Part of the branch", clause="UK GDPR Art 30", help="Such as: membership, campaigning."),
        Field("owner", "Who answers for it", clause="S1 33"),
        Field("holds", "What the desk holds of it", Kind.CHOICE, "S1 4", "Then its count and oldest record are shown, as they are now.",
              HOLDINGS, group="What is held"),
        Field("people", "Whose data", Kind.SEVERAL, "UK GDPR Art 30", choices=PEOPLE, group="What is held"),
        Field("data", "Which data", Kind.SEVERAL, "S1 8.3.e", choices=DATA, group="What is held"),
        Field("special", "Special data", Kind.SEVERAL, "S1 20", choices=SPECIAL, group="What is held"),
        Field("source", "Where it comes from", group="What is held", clause="S1 8.3.h"),
        Field("where", "Where it lies", group="What is held", help="In this desk, on paper, elsewhere."),
        Field("art6", "Lawful basis", Kind.CHOICE, "S1 8.3b", choices=ART6, needed=True, group="By what right"),
        Field("art9", "Condition for special data", Kind.CHOICE, "S1 20", choices=ART9, group="By what right"),
        Field("apd", "Policy document for it", Kind.ENTRY, "S1 20", to="policy_documents", group="By what right"),
        Field("apd_followed", "Kept and erased by that document", Kind.CHOICE, "DPA 2018 Sch 1 para 41", choices=YES_NO,
              group="By what right"),
        Field("apd_deviation", "If not, why", Kind.LONG, "DPA 2018 Sch 1 para 41", group="By what right"),
        Field("consent", "Consent asked by", Kind.ENTRY, "S1 16", to="consents", group="By what right"),
        Field("lia", "Interest weighed in", Kind.ENTRY, "S1 18.3", to="lias", group="By what right"),
        Field("dpia", "Assessed in", Kind.ENTRY, "S1 12.7", to="dpias", group="By what right"),
        Field("machine", "Decided by machine, or profiled", Kind.LONG, "S1 8.3.d.vi", "Empty: neither.", group="By what right"),
        Field("recipients", "Who gets it", Kind.LONG, "S1 8.3.f", group="Who, how long, how safe"),
        Field("agreement", "Agreement", Kind.ENTRY, "S1 12.6", to="agreements", group="Who, how long, how safe"),
        Field("joint", "Together with", clause="S1 3.5", help="Another controller, such as the national party.",
              group="Who, how long, how safe"),
        Field("transfer", "Transfer abroad", Kind.ENTRY, "S1 8.3.g", to="transfers", group="Who, how long, how safe"),
        Field("rule", "The policy’s rule for it", Kind.CHOICE, "S1 9.b", "Then what the policy says now is shown.", RULES,
              group="Who, how long, how safe"),
        Field("kept", "How long it is kept", Kind.LONG, "S1 8.3c, 9.b", group="Who, how long, how safe"),
        Field("security", "How it is kept safe", Kind.LONG, "S1 12.4", group="Who, how long, how safe"),
        Field("rights", "Rights people have here", Kind.SEVERAL, "S1 8.3.d", choices=RIGHTS, group="Review"),
        Field("reviewed_on", "Last reviewed on", Kind.DAY, "S1 8.6.f", group="Review"),
    ), (
        State("draft", "Draft"), State("in_review", "Being reviewed"), State("approved", "Approved"), State("retired", "Ended", True)), (
        Move("review", "Ask for approval", ("draft",), "in_review"),
        Move("approve", "Approve", ("draft", "in_review"), "approved", needs=("people", "data", "kept"), stamps="reviewed_on",
             roles=_DECIDES,
             forbids=_complete),
        Move("again", "Reviewed again", ("approved",), "approved", stamps="reviewed_on", roles=_DECIDES, forbids=_complete),
        Move("reopen", "Change it thoroughly", ("approved", "in_review"), "draft"),
        Move("retire", "It has ended", ("draft", "in_review", "approved"), "retired", help="Policy documents stay six months longer."),
    ), (returning("Yearly review", "reviewed_on", "audit", "S1 8.6.f", while_in=("approved",)),),
    ("name", "art6", "holds"), "UK GDPR Art 30; S1 4, 12.1", 40, "database", check=_check, starters=STARTERS, adds="Add an activity",
    guidance="One entry for each thing the branch does with data. Membership of a party and voting intention are political opinions: "
    "they need "
    "a condition beside the lawful basis. For members and regular contacts that is Art 9(2)(d), within the party; for canvassing DPA 2018 "
    "Sch 1 para 22 with a policy document, or consent. (S1 18.4 names Art 9(2)(j), which is for archives and research.)",
    guidance_on="2026-11-26")
