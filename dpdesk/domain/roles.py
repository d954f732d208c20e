"""Who may do what: the roles of a local party (DOMAIN.md §4.2) and the least access each needs (S1 §23)."""

from __future__ import annotations

from enum import StrEnum

from dpdesk.domain.errors import NotAllowed


class Role(StrEnum):
    """The offices a local party knows."""

    ACCOUNTABLE = "accountable_person"
    DPO = "dpo"
    SECRETARY = "secretary"
    MEMBERSHIP = "membership_officer"
    CANVASS_LEAD = "canvass_lead"
    RESPONSIBLE = "responsible_individual"
    DATA_ENTRY = "data_entry"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What a service asks before it acts."""

    OFFICERS_SEE = "officers.see"
    OFFICERS_MANAGE = "officers.manage"
    DESK_SETTINGS = "desk.settings"
    DESK_REKEY = "desk.rekey"
    DESK_BACKUP = "desk.backup"
    MEMBERS_SEE = "members.see"
    MEMBERS_EDIT = "members.edit"
    MEMBERS_IMPORT = "members.import"
    MEMBERS_EXPORT = "members.export"
    MEMBERS_ERASE = "members.erase"
    COPIES_SEE = "copies.see"
    NOTES_STRICT = "notes.strictly_confidential"
    STOPS_ADD = "stops.add"
    STOPS_LIFT = "stops.lift"
    POST_SEE = "post.see"
    POST_SEND = "post.send"
    POST_APPROVE = "post.approve"
    POST_SETTINGS = "post.settings"
    WORDINGS_EDIT = "wordings.edit"
    REGISTER_SEE = "register.see"
    REGISTER_IMPORT = "register.import"
    WALKS_EDIT = "walks.edit"
    CAMPAIGNS_EDIT = "campaigns.edit"
    SHEETS_SEE = "sheets.see"
    SHEETS_RUN = "sheets.run"
    SHEETS_DESTROY = "sheets.destroy"
    SHEETS_AUTHORISE = "sheets.authorise"
    RESULTS_SEE = "results.see"
    RESULTS_ENTER = "results.enter"
    RESULTS_SETTLE = "results.settle"
    SCANS_TAKE = "scans.take"
    SCANS_REVIEW = "scans.review"
    INCIDENTS_REPORT = "incidents.report"
    DUTIES_SEE = "duties.see"
    DUTIES_KEEP = "duties.keep"
    DUTIES_DECIDE = "duties.decide"
    POLICY_EDIT = "policy.edit"
    RETENTION_SEE = "retention.see"
    RETENTION_PLAN = "retention.plan"
    RETENTION_APPROVE = "retention.approve"
    DATA_AUDIT = "data_audit.hold"
    SUBJECT_SEARCH = "subject.search"
    SUBJECT_PACK = "subject.pack"
    SUBJECT_RESTRICT = "subject.restrict"
    DEVICE_CHECK = "device.check"
    DEVICES_SEE = "devices.see"
    DEVICES_APPROVE = "devices.approve"
    DISPOSALS_SEE = "disposals.see"
    DISPOSALS_KEEP = "disposals.keep"
    TRANSFERS_SEE = "transfers.see"
    TRANSFERS_SEND = "transfers.send"
    TRANSFERS_RECEIVE = "transfers.receive"
    CARDS_MANAGE = "cards.manage"
    DESTINATIONS_MANAGE = "destinations.manage"
    AUDIT_SEE = "audit.see"
    AUDIT_EXPORT = "audit.export"


_SEES = {Right.MEMBERS_SEE, Right.STOPS_ADD}
_KEEPS = _SEES | {Right.MEMBERS_EDIT, Right.STOPS_LIFT, Right.WORDINGS_EDIT, Right.OFFICERS_SEE, Right.DESK_BACKUP}
_PASSES_ON = {Right.MEMBERS_EXPORT, Right.MEMBERS_ERASE, Right.COPIES_SEE}
_WRITES = {Right.POST_SEE, Right.POST_SEND, Right.POST_APPROVE, Right.POST_SETTINGS}

_FIRST: dict[Role, set[Right] | frozenset[Right]] = {
    Role.ACCOUNTABLE: frozenset(Right),
    Role.DPO: frozenset({Right.MEMBERS_SEE, Right.STOPS_ADD, Right.OFFICERS_SEE, Right.AUDIT_SEE,
                         Right.AUDIT_EXPORT, Right.NOTES_STRICT, Right.DESK_BACKUP, Right.COPIES_SEE,
                         Right.POST_SEE, Right.POST_APPROVE, Right.REGISTER_SEE}),
    Role.SECRETARY: frozenset(_KEEPS | _PASSES_ON | _WRITES | {Right.AUDIT_SEE, Right.NOTES_STRICT, Right.REGISTER_SEE}),
    Role.MEMBERSHIP: frozenset(_KEEPS | _PASSES_ON | _WRITES | {Right.MEMBERS_IMPORT, Right.AUDIT_SEE}),
    Role.CANVASS_LEAD: frozenset({Right.REGISTER_SEE, Right.REGISTER_IMPORT}),
    Role.RESPONSIBLE: frozenset(),
    Role.DATA_ENTRY: frozenset(_SEES | {Right.MEMBERS_EDIT}),
    Role.AUDITOR: frozenset({Right.AUDIT_SEE, Right.AUDIT_EXPORT, Right.OFFICERS_SEE, Right.COPIES_SEE, Right.POST_SEE}),
}

_HELD: dict[Right, tuple[Role, ...]] = {  # who holds the rights of the later capabilities, beside the accountable person
    Right.WALKS_EDIT: (Role.CANVASS_LEAD,),
    Right.CAMPAIGNS_EDIT: (Role.CANVASS_LEAD,),
    Right.SHEETS_SEE: (Role.DPO, Role.SECRETARY, Role.CANVASS_LEAD, Role.DATA_ENTRY),
    Right.SHEETS_RUN: (Role.CANVASS_LEAD,),
    Right.SHEETS_DESTROY: (Role.CANVASS_LEAD,),
    Right.RESULTS_SEE: (Role.DPO, Role.CANVASS_LEAD),
    Right.RESULTS_ENTER: (Role.CANVASS_LEAD, Role.DATA_ENTRY),
    Right.RESULTS_SETTLE: (Role.CANVASS_LEAD,),
    Right.SCANS_TAKE: (Role.CANVASS_LEAD, Role.DATA_ENTRY),
    Right.SCANS_REVIEW: (Role.CANVASS_LEAD, Role.DATA_ENTRY),
    Right.INCIDENTS_REPORT: tuple(Role),  # anyone reports (S0 l.11; S1 27.11)
    Right.DUTIES_SEE: (Role.DPO, Role.SECRETARY, Role.MEMBERSHIP, Role.AUDITOR),
    Right.DUTIES_KEEP: (Role.DPO, Role.SECRETARY, Role.MEMBERSHIP),
    Right.DUTIES_DECIDE: (Role.DPO,),
    Right.RETENTION_SEE: (Role.DPO, Role.SECRETARY, Role.MEMBERSHIP, Role.AUDITOR),
    Right.RETENTION_PLAN: (Role.SECRETARY, Role.MEMBERSHIP),
    Right.DATA_AUDIT: (Role.SECRETARY,),
    Right.SUBJECT_SEARCH: (Role.DPO, Role.SECRETARY),
    Right.SUBJECT_PACK: (Role.SECRETARY,),
    Right.SUBJECT_RESTRICT: (Role.DPO, Role.SECRETARY, Role.MEMBERSHIP),
    Right.DEVICE_CHECK: tuple(Role),  # everybody looks after their own device (S1 §27)
    Right.DEVICES_SEE: (Role.DPO, Role.SECRETARY, Role.AUDITOR),
    Right.DISPOSALS_SEE: (Role.DPO, Role.SECRETARY, Role.AUDITOR),
    Right.DISPOSALS_KEEP: (Role.DPO,),  # S1 §28
    Right.TRANSFERS_SEE: (Role.DPO, Role.SECRETARY, Role.MEMBERSHIP, Role.CANVASS_LEAD, Role.AUDITOR),
    Right.TRANSFERS_SEND: (Role.SECRETARY, Role.MEMBERSHIP, Role.CANVASS_LEAD),
    Right.TRANSFERS_RECEIVE: (Role.SECRETARY, Role.MEMBERSHIP, Role.CANVASS_LEAD),
    Right.CARDS_MANAGE: (Role.SECRETARY, Role.MEMBERSHIP, Role.CANVASS_LEAD),
    Right.DESTINATIONS_MANAGE: (Role.SECRETARY, Role.CANVASS_LEAD),
}
RIGHTS: dict[Role, frozenset[Right]] = {
    role: frozenset(first | {right for right, roles in _HELD.items() if role in roles}) for role, first in _FIRST.items()}



_NOUNS_OF_PEOPLE = frozenset({"members", "notes", "stops", "post", "wordings", "register", "walks", "campaigns", "sheets", "results",
                              "scans", "subject", "transfers"})
ABOUT_PEOPLE = frozenset(right for right in Right if right.value.partition(".")[0] in _NOUNS_OF_PEOPLE)
"""What a training that is not in date closes, where the branch lets it gate access; registers and the desk itself stay open."""


def may(role: Role, right: Right) -> bool:
    """Whether `role` has `right`."""
    return right in RIGHTS[role]


def require(role: Role, right: Right) -> None:
    """Raise `NotAllowed`, naming the roles that may, unless `role` has `right`."""
    if not may(role, right):
        raise NotAllowed(right.value, tuple(r.value for r in Role if may(r, right)))
