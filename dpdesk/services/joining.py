"""A contact who joins becomes a member, and a member who leaves but is still known a contact: the same record either way.

History, stops, consents, capacities and enquiries stay where they are; `members.undo` takes either back.
"""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind, Member
from dpdesk.domain.roles import Right
from dpdesk.services import capacities, members
from dpdesk.services.capacities import Given
from dpdesk.services.session import Session

LEFT_BEHIND = ("status", "membership_type", "joined_on", "renewal_on")
"""What goes with a membership. The number stays: by it a stop, and the next list, recognise them."""


def join(session: Session, person: str, values: Mapping[str, str]) -> Member:
    """Make a member of a contact, with a status and what else is known of the membership; raises `Invalid`."""
    session.require(Right.MEMBERS_EDIT)
    now = members.get(session, person)
    if now.kind is Kind.MEMBER:
        raise Invalid({"kind": "already_so"})
    clean = members.checked(session, Kind.MEMBER, {**now.values(), **values}, now.id)
    changed = {code: value for code, value in clean.items() if value != getattr(now, code)}
    return members.store_changed(session, "member.joined", now, {"kind": Kind.MEMBER.value, **changed})


def leave(session: Session, person: str, given: Given | None = None) -> Member:
    """Make a contact of a member; where they hold no capacity, `given` says in which they stay known. Raises `Invalid`."""
    session.require(Right.MEMBERS_EDIT)
    now = members.get(session, person)
    if now.kind is Kind.CONTACT:
        raise Invalid({"kind": "already_so"})
    if given is not None:
        capacities.add(session, person, given)
    elif not members.row(session, person).capacities:
        raise Invalid({"capacity": "capacity_missing"})
    left = {code: "" for code in LEFT_BEHIND if getattr(now, code)}
    return members.store_changed(session, "member.left", now, {"kind": Kind.CONTACT.value, **left})
