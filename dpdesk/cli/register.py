"""`dpdesk register`: files of the electoral register in, what each was supplied for, and what is on the register."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from dpdesk.cli import register_files, register_pairs, register_seeing
from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.imports import mapped, stoppable
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.electors import Absent
from dpdesk.domain.register_files import REGULATIONS, Entitlement, FileKind, Permitted, Supply
from dpdesk.services.register_words import counts_sentence, layout_name, target_name
from dpdesk.services.words import day, import_reason, table_note, tr, trn

_SHOWN = 50
_HELP = {FileKind.FULL: "take a full register in; without --apply only a preview", FileKind.UPDATE: "take a monthly update in",
         FileKind.ABSENT: "take an absent voters list in", FileKind.MARKED: "take a marked register in"}
_VERBS = {FileKind.FULL: "import", FileKind.UPDATE: "update", FileKind.ABSENT: "absent", FileKind.MARKED: "marked"}


def declare(grammar) -> None:
    """The noun `register`."""
    verbs = grammar.noun("register", tr("the electoral register: files in, electors, and what it may be used for"))
    for kind, verb in _VERBS.items():
        _taking(grammar.verb(verbs, verb, lambda call, kind=kind: _take(call, kind), tr(_HELP[kind])), kind)
    register_seeing.declare(grammar, verbs)
    register_files.declare(grammar, verbs)
    register_pairs.declare(grammar, verbs)


def _taking(parser, kind: FileKind) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--apply", action="store_true", help=tr("carry it out"))
    parser.add_argument("--map", dest="mapping", action="append", default=[], metavar="HEADER=FIELD",
                        help=tr("what a column holds, “-” to leave it out; #3=FIELD for the third column"))
    parser.add_argument("--district", default="", metavar="PD", help=tr("the polling district of numbers without one"))
    parser.add_argument("--supplier", default="", help=tr("who supplied it: the council or registration officer"))
    parser.add_argument("--supplied-on", default="", type=typed_day, metavar="DAY", help=tr("when; without it, the file’s day"))
    parser.add_argument("--destroy-by", default="", type=typed_day, metavar="DAY", help=tr("without it, the latest day the policy allows"))
    parser.add_argument("--entitlement", default=Entitlement.PARTY.value, choices=[each.value for each in Entitlement])
    parser.add_argument("--regulation", default=REGULATIONS[0], choices=REGULATIONS)
    parser.add_argument("--permitted", default=Permitted.ELECTORAL.value, choices=[each.value for each in Permitted],
                        help=tr("what it may be used for"))
    parser.add_argument("--area", default="", help=tr("what it covers"))
    parser.add_argument("--year", type=int, default=0, help=tr("the year of the register; without it, by the day it was supplied"))
    parser.add_argument("--delete-source", action="store_true", help=tr("delete the file once it is in"))
    if kind is FileKind.FULL:
        parser.add_argument("--whole", action="store_true",
                            help=tr("it is the whole register: electors of districts it does not name leave"))
    if kind is FileKind.ABSENT:
        parser.add_argument("--how", default=Absent.POSTAL.value, choices=[each.value for each in Absent],
                            help=tr("the kind of list, where no column says it"))
    if kind is FileKind.MARKED:
        parser.add_argument("--polling-day", default="", type=typed_day, metavar="DAY", help=tr("of which election"))


def _take(call: Call, kind: FileKind) -> int:
    from dpdesk.services import register
    args = call.args
    with call.session() as session, stoppable() as stopped:
        draft = register.open_file(session, args.file.absolute(), cancelled=stopped)
        supply = _supply(args, register.last_day(session))
        taking = register.Taking(kind, getattr(args, "whole", False), args.district.strip(), Absent(getattr(args, "how", Absent.POSTAL)),
                                 supply.year or register.register_year(supply.supplied_on))
        shown = register.preview(session, draft, taking, mapped(draft.headers, draft.mapping, args.mapping),
                                 call.out.progress(tr("Reading")), stopped)
        data, text = _data(shown), _text(shown)
        if shown.newest > supply.supplied_on:
            call.out.note(tr("A file of {day} is in force already, and this one is older.", day=day(shown.newest)))
        if not args.apply:
            call.out.result(data, "\n\n".join((text,
                                               tr("This is a preview: nothing was changed. Add --apply, with --supplier, to do it."))))
            return 0
        result = register.apply(session, shown, supply, call.out.progress(tr("Saving")), stopped)
        said = [text, tr("Done. It is entry {seq} of the audit log; “register rollback {seq}” takes it back.", seq=result.seq)]
        if result.superseded:
            said.append(trn("{n} earlier file is replaced and to be destroyed: “register destroy”.",
                            "{n} earlier files are replaced and to be destroyed: “register destroy”.", result.superseded))
        deleted = _after(call, session, result.source, said)
    call.out.result(data | {"applied": True, "id": result.file_id, "seq": result.seq, "counts": asdict(result.counts),
                            "superseded": result.superseded, "source_copy": result.source, "source_deleted": deleted}, "\n\n".join(said))
    return 0


def _after(call: Call, session, source: str, said: list[str]) -> str | None:
    """The file itself: deleted where that was asked, else on the list of copies."""
    if not call.args.delete_source:
        said.append(tr("The file itself is on the list of copies: delete it, and “copies close” it, or add --delete-source next time."))
        return None
    from dpdesk.services import copies
    deleted = copies.delete(session, source).closed_how
    said.append(f"{deleted}.")
    return deleted


def _supply(args, last_day: str) -> Supply:
    """The record of supply that the options give."""
    from dpdesk.services.imports_kept import file_day
    made = Supply(args.supplier, args.supplied_on or file_day(args.file), args.destroy_by or last_day, Entitlement(args.entitlement),
                  args.regulation, Permitted(args.permitted), args.year, args.area, getattr(args, "polling_day", ""))
    for value in (made.supplied_on, made.destroy_by, made.polling_day):
        try:
            if value:
                date.fromisoformat(value)
        except ValueError:
            raise Usage(tr("“{day}” is not a day, such as 24/11/2026.", day=value)) from None
    return replace(made, supplier=made.supplier.strip())


def _data(shown) -> dict:
    """A preview for machines: counts, and each refused or remarked row with its number and reason. No name but in conflicts."""
    draft = shown.draft
    return {"applied": False, "file": draft.table.name, "layout": draft.layout, "encoding": draft.table.encoding,
            "sheet": draft.table.sheet,
            "delimiter": draft.table.delimiter, "kind": shown.taking.kind.value, "seems": draft.kind.value, "known": shown.known,
            "columns": [{"header": header, "field": shown.mapping.get(at, "")} for at, header in enumerate(draft.headers)],
            "counts": asdict(shown.counts), "problems": dict(shown.problems),
            "refused": [{"row": row.row, "reason": row.reason, "field": row.field, "what": import_reason(row.reason)}
                        for row in shown.refused],
            "remarks": [{"row": row.row, "reason": row.reason, "what": import_reason(row.reason)} for row in shown.remarked],
            "conflicts": [asdict(each) for each in getattr(shown.plan, "conflicts", ())]}


def _text(shown) -> str:
    """A preview for people."""
    draft = shown.draft
    parts = [tr("Layout: {layout}. Spelt in {encoding}.", layout=layout_name(draft.layout), encoding=draft.table.encoding or "XLSX"),
             table((tr("Column"), tr("becomes")), [(header, target_name(shown.mapping.get(at, ""))) for at,
                                                   header in enumerate(draft.headers)]),
             counts_sentence(shown.taking.kind, shown.counts)]
    parts += map(table_note, draft.table.notes)
    if shown.known:
        parts.append(tr("This very file came in before."))
    if draft.kind is not shown.taking.kind:
        parts.append(tr("By its columns it looks like another kind of file: “register {verb}”.", verb=_VERBS[draft.kind]))
    rows = [*shown.refused, *shown.remarked]
    if rows:
        parts.append(table((tr("Row"), tr("What to know")), [(row.row, import_reason(row.reason)) for row in rows[:_SHOWN]]))
        if len(rows) > _SHOWN:
            parts.append(trn("… and {n} more; --json lists them all.", "… and {n} more; --json lists them all.", len(rows) - _SHOWN))
    conflicts = getattr(shown.plan, "conflicts", ())
    if conflicts:
        parts.append(table((tr("Row"), tr("Number"), tr("On the register"), tr("On the list")), [
            (each.line, each.number, each.register_name, each.list_name) for each in conflicts[:_SHOWN]]))
    return "\n\n".join(parts)
