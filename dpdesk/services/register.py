"""Bringing in a file of the electoral register: look at it, preview what it would do, then do exactly that in one transaction.

Every file has its record of supply before anything is written, and the register is used for nothing else (S1 §19).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from dpdesk.domain.clocks import months_after
from dpdesk.domain.copies import WITHIN
from dpdesk.domain.electors import Absent, birth_and_attainment, born_by
from dpdesk.domain.errors import ImportRefused, Invalid, Unreadable, UseRefused
from dpdesk.domain.ids import new_id
from dpdesk.domain.imports import RefusedRow
from dpdesk.domain.register_files import Counts, FileKind, FileState, Purpose, RegisterFile, Supply, problems_of, refusal
from dpdesk.domain.register_layouts import check_mapping, layout_of, plain, propose
from dpdesk.domain.roles import Right
from dpdesk.files.tables import Table, read_table
from dpdesk.services import register_lists as lists
from dpdesk.services import register_plan as planning
from dpdesk.services.details_dates import read_day
from dpdesk.services.imports_rows import BATCH, Pace, Progress, Stopper, unswept
from dpdesk.services.register_rows import RegisterReader
from dpdesk.services.register_write import Writer
from dpdesk.services.session import Session, today

SAMPLE = 5
SAMPLE_CHANGES = 20


@dataclass(frozen=True)
class Draft:
    """A file that was looked at: its layout, what its columns could become, and what kind of file it seems to be."""

    table: Table
    layout: str
    mapping: Mapping[int, str]
    refused_columns: Mapping[int, tuple[str, str]]
    sample: tuple[tuple[str, ...], ...]
    row_count: int
    kind: FileKind
    digest: str
    remembered: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.headers

    @property
    def left_out(self) -> tuple[str, ...]:
        """Headers of columns that come to nothing."""
        return tuple(header for at, header in enumerate(self.headers) if not self.mapping.get(at))


@dataclass(frozen=True)
class Taking:
    """How a file is taken: `whole` ends the electors of districts it does not name; `district` is that of bare numbers.

    `how` is the kind of an absent voters list that has no column for it; `year` that of the register, 0 for the present one.
    """

    kind: FileKind = FileKind.FULL
    whole: bool = False
    district: str = ""
    how: Absent = Absent.POSTAL
    year: int = 0


@dataclass(frozen=True)
class Sample:
    """One elector as the file would change them: (before, after) by field code; nobody too young is shown."""

    number: str
    name: str
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Preview:
    """What taking a file in would do. `problems` counts refusals and remarks by code.

    `known` says that this very file came in before; `newest` is the latest day of supply of the files in force.
    """

    draft: Draft
    mapping: Mapping[int, str]
    taking: Taking
    counts: Counts
    refused: tuple[RefusedRow, ...]
    remarked: tuple[RefusedRow, ...]
    problems: Mapping[str, int]
    samples: tuple[Sample, ...]
    plan: planning.Plan | lists.Plan
    known: bool = False
    newest: str = ""


@dataclass(frozen=True)
class Result:
    """How it ended: the file's identity, its entry of the log, the copy of the file, and registers it replaced."""

    file_id: str
    seq: int
    counts: Counts
    source: str
    superseded: int = 0


def open_file(session: Session, path: Path, *, cancelled: Stopper = None) -> Draft:
    """Look at a file of the register; raises `Unreadable`."""
    from dpdesk.store.copies import digest_of
    session.require(Right.REGISTER_IMPORT)
    with unswept():
        table = read_table(Path(path))
        pace, rows = Pace(0, None, cancelled), table.rows()
        sample = [(*cells, *[""] * len(table.headers))[:len(table.headers)] for _, cells in islice(rows, 4 * SAMPLE)]
        count = len(sample)
        while more := sum(1 for _ in islice(rows, BATCH)):
            count += more
            pace.at(0)
    refused = {column: (found.kind.value, found.clause) for column, header in enumerate(table.headers)
               if (found := session.policy.refusal_for(header)) is not None}
    layout = layout_of(table.headers)
    mapping = propose(table.headers, layout) | dict.fromkeys(refused, "")
    kept = _remembered(session, table.headers, mapping, refused)
    old_enough = [cells for cells in sample if not _too_young(session, cells, kept or mapping)][:SAMPLE]
    shown = tuple(tuple("" if column in refused else cell for column, cell in enumerate(cells)) for cells in old_enough)
    return Draft(table, layout, kept or mapping, refused, shown, count, _kind_of(kept or mapping), digest_of(table.path), kept is not None)


def _too_young(session: Session, cells: Sequence[str], mapping: Mapping[int, str]) -> bool:
    """Whether a raw row is of somebody who may not be shown, or whose day of birth cannot be read."""
    for column, target in mapping.items():
        if target in ("born_on", "attains_on") and cells[column].strip():
            day, problem = read_day(cells[column], today())
            born, _ = birth_and_attainment(day, today(), session.policy.elector_attains_age, attainment=target == "attains_on")
            if problem or born > shown_born_by(session):
                return True
    return False


def _kind_of(mapping: Mapping[int, str]) -> FileKind:
    used = set(mapping.values())
    if used & {"status", "deleted"}:
        return FileKind.UPDATE
    return FileKind.MARKED if "vote" in used else FileKind.ABSENT if "absent" in used else FileKind.FULL


def _memory_key(headers: tuple[str, ...]) -> str:
    return "register:" + hashlib.sha256("\x1f".join(sorted(map(plain, headers))).encode()).hexdigest()[:32]


def _remembered(session: Session, headers: tuple[str, ...], mapping: Mapping[int, str], refused: Mapping[int, object]) -> dict[int,
                                                                                                                               str] | None:
    """The matching the officer used last for these headers, where it may still be used."""
    from dpdesk.services.settings import jotting
    kept = jotting(session, _memory_key(headers))
    if not isinstance(kept, dict):
        return None
    found = {column: kept.get(plain(header), mapping[column]) for column, header in enumerate(headers)}
    try:
        check_mapping(headers, found, refused, names=False, district="any")
    except ImportRefused:
        return None
    return found


def preview(session: Session, draft: Draft, taking: Taking, mapping: Mapping[int, str] | None = None, progress: Progress = None,
            cancelled: Stopper = None) -> Preview:
    """What would happen; raises `ImportRefused` for a matching that cannot be followed, `Unreadable` for a broken file."""
    session.require(Right.REGISTER_IMPORT)
    chosen = dict(draft.mapping if mapping is None else mapping)
    taking = replace(taking, year=taking.year or register_year(today().isoformat()))
    with unswept(), session.desk.read() as connection:
        plan = _plan(session, connection, draft, chosen, taking, Pace(draft.row_count, progress, cancelled))
        files = _in_force(connection)
    problems = dict(plan.remarks)
    for refused in plan.refused:
        problems[refused.reason] = problems.get(refused.reason, 0) + 1
    problems = {code: n for code, n in problems.items() if n}
    return Preview(draft, chosen, taking, plan.counts, tuple(plan.refused), tuple(plan.remarked), problems, _samples(session, plan), plan,
                   any(each.digest == draft.digest for each in files),
                   max((each.supply.supplied_on for each in files if each.kind in (FileKind.FULL, FileKind.UPDATE)), default=""))


def _in_force(connection) -> list[RegisterFile]:
    from dpdesk.store import register_files
    return [each for each, _ in register_files.listing(connection) if each.state is FileState.APPLIED]


def _plan(session: Session, connection, draft: Draft, mapping: Mapping[int, str], taking: Taking, pace: Pace):
    from dpdesk.store.imports import last_seq
    listed = taking.kind in (FileKind.ABSENT, FileKind.MARKED)
    check_mapping(draft.headers, mapping, draft.refused_columns, district=taking.district, names=not listed)
    if taking.kind is FileKind.UPDATE and not set(mapping.values()) & {"status", "deleted"}:
        raise ImportRefused("no_status_column")
    head, day, policy = last_seq(connection), today(), session.policy
    try:
        incoming = RegisterReader(draft.headers, mapping, day, policy.elector_attains_age, district=taking.district,
                                  names=not listed).read(draft.table.rows(), pace)
    except Unreadable as problem:
        if problem.reason == "changed":
            raise ImportRefused("list_changed") from problem
        raise
    pace.at(incoming.total)
    born = shown_born_by(session)
    if listed:
        return lists.plan(connection, incoming, head, taking, "absent" in mapping.values() or "vote" in mapping.values(), born)
    if taking.kind is FileKind.UPDATE:
        return planning.update(connection, incoming, head, born, day.isoformat())
    return planning.full(connection, incoming, head, renumbered=_renumbered(connection, taking.year), whole=taking.whole, born_by=born,
                         today=day.isoformat(), beat=lambda: pace.at(incoming.total))


def _renumbered(connection, year: int) -> bool:
    """Whether a register of that year gives new numbers: it is not of the year of those in use."""
    from dpdesk.store import register_files
    years, used = register_files.years(connection), register_files.in_use(connection)
    return any(years.get(seq, 0) != year for seq in used)


def _samples(session: Session, plan) -> tuple[Sample, ...]:
    if isinstance(plan, lists.Plan):
        return ()
    from dpdesk.domain.electors import VALUES, ElectorNumber
    born, found = shown_born_by(session), []
    for change in plan.changes:
        after = dict(zip(VALUES, change.values, strict=True))
        if max(after["born_on"], change.old.born_on) > born:
            continue
        before = dict(zip(VALUES, change.old.values(), strict=True))
        fields = {code: (str(before[code]), str(after[code])) for code in VALUES[3:] if before[code] != after[code]}
        if change.renumbered:
            fields["number"] = (str(change.old.key), str(ElectorNumber(*change.values[:3])))
        found.append(Sample(str(change.old.key), change.old.name, fields))
        if len(found) == SAMPLE_CHANGES:
            break
    return tuple(found)


def apply(session: Session, shown: Preview, supply: Supply, progress: Progress = None, cancelled: Stopper = None) -> Result:
    """Do what the preview said, in one transaction; raises `Invalid` where the record of supply is not whole (S1 §19).

    Worked out anew where the desk changed since. The file goes on the list of copies.
    """
    session.require(Right.REGISTER_IMPORT)
    kind = shown.taking.kind
    supply = replace(supply, supplier=supply.supplier.strip(), year=supply.year or shown.taking.year)
    if problems := supply_problems(session, supply, kind):
        raise Invalid(problems)
    with unswept(), session.change(_ACTIONS[kind]) as unit:
        plan = shown.plan
        if plan.head != unit.seq - 1 or supply.year != shown.taking.year:
            taking = replace(shown.taking, year=supply.year)
            plan = _plan(session, unit.connection, shown.draft, shown.mapping, taking, Pace(0, None, cancelled))
        writer = Writer(session, unit, Pace(plan.work, progress, cancelled))
        file = RegisterFile(new_id(), unit.seq, kind, shown.draft.table.name, shown.draft.digest, shown.draft.layout, supply, plan.counts,
                            FileState.APPLIED)
        unit.about("register_file", file.id)
        result = Result(file.id, unit.seq, plan.counts, *writer.write(plan, file, shown.draft.table.path))
    _remember(session, shown)
    return result


_ACTIONS = {FileKind.FULL: "register.imported", FileKind.UPDATE: "register.updated", FileKind.ABSENT: "register.absent_listed",
            FileKind.MARKED: "register.marked"}


def _remember(session: Session, shown: Preview) -> None:
    from dpdesk.services.settings import jot
    jot(session, _memory_key(shown.draft.headers),
        {plain(header): shown.mapping.get(column, "") for column, header in enumerate(shown.draft.headers)})


def supply_problems(session: Session, supply: Supply, kind: FileKind) -> dict[str, str]:
    """What is missing or wrong in a record of supply: field -> problem."""
    return problems_of(supply, kind, today(), last_day(session))


def register_year(day: str) -> int:
    """The year of the register a file of that day (ISO) belongs to: a new one is published on 1 December; 0 for no day."""
    return int(day[:4]) + (day[5:7] == "12") if day[:4].isdigit() else 0


def last_day(session: Session) -> str:
    """The latest day (ISO) until which a file may be kept that comes in today, by the policy."""
    return months_after(today(), session.policy.registers_kept_months).isoformat()


def polling_day(session: Session) -> date:
    """The polling day electors are shown for: the one set, else today."""
    kept = session.desk.setting("polling_day")
    return max(date.fromisoformat(kept), today()) if kept else today()


def shown_born_by(session: Session) -> str:
    """The latest day of birth (ISO) of electors who are shown (S1 §6.1)."""
    return born_by(polling_day(session), session.policy.elector_least_age)


def require_use(session: Session, purpose: Purpose, *, whom: str = WITHIN) -> tuple[RegisterFile, ...]:
    """The files in force that a use rests on; raises `UseRefused` for what is not electoral, or is passing on (S1 §19)."""
    from dpdesk.store import register_files
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        files = tuple(each for each, _ in register_files.listing(connection) if each.state is FileState.APPLIED)
    reason = refusal(tuple(each.supply for each in files), purpose, within=whom == WITHIN, today=today())
    if reason:
        raise UseRefused(reason, purpose.value)
    return files
