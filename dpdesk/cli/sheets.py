"""`dpdesk sheets`: sheets printed, handed out, handed in, lost and found; who is on each page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from dpdesk.cli import sheets_end, sheets_enter
from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage, asked_secret
from dpdesk.cli.sessions import found, somebody
from dpdesk.cli.sheets_named import pieces
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.custody import How, State
from dpdesk.domain.sessions import Sheet
from dpdesk.services.session_words import came_name, how_name, move_name, state_name
from dpdesk.services.words import moment, tr, trn


def declare(grammar) -> None:
    """The noun `sheets`."""
    verbs = grammar.noun("sheets", tr("campaign sheets on paper: print, issue, return, destroy, and where each page is"))
    listed = grammar.verb(verbs, "list", _list, tr("sheets with their state, of a session or all"))
    listed.add_argument("--session", default="", metavar="ID|DAY")
    listed.add_argument("--state", action="append", default=[], choices=[each.value for each in State])
    made = grammar.verb(verbs, "print", _print, tr("make what is allotted into sheets, and write them to a PDF to be printed"))
    made.add_argument("--session", required=True, metavar="ID|DAY")
    made.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    made.add_argument("--sheet", action="append", default=[], metavar="SHEET", help=tr("only these; without it, all not printed yet"))
    shown = grammar.verb(verbs, "show", _show, tr("one sheet: what happened to each page"))
    shown.add_argument("sheet")
    out = grammar.verb(verbs, "issue", _issue, tr("hand sheets out to a responsible individual who was briefed"))
    out.add_argument("sheet", nargs="+")
    out.add_argument("--to", required=True, metavar="NAME|ID")
    out.add_argument("--briefing", required=True, type=int, metavar="VERSION", help=tr("the version they acknowledged"))
    out.add_argument("--pin-fd", type=int, metavar="N", help=tr("their PIN from open file N; without it, you vouch for them"))
    back = grammar.verb(verbs, "return", _return, tr("hand pages in: codes, typed numbers, - for one a line on stdin, or pictures"))
    back.add_argument("--session", required=True, metavar="ID|DAY")
    back.add_argument("code", nargs="*")
    back.add_argument("--image", action="append", default=[], type=Path, metavar="FILE")
    void = grammar.verb(verbs, "void", _void, tr("pages are of no use: never printed, or spoiled"))
    void.add_argument("--why", required=True)
    void.add_argument("page", nargs="+", metavar="SHEET/PAGE/COPY")
    sheets_enter.declare(grammar, verbs)
    sheets_end.declare(grammar, verbs)


def _list(call: Call) -> int:
    from dpdesk.services import sheets
    with call.session() as session:
        parent = found(session, call.args.session).id if call.args.session else ""
        listed = sheets.listing(session, parent, [State(each) for each in call.args.state])
    call.out.result([_data(each) for each in listed], table(
        (tr("Sheet"), tr("Walk"), tr("Pages"), tr("People"), tr("State"), tr("Back by")),
        [(each.spoken, each.title, each.pages, each.people, state_name(each.state.value), moment(each.back_by)) for each in listed]))
    return 0


def _data(each: Sheet) -> dict:
    return asdict(each) | {"boxes": [box.letters for box in each.boxes]}


def _print(call: Call) -> int:
    from dpdesk.services import allotments, sheet_print, sheets
    args = call.args
    path = args.out.expanduser().absolute()
    with call.session() as session:
        parent = found(session, args.session)
        known = {each.allotment for each in sheets.listing(session, parent.id)}
        sheets.make(session, [each for each in allotments.listing(session, parent.id) if each.id not in known])
        wanted = [sheets.get(session, each) for each in args.sheet] or sheets.listing(session, parent.id, (State.DRAFTED,))
        if not wanted:
            raise Usage(tr("Every sheet of this session is printed. Name those to print again with --sheet."))
        place = accepted(call, path, CopyKind.SHEETS)
        drawn = sheet_print.draw(session, [each.id for each in wanted], progress=call.out.progress(tr("Reading pages back")))
        copy = sheet_print.save(session, drawn, path, accepted=place)
        listed = [_pages(session, drawn, each) for each in drawn.sheets]
    call.out.result({"file": str(path), "copy": copy.id, "delete_by": copy.delete_by, "sheets": listed}, "\n".join((
        table((tr("Sheet"), tr("Walk"), tr("Pages"), tr("People")), [
            (each.spoken, each.title, len(some["pages"]), each.people) for each, some in zip(drawn.sheets, listed, strict=True)]),
        trn("{n} page was read back and written to {path}. Print it, and delete the file today.",
            "{n} pages were read back and written to {path}. Print them, and delete the file today.", len(drawn.pieces), path=path))))
    return 0


def _pages(session, drawn, sheet: Sheet) -> dict:
    """A sheet with its pages as printed: number to type, copy, and who is on each line (blank lines name nobody)."""
    from dpdesk.services import sheets
    pages = []
    for piece in drawn.pieces:
        if piece.sheet == sheet.id:
            known = sheets.expected(session, *piece)
            pages.append({"page": piece.page, "copy": piece.copy, "number": known.code.label, "lines": [
                {"line": line.line, "blank": line.blank, "elector": "" if line.blank else line.row.elector,
                 "number": str(line.elector.key) if line.elector else "", "name": line.elector.name if line.elector else ""}
                for line in sheets.rows_of(session, sheet.id, piece.page)]})
    return {"id": sheet.id, "title": sheet.title, "people": sheet.people, "pages": pages}


def _show(call: Call) -> int:
    from dpdesk.services import custody, sheets
    with call.session() as session:
        sheet = sheets.get(session, call.args.sheet)
        pages, events = custody.copies_of(session, sheet.id), custody.events(session, sheet.id)
        names = custody.names(session, [party for each in events for party in (each.giver, each.taker)])
    data = _data(sheet) | {"copies": [asdict(each) for each in pages], "events": [
        {"page": each.piece.page, "copy": each.piece.copy, "move": each.move.value, "at": each.at, "giver": each.giver, "taker": each.taker,
         "how": each.how.value, "place": each.place, "note": each.note} for each in events]}
    call.out.result(data, "\n\n".join((
        f"{sheet.spoken}  {sheet.title}  {state_name(sheet.state.value)}",
        table((tr("Page"), tr("Copy"), tr("State"), tr("Since")), [
            (each.piece.page, each.piece.copy, state_name(each.state.value), moment(each.since)) for each in pages]),
        table((tr("When"), tr("Page"), tr("Copy"), tr("What"), tr("From"), tr("To"), tr("How"), tr("Note")), [
            (moment(each.at), each.piece.page, each.piece.copy, move_name(each.move.value), names.get(each.giver, ""),
             names.get(each.taker, ""), how_name(each.how.value), each.note) for each in events]))))
    return 0


def _issue(call: Call) -> int:
    from dpdesk.services import issuing, sessions, sheets
    args = call.args
    with call.session() as session:
        wanted = [sheets.get(session, each) for each in args.sheet]
        who = somebody(sessions.get(session, wanted[0].session), args.to)
        pin = asked_secret(args.pin_fd, "DPDESK_PIN", tr("PIN:"), "--pin-fd") if args.pin_fd is not None else None
        said = issuing.Acknowledged(How.PIN if pin else How.WORD, args.briefing, pin)
        pages = issuing.issue(session, [each.id for each in wanted], who.id, said)
    call.out.result({"to": who.id, "how": said.how.value, "pages": [list(each.piece) for each in pages]}, trn(
        "{n} page is handed to {name}.", "{n} pages are handed to {name}.", len(pages), name=who.name))
    return 0


def _return(call: Call) -> int:
    import sys

    from dpdesk.services import hand_in
    args = call.args
    typed = [line.strip() for each in args.code for line in (sys.stdin if each == "-" else [each]) if line.strip()]
    if not typed and not args.image:
        raise Usage(tr("Name a code, a number, or a picture."))
    shown = []
    with call.session() as session:
        parent = found(session, args.session)
        shown += [hand_in.show(session, parent.id, each) for each in typed]
        for path in args.image:
            shown += hand_in.show_picture(session, parent.id, path.absolute())
        missing = hand_in.missing(session, parent.id)
    left = trn("{n} page is not back.", "{n} pages are not back.", len(missing)) if missing else tr("All pages are back.")
    call.out.result({"shown": [{"sheet": each.piece.sheet, "page": each.piece.page, "copy": each.piece.copy, "came": each.came.value}
                               for each in shown], "missing": [list(each.piece) for each in missing]},
                    table((tr("Sheet"), tr("Page"), tr("What")), [(each.sheet.spoken, each.piece.page, came_name(each.came.value))
                                                                  for each in shown])
                    + f"\n{left}")
    return 0


def _void(call: Call) -> int:
    from dpdesk.services import custody
    with call.session() as session:
        pages = custody.void(session, pieces(session, call.args.page), call.args.why)
    call.out.result([asdict(each) for each in pages], trn("{n} page is void.", "{n} pages are void.", len(pages)))
    return 0
