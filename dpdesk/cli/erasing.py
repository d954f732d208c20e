"""`dpdesk members archive|unarchive|erase`: people put aside, taken back, erased or replaced by an artificial identifier."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs
from dpdesk.cli.people import find
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.erasing import Erasing
from dpdesk.services.words import goes_name, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs by which people leave the lists, among those of `members`."""
    archive = grammar.verb(verbs, "archive", _archive, tr("put people aside from the everyday lists"))
    archive.add_argument("--why", required=True, metavar="TEXT")
    back = grammar.verb(verbs, "unarchive", _unarchive, tr("take people back from the archive"))
    erase = grammar.verb(verbs, "erase", _erase, tr("erase people for good; shows first what goes and what stays"))
    erase.add_argument("--why", required=True, metavar="TEXT")
    erase.add_argument("--pseudonymise", action="store_true", help=tr("keep a record for the counts, under an artificial identifier"))
    erase.add_argument("--dry-run", action="store_true", help=tr("only show what it would do"))
    erase.add_argument("--certificate", type=Path, metavar="FILE.pdf", help=tr("write the certificate of erasure"))
    for parser in (archive, back, erase):
        parser.add_argument("who", nargs="+", metavar="ID|NUMBER")


def _people(session, words: list[str]) -> list[str]:
    return [find(session, word).id for word in words]


def _archive(call: Call) -> int:
    from dpdesk.services import archiving
    with call.session() as session:
        n = archiving.archive(session, _people(session, call.args.who), call.args.why)
    call.out.result({"archived": n}, trn("{n} person is in the archive now.", "{n} people are in the archive now.", n))
    return 0


def _unarchive(call: Call) -> int:
    from dpdesk.services import archiving
    with call.session() as session:
        n = archiving.take_back(session, _people(session, call.args.who))
    call.out.result({"back": n}, trn("{n} person is back in the lists.", "{n} people are back in the lists.", n))
    return 0


def _shown(plan) -> tuple[dict, str]:
    data = {"people": len(plan.people), "goes": dict(plan.goes), "stops": plan.stops, "copies": [each.id for each in plan.copies],
            "backups": plan.backups, "held": len(plan.held), "possible": plan.possible}
    goes = ", ".join(f"{goes_name(code)} ({n:,})" for code, n in plan.goes.items())
    return data, pairs([
        (tr("Who"), ", ".join(plan.names)), (tr("What goes"), goes),
        (tr("What stays"), tr("opt-outs as keyed hashes ({stops}), a keyed hash of number, address and name, so that a later list does "
                                 "not bring them back unasked; the log without the values", stops=plan.stops)),
        (tr("Outside the desk"), tr("{copies} copies and {backups} backups still hold them", copies=len(plan.copies),
                                    backups=plan.backups) if plan.copies or plan.backups else ""),
        (tr("On hold"), f"{len(plan.held)}" if plan.held else "")])


def _erase(call: Call) -> int:
    from dpdesk.services import erasing
    args = call.args
    how = Erasing.PSEUDONYMISED if args.pseudonymise else Erasing.ERASED
    with call.session() as session, stoppable() as stopped:
        people = _people(session, args.who)
        plan = erasing.plan(session, people)
        data, words = _shown(plan)
        call.out.note(words)
        if args.dry_run:
            call.out.result(data | {"done": False}, tr("Nothing was changed."))
            return 0 if plan.possible else 1
        path = args.certificate.expanduser().absolute() if args.certificate else None
        place = accepted(call, path, CopyKind.CERTIFICATE) if path else ""
        if plan.possible and not call.confirmed(tr("This cannot be undone. Go on?")):
            return 1
        done = erasing.erase(session, people, args.why, how, call.out.progress(tr("Erasing")), stopped)
        if path:
            erasing.certificate(session, done.certificate, path, accepted=place)
        said = [trn("{n} person is erased.", "{n} people are erased.", done.people) if how is Erasing.ERASED else
                trn("{n} person is replaced by an artificial identifier.", "{n} people are replaced by artificial identifiers.",
                    done.people), tr("Certificate {number}.", number=done.certificate)]
        if not done.cleared:
            said.append(tr("The last traces are cleared at the next opening."))
        call.out.result(data | {"done": True, "certificate": done.certificate, "cleared": done.cleared,
                                "file": str(path) if path else None}, " ".join(said))
    return 0
