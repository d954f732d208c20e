"""Bringing in a membership list: look at it, preview what it would do, then do exactly that in one transaction.

Nothing is written before `apply`; cancelled or failed, nothing is half done. No import can lift or hide a stop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from dpdesk.domain.errors import ImportRefused, Unreadable
from dpdesk.domain.ids import new_id
from dpdesk.domain.import_headers import normal, preset_of, propose
from dpdesk.domain.imports import TARGETS, Counts, ErasedBefore, Missing, RefusedRow, WholeList, check_mapping
from dpdesk.domain.roles import Right
from dpdesk.files.tables import Table, read_table
from dpdesk.services import imports_kept as kept
from dpdesk.services.imports_plan import Plan, Planner
from dpdesk.services.imports_rows import BATCH, Pace, Progress, Reader, Stopper, unswept
from dpdesk.services.imports_write import Writer
from dpdesk.services.session import Session, today

SAMPLE = 5
SAMPLE_CHANGES = 20


@dataclass(frozen=True)
class Draft:
    """A list that was looked at: what its columns could become. `sample` are its first rows, blank
    where a column is refused."""

    path_name: str
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    mapping: Mapping[int, str]
    preset: str
    refused_columns: Mapping[int, tuple[str, str]]
    encoding: str
    delimiter: str
    sheet: str
    row_count: int
    remembered: bool
    notes: tuple[str, ...]
    table: Table


@dataclass(frozen=True)
class Change:
    """One member as the list would change them: field code -> (before, after)."""

    person: str
    name: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """What bringing the list in would do. `problems_by_kind` counts refusals and remarks by code.

    `newer` is the day of the whole list in force, where that is later than this one's: this one cannot replace it. `back` are
    the lines of people erased before whom the officer takes in all the same.
    """

    counts: Counts
    refused: tuple[RefusedRow, ...]
    problems_by_kind: Mapping[str, int]
    sample_changes: tuple[Change, ...]
    draft: Draft
    mapping: Mapping[int, str]
    leave_out: bool
    plan: Plan
    whole: WholeList | None = None
    newer: str = ""
    back: frozenset[int] = frozenset()

    @property
    def missing(self) -> list[Missing]:
        """Standing members a whole list does not name."""
        return self.plan.missing

    @property
    def erased(self) -> list[ErasedBefore]:
        """New people of the list who were erased here, those in `back` among them."""
        return self.plan.erased


@dataclass(frozen=True)
class Result:
    """How it ended: the import's identity and the number of its entry in the audit log.

    `source` is the file on the list of copies; `lapsed` were missing and are lapsed; `copies_due` are to be destroyed today.
    """

    import_id: str
    counts: Counts
    seq: int
    source: str = ""
    lapsed: int = 0
    superseded: int = 0
    copies_due: int = 0


def targets() -> tuple[str, ...]:
    """All a column may become, in the order they are offered."""
    return TARGETS


def open_list(session: Session, path: Path, *, cancelled: Stopper = None) -> Draft:
    """Look at the list in a file; raises `Unreadable`."""
    session.require(Right.MEMBERS_IMPORT)
    with unswept():
        table = read_table(Path(path))
        pace, rows = Pace(0, None, cancelled), table.rows()
        sample = [(*cells, *[""] * len(table.headers))[:len(table.headers)] for _, cells in islice(rows, SAMPLE)]
        count = len(sample)
        while more := sum(1 for _ in islice(rows, BATCH)):
            count += more
            pace.at(0)
    refused = {column: (found.kind.value, found.clause) for column, header in enumerate(table.headers)
               if (found := session.policy.refusal_for(header)) is not None}
    preset = preset_of(table.headers)
    mapping = propose(table.headers, preset)
    refused = {column: why for column, why in refused.items() if not mapping[column].startswith("stop:")}
    mapping |= dict.fromkeys(refused, "")
    shown = tuple(tuple("" if column in refused else cell for column, cell in enumerate(cells)) for cells in sample)
    remembered = _remembered(session, table.headers, mapping, refused)
    return Draft(table.name, table.headers, shown, remembered or mapping, preset, refused, table.encoding,
                 table.delimiter, table.sheet, count, remembered is not None, table.notes, table)


def _memory_key(headers: tuple[str, ...]) -> str:
    joined = "\x1f".join(sorted(map(normal, headers)))
    return "import:" + hashlib.sha256(joined.encode()).hexdigest()[:32]


def _remembered(session: Session, headers: tuple[str, ...], mapping: Mapping[int, str],
                refused: Mapping[int, tuple[str, str]]) -> dict[int, str] | None:
    """The mapping the officer used last for these headers, where it may still be used."""
    from dpdesk.services.settings import jotting
    kept = jotting(session, _memory_key(headers))
    if not isinstance(kept, dict):
        return None
    found = {column: kept.get(normal(header), mapping[column]) for column, header in enumerate(headers)}
    try:
        check_mapping(headers, found, refused)
    except ImportRefused:
        return None
    return found


def preview(session: Session, draft: Draft, mapping: Mapping[int, str] | None = None, progress: Progress = None,
            cancelled: Stopper = None, *, leave_out: bool = False, whole: WholeList | None = None,
            back: Collection[int] = ()) -> Preview:
    """What would happen; raises `ImportRefused` for a mapping that cannot be followed, `Unreadable` for a broken list.

    With `leave_out` a row whose phone, address or day cannot be read comes in without that value. Of a `whole` list it is
    told who is missing from it. Who was erased here on request stays out but for the lines in `back`.
    """
    session.require(Right.MEMBERS_IMPORT)
    chosen = dict(draft.mapping if mapping is None else mapping)
    with unswept(), session.desk.read() as connection:
        plan = _plan(session, connection, draft, chosen, leave_out, Pace(draft.row_count, progress, cancelled), whole, back)
        newer = kept.newer_than(connection, whole)
    return replace(_shown(draft, chosen, leave_out, plan), whole=whole, newer=newer, back=frozenset(back))


def _plan(session: Session, connection, draft: Draft, mapping: Mapping[int, str], leave_out: bool, pace: Pace,
          whole: WholeList | None, back: Container[int] = ()) -> Plan:
    from dpdesk.store.imports import last_seq
    check_mapping(draft.headers, mapping, draft.refused_columns)
    head, day = last_seq(connection), today()
    try:
        incoming = Reader(draft.headers, mapping, day, leave_out=leave_out).read(draft.table.rows(), pace)
    except Unreadable as problem:
        if problem.reason == "changed":
            raise ImportRefused("list_changed") from problem
        raise
    pace.at(incoming.total)
    return Planner(connection, session.desk.key("stops"), session.policy, day, head, whole, back).work_out(incoming)


def _shown(draft: Draft, mapping: Mapping[int, str], leave_out: bool, plan: Plan) -> Preview:
    kinds = dict(plan.remarks)
    for refused in plan.refused:
        kinds[refused.reason] = kinds.get(refused.reason, 0) + 1
    changes = tuple(Change(p.id, " ".join(filter(None, (p.before["forename"], p.before["surname"]))),
                           {code: (p.before[code], value) for code, value in p.changed.items()})
                    for p in plan.changes[:SAMPLE_CHANGES])
    return Preview(plan.counts, tuple(plan.refused), {kind: n for kind, n in kinds.items() if n}, changes, draft,
                   mapping, leave_out, plan)


def apply(session: Session, shown: Preview, progress: Progress = None, cancelled: Stopper = None, *,
          lapse: Collection[str] = ()) -> Result:
    """Do what the preview said, in one transaction; worked out anew where the desk changed since.

    `lapse` are those missing from a whole list whom the officer confirmed to have left. The file goes on the list of copies;
    a whole list replaces the earlier ones: their snapshots are erased, and their copies are to be destroyed (S1 §27.8). One
    that speaks of an earlier day than the whole list in force raises `ImportRefused`.
    """
    session.require(Right.MEMBERS_IMPORT)
    with unswept(), session.change("members.imported") as unit:
        plan = shown.plan
        if kept.newer_than(unit.connection, shown.whole):
            raise ImportRefused("older_list")
        if plan.head != unit.seq - 1:
            plan = _plan(session, unit.connection, shown.draft, shown.mapping, shown.leave_out, Pace(0, None, cancelled), shown.whole,
                         shown.back)
        result = Result(new_id(), plan.counts, unit.seq)
        pace = Pace(len(plan.names) + len(plan.changes), progress, cancelled)
        pace.at(0)
        unit.about("import", result.import_id)
        writer = Writer(session, unit, plan, _consent_headers(shown), shown.draft.path_name, pace)
        people = writer.write()
        unit.facts(**plan.counts.__dict__, sheet_kind="xlsx" if shown.draft.sheet else "text", preset=shown.draft.preset)
        if back := sum(each.row in shown.back for each in plan.erased):
            unit.facts(erased_back=back)
        if shown.whole is not None:
            result = replace(result, lapsed=writer.lapse(lapse), **kept.supersede(session, unit))
            unit.facts(whole=shown.whole.day, lapsed_missing=result.lapsed, superseded=result.superseded)
        result = replace(result, source=kept.keep(session, unit, result, shown, people))
    _remember(session, shown)
    return result


def _consent_headers(shown: Preview) -> dict[str, str]:
    """The headers of consent columns by channel: the only wording a list has."""
    return {target.partition(":")[2]: shown.draft.headers[column]
            for column, target in shown.mapping.items() if target.startswith("consent:")}


def _remember(session: Session, shown: Preview) -> None:
    from dpdesk.services.settings import jot
    jot(session, _memory_key(shown.draft.headers),
        {normal(header): shown.mapping.get(column, "") for column, header in enumerate(shown.draft.headers)})
