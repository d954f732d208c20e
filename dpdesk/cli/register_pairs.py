"""`dpdesk register link|suggest|pairs|confirm|export`: who is who, and electors out of the desk for an electoral purpose."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.domain.copies import WITHIN, CopyKind
from dpdesk.domain.register_files import Purpose
from dpdesk.services.register_words import follow_name, link_reason
from dpdesk.services.words import day, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about pairs, and the export."""
    suggest = grammar.verb(verbs, "suggest", _suggest, tr("electors who may be members or contacts, the likeliest first"))
    suggest.add_argument("--least", type=int, default=70, metavar="SCORE")
    link = grammar.verb(verbs, "link", _link, tr("say that an elector is a member or contact, or that they are two"))
    link.add_argument("elector", metavar="NUMBER|ID")
    link.add_argument("person", metavar="MEMBER")
    answers = link.add_mutually_exclusive_group()
    answers.add_argument("--not-same", action="store_true", help=tr("they are two: do not suggest them again"))
    answers.add_argument("--undo", action="store_true", help=tr("forget what was said of them"))
    grammar.verb(verbs, "pairs", _pairs, tr("electors of an old and a new register who may be one"))
    confirm = grammar.verb(verbs, "confirm", _confirm, tr("say of such a pair whether it is one elector"))
    confirm.add_argument("pair", metavar="ID")
    confirm.add_argument("answer", choices=("same", "other"))
    export = grammar.verb(verbs, "export", _export,
                          tr("write electors to a CSV file, for an electoral purpose; it goes on the list of copies"))
    export.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    export.add_argument("--purpose", required=True, choices=[each.value for each in Purpose])
    export.add_argument("--for", dest="whom", default=WITHIN, metavar="WHOM")
    export.add_argument("--columns", default="", metavar="FIELD,FIELD")
    export.add_argument("--pd", default="", metavar="PD", help=tr("only this polling district"))
    export.add_argument("--overwrite", action="store_true", help=tr("replace a file of that name"))


def _suggest(call: Call) -> int:
    from dpdesk.services import register_links
    with call.session() as session, stoppable() as stopped:
        found = register_links.suggest(session, call.args.least, progress=call.out.progress(tr("Comparing")), cancelled=stopped)
    call.out.result([asdict(each) for each in found], table((tr("Score"), tr("Elector"), tr("Name"), tr("Person"), tr("Why")), [
        (each.score, each.number, each.elector_name, each.person_name, ", ".join(map(link_reason, each.reasons))) for each in found]))
    return 0


def _link(call: Call) -> int:
    from dpdesk.services import register_links
    args = call.args
    verb = register_links.unlink if args.undo else register_links.refuse if args.not_same else register_links.link
    with call.session() as session:
        person = find(session, args.person)
        verb(session, args.elector, person.id)
    said = (tr("It is forgotten.") if args.undo else tr("They are two; they are not suggested again.") if args.not_same
            else tr("They are linked."))
    call.out.result({"elector": args.elector, "person": person.id, "linked": not (args.undo or args.not_same)}, said)
    return 0


def _pairs(call: Call) -> int:
    from dpdesk.services import register_follows
    with call.session() as session:
        found = register_follows.listing(session)
    call.out.result(
        [{"id": p.follow.id, "score": p.follow.score, "reasons": list(p.follow.reasons), "old": str(p.old.key), "old_name": p.old.name,
          "new": str(p.new.key), "new_name": p.new.name} for p in found],
        table((tr("Score"), tr("Left"), tr("Came"), tr("Why"), tr("Pair")), [
            (p.follow.score, f"{p.old.key} {p.old.name}", f"{p.new.key} {p.new.name}", ", ".join(map(follow_name, p.follow.reasons)),
             p.follow.id) for p in found]))
    return 0


def _confirm(call: Call) -> int:
    from dpdesk.services import register_follows
    same = call.args.answer == "same"
    with call.session() as session:
        register_follows.answer(session, call.args.pair, same=same)
    call.out.result({"pair": call.args.pair, "same": same}, tr("They are one elector; history follows.") if same
                    else tr("They are two electors."))
    return 0


def _export(call: Call) -> int:
    from dpdesk.services import electors, register_export
    args = call.args
    path = args.out.expanduser().absolute()
    columns = tuple(filter(None, args.columns.split(","))) or register_export.FEWEST
    if path.exists() and not args.overwrite:
        raise Usage(tr("{file} is there already. Add --overwrite to replace it.", file=path))
    if unknown := [code for code in columns if code not in register_export.COLUMNS]:
        raise Usage(tr("There is no field “{field}”. Choose among: {fields}.", field=unknown[0], fields=", ".join(register_export.COLUMNS)))
    with call.session() as session, stoppable() as stopped:
        wish = register_export.Wish(path, Purpose(args.purpose), electors.Query(args.pd), columns, args.whom,
                                    accepted(call, path, CopyKind.REGISTER))
        copy, count = register_export.write(session, wish, call.out.progress(tr("Writing")), stopped)
    call.out.result({"file": str(path), "electors": count, "columns": list(columns), "purpose": args.purpose, "copy": copy.id,
                     "delete_by": copy.delete_by}, trn(
        "{n} elector written to {file}. This file is not encrypted: delete it by {day}.",
        "{n} electors written to {file}. This file is not encrypted: delete it by {day}.", count, file=path, day=day(copy.delete_by)))
    return 0
