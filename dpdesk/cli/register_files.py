"""`dpdesk register files|rollback|destroy`: the files that came in, and their end."""

from __future__ import annotations

from dataclasses import asdict

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import table
from dpdesk.services.register_words import kind_name, permitted_name, state_name
from dpdesk.services.words import day, moment, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about files that came in."""
    grammar.verb(verbs, "files", _files, tr("the files that came in, what for, and until when; newest first"))
    back = grammar.verb(verbs, "rollback", _roll_back, tr("take a file back whole, while nothing depends on it"))
    back.add_argument("file", metavar="ENTRY|ID")
    back.add_argument("--dry-run", action="store_true", help=tr("only show whether it can be taken back"))
    gone = grammar.verb(verbs, "destroy", _destroy, tr("destroy a register that a newer one replaced, or whose day has come"))
    gone.add_argument("file", metavar="ENTRY|ID")


def _files(call: Call) -> int:
    from dpdesk.services import register_files
    from dpdesk.services.session import today
    with call.session() as session:
        found = register_files.listing(session)
    call.out.result(
        [{"id": f.id, "seq": f.seq, "kind": f.kind.value, "file": f.file, "layout": f.layout, "at": f.at, "officer": f.officer,
          "state": f.state.value, "due": f.is_due(today()), "counts": asdict(f.counts), **asdict(f.supply)} for f in found],
        table((tr("Entry"), tr("When"), tr("What"), tr("File"), tr("From"), tr("For"), tr("Destroy by"), tr("Now")), [
            (f.seq, moment(f.at), kind_name(f.kind.value), f.file, f.supply.supplier, permitted_name(f.supply.permitted.value),
             day(f.supply.destroy_by), state_name(f.state.value)) for f in found]))
    return 0


def _roll_back(call: Call) -> int:
    from dpdesk.services import register_files
    with call.session() as session, stoppable() as stopped:
        plan = register_files.plan_back(session, call.args.file)
        data = {"id": plan.file.id, "seq": plan.file.seq, "depending": plan.depending, "blocked": plan.blocked, "possible": plan.possible}
        question = tr("“{file}” is taken back, and the register is as it was before it.", file=plan.file.file)
        if call.args.dry_run:
            call.out.result(data | {"done": False}, question if plan.possible else trn(
                "It cannot be taken back: {n} elector depends on it.", "It cannot be taken back: {n} electors depend on it.",
                plan.depending))
            return 0 if plan.possible else 1
        if plan.possible and not call.confirmed(f"{question} {tr('Go on?')}"):
            return 1
        register_files.roll_back(session, plan.file.id, call.out.progress(tr("Taking back")), stopped)
    call.out.result(data | {"done": True}, question)
    return 0


def _destroy(call: Call) -> int:
    from dpdesk.services import register_files
    with call.session() as session:
        file = register_files.get(session, call.args.file)
        if not call.confirmed(tr("What the desk still holds of “{file}” is destroyed for good. Go on?", file=file.file)):
            return 1
        done = register_files.destroy(session, file.id)
    call.out.result({"files": list(done.files), "rows": done.rows, "clean": done.clean, "copies": list(done.copies)}, " ".join((
        tr("Destroyed: {files}.", files=", ".join(done.files)), trn("{n} record.", "{n} records.", done.rows),
        tr("See “copies list” for the files themselves.") if done.copies else "")))
    return 0
