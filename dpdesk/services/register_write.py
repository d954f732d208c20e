"""Writes the plan of a file of the register within one unit of work, keeps the file, and says which registers it replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dpdesk.domain.copies import OF_THE_REGISTER, CopyKind
from dpdesk.domain.register_files import FileKind, FileState, RegisterFile
from dpdesk.services import copies
from dpdesk.services import register_lists as lists
from dpdesk.services.imports_rows import Pace
from dpdesk.services.register_plan import Plan
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr


class Writer:
    """Writes within a unit of work."""

    def __init__(self, session: Session, unit, pace: Pace) -> None:
        self._session, self._unit, self._pace = session, unit, pace
        self._done = 0
        pace.at(0)

    def _step(self, count: int) -> None:
        self._done += count
        self._pace.at(self._done)

    def write(self, plan: Plan | lists.Plan, file: RegisterFile, path: Path) -> tuple[str, int]:
        """(the copy of the file, how many registers it replaced)."""
        from dpdesk.store import register_files
        people = self._list(plan, file) if isinstance(plan, lists.Plan) else self._electors(plan, file)
        source = self._source(file, path, people)
        register_files.add(self._unit.connection, replace(file, source=source))
        replaced = self._supersede(file)
        supply = file.supply
        self._unit.record("register_file", file.id, {}, {
            "file": file.file, "supplier": supply.supplier, "supplied_on": supply.supplied_on, "destroy_by": supply.destroy_by,
            "area": supply.area})
        self._unit.facts(**{code: n for code, n in plan.counts.__dict__.items() if n}, kind=file.kind.value, layout=file.layout,
                         entitlement=supply.entitlement.value, permitted=supply.permitted.value, year=supply.year)
        return source, replaced

    def _electors(self, plan: Plan, file: RegisterFile) -> list[str]:
        """Write electors; returns the identities of those the file brought or changed."""
        from dpdesk.store import electors_write as store
        unit, seq = self._unit, self._unit.seq
        digest = unit.values_digest()
        touched = [*(each.old.row for each in plan.changes), *plan.same, *(each.row for each in plan.ended)]
        store.keep_before(unit.connection, touched, seq)
        update = file.kind is FileKind.UPDATE
        register = self._home_register(seq) if update else seq
        store.end(unit.connection, [each.row for each in plan.ended], seq, self._step)
        for stays in (True, False):  # who comes back in an update belongs to the register of today; others keep theirs
            changes = [(each.old.row, each.values, each.words) for each in plan.changes if (update and not each.old.gone) is stays]
            store.change(unit.connection, changes, register, seq, digest, self._step, keep_register=stays)
        store.stand_in(unit.connection, plan.same, seq)
        ids = store.add(unit.connection, plan.new, register, seq, digest, self._step) if plan.coming else []
        digest.update("\x1f".join(each.id for each in plan.ended).encode())
        unit.commit_to(digest.digest())
        self._numbers(plan, ids)
        return [*ids, *(each.old.id for each in plan.changes)]

    def _home_register(self, seq: int) -> int:
        """The register that what an update adds belongs to: the newest full one in force."""
        from dpdesk.store import register_files
        return max(register_files.standing(self._unit.connection, (FileKind.FULL,), seq), default=seq)

    def _numbers(self, plan: Plan, ids: list[str]) -> None:
        from dpdesk.store import register_files
        connection, seq = self._unit.connection, self._unit.seq
        years = register_files.years(connection)
        register_files.add_numbers(connection, seq, [(each.old.id, *each.old.key, years.get(each.old.register, 0))
                                                     for each in plan.changes if each.renumbered])
        register_files.add_follows(connection, seq, [(old.id, ids[place], score, reasons) for place, old, score, reasons in plan.follows])

    def _list(self, plan: lists.Plan, file: RegisterFile) -> list[str]:
        from dpdesk.store import register_files
        connection, seq = self._unit.connection, self._unit.seq
        day = file.supply.polling_day
        register_files.replace_list(connection, file.kind, [day] if file.kind is FileKind.MARKED else plan.ways, plan.districts, seq)
        rows = [(person, day, mark) if file.kind is FileKind.MARKED else (person, mark) for person, mark in plan.entries]
        register_files.add_list(connection, file.kind, seq, rows)
        self._step(len(rows))
        return [person for person, _ in plan.entries]

    def _source(self, file: RegisterFile, path: Path, people: list[str]) -> str:
        leaving = copies.Leaving(CopyKind.SOURCE, path, path.name, tr("Brought in; not needed any more"))
        return copies.noted(self._session, self._unit, leaving, people, copies.judge(path, CopyKind.SOURCE), file.digest).id

    def _supersede(self, file: RegisterFile) -> int:
        """Mark what this file replaces: registers none of whose numbers is left, and the updates to them. Lists of electors that were
        written before are to be destroyed (S1 §19).
        """
        from dpdesk.store import copies as store_copies
        from dpdesk.store import register_files
        connection, seq = self._unit.connection, self._unit.seq
        if file.kind is not FileKind.FULL:
            return 0
        empty = [each for each in register_files.empty_registers(connection) if each != seq]
        if empty and not [each for each in register_files.standing(connection, (FileKind.FULL,), seq) if each not in empty]:
            empty += register_files.standing(connection, (FileKind.UPDATE,), seq)
        register_files.end(connection, empty, FileState.SUPERSEDED, seq)
        if due := store_copies.made_due(connection, today().isoformat(), seq, OF_THE_REGISTER):
            self._unit.facts(copies_due=len(due))
        if empty:
            self._unit.facts(superseded=len(empty))
        return len(empty)
