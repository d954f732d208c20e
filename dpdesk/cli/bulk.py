"""`dpdesk members bulk-edit|bulk-undo`: a field of many people changed, or that undone; a preview unless --apply is given."""

from __future__ import annotations

import argparse

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import table
from dpdesk.cli.people import shown_value
from dpdesk.cli.queries import add_query, query_of
from dpdesk.domain.bulk import FIELDS
from dpdesk.services.words import bulk_reason, field_name, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs that change many people, among those of `members`."""
    edit = grammar.verb(verbs, "bulk-edit", _edit, tr("change a field of everybody who fits; a preview unless --apply is given"))
    edit.add_argument("--set", dest="values", action="append", required=True, type=_assignment, metavar="FIELD=VALUE",
                      help=tr("nothing after the = takes the value away; fields: {fields}", fields=", ".join(FIELDS)))
    edit.add_argument("--everybody", action="store_true", help=tr("yes, without a filter: everybody on the list"))
    undo = grammar.verb(verbs, "bulk-undo", _undo, tr("undo a bulk edit where nobody changed the fields since"))
    undo.add_argument("seq", type=int, metavar="SEQ", help=tr("the number of its entry in the log"))
    for parser in (edit, undo):
        parser.add_argument("--apply", action="store_true", help=tr("make the change"))
    add_query(edit)


def _assignment(text: str) -> tuple[str, str]:
    code, equals, value = text.partition("=")
    if not equals or code not in FIELDS:
        raise argparse.ArgumentTypeError(tr("“{text}” is not FIELD=VALUE with one of: {fields}", text=text, fields=", ".join(FIELDS)))
    return code, value


def _edit(call: Call) -> int:
    from dpdesk.cli.passphrases import Usage
    from dpdesk.services import bulk, members
    from dpdesk.services.queries import describe
    args, values = call.args, dict(call.args.values)
    with call.session() as session, stoppable() as stopped:
        query = query_of(args, session)
        if not query.narrows() and not args.everybody:
            raise Usage(tr("Say whom with a filter, or --everybody."))
        rows = members.spine(session, query)
        made = bulk.plan(session, rows, values, call.out.progress(tr("Looking")), stopped)
        if args.apply and made.changed:
            made = bulk.apply(session, rows, values, made, call.out.progress(tr("Changing")), stopped)
        whom = describe(query, session.policy)
    data = {"applied": bool(made.seq), "seq": made.seq or None, "query": query.to_dict(), "total": made.total, "changed": made.changed,
            "already": made.already, "why": dict(made.why),
            "refused": [{"id": one.person, "name": one.name, "reason": one.codes[0]} for one in made.refused],
            "sample": [{"id": one.person, "name": one.name, "changes": [list(c) for c in one.changes]} for one in made.sample]}
    call.out.result(data, "\n".join(_told(made, whom)))
    return 0


def _told(made, whom: str) -> list[str]:
    said = [tr("{sentence}: {people}.", sentence=whom, people=trn("{n} person", "{n} people", made.total))]
    if made.seq:
        said.append(trn("{n} is changed.", "{n} are changed.", made.changed))
        said.append(tr("Undo with: members bulk-undo {seq} --apply", seq=made.seq))
    else:
        said.append(trn("{n} would change.", "{n} would change.", made.changed))
    said.append(trn("{n} has it already.", "{n} have it already.", made.already))
    said += [tr("{n} left as they are: {why}.", n=f"{count:,}", why=bulk_reason(reason)) for reason, count in made.why.items()]
    if made.sample and not made.seq:
        said.append(table((tr("Name"), tr("Field"), tr("Before"), tr("After")), [
            (one.name, field_name(code), shown_value(code, before), shown_value(code, after))
            for one in made.sample for code, before, after in one.changes]))
    if made.refused:
        said.append(table((tr("Left as they are"), tr("Why")), [(one.name, bulk_reason(one.codes[0])) for one in made.refused]))
    if not made.seq:
        said.append(tr("Nothing was changed."))
    return said


def _undo(call: Call) -> int:
    from dpdesk.services import bulk
    with call.session() as session, stoppable() as stopped:
        made = bulk.plan_undo(session, call.args.seq)
        if call.args.apply:
            made = bulk.undo(session, call.args.seq, call.out.progress(tr("Undoing")), stopped)
    said = [trn("{n} is as before.", "{n} are as before.", made.back) if call.args.apply else
            trn("{n} would be as before.", "{n} would be as before.", made.back)]
    if made.left:
        said.append(table((tr("Left as they are"), tr("Why")), [(one.name, ", ".join(map(bulk_reason, one.codes))) for one in made.left]))
    if not call.args.apply:
        said.append(tr("Nothing was changed."))
    call.out.result({"seq": made.seq, "applied": call.args.apply, "back": made.back, "left_count": made.left_count,
                     "left": [{"id": one.person, "name": one.name, "codes": list(one.codes)} for one in made.left]}, "\n".join(said))
    return 0
