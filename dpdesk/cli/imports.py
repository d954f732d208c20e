"""`dpdesk members import FILE`: a preview of what a list would change, and with --apply the change itself."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.services.words import field_name, import_reason, target_name, tr, trn

_SHOWN = 50  # refused rows shown to people; machines get all of them


def declare(grammar, verbs) -> None:
    """The verb `import` of `members`."""
    parser = grammar.verb(verbs, "import", _import, tr("bring in a list (CSV or XLSX); without --apply only a preview"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--apply", action="store_true", help=tr("carry it out"))
    parser.add_argument("--map", dest="mapping", action="append", default=[], metavar="HEADER=FIELD",
                        help=tr("what a column holds, “-” to leave it out; #3=FIELD for the third column"))


@contextlib.contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl+C asks the work to stop where nothing is half-done; pressed again, it breaks off at once."""
    asked = []

    def ask(_number, _frame) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(True)

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread: nobody can press Ctrl+C here
        yield lambda: False
        return
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def mapped(headers: tuple[str, ...], proposed: Mapping[int, str], wishes: list[str]) -> dict[int, str]:
    """The proposed mapping with the officer's wishes over it."""
    mapping = dict(proposed)
    for wish in wishes:
        header, equals, target = wish.rpartition("=")
        if not equals:
            raise Usage(tr("--map takes HEADER=FIELD, not “{wish}”.", wish=wish))
        mapping[_column(headers, header)] = "" if target == "-" else target
    return mapping


def _column(headers: tuple[str, ...], wanted: str) -> int:
    if wanted.startswith("#") and wanted[1:].isdecimal() and 1 <= int(wanted[1:]) <= len(headers):
        return int(wanted[1:]) - 1
    found = [at for at, header in enumerate(headers) if header.strip().casefold() == wanted.strip().casefold()]
    if len(found) != 1:
        raise Usage(tr("No single column is called “{header}”. The list has: {headers}.", header=wanted,
                       headers=", ".join(headers)))
    return found[0]


def _import(call: Call) -> int:
    from dpdesk.services import imports
    args = call.args
    with call.session() as session, stoppable() as stopped:
        draft = imports.open_list(session, args.file.absolute(), cancelled=stopped)
        mapping = mapped(draft.headers, draft.mapping, args.mapping)
        preview = imports.preview(session, draft, mapping, progress=call.out.progress(tr("Reading")), cancelled=stopped)
        data = preview_data(draft, mapping, preview)
        text = preview_text(draft, mapping, preview)
        if not args.apply:
            call.out.result(data, "\n\n".join((text, tr("This is a preview: nothing was changed. Add --apply to do it."))))
            return 0
        result = imports.apply(session, preview, progress=call.out.progress(tr("Saving")), cancelled=stopped)
        done = {"applied": True, "import": result.import_id, "seq": result.seq, "counts": asdict(result.counts)}
        call.out.result(data | done, "\n\n".join((text, tr("Done. It is entry {seq} of the audit log.", seq=result.seq))))
    return 0


def preview_data(draft, mapping: Mapping[int, str], preview) -> dict:
    """A preview for machines: counts by kind, and each refused row with its number and reason."""
    columns = [{"header": header, "field": mapping.get(at, ""),
                "refused": draft.refused_columns[at][0] if at in draft.refused_columns else None}
               for at, header in enumerate(draft.headers)]
    return {"applied": False, "file": draft.path_name, "preset": draft.preset, "encoding": draft.encoding,
            "delimiter": draft.delimiter, "sheet": draft.sheet, "columns": columns, "counts": asdict(preview.counts),
            "problems": dict(preview.problems_by_kind),
            "refused": [{"row": row.row, "reason": row.reason, "field": row.field, "detail": row.detail,
                         "what": import_reason(row.reason)} for row in preview.refused]}


def preview_text(draft, mapping: Mapping[int, str], preview) -> str:
    """A preview for people."""
    parts = [table((tr("Column"), tr("becomes")), [(header, _becomes(draft, mapping, at))
                                                     for at, header in enumerate(draft.headers)]),
             counts_text(preview.counts)]
    if preview.refused:
        parts.append(table((tr("Row"), tr("Field"), tr("Why it does not come in")), [
            (row.row, field_name(row.field), import_reason(row.reason)) for row in preview.refused[:_SHOWN]]))
        if len(preview.refused) > _SHOWN:
            parts.append(trn("… and {n} more; --json lists them all.", "… and {n} more; --json lists them all.",
                             len(preview.refused) - _SHOWN))
    return "\n\n".join(parts)


def _becomes(draft, mapping: Mapping[int, str], at: int) -> str:
    if at in draft.refused_columns:
        clause = draft.refused_columns[at][1]
        return tr("left out: the policy has no purpose for it ({clause})", clause=clause)
    return target_name(mapping.get(at, "")) or tr("left out")


def counts_text(counts) -> str:
    """What a list changes, in one sentence; opt-outs are named even where there are none."""
    parts = [trn("{n} new", "{n} new", counts.new), trn("{n} changed", "{n} changed", counts.changed),
             trn("{n} lapsed", "{n} lapsed", counts.lapsed), trn("{n} unchanged", "{n} unchanged", counts.unchanged),
             trn("{n} refused", "{n} refused", counts.refused)]
    stops = (trn("{n} opt-out is added.", "{n} opt-outs are added.", counts.stops) if counts.stops
             else tr("Nobody’s opt-out changes."))
    rows = trn("{n} row", "{n} rows", counts.total)
    missing = (trn("{n} member is not in the list and stays as they are.",
                   "{n} members are not in the list and stay as they are.", counts.missing) if counts.missing else "")
    return " ".join(filter(None, (f"{rows}: {', '.join(parts)}.", stops, missing)))
