"""`dpdesk retention`: what is due by the policy's rules, a dry run, its approval, carrying it out, holds and longer keeping."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli import retention_holds
from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.retention import CATEGORIES, Run
from dpdesk.services.policy_words import category_name, rule_action_name, rule_sentence, run_state_name
from dpdesk.services.words import day, moment, tr, trn

_SHOWN = 20


def declare(grammar) -> None:
    """The noun `retention`."""
    verbs = grammar.noun("retention", tr("what is due to be erased by the policy’s rules, and erasing it"))
    show = grammar.verb(verbs, "show", _show, tr("every rule and what is due by it"))
    show.add_argument("category", nargs="?", metavar="CATEGORY", help=tr("list what is due of one category"))
    plan = grammar.verb(verbs, "plan", _plan, tr("a dry run: set down what would go; nothing is erased"))
    plan.add_argument("--also", action="append", default=[], metavar="CATEGORY:ID",
                      help=tr("something that is to be looked at, was, and is not kept; “all” for all of it"))
    for name, run, about in (("approve", _approve, tr("let the run that was worked out erase")),
                             ("withdraw", _withdraw, tr("let the run go: nothing is erased"))):
        grammar.verb(verbs, name, run, about)
    apply = grammar.verb(verbs, "apply", _apply, tr("carry the approved run out, or go on with one broken off"))
    apply.add_argument("--certificate", type=Path, metavar="FILE.pdf")
    apply.add_argument("--transfer", type=Path, metavar="FILE.csv", help=tr("the file for headquarters, where a rule hands over first"))
    grammar.verb(verbs, "runs", _runs, tr("every run"))
    certificate = grammar.verb(verbs, "certificate", _certificate, tr("write the certificate of a finished run"))
    certificate.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    certificate.add_argument("which", nargs="?", default="", metavar="ID", help=tr("without it, the newest run"))
    retention_holds.declare(grammar, verbs)


def _show(call: Call) -> int:
    from dpdesk.services import retention
    with call.session() as session:
        lines = retention.overview(session)
    if call.args.category:
        line = next((each for each in lines if each.rule.category == call.args.category), None)
        if line is None:
            raise Usage(tr("There is no category “{code}”.", code=call.args.category))
        call.out.result([each.__dict__ for each in line.due], table((tr("What"), tr("Since"), tr("Identity")), [
            (each.name or "…", day(each.since) if each.since else "", each.id) for each in line.due]))
        return 0
    data = [{"category": line.rule.category, "action": line.rule.action.value, "trigger": line.rule.trigger.value, "months": line.months,
             "days": line.rule.days,
             "clause": line.rule.clause, "due": len(line.due), "held": line.held, "kept_longer": line.longer, "hold": line.hold,
             "yours": line.mine} for line in lines]
    rows = [(line.rule.category, rule_sentence(line.rule, line.months), line.rule.clause, len(line.due), line.held or "",
             line.longer or "") for line in lines]
    call.out.result(data, table((tr("Category"), tr("Rule"), tr("Clause"), tr("Due"), tr("Held"), tr("Kept longer")), rows))
    return 0


def _run_data(run: Run) -> dict[str, object]:
    return {"id": run.id, "state": run.state.value, "planned_at": run.planned_at, "planned_by": run.planned_by,
            "approved_at": run.approved_at, "approved_by": run.approved_by, "ended_at": run.ended_at, "certificate": run.certificate,
            "parts": [{**part.__dict__, "action": part.action.value} for part in run.parts]}


def _run_text(run: Run) -> str:
    head = pairs([(tr("Run"), run.id), (tr("State"), run_state_name(run.state.value)),
                  (tr("Worked out"), f"{moment(run.planned_at)}, {run.planned_by}"),
                  (tr("Approved"), f"{moment(run.approved_at)}, {run.approved_by}" if run.approved_at else ""),
                  (tr("Certificate"), run.certificate)])
    rows = [(category_name(p.category), rule_action_name(p.action.value), p.clause, p.due, p.done or "", p.stayed or "") for p in run.parts]
    return "\n\n".join((head, table((tr("What"), tr("What happens"), tr("Clause"), tr("Due"), tr("Gone"), tr("Stayed")), rows)))


def _reviewed(session, wanted: list[str]) -> dict[str, list[str]]:
    """The items named with --also, by category."""
    from dpdesk.services import retention
    found: dict[str, list[str]] = {}
    for each in wanted:
        code, colon, identity = each.partition(":")
        if not colon:
            raise Usage(tr("“{text}” is not CATEGORY:ID.", text=each))
        if code not in CATEGORIES:
            raise Usage(tr("There is no category “{code}”.", code=code))
        if identity == "all":
            found[code] = [due.id for line in retention.overview(session) if line.rule.category == code for due in line.due]
        else:
            found.setdefault(code, []).append(identity)
    return found


def _plan(call: Call) -> int:
    from dpdesk.services import retention
    with call.session() as session:
        run = retention.propose(session, _reviewed(session, call.args.also))
    call.out.result(_run_data(run), "\n\n".join((_run_text(run), tr("Nothing is erased yet: the accountable person approves it first."))))
    return 0


def _approve(call: Call) -> int:
    from dpdesk.services import retention
    with call.session() as session:
        run = retention.get(session)
        call.out.note(_run_text(run))
        if not call.confirmed(trn("Let {n} thing be erased?", "Let {n} things be erased?", run.due)):
            return 1
        run = retention.approve(session, run.id)
    call.out.result(_run_data(run), tr("Approved. “retention apply” carries it out."))
    return 0


def _withdraw(call: Call) -> int:
    from dpdesk.services import retention
    with call.session() as session:
        run = retention.withdraw(session)
    call.out.result(_run_data(run), tr("Withdrawn. Nothing was erased."))
    return 0


def _apply(call: Call) -> int:
    from dpdesk.services import retention, retention_certificate
    args = call.args
    with call.session() as session, stoppable() as stopped:
        standing = retention.get(session)
        call.out.note(_run_text(standing))
        path = args.certificate.expanduser().absolute() if args.certificate else None
        transfer = args.transfer.expanduser().absolute() if args.transfer else None
        place = accepted(call, path, CopyKind.CERTIFICATE) if path else ""
        handed = accepted(call, transfer, CopyKind.MEMBERS) if transfer else ""
        retention.require_ready(session, standing)
        if not call.confirmed(tr("This cannot be undone. Go on?")):
            return 1
        run = retention.apply(session, standing.id, call.out.progress(tr("Erasing")), stopped, transfer, handed)
        if path:
            retention_certificate.certificate(session, path, run.id, accepted=place)
    call.out.result(_run_data(run), "\n\n".join((_run_text(run), tr("Done."))))
    return 0


def _runs(call: Call) -> int:
    from dpdesk.services import retention
    with call.session() as session:
        found = retention.runs(session)
    call.out.result([_run_data(run) for run in found], table(
        (tr("Worked out"), tr("State"), tr("Due"), tr("Gone"), tr("Certificate"), tr("Identity")),
        [(moment(run.planned_at), run_state_name(run.state.value), run.due, sum(p.done for p in run.parts), run.certificate, run.id)
         for run in found[:_SHOWN]]) if found else tr("There was no run yet: “retention plan” works one out."))
    return 0


def _certificate(call: Call) -> int:
    from dpdesk.services import retention_certificate
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        copy = retention_certificate.certificate(session, path, call.args.which, accepted=accepted(call, path, CopyKind.CERTIFICATE))
    call.out.result({"file": str(path), "copy": copy.id}, tr("Written to {path}.", path=path))
    return 0
