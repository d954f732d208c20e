"""Whether training in date opens access to people's data: off until the branch wants it (S1 §23, §31; S0 l.5)."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.services.session import GATE, Session


def is_on(session: Session) -> bool:
    """Whether training gates access."""
    return session.desk.setting(GATE) == "yes"


def set_on(session: Session, on: bool) -> None:
    """Let training gate access, or not. An officer counts as trained by an entry of Training in their name, done and in date."""
    from dpdesk.store import settings
    session.require(Right.DESK_SETTINGS)
    before, after = session.desk.setting(GATE), "yes" if on else ""
    with session.change("duties.gate_set") as unit:
        settings.put(unit.connection, **{GATE: after})
        unit.about("desk", session.desk_id)
        unit.record("desk", session.desk_id, {"training_gates": before}, {"training_gates": after})
        unit.facts(on=on)
    session.refresh()
