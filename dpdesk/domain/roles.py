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
_TRANSFERS = {Right.TRANSFERS_SEE, Right.TRANSFERS_SEND, Right.TRANSFERS_RECEIVE, Right.CARDS_MANAGE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ACCOUNTABLE: frozenset(Right),
    Role.DPO: frozenset({Right.MEMBERS_SEE, Right.STOPS_ADD, Right.OFFICERS_SEE, Right.AUDIT_SEE,
                         Right.AUDIT_EXPORT, Right.NOTES_STRICT, Right.DESK_BACKUP, Right.COPIES_SEE,
                         Right.POST_SEE, Right.POST_APPROVE, Right.REGISTER_SEE, Right.TRANSFERS_SEE}),
    Role.SECRETARY: frozenset(_KEEPS | _PASSES_ON | _WRITES | _TRANSFERS | {Right.AUDIT_SEE, Right.NOTES_STRICT, Right.REGISTER_SEE,
                                                                            Right.DESTINATIONS_MANAGE}),
    Role.MEMBERSHIP: frozenset(_KEEPS | _PASSES_ON | _WRITES | _TRANSFERS | {Right.MEMBERS_IMPORT, Right.AUDIT_SEE}),
    Role.CANVASS_LEAD: frozenset(_TRANSFERS | {Right.REGISTER_SEE, Right.REGISTER_IMPORT}),
    Role.RESPONSIBLE: frozenset(),
    Role.DATA_ENTRY: frozenset(_SEES | {Right.MEMBERS_EDIT}),
    Role.AUDITOR: frozenset({Right.AUDIT_SEE, Right.AUDIT_EXPORT, Right.OFFICERS_SEE, Right.COPIES_SEE, Right.POST_SEE,
                             Right.TRANSFERS_SEE}),
}


def may(role: Role, right: Right) -> bool:
    """Whether `role` has `right`."""
    return right in RIGHTS[role]


def require(role: Role, right: Right) -> None:
    """Raise `NotAllowed`, naming the roles that may, unless `role` has `right`."""
    if not may(role, right):
        raise NotAllowed(right.value, tuple(r.value for r in Role if may(r, right)))
