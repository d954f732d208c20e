"""Clauses that ask for something to be written down: the register asks for it, keeps it, and shows it on paper (table of clauses)."""

from __future__ import annotations

import pytest

from dpdesk.domain import registers
from dpdesk.domain.registers.declaring import Kind
from dpdesk.services import duties, duties_export, duty_typed
from dpdesk.services.session import today

ASKED = (
    ("S0 l.6", "exercises", ("kind",)), ("S1 2.9", "risks", ("name", "likelihood", "severity", "measures")),
    ("S1 7", "controller", ("accountable", "dpo", "joint")), ("S1 4", "agreements", ("kind", "terms=audit")),
    ("S1 11", "transfers", ("what", "receiver", "tool=adequacy")), ("S1 11.1", "transfers", ("data", "country", "weighed")),
    ("S1 11.2", "transfers", ("tool=bcr",)),
    ("S1 11.3", "transfers", ("tool=consent", "tool=contract", "tool=public_interest", "tool=legal_claims", "tool=vital",
                              "tool=public_register", "tool=idta", "tool=addendum")),
    ("S1 12.11", "dpias", ("advice", "advice_taken=overruled")), ("S1 13.5", "requests", ("type=automated_decision",)),
    ("S1 13.11", "requests", ("type=automated_decision",)), ("S1 15", "complaints", (
        "policy_sent", "regulator_named", "appeal_of", "outcome")),
    ("S1 18", "lias", ("purpose", "benefit", "necessary")), ("S1 18.1", "lias", ("expected",)), ("S1 18.2", "lias", ("harm", "vulnerable")),
    ("S1 18.3", "lias", ("safeguards", "outcome", "decided_on")),
    ("S1 25", "disclosures", ("requester", "verified", "what", "authorised_by")),
    ("S1 25.1", "disclosures", ("ground=national_security",)), ("S1 25.2", "disclosures", ("ground=crime",)),
    ("S1 25.3", "disclosures", ("ground=tax",)), ("S1 25.4", "disclosures", ("ground=regulatory",)),
    ("S1 25.5", "disclosures", ("ground=serious_harm",)), ("S1 25.6", "disclosures", ("ground=vital_interests",)),
    ("S1 29.1", "incidents", ("data", "special", "subjects")), ("S1 29.2", "incidents", ("people_count", "records_count")),
    ("S1 29.4", "incidents", ("encrypted", "at_once")), ("S1 29.5", "incidents", ("contained",)),
    ("S1 29.8", "incidents", ("case_number",)),
    ("S1 29.11", "incidents", ("regulator_told_at", "regulator_guidance")), ("S1 29.12", "incidents", ("regulator_guidance",)),
    ("S1 29.13", "incidents", ("measures",)), ("S1 32.4", "requests", ("fee_asked_on", "fee_why")), ("S2 l.11", "requests", (
        "way=website", "way=email", "way=letter", "way=phone", "way=social_media")), ("S2 l.21", "agreements", ("service", "partner")),
    ("S2 l.23", "disclosures", ("ground=registration_officer",)), ("S2 l.24", "disclosures", ("minimised", "told_on", "not_told_why")),
    ("S4 3", "documents", ("class", "owner", "holders")), ("S4 5", "documents", (
        "class=strict", "class=minutes", "class=membership", "class=elections", "class=disciplinary", "class=other")),
    ("S4 6", "documents", ("ground=reporting_back",)), ("S4 8", "documents", ("authority", "ground=express_permission")),
    ("S4 9", "disclosures", ("ground=legal_obligation", "ground=own_advice", "ground=fact_alone", "ground=false_reports",
                             "ground=duty_under_rules", "ground=outcome_told")),
)


def typed(field) -> str:
    return field.choices[-1][0] if field.choices else {Kind.DAY: "yesterday", Kind.MOMENT: "yesterday 21:05", Kind.NUMBER: "12",
                                                       Kind.TICK: "yes"}.get(field.kind, f"Words of {field.code}")


@pytest.mark.parametrize(("clause", "code", "fields"), ASKED, ids=[f"{clause} {code}" for clause, code, _fields in ASKED])
def test_what_a_clause_asks_is_asked_for_kept_and_printed(session, clause, code, fields):
    register = registers.get(code)
    wanted = dict(each.partition("=")[::2] for each in fields)
    for each in fields:
        name, _sign, choice = each.partition("=")
        assert not choice or choice in dict(register.field(name).choices), each
    given, problems = duty_typed.read(register, {
        each.code: wanted.get(each.code) or typed(each) for each in register.fields
        if each.kind not in (Kind.ROWS, Kind.ENTRY) and (each.needed or each.code in wanted)})
    assert not problems
    shown = duties.add(session, code, {**given, **{each: value for each, value in _beside(code).items() if each not in wanted}})
    assert {each: shown.duty.values[each] for each in wanted if register.field(each).kind is not Kind.ENTRY} == {
        each: given[each] for each in wanted if register.field(each).kind is not Kind.ENTRY}
    paper = str(duties_export.paper_of(session, shown))
    for each in wanted:
        field = register.field(each)
        assert field.kind is Kind.ENTRY or field.label in paper, each


def _beside(code: str) -> dict[str, str]:
    """What the rules across fields of a register ask besides."""
    long_ago = f"{today().year - 1}-01-02"
    return {"incidents": {"aware_at": f"{long_ago}T10:00:00.000Z", "late_why": "Noticed late"}, "dpias": {"overruled_why": "Because"},
            "complaints": {"received_on": long_ago}, "requests": {"received_on": long_ago},
            "transfers": {"weighed": "The law there, and who may see it"}}.get(code, {})
