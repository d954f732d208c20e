"""`dpdesk members export`: people to a CSV file, through the copies door."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.queries import add_query, query_of
from dpdesk.domain.copies import WITHIN, CopyKind
from dpdesk.domain.members import FIELD
from dpdesk.services.words import day, field_name, tr, trn


def declare(grammar, verbs) -> None:
    """The verb `export` of `members`."""
    export = grammar.verb(verbs, "export", _export, tr("write people to a CSV file; it goes on the list of copies"))
    export.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    export.add_argument("--for", dest="whom", default=WITHIN, metavar="WHOM",
                        help=tr("who it is for: “branch”, or the code of a body in the policy; only who permitted it is written"))
    export.add_argument("--why", required=True, metavar="TEXT", help=tr("what it is for"))
    export.add_argument("--columns", default="", metavar="FIELD,FIELD",
                        help=tr("without it: membership number, forename and surname"))
    export.add_argument("--keep-days", type=int, metavar="N", help=tr("to be deleted within N days, at most the policy’s span"))
    export.add_argument("--overwrite", action="store_true", help=tr("replace a file of that name"))
    add_query(export)


def _export(call: Call) -> int:
    from dpdesk.services import exports
    args = call.args
    path = args.out.expanduser().absolute()
    columns = tuple(filter(None, args.columns.split(","))) or exports.FEWEST
    unknown = [code for code in columns if code not in FIELD]
    if unknown:
        raise Usage(tr("There is no field “{field}”. Choose among: {fields}.", field=unknown[0], fields=", ".join(FIELD)))
    if path.exists() and not args.overwrite:
        raise Usage(tr("{file} is there already. Add --overwrite to replace it.", file=path))
    with call.session() as session, stoppable() as stopped:
        _known(args.whom, session)
        wish = exports.Wish(path, columns, query_of(args, session), args.whom, args.why, accepted(call, path, CopyKind.MEMBERS),
                            args.keep_days)
        written = exports.members(session, wish, call.out.progress(tr("Writing")), stopped)
    call.out.result(
        {"file": str(path), "people": written.people, "left_out": written.left_out, "columns": list(columns), "whom": args.whom,
         "copy": written.copy.id, "delete_by": written.copy.delete_by},
        tr("{people} written to {file}: {columns}. {left_out} without permission. This file is not encrypted: delete it by {day}.",
           people=trn("{n} person", "{n} people", written.people), file=path, columns=", ".join(map(field_name, columns)),
           left_out=trn("{n} left out", "{n} left out", written.left_out), day=day(written.copy.delete_by)))
    return 0


def _known(whom: str, session) -> None:
    codes = [WITHIN, *(body.code for body in session.policy.recipient_bodies)]
    if whom not in codes:
        raise Usage(tr("The policy knows nobody called “{whom}” to share with. Choose among: {codes}.", whom=whom,
                       codes=", ".join(codes)))
