"""The people an entry is about, by name and where their record is: members and contacts, and electors of the register."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.services import duties
from dpdesk.services.session import Session


def names(session: Session, identity: str, limit: int) -> list[tuple[str, str, str]]:
    """(identity, name, page of their record) of at most `limit` of them, as far as this officer may see; who is gone is left out."""
    from dpdesk.services import electors
    from dpdesk.store import electors as register
    from dpdesk.store import members as store
    linked = duties.people(session, identity)[:limit]
    found: dict[str, tuple[str, str, str]] = {}
    if session.may(Right.MEMBERS_SEE):
        with session.desk.read() as connection:
            found = {each.id: (each.id, each.name, each.kind.value) for each in store.by_ids(connection, linked)}
    if session.may(Right.REGISTER_SEE):
        with session.desk.read() as connection:
            found |= {each.id: (each.id, each.name, "elector") for each in register.by_ids(
                connection, [each for each in linked if each not in found], electors.shown_born_by(session))}
    return [found[each] for each in linked if each in found]
