"""Writes the plan of a list within one unit of work: new people, changes, stops, consents, and who has left."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dpdesk.domain.contacting import ALL_CHANNELS, StopReason, ends_on
from dpdesk.domain.members import Status
from dpdesk.services.imports_plan import Known, Plan
from dpdesk.services.imports_rows import Pace
from dpdesk.services.session import Session, today


class Writer:
    """Writes a plan within a unit of work."""

    def __init__(self, session: Session, unit, plan: Plan, headers: Mapping[str, str], evidence: str, pace: Pace) -> None:
        self._session, self._unit, self._plan, self._pace = session, unit, plan, pace
        self._headers, self._evidence = headers, evidence
        self._done = 0
        self._day = today().isoformat()

    def _step(self, count: int) -> None:
        self._done += count
        self._pace.at(self._done)

    def write(self) -> list[str]:
        """New people, changes, stops, consents; returns the identities of everybody on the list."""
        ids = self._people()
        self._back_from_archive()
        self._stops()
        self._consents(ids)
        return [*self._plan.listed, *ids]

    def _people(self) -> list[str]:
        from dpdesk.store import imports as store
        unit, plan = self._unit, self._plan
        digest = unit.values_digest()
        ids = store.add_people(unit.connection, plan.new, plan.names, plan.mails, unit.seq, digest,
                               self._step) if plan.names else []
        if ids:
            unit.commit_to(digest.digest())
        for person in plan.changes:
            unit.record_change("member", person.id, person.changed,
                               {code: [person.before[code], value] for code, value in person.changed.items()})
        store.change_people(unit.connection, [(p.row, p.before, p.changed) for p in plan.changes], unit.seq, self._step)
        return ids

    def _back_from_archive(self) -> None:
        from dpdesk.store import archive
        archive.take_back(self._unit.connection, self._plan.returning)
        for person in self._plan.returning:
            self._unit.record("member", person, {"archived": self._day}, {"archived": ""})

    def _stops(self) -> None:
        from dpdesk.store.stops import NewStop, Stops
        unit, plan = self._unit, self._plan
        stops = Stops(unit.connection, self._session.desk.key("stops"))
        source = f"list of {self._day}"
        added = stops.add((NewStop(values, channel, StopReason.DO_NOT_CONTACT if channel == ALL_CHANNELS
                                   else StopReason.OPT_OUT, self._day, source) for values, channel, _ in plan.stops),
                          unit.seq)
        for stop_id, (_, channel, person) in zip(added, plan.stops, strict=True):
            if person is not None:
                stops.extend(stop_id, person.before)
                unit.record_change("member", person.id, ("stop",), {"stop": [None, channel]})
                self._withdraw(person, channel)
        for stop_id, values in plan.follow:
            stops.extend(stop_id, values)

    def _withdraw(self, person: Known, channel: str) -> None:
        """A stop ends the standing consents for its channel."""
        from dpdesk.store import contacting
        contacting.withdraw_stopped(self._unit.connection, person.id, channel, self._day)

    def _consents(self, ids: list[str]) -> None:
        from dpdesk.store import imports as store
        store.add_consents(self._unit.connection, (
            (ids[person] if isinstance(person, int) else person, channel, self._headers.get(channel, ""))
            for person, channel in self._plan.consents), self._day, self._evidence, self._unit.seq,
            ends_on(self._day, self._session.policy.consent_lasts_months))

    def lapse(self, wanted: Collection[str]) -> int:
        """Mark those missing from a whole list as lapsed, of them only whom the officer confirmed; how many."""
        from dpdesk.store import imports as store
        from dpdesk.store import members
        rows = [each.row for each in self._plan.missing if each.id in wanted]
        changed = {"status": Status.LAPSED.value}
        people = members.page(self._unit.connection, rows)
        for person in people:
            self._unit.record("member", person.id, {"status": person.status}, changed)
        store.change_people(self._unit.connection, [(p.row, p.values(), changed) for p in people], self._unit.seq, self._step)
        return len(people)
