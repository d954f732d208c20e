"""`dpdesk members imports|rollback`: the lists that came in, and taking one back whole."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.imports import counts_text, stoppable
from dpdesk.cli.output import table
from dpdesk.services.words import dependent_name, import_state_name, moment, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about lists that came in, among those of `members`."""
    grammar.verb(verbs, "imports", _imports, tr("the lists that came in, newest first"))
    back = grammar.verb(verbs, "rollback", _roll_back, tr("take a list back whole, while nothing depends on it"))
    back.add_argument("list", metavar="ENTRY|ID", help=tr("its entry in the log, as `imports` shows it"))
    back.add_argument("--dry-run", action="store_true", help=tr("only show what it would do"))


def _imports(call: Call) -> int:
    from dpdesk.services import imports_kept
    with call.session() as session:
        found = imports_kept.listing(session)
    call.out.result(
        [{"id": k.id, "seq": k.seq, "file": k.file, "at": k.at, "officer": k.officer, "whole": k.whole, "state": k.state.value,
          "counts": dict(k.counts.__dict__)} for k in found],
        table((tr("Entry"), tr("When"), tr("By"), tr("List"), tr("What it did"), tr("Now")), [
            (k.seq, moment(k.at), k.officer, k.file, counts_text(k.counts), import_state_name(k.state.value)) for k in found]))
    return 0


def _roll_back(call: Call) -> int:
    from dpdesk.services import imports_kept
    with call.session() as session, stoppable() as stopped:
        plan = imports_kept.plan(session, call.args.list)
        data = {"id": plan.kept.id, "seq": plan.kept.seq, "state": plan.kept.state.value, "removes": len(plan.new),
                "puts_back": len(plan.back), "depending": plan.depending, "possible": plan.possible,
                "dependents": [{"id": d.person, "name": d.name, "why": list(d.codes)} for d in plan.dependents]}
        if plan.dependents:
            call.out.note(table((tr("Person"), tr("Why the list stays")), [
                (d.name or d.person, ", ".join(map(dependent_name, d.codes))) for d in plan.dependents]))
        words = " ".join((trn("{n} person is taken out,", "{n} people are taken out,", len(plan.new)),
                          trn("{n} record is put back.", "{n} records are put back.", len(plan.back)),
                          tr("Opt-outs that the list brought stay.")))
        if call.args.dry_run:
            call.out.result(data | {"done": False}, words if plan.possible else import_state_name(plan.kept.state.value))
            return 0 if plan.possible else 1
        if plan.possible and not call.confirmed(f"{words} {tr('Go on?')}"):
            return 1
        imports_kept.roll_back(session, plan.kept.id, call.out.progress(tr("Taking back")), stopped)
        call.out.result(data | {"done": True}, words)
    return 0
