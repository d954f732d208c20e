"""A person's data for another controller: what they gave, in a documented, machine-readable shape (S1 §13.9-13.10; UK GDPR Art 20)."""

from __future__ import annotations

import json
from pathlib import Path

from dpdesk.domain.contacting import Method
from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services import copies
from dpdesk.services.copies import Leaving
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

FORMAT = "dpdesk.person/1"


def data(session: Session, person: str) -> dict[str, object]:
    """What a person gave the branch, by the codes the guide documents: fields, consents, permissions, capacities, enquiries."""
    from dpdesk.services import members
    from dpdesk.store import capacities, contacting, enquiries
    session.require(Right.SUBJECT_PACK)
    who = members.get(session, person)
    with session.desk.read() as connection:
        given = [{"channel": each.channel.value, "given_on": each.given_on, "method": each.method.value, "wording": each.wording,
                  "expires_on": each.expires_on, "withdrawn_on": each.withdrawn_on}
                 for each in contacting.consents(connection, person) if each.method is not Method.IMPORTED]
        shared = [{"body": each.body, "given_on": each.given_on, "wording": each.wording, "expires_on": each.expires_on,
                   "withdrawn_on": each.withdrawn_on} for each in contacting.sharings(connection, person)]
        held = [{"capacity": each.capacity.value, "since": each.since, "until": each.until, "detail": each.detail}
                for each in capacities.of(connection, person)]
        asked = [{"asked_on": each.asked_on, "way": each.channel.value, "handle": each.handle, "place": each.place, "query": each.query}
                 for each in enquiries.of(connection, person)]
    return {"format": FORMAT, "made_on": today().isoformat(), "controller": {"branch": session.branch, "party": session.policy.name},
            "person": {"kind": who.kind.value, **{code: value for code, value in who.values().items() if value}},
            "consents": given, "permissions": shared, "capacities": held, "enquiries": asked}


def write(session: Session, person: str, path: Path, *, accepted: str = "") -> Copy:
    """Write it as JSON through the copies door."""
    made = json.dumps(data(session, person), ensure_ascii=False, indent=1).encode()
    leaving = Leaving(CopyKind.PORTABLE, path, tr("Data of one person, for another controller"), tr("Their own request"), accepted=accepted)
    with copies.door(session, leaving) as out:
        out.write(made)
        return out.note("subject.portable", [person])
