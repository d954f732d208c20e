"""What needs doing today: real items only, most urgent first."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from dpdesk.domain.officers import Standing
from dpdesk.domain.roles import Right
from dpdesk.services import audit, settings
from dpdesk.services.session import Session, today
from dpdesk.services.today_item import Item

__all__ = ["Item", "items"]

CAPABILITIES = (  # modules with `items(session)`, one line each
    "device_today",
    "duties_today",
    "results_today",
    "retention_today",
    "sessions_today",
    "scans_today",
    "transfers_today",
)
VERIFY_EVERY_DAYS = 7
ENDING_WITHIN_DAYS = 14


def items(session: Session) -> list[Item]:
    """Everything that needs this officer, by urgency."""
    found = [*_acknowledgement(session), *_place(session), *_backup(session), *_log(session), *_officers(session), *_recovery(session),
             *_copies(session), *_enquiries(session), *_consents(session), *_replies(session), *_post(session), *_register(session),
             *_capabilities(session), *_drafts(session), *_empty(session)]
    return sorted(found, key=lambda item: (item.urgency, item.code))


def _acknowledgement(session: Session) -> list[Item]:
    if session.acknowledged:
        return []
    return [Item("policy_to_read", 0, "settings", {"policy": session.policy.name, "version": session.policy.version})]


def _place(session: Session) -> list[Item]:
    from dpdesk.store.place import warnings
    return [Item("place_unsafe", 0, "settings", {"place": code}) for code in warnings(session.folder)]


def _backup(session: Session) -> list[Item]:
    from dpdesk.services import backups
    if not (session.may(Right.DESK_BACKUP) and session.acknowledged):
        return []
    days = backups.days_since(session)
    if days is None:
        return [Item("backup_never", 1, "backups")]
    return [Item("backup_due", 1, "backups", {"days": days})] if days >= session.policy.backup_every_days else []


def _log(session: Session) -> list[Item]:
    if not session.may(Right.AUDIT_SEE):
        return []
    at = audit.last_verified(session)
    if not at:
        return [Item("audit_never_verified", 2, "audit")]
    days = (today() - date.fromisoformat(at[:10])).days
    return [Item("audit_long_ago", 1, "audit", {"days": days})] if days >= VERIFY_EVERY_DAYS else []


def _officers(session: Session) -> list[Item]:
    from dpdesk.store import officers
    if not session.may(Right.OFFICERS_SEE):
        return []
    with session.desk.read() as connection:
        everybody = officers.listing(connection)
    found = []
    for each in everybody:
        if each.standing is Standing.REMOVED or each.ends_on is None:
            continue
        left = (each.ends_on - today()).days
        if left < 0 and session.may(Right.OFFICERS_MANAGE):
            found.append(Item("access_ended", 1, "officers", {"name": each.name, "on": each.ends_on.isoformat()}))
        elif 0 <= left <= ENDING_WITHIN_DAYS:
            found.append(Item("access_ends_soon", 1, "officers", {"name": each.name, "on": each.ends_on.isoformat()}))
    return found


def _recovery(session: Session) -> list[Item]:
    if not session.may(Right.OFFICERS_MANAGE) or any(s.kind == "recovery" for s in session.desk.header.slots):
        return []
    return [Item("no_recovery_key", 0, "settings")]


def _copies(session: Session) -> list[Item]:
    from dpdesk.services import copies
    count = copies.count_due(session) if session.acknowledged else 0
    return [Item("copies_due", 0, "copies", {"count": count})] if count else []


def _enquiries(session: Session) -> list[Item]:
    from dpdesk.services import enquiries_due
    if not (session.may(Right.MEMBERS_EDIT) and session.acknowledged):
        return []
    expired, reviews = enquiries_due.counts(session)
    found = [Item("enquiries_expired", 0, "enquiries", {"count": expired})] if expired and session.may(Right.MEMBERS_ERASE) else []
    return [*found, Item("holds_due", 0, "enquiries", {"count": reviews})] if reviews else found


def _consents(session: Session) -> list[Item]:
    from dpdesk.services import sharing
    if not (session.may(Right.MEMBERS_EDIT) and session.acknowledged):
        return []
    found = sharing.ending(session)
    if not found:
        return []
    purpose, kind = max(sorted(found), key=lambda each: found[each])
    return [Item("consents_ending", 2, "sharing", {"count": sum(found.values()), "purpose": purpose, "kind": kind})]


def _replies(session: Session) -> list[Item]:
    from dpdesk.services import replies
    if not (session.may(Right.STOPS_ADD) and session.acknowledged):
        return []
    count = replies.waiting(session)
    return [Item("replies_waiting", 0, "replies", {"count": count})] if count else []


def _post(session: Session) -> list[Item]:
    from dpdesk.services import post_desk
    if not session.acknowledged:
        return []
    found = post_desk.waiting(session)
    counts = (("post_approval", 0, found.approval), ("post_unknown", 0, found.unknown), ("post_paused", 1, found.paused),
              ("post_drafts", 2, found.drafts))
    return [Item(code, urgency, "post_outbox", {"count": n}) for code, urgency, n in counts if n]


def _register(session: Session) -> list[Item]:
    """Old registers to destroy (S1 §19), and pairs of electors to confirm."""
    from dpdesk.services import register_files, register_follows
    if not (session.may(Right.REGISTER_IMPORT) and session.acknowledged):
        return []
    due, pairs = len(register_files.due(session)), register_follows.waiting(session)
    return [*([Item("registers_due", 0, "register_files", {"count": due})] if due else []),
            *([Item("electors_uncertain", 2, "register_follows", {"count": pairs})] if pairs else [])]


def _drafts(session: Session) -> list[Item]:
    kept = settings.jotting_keys(session, "draft:")
    return [Item("draft_kept", 2, "members", {"count": len(kept), "keys": tuple(kept)})] if kept else []


def _capabilities(session: Session) -> list[Item]:
    return [item for name in CAPABILITIES for item in import_module(f"dpdesk.services.{name}").items(session)]


def _empty(session: Session) -> list[Item]:
    from dpdesk.services import members
    if not (session.may(Right.MEMBERS_IMPORT) and session.acknowledged):
        return []
    counts = members.counts(session)
    return [] if counts.members or counts.contacts else [Item("no_members_yet", 1, "members")]
