"""`dpdesk members import FILE`: a preview of what a list would change, and with --apply the change itself."""

from __future__ import annotations

import contextlib
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.imports import WholeList
from dpdesk.services.words import day, field_name, import_reason, status_name, table_note, target_name, tr, trn

_SHOWN = 50  # refused rows shown to people; machines get all of them


def declare(grammar, verbs) -> None:
    """The verb `import` of `members`."""
    parser = grammar.verb(verbs, "import", _import, tr("bring in a list (CSV or XLSX); without --apply only a preview"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--apply", action="store_true", help=tr("carry it out"))
    parser.add_argument("--map", dest="mapping", action="append", default=[], metavar="HEADER=FIELD",
                        help=tr("what a column holds, “-” to leave it out; #3=FIELD for the third column"))
    parser.add_argument("--leave-out", action="store_true",
                        help=tr("bring rows in without an e-mail address, phone, postcode or day that cannot be read"))
    parser.add_argument("--whole-list", action="store_true",
                        help=tr("it is the whole membership: it replaces earlier lists, and shows who is missing"))
    parser.add_argument("--list-date", type=typed_day, metavar="DAY",
                        help=tr("the day the whole list was made; without it, the file’s day"))
    parser.add_argument("--lapse-missing", action="store_true", help=tr("mark those missing from the whole list as lapsed"))
    parser.add_argument("--erased-too", action="append", default=[], metavar="ROW",
                        help=tr("take somebody in who was erased here before: the row in the list, or “all”"))
    parser.add_argument("--delete-source", action="store_true", help=tr("delete the file once it is in"))


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
        mapping[_column(headers, header)] = "" if target == "-" else _target(target)
    return mapping


def _column(headers: tuple[str, ...], wanted: str) -> int:
    if wanted.startswith("#") and wanted[1:].isdecimal() and 1 <= int(wanted[1:]) <= len(headers):
        return int(wanted[1:]) - 1
    found = [at for at, header in enumerate(headers) if header.strip().casefold() == wanted.strip().casefold()]
    if len(found) != 1:
        raise Usage(tr("No single column is called “{header}”. The list has: {headers}.", header=wanted,
                       headers=", ".join(headers)))
    return found[0]


def _target(wanted: str) -> str:
    from dpdesk.services.imports import targets
    if wanted not in targets():
        raise Usage(tr("There is nothing called “{field}” a column could become. Choose among: {fields}.", field=wanted,
                       fields=", ".join(each for each in targets() if each)))
    return wanted


def _import(call: Call) -> int:
    from dpdesk.services import imports
    args = call.args
    with call.session() as session, stoppable() as stopped:
        draft = imports.open_list(session, args.file.absolute(), cancelled=stopped)
        mapping = mapped(draft.headers, draft.mapping, args.mapping)
        preview = imports.preview(session, draft, mapping, progress=call.out.progress(tr("Reading")), cancelled=stopped,
                                  leave_out=args.leave_out, whole=_whole(args))
        if args.erased_too:
            preview = imports.preview(session, draft, mapping, cancelled=stopped, leave_out=args.leave_out, whole=_whole(args),
                                      back=_back(args.erased_too, preview))
        data = preview_data(draft, mapping, preview)
        text = preview_text(draft, mapping, preview)
        if not args.apply:
            call.out.result(data, "\n\n".join((text, tr("This is a preview: nothing was changed. Add --apply to do it."))))
            return 0
        result = imports.apply(session, preview, progress=call.out.progress(tr("Saving")), cancelled=stopped,
                               lapse=[each.id for each in preview.missing] if args.lapse_missing else ())
        said, source = [text, *_after(result)], None
        if args.delete_source:
            from dpdesk.services import copies
            source = copies.delete(session, result.source).closed_how
            said.append(tr("The file itself: {how}.", how=source))
        else:
            said.append(tr("The file itself is on the list of copies: delete it, and “copies close” it, or add --delete-source next "
                           "time."))
        done = {"applied": True, "import": result.import_id, "seq": result.seq, "counts": asdict(result.counts),
                "lapsed_missing": result.lapsed, "superseded": result.superseded, "copies_due": result.copies_due,
                "source_copy": result.source, "source_deleted": source}
        call.out.result(data | done, "\n\n".join(said))
    return 0


def _back(wanted: list[str], preview) -> frozenset[int]:
    """The rows of people erased before whom the officer takes in all the same."""
    rows = {str(each.row): each.row for each in preview.erased}
    for each in wanted:
        if each != "all" and each not in rows:
            raise Usage(tr("Row {row} is nobody who was erased here before. Such rows are: {rows}.", row=each,
                           rows=", ".join(rows) or tr("none")))
    return frozenset(rows.values() if "all" in wanted else (rows[each] for each in wanted))


def _whole(args) -> WholeList | None:
    """What the officer said of a whole list."""
    from dpdesk.services.imports_kept import file_day
    if not args.whole_list:
        if args.lapse_missing or args.list_date:
            raise Usage(tr("--lapse-missing and --list-date are for a --whole-list."))
        return None
    wanted = args.list_date or file_day(args.file)
    try:
        return WholeList(date.fromisoformat(wanted).isoformat())
    except ValueError:
        raise Usage(tr("“{day}” is not a day, such as 24/11/2026.", day=wanted)) from None


def _after(result) -> list[str]:
    """What the end of an import has to tell."""
    said = [tr("Done. It is entry {seq} of the audit log; “members rollback {seq}” takes it back.", seq=result.seq)]
    if result.lapsed:
        said.append(trn("{n} person who was missing is marked as lapsed.", "{n} people who were missing are marked as lapsed.",
                        result.lapsed))
    if result.copies_due:
        said.append(trn("{n} copy of the older list is to be destroyed today.", "{n} copies of the older list are to be destroyed "
                        "today.", result.copies_due))
    return said


def preview_data(draft, mapping: Mapping[int, str], preview) -> dict:
    """A preview for machines: counts by kind, and each refused row with its number and reason."""
    columns = [{"header": header, "field": mapping.get(at, ""),
                "refused": draft.refused_columns[at][0] if at in draft.refused_columns else None}
               for at, header in enumerate(draft.headers)]
    return {"applied": False, "file": draft.path_name, "preset": draft.preset, "encoding": draft.encoding,
            "delimiter": draft.delimiter, "sheet": draft.sheet, "notes": list(draft.notes),
            "columns": columns, "counts": asdict(preview.counts),
            "problems": dict(preview.problems_by_kind), "newer_whole_list": preview.newer or None,
            "missing": [{"id": m.id, "number": m.number, "name": m.name, "status": m.status, "joined_on": m.joined_on}
                        for m in preview.missing],
            "erased_before": [{**asdict(each), "taken_in": each.row in preview.back} for each in preview.erased],
            "refused": [{"row": row.row, "reason": row.reason, "field": row.field, "detail": row.detail,
                         "what": import_reason(row.reason)} for row in preview.refused]}


def preview_text(draft, mapping: Mapping[int, str], preview) -> str:
    """A preview for people."""
    parts = [table((tr("Column"), tr("becomes")), [(header, _becomes(draft, mapping, at))
                                                     for at, header in enumerate(draft.headers)]),
             *map(table_note, draft.notes), counts_text(preview.counts)]
    if preview.problems_by_kind:
        aside = Counter(row.reason for row in preview.refused)
        parts.append("\n".join(trn("{n} row: {why}", "{n} rows: {why}", n, why=import_reason(code))
                               for code, n in sorted((Counter(preview.problems_by_kind) - aside).items())))
    if preview.newer:
        parts.append(tr("A list of the whole membership on {day} is on the desk already, and an older one does not replace it. Give "
                        "its right day with --list-date, or leave --whole-list out.", day=day(preview.newer)))
    if preview.missing:
        parts.append(tr("Missing from the whole list:") + "\n" + table((tr("Number"), tr("Name"), tr("Status"), tr("Joined")), [
            (m.number, m.name, status_name(m.status), day(m.joined_on)) for m in preview.missing[:_SHOWN]]))
    if preview.erased:
        parts.append(tr("Erased here before. They come in only with --erased-too ROW (or “all”):") + "\n" + table(
            (tr("Row"), tr("Name"), tr("Erased on"), tr("Why"), ""),
            [(each.row, each.name, day(each.on), each.why, tr("comes in") if each.row in preview.back else tr("stays out"))
             for each in preview.erased[:_SHOWN]]))
    if preview.refused:
        parts.append(table((tr("Row"), tr("Field"), tr("Why it does not come in")), [
            (row.row, field_name(row.field), import_reason(row.reason)) for row in preview.refused[:_SHOWN]]))
        if len(preview.refused) > _SHOWN:
            parts.append(trn("… and {n} more; --json lists them all.", "… and {n} more; --json lists them all.",
                             len(preview.refused) - _SHOWN))
    return "\n\n".join(filter(None, parts))


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
