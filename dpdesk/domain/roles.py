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
    POLICY_EDIT = "policy.edit"
    RETENTION_SEE = "retention.see"
    RETENTION_PLAN = "retention.plan"
    RETENTION_APPROVE = "retention.approve"
    DATA_AUDIT = "data_audit.hold"
    SUBJECT_SEARCH = "subject.search"
    SUBJECT_PACK = "subject.pack"
    SUBJECT_RESTRICT = "subject.restrict"
    CAMPAIGNS_EDIT = "campaigns.edit"
    SHEETS_SEE = "sheets.see"
    SHEETS_RUN = "sheets.run"
    SHEETS_DESTROY = "sheets.destroy"
    SHEETS_AUTHORISE = "sheets.authorise"
    AUDIT_SEE = "audit.see"
    AUDIT_EXPORT = "audit.export"


_SEES = {Right.MEMBERS_SEE, Right.STOPS_ADD}
_KEEPS = _SEES | {Right.MEMBERS_EDIT, Right.STOPS_LIFT, Right.WORDINGS_EDIT, Right.OFFICERS_SEE, Right.DESK_BACKUP}
_PASSES_ON = {Right.MEMBERS_EXPORT, Right.MEMBERS_ERASE, Right.COPIES_SEE}
_WRITES = {Right.POST_SEE, Right.POST_SEND, Right.POST_APPROVE, Right.POST_SETTINGS}
_DUTIES = {Right.RETENTION_SEE, Right.RETENTION_PLAN, Right.DATA_AUDIT, Right.SUBJECT_SEARCH, Right.SUBJECT_PACK, Right.SUBJECT_RESTRICT}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ACCOUNTABLE: frozenset(Right),
    Role.DPO: frozenset({Right.MEMBERS_SEE, Right.STOPS_ADD, Right.OFFICERS_SEE, Right.AUDIT_SEE,
                         Right.AUDIT_EXPORT, Right.NOTES_STRICT, Right.DESK_BACKUP, Right.COPIES_SEE,
                         Right.POST_SEE, Right.POST_APPROVE, Right.REGISTER_SEE, Right.RETENTION_SEE, Right.SUBJECT_SEARCH,
                         Right.SUBJECT_RESTRICT}),
    Role.SECRETARY: frozenset(_KEEPS | _PASSES_ON | _WRITES | {Right.AUDIT_SEE, Right.NOTES_STRICT, Right.REGISTER_SEE} | _DUTIES),
    Role.MEMBERSHIP: frozenset(_KEEPS | _PASSES_ON | _WRITES | {Right.MEMBERS_IMPORT, Right.AUDIT_SEE, Right.RETENTION_SEE, Right.RETENTION_PLAN,
                                                        Right.SUBJECT_RESTRICT}),
    Role.CANVASS_LEAD: frozenset({Right.REGISTER_SEE, Right.REGISTER_IMPORT}),
    Role.RESPONSIBLE: frozenset(),
    Role.DATA_ENTRY: frozenset(_SEES | {Right.MEMBERS_EDIT}),
    Role.AUDITOR: frozenset({Right.AUDIT_SEE, Right.AUDIT_EXPORT, Right.OFFICERS_SEE, Right.COPIES_SEE, Right.POST_SEE,
                             Right.RETENTION_SEE}),
}

_SHEETS: dict[Role, frozenset[Right]] = {  # the campaign sheets of whoever runs a session, and who only looks or enters
    Role.DPO: frozenset({Right.SHEETS_SEE}), Role.SECRETARY: frozenset({Right.SHEETS_SEE}), Role.DATA_ENTRY: frozenset({Right.SHEETS_SEE}),
    Role.CANVASS_LEAD: frozenset({Right.CAMPAIGNS_EDIT, Right.SHEETS_SEE, Right.SHEETS_RUN, Right.SHEETS_DESTROY}),
}
RIGHTS.update({role: RIGHTS[role] | more for role, more in _SHEETS.items()})


def may(role: Role, right: Right) -> bool:
    """Whether `role` has `right`."""
    return right in RIGHTS[role]


def require(role: Role, right: Right) -> None:
    """Raise `NotAllowed`, naming the roles that may, unless `role` has `right`."""
    if not may(role, right):
        raise NotAllowed(right.value, tuple(r.value for r in Role if may(r, right)))
