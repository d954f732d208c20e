"""`dpdesk sheets enter`: what stands on a page, line by line, from arguments or standard input."""

from __future__ import annotations

import sys

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.services.words import tr, trn


def declare(grammar, verbs) -> None:
    """The verb `enter`."""
    enter = grammar.verb(verbs, "enter", _enter, tr("enter what stands on a page; without lines, show it"))
    enter.add_argument("sheet")
    enter.add_argument("page", type=int)
    enter.add_argument("line", nargs="*", metavar="LINE=CODES[:NOTE]", help=tr("such as 3=D9/T or “4=L Q: wants a poster”; - reads stdin"))
    enter.add_argument("--rest-not-home", action="store_true", help=tr("nobody was home on the lines left"))
    enter.add_argument("--done", action="store_true", help=tr("the page is entered whole; its paper moves on"))


def _enter(call: Call) -> int:
    from dpdesk.services import entering, sheets
    args = call.args
    ticked = [_ticked(typed) for each in args.line for typed in (sys.stdin if each == "-" else [each]) if typed.strip()]
    with call.session() as session:
        sheet = sheets.get(session, args.sheet)
        if ticked:
            entering.enter_page(session, sheet.id, args.page, ticked)
        if args.rest_not_home:
            entering.rest_not_home(session, sheet.id, args.page)
        if args.done:
            entering.finish(session, sheet.id, args.page)
        rows = entering.rows(session, sheet.id, args.page)
        left = entering.open_rows(session, sheet.id, args.page)
    call.out.result({"sheet": sheet.id, "page": args.page, "left": left, "rows": [
        {"line": row.line, "blank": row.blank, "number": str(row.elector.key) if row.elector else "",
         "raw": row.fact.raw if row.fact else "", "outcome": row.fact.outcome.value if row.fact else ""} for row in rows]},
        table((tr("Line"), tr("Number"), tr("Name"), tr("Entered")), [
            (row.line, str(row.elector.key) if row.elector else "", row.elector.name if row.elector else "",
             tr("(empty)") if row.blank else row.fact.raw if row.fact else "") for row in rows])
        + "\n" + (trn("{n} line is left.", "{n} lines are left.", len(left)) if left else tr("Every line is entered.")))
    return 0


def _ticked(typed: str):
    from dpdesk.services.entering import Ticked
    line, equals, rest = typed.strip().partition("=")
    codes, _colon, note = rest.partition(":")
    if not equals or not line.strip().isdigit():
        raise Usage(tr("“{typed}” is no line, such as 3=D9/T.", typed=typed.strip()))
    return Ticked(int(line), tuple(codes.split()), note.strip())
