"""What files of the register changed about one elector, the newest first, as far as the registers it came from are not destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dpdesk.domain.electors import VALUES, ElectorNumber
from dpdesk.domain.roles import Right
from dpdesk.services.session import Session

TOLD = tuple(code for code in VALUES if code not in ("district", "number", "suffix", "kind"))


@dataclass(frozen=True)
class Change:
    """One change: the instant (UTC), the kind of file, what happened (came, changed, left, back), and fields as (before, after)."""

    at: str
    seq: int
    kind: str
    what: str
    fields: Mapping[str, tuple[str, str]]


def of(session: Session, elector: str) -> list[Change]:
    """Changes of an elector, by identity or number; raises `NotFound`, also for one too young to be shown."""
    from dpdesk.services import electors
    from dpdesk.store import electors_before
    session.require(Right.REGISTER_SEE)
    now = electors.get(session, elector).row.elector
    with session.desk.read() as connection:
        states = electors_before.states(connection, now.id)
        when = electors_before.files(connection, [now.added, *(seq for seq, _state in states)])
    later = [*(state for _seq, state in states[1:]), now]
    found = []
    for (seq, before), after in zip(states, later, strict=False):
        fields = {code: (str(getattr(before, code)), str(getattr(after, code))) for code in TOLD
                  if getattr(before, code) != getattr(after, code)}
        if before.key != after.key:
            fields["number"] = (str(ElectorNumber(*before.key)), str(ElectorNumber(*after.key)))
        what = "left" if after.gone and not before.gone else "back" if before.gone and not after.gone else "changed"
        if fields or what != "changed":
            found.append(_change(when, seq, what, fields))
    if now.added in when:
        found.insert(0, _change(when, now.added, "came", {}))
    return sorted(found, key=lambda each: each.seq, reverse=True)


def _change(when: Mapping[int, tuple[str, str]], seq: int, what: str, fields: Mapping[str, tuple[str, str]]) -> Change:
    at, kind = when.get(seq, ("", ""))
    return Change(at, seq, kind, what, fields)
