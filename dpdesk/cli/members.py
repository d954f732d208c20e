"""`dpdesk members …`: find, show, add, edit, undo, stop and export people; the import lies in `imports.py`."""

from __future__ import annotations

import argparse
from pathlib import Path

from dpdesk.cli import imports
from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import as_data, find, record_shown, row_cells, row_headings
from dpdesk.domain.contacting import ALL_CHANNELS, Channel, StopReason
from dpdesk.domain.members import FIELD, Kind, Status
from dpdesk.services.words import channel_name, field_name, tr, trn


def declare(grammar) -> None:
    """The verbs of `members`."""
    verbs = grammar.noun("members", tr("members and contacts"))
    imports.declare(grammar, verbs)
    listing = grammar.verb(verbs, "list", _list, tr("people, one a line"))
    _add_query(listing)
    listing.add_argument("--limit", type=int, default=100, metavar="N", help=tr("at most N (100); 0 for all"))
    listing.add_argument("--offset", type=int, default=0, metavar="N", help=tr("leave out the first N"))
    search = grammar.verb(verbs, "search", _search, tr("find people by name, place, postcode, e-mail, phone or number"))
    search.add_argument("text", nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=int, default=10, metavar="N")
    show = grammar.verb(verbs, "show", _show, tr("one person, with stops, consents and history"))
    show.add_argument("who", metavar="ID|NUMBER")
    add = grammar.verb(verbs, "add", _add, tr("add a person"))
    add.add_argument("--kind", choices=[k.value for k in Kind], default=Kind.MEMBER.value)
    edit = grammar.verb(verbs, "edit", _edit, tr("change a person’s details"))
    edit.add_argument("who", metavar="ID|NUMBER")
    for parser in (add, edit):
        parser.add_argument("--set", dest="values", action="append", required=True, type=_assignment,
                            metavar="FIELD=VALUE", help=", ".join(FIELD))
    grammar.verb(verbs, "undo", _undo, tr("undo an edit")).add_argument(
        "seq", type=int, metavar="SEQ", help=tr("the edit’s number, as `show` tells it"))
    stop = grammar.verb(verbs, "stop", _stop, tr("record that a person does not want to be contacted"))
    stop.add_argument("who", metavar="ID|NUMBER")
    stop.add_argument("--channel", choices=[ALL_CHANNELS, *(c.value for c in Channel)], default=ALL_CHANNELS)
    stop.add_argument("--reason", choices=[r.value for r in StopReason], default=StopReason.OPT_OUT.value)
    stop.add_argument("--source", required=True, metavar="TEXT", help=tr("how you know: “e-mail of 3 May”"))
    export = grammar.verb(verbs, "export", _export, tr("write people to a CSV file; recorded in the log"))
    _declare_export(export)


def _declare_export(export) -> None:
    export.add_argument("file", type=Path, metavar="FILE.csv")
    export.add_argument("--columns", default="", metavar="FIELD,FIELD",
                        help=tr("without it: membership number, forename and surname"))
    export.add_argument("--whom", default="branch",
                        help=tr("who it is for: “branch”, or the code of a body in the policy"))
    export.add_argument("--why", required=True, metavar="TEXT", help=tr("what it is for"))
    export.add_argument("--overwrite", action="store_true", help=tr("replace a file of that name"))
    _add_query(export)


def _add_query(parser) -> None:
    from dpdesk.services.members import FLAGS, SORTS
    parser.add_argument("--kind", choices=[k.value for k in Kind], default=Kind.MEMBER.value)
    parser.add_argument("--status", choices=[s.value for s in Status], default="")
    parser.add_argument("--flag", choices=FLAGS, default="")
    parser.add_argument("--sort", choices=SORTS, default="name")
    parser.add_argument("--descending", action="store_true")


def _query(args):
    from dpdesk.services.members import Query
    return Query(kind=Kind(args.kind), status=args.status, flag=args.flag, sort=args.sort, descending=args.descending)


def _assignment(text: str) -> tuple[str, str]:
    code, equals, value = text.partition("=")
    if not equals or code not in FIELD:
        raise argparse.ArgumentTypeError(tr("“{text}” is not FIELD=VALUE with one of: {fields}", text=text,
                                            fields=", ".join(FIELD)))
    return code, value


def _shown(call: Call, rows, total: int) -> int:
    """Rows of people; where not all are shown, how many there are goes beside."""
    call.out.result([as_data(row) for row in rows], table(row_headings(), [row_cells(row) for row in rows]))
    if len(rows) < total:
        call.out.note(tr("{shown} of {total}.", shown=f"{len(rows):,}", total=f"{total:,}"))
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import members
    args = call.args
    with call.session() as session:
        spine = members.spine(session, _query(args))
        wanted = spine[args.offset:args.offset + args.limit if args.limit else None]
        rows = []
        for at in range(0, len(wanted), 500):
            rows += members.rows(session, wanted[at:at + 500])
        return _shown(call, rows, len(spine))


def _search(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        rows = members.search(session, " ".join(call.args.text), call.args.limit)
        if not rows:
            call.out.note(tr("Nobody fits that."))
        return _shown(call, rows, len(rows))


def _show(call: Call) -> int:
    with call.session() as session:
        return record_shown(call, session, find(session, call.args.who))


def _add(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        person = members.add(session, Kind(call.args.kind), dict(call.args.values))
        return record_shown(call, session, person)


def _edit(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        seen = find(session, call.args.who)
        return record_shown(call, session, members.edit(session, seen.id, dict(call.args.values), seen))


def _undo(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        return record_shown(call, session, members.undo(session, call.args.seq))


def _stop(call: Call) -> int:
    from dpdesk.services import contacting
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        contacting.stop(session, person.id, args.channel, StopReason(args.reason), args.source)
        call.out.result({"id": person.id, "channel": args.channel, "reason": args.reason}, tr(
            "Stopped for {name}: {channel}. No import and no edit lifts this.", name=person.name,
            channel=channel_name(args.channel)))
    return 0


def _export(call: Call) -> int:
    from dpdesk.services import exports
    args = call.args
    path = args.file.absolute()
    columns = tuple(filter(None, args.columns.split(","))) or exports.FEWEST
    unknown = [code for code in columns if code not in FIELD]
    if unknown:
        raise Usage(tr("There is no field “{field}”. Choose among: {fields}.", field=unknown[0], fields=", ".join(FIELD)))
    if path.exists() and not args.overwrite:
        raise Usage(tr("{file} is there already. Add --overwrite to replace it.", file=path))
    with call.session() as session, imports.stoppable() as stopped:
        count = exports.members(session, path, columns, _query(args), args.whom, args.why,
                                call.out.progress(tr("Writing")), stopped)
    call.out.result({"file": str(path), "people": count, "columns": list(columns), "whom": args.whom}, tr(
        "{people} written to {file}: {columns}. This file is not encrypted; delete it when it has served.",
        people=trn("{n} person", "{n} people", count), file=path, columns=", ".join(map(field_name, columns))))
    return 0
