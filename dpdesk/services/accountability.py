"""The accountability pack: every register, activity, what is due, policy and log in one signed archive (S1 12.1, 29.10)."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from dpdesk import __version__
from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services import activity, audit, copies, duties, duties_calendar, duties_export, duties_files
from dpdesk.services.copies import Leaving
from dpdesk.services.imports_rows import Pace
from dpdesk.services.session import Session
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Made:
    """The pack: its copy on the list, how many registers, entries and files it holds, the head code of the log it vouches for."""

    copy: Copy
    registers: int
    entries: int
    files: int
    head_code: str


def pack(session: Session, path: Path, why: str, *, documents: bool = True, accepted: str = "",
         progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None) -> Made:
    """Write the pack through the copies door. It holds names where registers do: it is for the regulator, not for the shelf."""
    from dpdesk.files import archives
    session.require(Right.DUTIES_SEE)
    session.require(Right.AUDIT_EXPORT)
    codes = [register.code for register, _n in duties.counts(session)]
    leaving = Leaving(CopyKind.DUTIES, path, tr("Accountability pack"), why, accepted=accepted)
    shown = {code: duties.listing(session, code) for code in codes}
    entries = sum(map(len, shown.values()))
    people = duties_export.people_of(session, [each for some in shown.values() for each in some])
    with copies.door(session, leaving) as out:
        copy = out.note("duties.packed", people, lambda unit: unit.facts(registers=len(codes), entries=entries, documents=documents))
        files = _files(session, shown, documents, Pace(entries, progress, cancelled))
        head = session.desk.head()
        facts = {"branch": session.branch, "desk": session.desk_id, "made_at": duties.stored(duties.utc_now()), "by": session.officer.name,
                 "policy": f"{session.policy.code} {session.policy.version}", "program": __version__, "why": why.strip(),
                 "log_head": {"seq": head.seq, "head": head.head.hex(), "code": audit.current_head(session)},
                 "registers": {code: len(found) for code, found in shown.items()}}
        listed = archives.manifest(files, facts)
        whole = io.BytesIO()
        archives.write(whole, files, listed, audit.signature(session, listed, head))
        out.write(whole.getvalue())
    return Made(copy, len(codes), entries, len(files), audit.current_head(session))


def _files(session: Session, shown: dict[str, list[duties.Shown]], documents: bool, pace: Pace) -> dict[str, bytes]:
    from dpdesk.files.cells import write_rows
    from dpdesk.files.duty_papers import pdf
    from dpdesk.store import evidence

    def table(rows: list[list[str]]) -> bytes:
        out = io.BytesIO()
        write_rows(out, rows)
        return out.getvalue()
    files = {"policy.md": session.policy.policy_text.encode(), "activity.csv": table(activity.rows(session)),
             "due.json": duties_export.as_json([asdict(each) for each in duties_calendar.upcoming(session)]),
             "log.csv": audit.whole_csv(session)}
    done, names = 0, {each.duty.id: f"{each.ref} {each.heading}" for some in shown.values() for each in some}
    for code, entries in shown.items():
        files[f"registers/{code}.csv"] = table(duties_export.csv_rows(entries, code))
        files[f"registers/{code}.json"] = duties_export.as_json([duties_export.data_of(each) for each in entries])
        for each in entries:
            pace.at(done := done + 1)
            files[f"entries/{each.ref}.pdf"] = pdf(duties_export.paper_of(session, each, names))
            for document in duties_files.listing(session, each.duty.id) if documents else ():
                with session.desk.read() as connection:
                    files[f"documents/{each.ref}/{document.id[-6:]}{document.ending}"] = evidence.content(connection, document.id)
    return files


def check(session: Session, path: Path) -> dict:
    """What a pack says of itself, if it is as an officer of this desk signed it; raises `Unreadable` where not."""
    from dpdesk.files import archives
    listed, vouched, said = archives.read(path)
    audit.check_signature(session, path.name, listed, vouched)
    return said
