"""Changing a field of many people at once: which fields, and who is left as they are and why.

Fields that say who a person is or where they are reached are changed one person at a time: a slip there would send
somebody's post to another.
"""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.domain.members import Kind, Member, Status

FIELDS = ("ward", "branch", "membership_type", "status", "town", "title", "joined_on", "renewal_on")
NEEDED = ("status",)  # may be changed, never taken away
REASONS = ("contact_status", "deceased", "before_birth", "gone")


def changes_of(person: Member, values: Mapping[str, str]) -> dict[str, str]:
    """What would change of a person."""
    return {code: value for code, value in values.items() if getattr(person, code) != value}


def refusal(person: Member, changes: Mapping[str, str]) -> str:
    """Why a person is left as they are, "" where nothing stands against the change.

    Nobody comes back to life by a bulk edit, and a contact has no status.
    """
    if "status" in changes:
        if person.kind is Kind.CONTACT:
            return "contact_status"
        if person.status == Status.DECEASED:
            return "deceased"
    joined = changes.get("joined_on", "")
    return "before_birth" if joined and person.date_of_birth and joined < person.date_of_birth else ""
