"""`dpdesk registers list|fields|show|add|set|move|link|note|attach|export|print`: every register from the command line."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.register_values import asked, declare_values, labelled, values
from dpdesk.domain.copies import CopyKind
from dpdesk.services.words import day, moment, tr, trn


def declare(grammar) -> None:
    """The noun and its verbs."""
    verbs = grammar.noun("registers", tr("the registers of the data-protection duties"))
    listed = grammar.verb(verbs, "list", _list, tr("all registers; or the entries of one, what is due first"))
    listed.add_argument("register", nargs="?", metavar="REGISTER")
    listed.add_argument("--open", action="store_true", help=tr("only what is open"))
    fields = grammar.verb(verbs, "fields", _fields, tr("what a register asks for: fields, choices, moves, with their clauses"))
    fields.add_argument("register", metavar="REGISTER")
    _entry(grammar.verb(verbs, "show", _show, tr("an entry whole, with its clocks and timeline")))
    add = grammar.verb(verbs, "add", _add, tr("a new entry"))
    add.add_argument("register", metavar="REGISTER")
    declare_values(add)
    add.add_argument("--person", action="append", default=[], metavar="ID|NUMBER", help=tr("whom it is about; may be given again"))
    change = _entry(grammar.verb(verbs, "set", _change, tr("change fields of an entry")))
    declare_values(change)
    move = _entry(grammar.verb(verbs, "move", _move, tr("make a move; without one, list those there are")))
    move.add_argument("move", nargs="?", default="", metavar="MOVE")
    move.add_argument("--on", default="", metavar="DAY", help=tr("the day it took effect; without it: today"))
    declare_values(move)
    linked = _entry(grammar.verb(verbs, "link", _link, tr("note whom an entry is about")))
    linked.add_argument("people", nargs="+", metavar="ID|NUMBER")
    linked.add_argument("--undo", dest="unlink", action="store_true", help=tr("it is not about them after all"))
    note = _entry(grammar.verb(verbs, "note", _note, tr("write a note into the timeline")))
    note.add_argument("text", metavar="TEXT")
    _entry(grammar.verb(verbs, "attach", _attach, tr("keep a file with an entry, encrypted in the desk"))).add_argument(
        "file", type=Path, metavar="FILE")
    for verb, run, about, what in (
            ("export", _export, tr("a register as CSV or JSON, by the ending of FILE"), "register"),
            ("print", _print, tr("an entry as PDF"), "entry")):
        leaves = grammar.verb(verbs, verb, run, about)
        leaves.add_argument(what, metavar=what.upper())
        leaves.add_argument("--out", type=Path, required=True, metavar="FILE")
        leaves.add_argument("--why", required=True, metavar="TEXT")
        if verb == "print":
            leaves.add_argument("--for", dest="whom", choices=("headquarters", "regulator"), help=tr(
                "an incident on one page, as headquarters or the regulator asks for it"))


def _entry(parser):
    parser.add_argument("entry", metavar="REF|ID")
    return parser


def _list(call: Call) -> int:
    from dpdesk.services import duties, duty_words
    with call.session() as session:
        if not call.args.register:
            counted = duties.counts(session)
            call.out.result([{"register": each.code, "title": each.title, "open": n[0], "all": n[1]} for each, n in counted],
                            table((tr("Register"), tr("Title"), tr("Open"), tr("All")),
                                  [(each.code, tr(each.title), f"{n[0]:,}", f"{n[1]:,}") for each, n in counted]))
            return 0
        from dpdesk.services.duties_export import data_of
        found = duties.listing(session, call.args.register, ended=False if call.args.open else None)
        call.out.result([data_of(each) for each in found], table(
            (tr("Reference"), tr("What"), tr("State"), tr("Due")),
            [(each.ref, each.heading[:60], duty_words.state_words(each.register, each.duty.state),
              moment(each.due) if len(each.due) > 10 else day(each.due)) for each in found]))
    return 0


def _fields(call: Call) -> int:
    from dpdesk.services import duties, duty_typed
    register = duties.register_of(call.args.register)
    fields = [{"field": f.code, "label": f.label, "kind": f.kind.value, "needed": f.needed, "clause": f.clause,
               "choices": [code for code, _words in f.choices], "to": f.to,
               "columns": [each.code for each in duty_typed.row_columns(f)]} for f in register.fields]
    moves = [{"move": m.code, "label": m.label, "from": list(m.of), "to": m.to, "asks": list(m.asks), "needs": list(m.needs)}
             for m in register.moves]
    call.out.result({"register": register.code, "fields": fields, "moves": moves}, "\n\n".join((
        table((tr("Field"), tr("Label"), tr("Kind"), tr("Clause"), tr("How it is typed")), [
            (f.code + (" *" if f.needed else ""), tr(f.label), f.kind.value, f.clause, asked(register, f)) for f in register.fields]),
        *(table((tr("Column of {field}", field=tr(f.label)), tr("Label"), tr("How it is typed")), [
            (each.code + (" *" if each.needed else ""), tr(each.label), asked(register, each)) for each in duty_typed.row_columns(f)])
          for f in register.fields if f.columns),
        table((tr("Move"), tr("Label"), tr("From"), tr("To"), tr("Needs")), [
            (m.code, tr(m.label), ", ".join(m.of), m.to or "=", ", ".join(m.needs)) for m in register.moves]))))
    return 0


def _shown(call: Call, session, shown) -> int:
    from dpdesk.services import duties, duties_forwarded, duty_words
    from dpdesk.services.duties_export import data_of, entry_names
    now, names = duties.utc_now(), entry_names(session)
    facts = [(tr(field.label), said) for _group, held in duty_words.facts_by_group(shown.duty, shown.register, names)
             for field, said in held]
    lines = [(tr("Reference"), f"{shown.ref}  {shown.heading}"), (tr("State"), duty_words.state_words(shown.register, shown.duty.state)),
             *((tr("Clock"), duty_words.clock_words(each, now)) for each in shown.running),
             *((label if not at else "", line) for label, said in facts for at, line in enumerate(said.splitlines()))]
    events = [(moment(each.at), " ".join(filter(None, (duty_words.event_words(shown.register, each), each.note))))
              for each in shown.duty.events]
    told = duties_forwarded.words(session, shown.register.code) if not shown.duty.ended_at else ""
    call.out.result(data_of(shown) | {"who_is_told": told}, "\n\n".join(filter(None, (pairs(lines), told, pairs(events)))))
    return 0


def _show(call: Call) -> int:
    from dpdesk.services import duties
    with call.session() as session:
        return _shown(call, session, duties.get(session, call.args.entry))


def _add(call: Call) -> int:
    from dpdesk.cli.people import find
    from dpdesk.services import duties
    register = duties.register_of(call.args.register)
    with call.session() as session, labelled(call, register):
        people = [find(session, each).id for each in call.args.person]
        return _shown(call, session, duties.add(session, register.code, values(call, session, register), people, call.args.note))


def _change(call: Call) -> int:
    from dpdesk.services import duties
    with call.session() as session:
        shown = duties.get(session, call.args.entry)
        with labelled(call, shown.register):
            changed = duties.change(session, shown.duty.id, values(call, session, shown.register, shown), call.args.note)
        return _shown(call, session, changed)


def _move(call: Call) -> int:
    from dpdesk.services import duties, duties_follow, duties_forwarded, duty_typed
    with call.session() as session:
        shown = duties.get(session, call.args.entry)
        if not call.args.move:
            there = duties_forwarded.ordered(session, shown)
            call.out.result([{"move": m.code, "label": m.label, "may": may} for m, may in there], table(
                (tr("Move"), tr("What it does"), tr("You may")),
                [(m.code, tr(m.label), tr("yes") if may else tr("no")) for m, may in there]))
            return 0
        with labelled(call, shown.register):
            moved = duties_follow.move(session, shown.duty.id, call.args.move, values(call, session, shown.register, shown),
                                       duty_typed.day_of(call.args.on), call.args.note)
        return _shown(call, session, moved)


def _link(call: Call) -> int:
    from dpdesk.cli.people import find
    from dpdesk.services import duties
    with call.session() as session:
        shown = duties.get(session, call.args.entry)
        people = [find(session, each).id for each in call.args.people]
        for each in people if call.args.unlink else ():
            shown = duties.unlink(session, shown.duty.id, each)
        return _shown(call, session, shown if call.args.unlink else duties.link(session, shown.duty.id, people))


def _note(call: Call) -> int:
    from dpdesk.services import duties
    with call.session() as session:
        return _shown(call, session, duties.note(session, duties.get(session, call.args.entry).duty.id, call.args.text))


def _attach(call: Call) -> int:
    from dpdesk.services import duties, duties_files
    path = call.args.file.expanduser().absolute()
    with call.session() as session:
        kept = duties_files.attach(session, duties.get(session, call.args.entry).duty.id, path)
    call.out.result({"id": kept.document.id, "sha256": kept.document.digest, "copy": kept.source.id}, tr(
        "Kept: {name}. The file itself still lies at {file}. It is on the list of copies: delete it by {day}.", name=kept.document.name,
        file=path, day=day(kept.source.delete_by)))
    return 0


def _export(call: Call) -> int:
    from dpdesk.services import duties_export
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        copy = duties_export.export(session, call.args.register, path, call.args.why, accepted=accepted(call, path, CopyKind.DUTIES))
    return _left(call, path, copy)


def _print(call: Call) -> int:
    from dpdesk.services import duties, duties_export, incident_packs
    path, ok = call.args.out.expanduser().absolute(), accepted(call, call.args.out.expanduser().absolute(), CopyKind.DUTIES)
    with call.session() as session:
        shown = duties.get(session, call.args.entry)
        copy = (incident_packs.save(session, shown.duty.id, call.args.whom, path, call.args.why, accepted=ok) if call.args.whom
                else duties_export.save_pdf(session, shown.duty.id, path, call.args.why, accepted=ok))
    return _left(call, path, copy)


def _left(call: Call, path: Path, copy) -> int:
    call.out.result({"file": str(path), "copy": copy.id, "people": copy.people, "delete_by": copy.delete_by}, " ".join(filter(None, (
        tr("Saved to {file}.", file=path), trn("It is about {n} person.", "It is about {n} people.", copy.people) if copy.people else "",
        tr("This file is not encrypted: delete it by {day}.", day=day(copy.delete_by))))))
    return 0
