"""Lists that came in: each is kept, a newer whole list replaces the earlier ones, and one can be taken back whole."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import NotFound, RollBackRefused
from dpdesk.domain.imports import ImportState, KeptImport, WholeList
from dpdesk.domain.roles import Right
from dpdesk.services import copies
from dpdesk.services.dates import british
from dpdesk.services.imports_rows import Pace, unswept
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.services.imports import Preview, Result
    from dpdesk.store.unit import Unit

SHOWN = 200


@dataclass(frozen=True)
class Dependent:
    """Somebody because of whom a list cannot be taken back: `codes` such as "edited", "note", "consent", "gone"."""

    person: str
    name: str
    codes: tuple[str, ...]


@dataclass
class RollBack:
    """What taking a list back would do: people it takes out, records it puts back, and what stands in the way."""

    kept: KeptImport
    new: list[int] = field(default_factory=list)
    back: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    dependents: list[Dependent] = field(default_factory=list)
    depending: int = 0

    @property
    def possible(self) -> bool:
        """Whether nothing depends on the list and its values are still kept."""
        return self.kept.state is ImportState.APPLIED and not self.depending


def keep(session: Session, unit: Unit, result: Result, shown: Preview, people: list[str]) -> str:
    """Within the unit of an import: keep it, and put its file, which holds `people`, on the list of copies; that copy's identity."""
    from dpdesk.store import list_imports
    from dpdesk.store.copies import digest_of
    path = shown.draft.table.path
    leaving = copies.Leaving(CopyKind.SOURCE, path, path.name, tr("Brought in; not needed any more"))
    digest = digest_of(path)
    source = copies.noted(session, unit, leaving, people, copies.judge(path, CopyKind.SOURCE), digest)
    list_imports.add(unit.connection, KeptImport(result.import_id, unit.seq, shown.draft.path_name, shown.whole is not None,
                                                 result.counts, ImportState.APPLIED, source.id), digest)
    return source.id


def supersede(session: Session, unit: Unit) -> dict[str, int]:
    """Within the unit of a whole list: earlier lists' snapshots are erased, their copies due today (S1 §27.8; S3 l.21)."""
    from dpdesk.store import list_imports
    older = list_imports.standing(unit.connection, unit.seq)
    if older:
        list_imports.erase_values(unit.connection, older)
        list_imports.end(unit.connection, older, ImportState.SUPERSEDED, unit.seq)
    return {"superseded": len(older), "copies_due": copies.newer_list(session, unit)}


def newer_than(connection, whole: WholeList | None) -> str:
    """The day of the whole list in force where `whole` speaks of an earlier one, and so does not replace it; else ""."""
    from dpdesk.store import list_imports
    newest = list_imports.newest_whole(connection) if whole is not None else ""
    return newest if whole is not None and newest > whole.day else ""


def file_day(path: Path) -> str:
    """The day a file was last written (ISO), which a list most likely speaks of; today where the file is not there."""
    with contextlib.suppress(OSError):
        return british(datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()).date().isoformat()
    return today().isoformat()


def listing(session: Session) -> list[KeptImport]:
    """Every list that came in, newest first."""
    from dpdesk.store import list_imports, officers
    session.require(Right.MEMBERS_SEE)
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        return [replace(each, officer=names.get(officer, "")) for each, officer in list_imports.listing(connection)]


def plan(session: Session, import_id: str) -> RollBack:
    """What taking a list back would do; raises `NotFound`."""
    session.require(Right.MEMBERS_IMPORT)
    kept = next((each for each in listing(session) if import_id in (each.id, str(each.seq))), None)
    if kept is None:
        raise NotFound("import", import_id)
    with session.desk.read() as connection:
        return _plan(connection, kept)


def _plan(connection, kept: KeptImport) -> RollBack:
    from dpdesk.store import list_imports
    found, why, names = RollBack(kept), {}, {}

    def depends(person: str, code: str) -> None:
        why.setdefault(person, {})[code] = True

    if kept.state is ImportState.APPLIED:
        for row, person, changed, name in list_imports.brought(connection, kept.seq):
            found.new.append(row)
            names[person] = name
            if changed != kept.seq:
                depends(person, "edited")
        _values_back(connection, kept.seq, found, depends, names)
        for person, code in list_imports.depending(connection, kept.seq):
            depends(person, code)
    found.depending = len(why)
    found.dependents = [Dependent(person, names.get(person, ""), tuple(codes)) for person, codes in list(why.items())[:SHOWN]]
    return found


def _values_back(connection, seq: int, found: RollBack, depends: Callable[[str, str], None], names: dict[str, str]) -> None:
    """The values to put back, person by person; whoever was changed since depends on the list."""
    from dpdesk.store import list_imports, members
    changes: dict[str, dict[str, list]] = {}
    for person, change in list_imports.changes_of(connection, seq):
        if change is None:
            depends(person, "erased")
        else:
            changes.setdefault(person, {}).update({code: pair for code, pair in change.items() if code != "stop"})
    wanted = {person: change for person, change in changes.items() if change}
    there = {person.id: person for person in members.by_ids(connection, list(wanted))}
    for person, change in wanted.items():
        now = there.get(person)
        if now is None:
            depends(person, "gone")
            continue
        names[person] = now.name
        if any(getattr(now, code) != after for code, (_, after) in change.items()):
            depends(person, "edited")
        else:
            found.back.append((person, {code: str(before or "") for code, (before, _) in change.items()}))


def roll_back(session: Session, import_id: str, progress: Callable[[int, int], None] | None = None,
              cancelled: Callable[[], bool] | None = None) -> RollBack:
    """Take a list back whole, in one transaction; raises `RollBackRefused` where something depends on it.

    Opt-outs that the list brought stay: taking a list back never lets anybody write to a person who said no.
    """
    from dpdesk.store import imports as people
    from dpdesk.store import list_imports, members
    asked = plan(session, import_id)
    with unswept(), session.change("members.rolled_back") as unit:
        found = _plan(unit.connection, asked.kept)
        if not found.possible:
            raise RollBackRefused(found.kept.state.value if found.kept.state is not ImportState.APPLIED else "depending",
                                  found.depending)
        pace, done = Pace(len(found.new) + len(found.back), progress, cancelled), [0]

        def step(count: int) -> None:
            done[0] += count
            pace.at(done[0])
        pace.at(0)
        there = {person.id: person for person in members.by_ids(unit.connection, [person for person, _ in found.back])}
        for person, values in found.back:
            unit.record("member", person, {code: getattr(there[person], code) for code in values}, values)
        people.change_people(unit.connection, [(there[person].row, there[person].values(), values) for person, values in found.back],
                             unit.seq, step)
        list_imports.take_out(unit.connection, found.kept.seq, found.new, step)
        list_imports.end(unit.connection, [found.kept.seq], ImportState.ROLLED_BACK, unit.seq)
        unit.about("import", found.kept.id)
        unit.facts(import_seq=found.kept.seq, new=len(found.new), changed=len(found.back))
    return found
