"""`dpdesk sealed …`: seal files to officers, look into a package, open it."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.members import Confidentiality
from dpdesk.services.transfers_words import holder, package_kind_name, package_state_name, size
from dpdesk.services.words import confidentiality_name, day, moment, tr, trn


def declare(grammar) -> None:
    """The verbs of `sealed`."""
    verbs = grammar.noun("sealed", tr("packages sealed to officers’ keys"))
    seal = grammar.verb(verbs, "seal", _seal, tr("seal files to one officer or several"))
    seal.add_argument("files", nargs="+", type=Path, metavar="FILE")
    seal.add_argument("--to", nargs="+", required=True, metavar="NAME|ID", help=tr("whose verified card"))
    seal.add_argument("--purpose", required=True, metavar="TEXT", help=tr("what they need it for"))
    seal.add_argument("--class", dest="classification", choices=[each.value for each in Confidentiality],
                      default=Confidentiality.STRICT.value)
    seal.add_argument("--days", type=int, default=30, metavar="N", help=tr("it can be opened for N days; 30 without it, 365 at most"))
    seal.add_argument("--out", type=Path, metavar="FILE", help=tr("also write it to a file, to be carried"))
    seal.add_argument("--queue", nargs="+", default=[], metavar="DESTINATION", help=tr("put it into the outbox"))
    sheets = grammar.verb(verbs, "sheets", _sheets, tr("seal what campaign sheets hold: results and pictures"))
    sheets.add_argument("sheets", nargs="+", metavar="SHEET")
    sheets.add_argument("--to", nargs="+", required=True, metavar="NAME|ID")
    sheets.add_argument("--purpose", default="", metavar="TEXT")
    sheets.add_argument("--days", type=int, default=30, metavar="N")
    sheets.add_argument("--queue", nargs="+", default=[], metavar="DESTINATION", help=tr("put it into the outbox"))
    grammar.verb(verbs, "list", _list, tr("packages sealed here, and those that came in"))
    save = grammar.verb(verbs, "save", _save, tr("write a package sealed here to a file"))
    save.add_argument("package", metavar="ID")
    save.add_argument("--out", type=Path, required=True, metavar="FILE")
    inspect = grammar.verb(verbs, "inspect", _inspect, tr("check all of a package and say what is in it; nothing is written"))
    opening = grammar.verb(verbs, "open", _open, tr("open a package into a new folder, once all of it has verified"))
    for parser in (inspect, opening):
        parser.add_argument("package", metavar="FILE|ID", help=tr("a file, or one that came in as “sealed list” shows it"))
    opening.add_argument("--to", type=Path, required=True, metavar="DIR")
    opening.add_argument("--again", action="store_true", help=tr("although it was opened here before"))


def _hands(call: Call, title: str):
    from dpdesk.services.packages import Hands
    return Hands(call.out.progress(title))


def package_data(each) -> dict:
    """A package for scripts."""
    return {"id": each.id, "way": each.way, "kind": each.kind.value, "purpose": each.purpose, "class": each.classification,
            "made_at": each.made_at, "expires_on": each.expires_on, "files": [[i.name, i.size, i.sha256] for i in each.items],
            "size": each.size, "sealed_size": each.sealed_size, "state": each.state.value, "kept": bool(each.file)}


def _seal(call: Call) -> int:
    from dpdesk.services import outbox, packages
    args = call.args
    out = args.out.expanduser().absolute() if args.out else None
    ok = accepted(call, out, CopyKind.SEALED) if out else ""
    with call.session() as session:
        made = packages.seal(session, packages.Wish(args.to, args.purpose, args.files, classification=Confidentiality(args.classification),
                                                    days=args.days), _hands(call, tr("Sealing")))
        if out:
            packages.save(session, made.id, out, ok)
        queued = outbox.queue(session, made.id, args.queue) if args.queue else []
    said = [trn("{n} file is sealed.", "{n} files are sealed.", len(made.items)),
            tr("It can be opened until {day}.", day=day(made.expires_on)), tr("ID: {id}", id=made.id[-8:])]
    if queued:
        said.append(trn("It waits in the outbox for {n} destination: dpdesk portal send", "It waits in the outbox for {n} destinations: "
                        "dpdesk portal send", len(queued)))
    call.out.result(package_data(made) | {"file": str(out or ""), "transfers": [each.id for each in queued]}, "\n".join(said))
    return 0


def _sheets(call: Call) -> int:
    from dpdesk.services import outbox, sheets_sealed
    args = call.args
    with call.session() as session:
        made = sheets_sealed.seal(session, args.sheets, args.to, purpose=args.purpose, days=args.days, hands=_hands(call, tr("Sealing")))
        queued = outbox.queue(session, made.id, args.queue) if args.queue else []
    call.out.result(package_data(made) | {"transfers": [each.id for each in queued]}, tr(
        "They are sealed. Once the package is receipted, the sheets count as uploaded. ID: {id}", id=made.id[-8:]))
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import packages
    with call.session() as session:
        found = packages.listing(session)
    ways = {"in": tr("in"), "out": tr("out")}
    call.out.result([package_data(each) for each in found], table(
        (tr("ID"), tr("Way"), tr("Kind"), tr("Files"), tr("Size"), tr("State"), tr("When"), tr("Purpose")),
        [(each.id[-8:], ways[each.way], package_kind_name(each.kind.value), len(each.items), size(each.size),
          package_state_name(each.state.value), moment(each.at), each.purpose) for each in found]))
    return 0


def _save(call: Call) -> int:
    from dpdesk.services import packages
    path = call.args.out.expanduser().absolute()
    ok = accepted(call, path, CopyKind.SEALED)
    with call.session() as session:
        packages.save(session, call.args.package, path, ok)
    call.out.result({"file": str(path)}, tr("Written to {path}.", path=path))
    return 0


def _path(session, wanted: str) -> Path:
    from dpdesk.services import packages
    path = Path(wanted).expanduser()
    return path.absolute() if path.exists() or "/" in wanted or "." in wanted else packages.path_of(session, packages.get(session, wanted))


def _inspect(call: Call) -> int:
    from dpdesk.services import packages
    with call.session() as session:
        seen = packages.inspect(session, _path(session, call.args.package), _hands(call, tr("Checking")))
    found = seen.manifest
    sender = seen.sender.card if seen.sender else found.sender
    facts = pairs([(tr("From"), f"{sender.name} ({holder(sender)})"), (tr("Purpose"), found.purpose),
                   (tr("Kind"), package_kind_name(found.kind.value)), (tr("Class"), confidentiality_name(found.classification)),
                   (tr("Sealed"), moment(found.made_at)), (tr("Can be opened until"), day(found.expires_on)),
                   (tr("Opened here"), moment(seen.opened_at))])
    files = table((tr("File"), tr("Size"), "SHA-256"), [(i.name, size(i.size), i.sha256[:16]) for i in found.items])
    call.out.result({"id": found.id, "sender": sender.name, "fingerprint": sender.fingerprint(), "purpose": found.purpose,
                     "kind": found.kind.value, "class": found.classification, "made_at": found.made_at, "expires_on": found.expires_on,
                     "opened_at": seen.opened_at, "files": [[i.name, i.size, i.sha256] for i in found.items]}, f"{facts}\n\n{files}")
    return 0


def _open(call: Call) -> int:
    from dpdesk.services import packages
    target = call.args.to.expanduser().absolute()
    ok = accepted(call, target, CopyKind.RECEIVED)
    with call.session() as session:
        taken = packages.open_to(session, _path(session, call.args.package), target, _hands(call, tr("Opening")), again=call.args.again,
                                 accepted=ok)
    call.out.result(package_data(taken) | {"folder": str(target)}, trn(
        "{n} file lies in {folder}. It is a copy: delete it when you are done.",
        "{n} files lie in {folder}. They are a copy: delete them when you are done.", len(taken.items), folder=target))
    return 0
