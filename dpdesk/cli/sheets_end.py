"""`dpdesk sheets lost|losses|found|write-off|hold|release|destroy|destructions|certificate`: what happens to paper at the end."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.custody import stretches
from dpdesk.domain.sessions import CLASSES, Method
from dpdesk.services.session_words import category_name, hindrances_words, method_name
from dpdesk.services.words import moment, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about losing and destroying."""
    lost = grammar.verb(verbs, "lost", _lost, tr("pages are lost: says whose data was on them"))
    lost.add_argument("--how", required=True, help=tr("what is known"))
    lost.add_argument("--since", default="", metavar="UTC", help=tr("since when they are missed, such as 2026-11-28T12:30:00.000Z"))
    grammar.verb(verbs, "losses", _losses, tr("every loss, with whose data it was"))
    came = grammar.verb(verbs, "found", _found, tr("the pages of a loss have turned up"))
    came.add_argument("--where", required=True)
    off = grammar.verb(verbs, "write-off", _write_off, tr("the search for the pages of a loss has ended without them"))
    off.add_argument("--why", required=True)
    for parser in (came, off):
        parser.add_argument("loss", metavar="ID")
    held = grammar.verb(verbs, "hold", _hold, tr("keep pages back from destruction"))
    free = grammar.verb(verbs, "release", _hold, tr("end a hold"))
    for parser, release in ((held, False), (free, True)):
        parser.add_argument("--why", required=True)
        parser.set_defaults(release=release)
    for parser in (lost, held, free):
        parser.add_argument("page", nargs="+", metavar="SHEET[/PAGE[/COPY]]")
    gone = grammar.verb(verbs, "destroy", _destroy, tr("record that sheets were destroyed; without --method, what stands against it"))
    gone.add_argument("sheet", nargs="*")
    gone.add_argument("--session", default="", metavar="ID|DAY", help=tr("all sheets of a session that may go"))
    gone.add_argument("--method", default="", choices=["", *(each.value for each in Method)])
    gone.add_argument("--class", dest="shred_class", default="", choices=["", *CLASSES])
    gone.add_argument("--place", default="")
    gone.add_argument("--at", default="", metavar="UTC")
    gone.add_argument("--by", default="", metavar="NAME")
    gone.add_argument("--witness", default="", metavar="NAME")
    gone.add_argument("--contractor", default="", metavar="NUMBER")
    gone.add_argument("--reason", default="", help=tr("why sheets go that are not entered and checked"))
    gone.add_argument("--certificate", type=Path, metavar="FILE.pdf")
    grammar.verb(verbs, "destructions", _destructions, tr("what was destroyed, batch by batch"))
    paper = grammar.verb(verbs, "certificate", _certificate, tr("write the certificate of a destruction"))
    paper.add_argument("number")
    paper.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")


def _lost(call: Call) -> int:
    from dpdesk.cli.sheets_named import pieces
    from dpdesk.services import losing, sheet_loss
    with call.session() as session:
        made = losing.lose(session, pieces(session, call.args.page), call.args.how, call.args.since)
        told = [sheet_loss.handover(session, each.loss.id) for each in made]
    call.out.result([_handed(each) for each in told], "\n\n".join(map(_words, told)))
    return 0


def _handed(told) -> dict:
    """What an incident is opened with, for machines."""
    return asdict(told) | {"sheet": told.sheet.id, "title": told.sheet.title}


def _words(told) -> str:
    return "\n".join((
        pairs([(tr("Loss"), told.loss.id), (tr("Incident"), told.loss.incident), (tr("Sheet"), f"{told.sheet.spoken} {told.sheet.title}"),
               (tr("Pages"), stretches(piece.page for piece in told.loss.pieces)), (tr("Held by"), told.holder),
               (tr("Last seen"), moment(told.last_seen)),
               (tr("Kinds of data"), ", ".join(category_name(each) for each in told.categories))]),
        table((tr("Page"), tr("Line"), tr("Number"), tr("Name"), tr("Address")), [
            (each.page, each.line, each.number, each.name, each.address) for each in told.people]),
        trn("{n} person is on them by name.", "{n} people are on them by name.", len(told.people))))


def _losses(call: Call) -> int:
    from dpdesk.services import sheet_loss
    with call.session() as session:
        told = [sheet_loss.handover(session, each.id) for each in sheet_loss.losses(session)]
    call.out.result([_handed(each) for each in told], table(
        (tr("Loss"), tr("Sheet"), tr("Pages"), tr("People"), tr("Told"), tr("Ended")),
        [(each.loss.id, each.sheet.spoken, len(each.loss.pieces), len(each.people), moment(each.loss.told_at),
          {"found": tr("found"), "written_off": tr("written off")}.get(each.loss.ended, "")) for each in told]))
    return 0


def _found(call: Call) -> int:
    from dpdesk.services import sheet_loss
    with call.session() as session:
        pages = sheet_loss.found(session, call.args.loss, call.args.where)
    call.out.result([list(each.piece) for each in pages], trn("{n} page is found.", "{n} pages are found.", len(pages)))
    return 0


def _write_off(call: Call) -> int:
    from dpdesk.services import sheet_loss
    with call.session() as session:
        if not call.confirmed(tr("The pages count as gone for good.")):
            return 1
        pages = sheet_loss.write_off(session, call.args.loss, call.args.why)
    call.out.result([list(each.piece) for each in pages], trn("{n} page is written off.", "{n} pages are written off.", len(pages)))
    return 0


def _hold(call: Call) -> int:
    from dpdesk.cli.sheets_named import pieces
    from dpdesk.services import custody
    args = call.args
    with call.session() as session:
        done = (custody.release if args.release else custody.hold)(session, pieces(session, args.page), args.why)
    call.out.result([list(each.piece) for each in done], trn("{n} page is free again.", "{n} pages are free again.", len(done))
                    if args.release else trn("{n} page is held back.", "{n} pages are held back.", len(done)))
    return 0


def _destroy(call: Call) -> int:
    from dpdesk.cli.sessions import found
    from dpdesk.services import destruction, sheets
    args = call.args
    if bool(args.sheet) == bool(args.session):
        raise Usage(tr("Name sheets, or a session."))
    with call.session() as session:
        parent = found(session, args.session).id if args.session else ""
        ready = destruction.plan(session, [sheets.get(session, each).id for each in args.sheet], parent=parent)
        data = [{"sheet": each.sheet.id, "pages": len(each.left), "possible": each.possible, "with_reason": each.with_reason,
                 "hindrances": [{"page": why.piece.page, "copy": why.piece.copy, "code": why.code}
                                for why in each.hindrances]} for each in ready]
        words = table((tr("Sheet"), tr("Walk"), tr("Pages"), tr("What stands against it")), [
            (each.sheet.spoken, each.sheet.title, len(each.left), hindrances_words(each.hindrances)) for each in ready])
        if not args.method:
            call.out.result({"destroyed": None, "sheets": data}, words)
            return 0
        call.out.note(words)
        going = [each.sheet.id for each in ready if args.sheet or each.possible or (each.with_reason and args.reason)]
        path = args.certificate.expanduser().absolute() if args.certificate else None
        place = accepted(call, path, CopyKind.CERTIFICATE) if path else ""
        batch = destruction.destroy(session, going, {code: getattr(args, code) for code in destruction.FIELDS},
                                    dict.fromkeys(going, args.reason))
        if path:
            destruction.certificate(session, batch.number, path, accepted=place)
    call.out.result({"destroyed": asdict(batch), "sheets": data}, trn(
        "{n} page is recorded as destroyed: certificate {number}.", "{n} pages are recorded as destroyed: certificate {number}.",
        batch.pages, number=batch.number))
    return 0


def _destructions(call: Call) -> int:
    from dpdesk.services import destruction
    with call.session() as session:
        done = destruction.listing(session)
    call.out.result([asdict(each) for each in done], table(
        (tr("Number"), tr("When"), tr("How"), tr("Class"), tr("Where"), tr("Pages"), tr("By"), tr("Witness")),
        [(each.number, moment(each.at), method_name(each.method.value), each.shred_class, each.place, each.pages, each.by, each.witness)
         for each in done]))
    return 0


def _certificate(call: Call) -> int:
    from dpdesk.services import destruction
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        place = accepted(call, path, CopyKind.CERTIFICATE)
        copy = destruction.certificate(session, call.args.number, path, accepted=place)
    call.out.result({"file": str(path), "copy": copy.id}, tr("The certificate is written to {path}.", path=path))
    return 0
