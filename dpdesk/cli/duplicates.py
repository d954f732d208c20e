"""`dpdesk members duplicates|merge|not-same|merges|unmerge`: records that may be one person, made one, and parted again."""

from __future__ import annotations

import argparse

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find, record_shown, shown_value
from dpdesk.domain.duplicates import GONE, KEEP, LEAST
from dpdesk.domain.members import CODES, FIELD
from dpdesk.services.words import channel_name, field_name, goes_name, likeness_name, moment, tr


def declare(grammar, verbs) -> None:
    """The verbs about duplicates, among those of `members`."""
    found = grammar.verb(verbs, "duplicates", _duplicates, tr("pairs of records that may be one person, the likeliest first"))
    found.add_argument("--least", type=int, default=LEAST, metavar="SCORE", help=tr("from 1 to 100; {least} without it", least=LEAST))
    found.add_argument("--limit", type=int, default=100, metavar="N")
    merge = grammar.verb(verbs, "merge", _merge, tr("make one record of two; shows first what is taken from where"))
    merge.add_argument("--take", action="append", default=[], type=_side, metavar="FIELD=keep|gone",
                       help=tr("whose value to take of a field"))
    merge.add_argument("--dry-run", action="store_true", help=tr("only show what it would do"))
    apart = grammar.verb(verbs, "not-same", _not_same, tr("remember that two records are two people"))
    apart.add_argument("--take-back", action="store_true", help=tr("let them be proposed again"))
    for parser in (merge, apart):
        parser.add_argument("keep", metavar="KEEP")
        parser.add_argument("gone", metavar="GONE")
    grammar.verb(verbs, "merges", _merges, tr("records made one, newest first"))
    grammar.verb(verbs, "unmerge", _unmerge, tr("make two records of one again")).add_argument(
        "merge", metavar="ID", help=tr("as `merges` shows it, or its last characters"))


def _side(text: str) -> tuple[str, str]:
    code, _, side = text.partition("=")
    if code not in FIELD:
        raise argparse.ArgumentTypeError(tr("there is no field “{code}”; choose among: {fields}", code=code, fields=", ".join(CODES)))
    if side not in (KEEP, GONE):
        raise argparse.ArgumentTypeError(tr("“{text}” is not FIELD=keep or FIELD=gone", text=text))
    return code, side


def _duplicates(call: Call) -> int:
    from dpdesk.services import duplicates
    with call.session() as session, stoppable() as stopped:
        found = duplicates.find(session, call.args.least, call.args.limit, call.out.progress(tr("Comparing")), stopped)
    call.out.result(
        [{"a": p.a, "b": p.b, "names": list(p.names), "score": p.score, "reasons": list(p.reasons)} for p in found],
        table((tr("Score"), tr("Names"), tr("Why"), "A", "B"), [
            (p.score, " / ".join(dict.fromkeys(p.names)), ", ".join(map(likeness_name, p.reasons)), p.a, p.b) for p in found]))
    return 0


def _merge(call: Call) -> int:
    from dpdesk.services import merging
    args = call.args
    with call.session() as session:
        keep, gone = find(session, args.keep), find(session, args.gone)
        if keep.id == gone.id:
            raise Usage(tr("These two are one record already."))
        seen = merging.compare(session, keep.id, gone.id)
        choice = seen.choice if seen.choice.kept.id == keep.id else merging.turned(seen.choice)
        choice = merging.with_sides(choice, dict(args.take))
        call.out.note(table((tr("Field"), tr("Kept"), tr("Gone"), tr("Taken")), [
            (field_name(code), shown_value(code, getattr(choice.kept, code)), shown_value(code, getattr(choice.gone, code)),
             shown_value(code, getattr(choice.gone if choice.take[code] == GONE else choice.kept, code))) for code in seen.differing]))
        data = {"kept": choice.kept.id, "gone": choice.gone.id, "take": dict(choice.take), "moves": dict(seen.moves),
                "stopped": sorted(seen.stopped)}
        words = pairs([(tr("Moves"), ", ".join(f"{goes_name(code)} ({n})" for code, n in seen.moves.items())),
                       (tr("Stopped"), ", ".join(map(channel_name, sorted(seen.stopped))))])
        if args.dry_run:
            call.out.result(data | {"merge": None}, words + "\n" + tr("Nothing was changed."))
            return 0
        if not call.confirmed(tr("Make one record of the two?")):
            return 1
        identity = merging.merge(session, choice)
        call.out.result(data | {"merge": identity}, words + "\n" + tr(
            "Done. “members unmerge {id}” parts them again, until the yearly audit.", id=identity))
    return 0


def _not_same(call: Call) -> int:
    from dpdesk.services import duplicates
    with call.session() as session:
        a, b = find(session, call.args.keep).id, find(session, call.args.gone).id
        (duplicates.take_back_not_same if call.args.take_back else duplicates.say_not_same)(session, a, b)
    call.out.result({"a": a, "b": b, "not_same": not call.args.take_back},
                    tr("They may be proposed again.") if call.args.take_back else tr("They are not proposed again."))
    return 0


def _merges(call: Call) -> int:
    from dpdesk.services import merging
    with call.session() as session:
        found = [(m, merging.until(session, m)) for m in merging.listing(session)]
    call.out.result([{"id": m.id, "kept": m.kept, "gone": m.gone, "at": m.at, "seq": m.seq, "undone": bool(m.undone_seq),
                      "undoable": can} for m, can in found],
                    table((tr("ID"), tr("When"), tr("Kept"), tr("Can be undone")), [
                        (m.id, moment(m.at), m.kept, tr("yes") if can else tr("no")) for m, can in found]))
    return 0


def _unmerge(call: Call) -> int:
    from dpdesk.services import merging
    with call.session() as session:
        named = [each.id for each in merging.listing(session) if each.id.endswith(call.args.merge)]
        return record_shown(call, session, merging.undo(session, named[0] if len(named) == 1 else call.args.merge))
