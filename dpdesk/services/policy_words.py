"""The words of a policy's values: what a path is called, and rules of retention in a sentence."""

from __future__ import annotations

from dpdesk.domain.retention import Rule
from dpdesk.services.dates import day
from dpdesk.services.names import _named, role_name
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

HEADS = {
    "name": _m("Party"), "source": _m("Written from"), "policy_text": _m("The text officers read"),
    "acknowledge_every_months": _m("Read again after (months)"), "lock_after_minutes": _m("Lock after (minutes)"),
    "lock_maximum_minutes": _m("Longest time until locking (minutes)"),
    "passphrase_minimum_score": _m("Least strength of a passphrase (3–4)"),
    "cover_after_seconds": _m("Cover the window after (seconds)"), "backup_every_days": _m("A backup every (days)"),
    "copies_deleted_after_days": _m("Copies deleted after (days)"), "enquiries_kept_months": _m("Enquiries kept (months)"),
    "consent_lasts_months": _m("A consent lasts (months)"), "data_audit_every_months": _m("Audit of the data every (months)"),
    "elector_least_age": _m("Youngest electors shown (years)"), "elector_attains_age": _m("Voting age (years)"),
    "registers_kept_months": _m("Registers kept (months)"),
    "receipt_before_destroying": _m("Paper is destroyed only after a receipt"),
    "intention_fades_months": _m("Intentions shown as old after (months)"),
    "results_check": _m("How entered results are checked"), "results_least_count": _m("Results hidden below (people)"),
    "child_age": _m("A child is under (years)"),
    "flag_under": _m("Members flagged under (years)"), "parental_consent_under": _m("Parent’s consent needed under (years)"),
    "decides_breach": _m("Who decides on a breach"), "report_incidents_to": _m("Incidents are told to"),
    "post_who": _m("Foot of an e-mail: who"), "post_stop": _m("Foot of an e-mail: how to stop"),
    "post_approve_over": _m("Second officer above (recipients)"), "post_kept_months": _m("E-mails kept (months)"),
    "campaign_words": _m("Campaigning words"), "training_every_months": _m("Training again after (months)"),
    "training_live_induction": _m("First training live"), "incident_report_hours": _m("Headquarters hears of an incident within (hours)"),
    "shred_class_least": _m("Least shred class of paper (1–7)"), "sheet_briefing": _m("What holders of campaign sheets are told"),
    "forwarded": _m("Handed on to headquarters"), "code_sets": _m("Canvass codes"), "regulator": _m("Regulator"),
    "retention": _m("Kept"), "report_addresses": _m("Whom to tell"), "device": _m("Device"), "notices": _m("Privacy notice"),
    "clauses": _m("Clause"), "refused_columns": _m("Column without a purpose"), "recipient_bodies": _m("Body to share with"),
    "confidentiality_classes": _m("Class"), "post_why": _m("Foot of an e-mail: why"), "version": _m("Version"), "code": _m("Code"),
}
LEAVES = {"name": _m("name"), "url": _m("address on the web"), "phone": _m("telephone"), "email": _m("e-mail"), "months": _m("months"),
          "days": _m("days"),
          "action": _m("what happens then"), "trigger": _m("counted from"), "why": _m("why"), "clause": _m("clause"), "text": _m("text"),
          "title": _m("title"), "words": _m("words"), "unless": _m("except in")}
CATEGORIES = {
    "members_left": _m("Former members"), "contacts_quiet": _m("Contacts not heard of"), "enquiries": _m("Enquiries"),
    "consents_ended": _m("Consents and permissions that ended"), "notes": _m("Notes"), "registers": _m("Files of the electoral register"),
    "mailings": _m("What e-mails said, and who got them"), "copies": _m("Copies outside the desk"),
    "history": _m("Earlier values in the history of changes"), "canvass": _m("Answers at the door"),
    "sheets": _m("Campaign sheets on paper"),
    "scans": _m("Pictures of sheets"), "packages": _m("Finished packages and canvass packs"),
    "requests": _m("Closed requests, complaints and incidents")}
TRIGGERS = {"collection": _m("since they were recorded"), "last_contact": _m("after the last contact"),
            "membership_end": _m("after the membership ended"), "election_date": _m("after the election or a newer register"),
            "sheet_verified": _m("after the sheet was checked"), "request_closed": _m("after they were closed")}
RULE_ACTIONS = {"delete": _m("erased"), "anonymise": _m("made nameless, the counts stay"),
                "pseudonymise": _m("replaced by an artificial identifier"), "review": _m("looked at: kept on or erased"),
                "legal_hold": _m("kept under a legal hold"), "transfer_to_hq": _m("handed to headquarters, then erased")}
FORWARDED = {"incidents": _m("incidents"), "requests": _m("requests about people’s data"), "complaints": _m("complaints"),
             "help": _m("questions")}


def category_name(code: str) -> str:
    """A category of retention: "Former members"."""
    return _named(CATEGORIES, code)


def rule_action_name(code: str) -> str:
    """What a rule does: "erased"."""
    return _named(RULE_ACTIONS, code)


def trigger_name(code: str) -> str:
    """From when a rule counts."""
    return _named(TRIGGERS, code)


def forwarded_name(code: str) -> str:
    """What is handed on."""
    return _named(FORWARDED, code)


SINCE = {"consents_ended": _m("after they ended"), "mailings": _m("after they were sent"), "canvass": _m("after they were taken"),
         "notes": _m("after they were written"), "registers": _m("after they were supplied, or when a newer register comes in")}
"""From when a category counts, where the trigger alone would not say it."""
OWN_DAY = frozenset({"copies"})
"""Categories of which each item has its own day, where the rule names no span."""


def rule_sentence(rule: Rule, months: int) -> str:
    """A rule in a sentence: "Enquiries: 12 months after the last contact, then erased."."""
    since = tr(SINCE[rule.category]) if rule.category in SINCE else trigger_name(rule.trigger.value)
    facts = {"what": category_name(rule.category), "since": since, "then": rule_action_name(rule.action.value)}
    if rule.days:
        return trn("{what}: {n} day {since}, then {then}.", "{what}: {n} days {since}, then {then}.", rule.days, **facts)
    if not months and rule.category in OWN_DAY:
        return tr("{what}: by their own day, then {then}.", **facts)
    if not months:
        return tr("{what}: at once {since}, then {then}.", **facts)
    return trn("{what}: {n} month {since}, then {then}.", "{what}: {n} months {since}, then {then}.", months, **facts)


def path_name(path: str) -> str:
    """What a value of the policy is called, by its path: "Kept: enquiries: months"."""
    head, _dot, rest = path.partition(".")
    if not rest:
        return _named(HEADS, head)
    key, _dot, leaf = rest.rpartition(".")
    if head == "retention" and leaf in ("months", "days", "action"):
        what = _named(CATEGORIES, key)
        return {"months": tr("{what}: kept for (months)", what=what), "days": tr("{what}: kept for (days)", what=what)}.get(
            leaf, tr("{what}: then", what=what))
    inner = {"retention": CATEGORIES, "report_addresses": FORWARDED}.get(head, {}).get(key)
    parts = [_named(HEADS, head), tr(inner) if inner else key.replace("_", " "), _named(LEAVES, leaf)]
    return ": ".join(part for part in parts if part)


def value_name(path: str, value: str) -> str:
    """A value as it is shown: roles and codes by their names."""
    head, _dot, rest = path.partition(".")
    parts = [part.strip() for part in value.split(",")]
    if head == "decides_breach":
        return ", ".join(map(role_name, parts))
    if head == "forwarded":
        return ", ".join(map(forwarded_name, parts)) if value else tr("nothing")
    table = {"action": RULE_ACTIONS, "trigger": TRIGGERS}.get(rest.rpartition(".")[2])
    if table and value in table:
        return tr(table[value])
    if rest.endswith(".months") and value in HEADS:
        return tr("as said at “{name}”", name=_named(HEADS, value))
    return {"yes": tr("yes"), "no": tr("no")}.get(value, value)


RUN_STATES = {"proposed": _m("Worked out, waits for approval"), "approved": _m("Approved, can be carried out"),
              "under_way": _m("Under way"), "done": _m("Done"), "withdrawn": _m("Withdrawn")}


def run_state_name(code: str) -> str:
    """Where a retention run stands."""
    return _named(RUN_STATES, code)


def rules_sentence(mark: str) -> str:
    """Which policy a run follows, from the mark it keeps (code, day, readings, edition): "generic of Thu 26 Nov 2026, edition 1"."""
    code, on, *_more = mark.split(" ")
    edition = mark.rpartition("#")[2]
    words = tr("{code} of {day}", code=code, day=day(on))
    return words if edition == "0" else tr("{policy}, edition {n} of the branch", policy=words, n=edition)
