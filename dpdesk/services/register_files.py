"""Files of the register that came in: what each was supplied for, taking one back, and destroying what a newer one replaced (S1 §19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Declined, NotFound, RollBackRefused
from dpdesk.domain.register_files import FileState, RegisterFile
from dpdesk.domain.roles import Right
from dpdesk.services.imports_rows import Pace, unswept
from dpdesk.services.session import Session, today

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit


@dataclass(frozen=True)
class RollBack:
    """What taking a file back would do: `depending` electors stand in the way, or `blocked` says why ("superseded" …)."""

    file: RegisterFile
    depending: int
    blocked: str = ""

    @property
    def possible(self) -> bool:
        """Whether nothing depends on the file."""
        return not self.depending and not self.blocked


def listing(session: Session) -> list[RegisterFile]:
    """Every file, newest first, with its record of supply."""
    from dpdesk.store import officers, register_files
    session.require(Right.REGISTER_SEE)
    with session.desk.read() as connection:
        names = {each.id: each.name for each in officers.listing(connection)}
        return [replace(each, officer=names.get(officer, "")) for each, officer in register_files.listing(connection)]


def get(session: Session, wanted: str) -> RegisterFile:
    """One file, by identity or entry of the log; raises `NotFound`."""
    found = next((each for each in listing(session) if wanted in (each.id, str(each.seq))), None)
    if found is None:
        raise NotFound("register_file", wanted)
    return found


def due(session: Session) -> list[RegisterFile]:
    """Files that are to be destroyed: replaced by a newer one, or past their day."""
    return [each for each in listing(session) if each.is_due(today())]


def plan_back(session: Session, wanted: str) -> RollBack:
    """What taking a file back would do."""
    session.require(Right.REGISTER_IMPORT)
    file = get(session, wanted)
    with session.desk.read() as connection:
        return _plan(connection, file)


def _plan(connection, file: RegisterFile) -> RollBack:
    from dpdesk.store import electors_write, register_files
    if file.state is not FileState.APPLIED:
        return RollBack(file, 0, file.state.value)
    if register_files.destroyed_after(connection, file.seq):
        return RollBack(file, 0, "destroyed_before")
    return RollBack(file, electors_write.depending(connection, file.seq))


def roll_back(session: Session, wanted: str, progress: Callable[[int, int], None] | None = None,
              cancelled: Callable[[], bool] | None = None) -> RollBack:
    """Take a file back whole, in one transaction; raises `RollBackRefused` where something depends on it."""
    from dpdesk.store import electors_write, register_files
    asked = plan_back(session, wanted)
    with unswept(), session.change("register.rolled_back") as unit:
        found = _plan(unit.connection, get(session, wanted))
        if not found.possible:
            raise RollBackRefused(found.blocked or "depending", found.depending)
        pace = Pace(2, progress, cancelled)
        pace.at(0)
        out, back = electors_write.take_back(unit.connection, asked.file.seq)
        pace.at(1)
        listed = register_files.take_list_back(unit.connection, asked.file.seq)
        register_files.forget_changes(unit.connection, asked.file.seq)
        register_files.revive(unit.connection, asked.file.seq)
        register_files.end(unit.connection, [asked.file.seq], FileState.ROLLED_BACK, unit.seq)
        unit.about("register_file", asked.file.id)
        unit.facts(file_seq=asked.file.seq, new=out, changed=back, listed=listed)
        pace.at(2)
    return found


@dataclass(frozen=True)
class Destroyed:
    """What was destroyed: `files` by name, `rows` of the store, `copies` of source files that may still be there.

    Not `clean` where another reader kept traces from being cleared: that is done at the next opening.
    """

    files: tuple[str, ...]
    rows: int
    clean: bool
    copies: tuple[str, ...]


def destroy(session: Session, wanted: str, also: Callable[[Unit], None] = lambda unit: None) -> Destroyed:
    """Destroy what the desk still holds of a file that was replaced, or whose day has come; raises `NotFound`, `RollBackRefused`.

    Electors who left with it go for good, and how electors were before; their earlier numbers stay, so that history follows them. Of a
    file past its day that nothing replaced, its electors go too.
    """
    from dpdesk.store import electors_write, erasing, holds, register_files
    session.require(Right.REGISTER_IMPORT)
    file = get(session, wanted)
    if not file.is_due(today()):
        raise RollBackRefused("not_due" if file.state is FileState.APPLIED else file.state.value)
    with session.desk.read() as reading:
        if reason := holds.of_category(reading, "registers"):
            raise Declined("retention.held", {"reason": reason})
    with session.change("register.destroyed") as unit:
        connection = unit.connection
        replaced = file.state is FileState.SUPERSEDED
        files = [each for each in listing(session)
                 if each.state is FileState.SUPERSEDED and each.ended == file.ended] if replaced else [file]
        if replaced:
            rows = electors_write.destroy_before(connection, file.ended)
        else:
            rows = electors_write.destroy_register(connection, file.seq) + register_files.take_list_back(connection, file.seq)
        rows += register_files.drop_orphans(connection)
        register_files.end(connection, [each.seq for each in files], FileState.DESTROYED, unit.seq)
        erasing.ask_compaction(connection)
        unit.about("register_file", file.id)
        unit.facts(files=len(files), rows=rows)
        also(unit)
    whole = erasing.compact(session.desk)
    return Destroyed(tuple(each.file for each in files), rows, whole, tuple(each.source for each in files if each.source))
