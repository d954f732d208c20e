"""`dpdesk results`: entering what stands on sheets, checking it, what was found, and who is to be left alone."""

from __future__ import annotations

from dpdesk.cli import results_seeing
from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.results import Source
from dpdesk.services.results_words import outcome_name, step_name
from dpdesk.services.words import day, tr, trn


def declare(grammar) -> None:
    """The noun `results`."""
    verbs = grammar.noun("results", tr("results: entering sheets, checking them, and what canvassing found"))
    grammar.verb(verbs, "pages", _pages, tr("pages that came back and wait to be entered or checked"))
    _page(grammar.verb(verbs, "rows", _rows, tr("the rows of a page as printed, with what is entered")))
    enter = grammar.verb(verbs, "enter", _enter, tr("enter rows of a page: 1=L 2=O 3=D9/T"))
    _page(enter)
    enter.add_argument("rows", nargs="*", metavar="LINE=CODE", help=tr("the line and what is ticked there; several codes with a comma"))
    enter.add_argument("--note", action="append", default=[], metavar="LINE=TEXT")
    enter.add_argument("--rest", choices=("not-home", "not-visited"), help=tr("what holds for the other rows of the page"))
    enter.add_argument("--done", action="store_true", help=tr("the page is entered whole"))
    _page(grammar.verb(verbs, "undo", _undo, tr("take back what you entered last on a page")))
    _page(grammar.verb(verbs, "check", _check, tr("say, as a second person, that a page is as on the paper")))
    again = grammar.verb(verbs, "again", _again, tr("enter a page a second time, unseen"))
    _page(again)
    again.add_argument("rows", nargs="*", metavar="LINE=CODE")
    again.add_argument("--done", action="store_true", help=tr("compare both entries"))
    grammar.verb(verbs, "differences", _differences, tr("rows two people read differently"))
    settle = grammar.verb(verbs, "settle", _settle, tr("say what the paper says"))
    settle.add_argument("difference", metavar="ID")
    settle.add_argument("kept", choices=("first", "second", "other"))
    settle.add_argument("--code", default="", help=tr("with “other”: what the paper says"))
    note = grammar.verb(verbs, "note", _note, tr("enter what an elector said away from any sheet"))
    note.add_argument("elector", metavar="NUMBER")
    note.add_argument("code", metavar="CODE")
    note.add_argument("--campaign", required=True)
    note.add_argument("--on", default="", type=typed_day, metavar="DAY")
    note.add_argument("--source", default=Source.HAND.value, choices=[each.value for each in Source])
    note.add_argument("--text", default="", help=tr("a note"))
    results_seeing.declare(grammar, verbs)


def _page(parser) -> None:
    parser.add_argument("sheet", metavar="SHEET", help=tr("the number on the sheet"))
    parser.add_argument("page", type=int, metavar="PAGE")


def _pages(call: Call) -> int:
    from dpdesk.services import entering_pages
    with call.session() as session:
        found = entering_pages.waiting(session)
    call.out.result([{"sheet": each.sheet.id, "title": each.sheet.title, "page": each.page, "pages": each.sheet.pages, "step": each.step,
                      "rows": each.rows, "entered": each.entered, "mine": each.mine, "on_day": each.on_day} for each in found],
                    "\n".join((table((tr("To do"), tr("Sheet"), tr("Page"), tr("Entered"), tr("Session"), tr("What it is")), [
                        (step_name(each.step), each.sheet.spoken, f"{each.page}/{each.sheet.pages}", f"{each.entered}/{each.rows}",
                         day(each.on_day), each.sheet.title) for each in found]), trn("{n} page.", "{n} pages.", len(found)))))
    return 0


def _rows(call: Call) -> int:
    from dpdesk.services import entering_pages
    with call.session() as session:
        page = entering_pages.page(session, call.args.sheet, call.args.page)
    data = {"sheet": page.sheet.id, "page": page.page, "step": page.step, "letters": list(page.letters), "rows": [
        {"line": row.line, "blank": row.blank, "number": str(row.elector.key) if row.elector else "",
         "name": row.elector.name if row.elector else "", **_said(row.fact)} for row in page.rows]}
    call.out.result(data, table((tr("Line"), tr("Number"), tr("Name"), tr("Code"), tr("Outcome"), tr("Note")), [
        (row["line"], row["number"], tr("blank") if row["blank"] else row["name"], " ".join((row["raw"], *row["answers"])).strip(),
         outcome_name(row["outcome"]) if row["outcome"] else "", row["note"]) for row in data["rows"]]))
    return 0


def _said(fact) -> dict:
    if fact is None:
        return {"raw": "", "answers": [], "outcome": "", "note": "", "verified": False}
    return {"raw": fact.raw, "answers": list(fact.answers), "outcome": fact.outcome.value, "party": fact.party,
            "strength": fact.strength.value, "scale": fact.scale, "wont_vote_for": list(fact.wont), "voted": fact.voted, "note": fact.note,
            "source": fact.source.value, "verified": bool(fact.verified_at)}


def _pairs(given: list[str]) -> dict[int, str]:
    """LINE=TEXT as line -> text."""
    found = {}
    for each in given:
        line, equals, said = each.partition("=")
        if not equals or not line.isdecimal():
            raise Usage(tr("“{typed}” is not a row such as 3=L.", typed=each))
        found[int(line)] = said
    return found


def _ticked(args) -> list:
    from dpdesk.services.entering import Ticked
    rows, notes = _pairs(args.rows), _pairs(getattr(args, "note", []))
    return [Ticked(line, tuple(filter(None, rows.get(line, "").split(","))), notes.get(line, "")) for line in sorted(rows.keys() | notes)]


def _enter(call: Call) -> int:
    from dpdesk.services import entering, sheets
    args, ticked = call.args, _ticked(call.args)
    with call.session() as session:
        sheet = sheets.get(session, args.sheet).id
        made = entering.enter_page(session, sheet, args.page, ticked) if ticked else []
        if args.rest == "not-home":
            made += entering.rest_not_home(session, sheet, args.page)
        if args.done:
            entering.finish(session, sheet, args.page, rest_not_visited=args.rest == "not-visited")
        left = entering.open_rows(session, sheet, args.page)
    said = [trn("{n} row is entered.", "{n} rows are entered.", len(made))]
    said += [tr("The page is done.")] if args.done else [trn("{n} row is open.", "{n} rows are open.", len(left))] if left else []
    call.out.result({"entered": len(made), "open": left, "done": args.done}, " ".join(said))
    return 0


def _undo(call: Call) -> int:
    from dpdesk.services import entering, sheets
    with call.session() as session:
        gone = entering.undo(session, sheets.get(session, call.args.sheet).id, call.args.page)
    call.out.result({"undone": [each.line for each in gone]}, trn("{n} row is taken back.", "{n} rows are taken back.", len(gone)))
    return 0


def _check(call: Call) -> int:
    from dpdesk.services import checking, sheets
    with call.session() as session:
        checking.look(session, sheets.get(session, call.args.sheet).id, call.args.page)
    call.out.result({"checked": call.args.page}, tr("Page {page} is checked.", page=call.args.page))
    return 0


def _again(call: Call) -> int:
    from dpdesk.services import checking, sheets
    args, ticked = call.args, {each.line: each for each in _ticked(call.args)}
    with call.session() as session:
        sheet = sheets.get(session, args.sheet).id
        for row, _second in checking.rows_again(session, sheet, args.page):
            if row.line in ticked:
                checking.enter_again(session, row, ticked[row.line].boxes)
        differing = checking.finish_again(session, sheet, args.page) if args.done else 0
    said = trn("{n} row is entered.", "{n} rows are entered.", len(ticked))
    if args.done:
        said = trn("{n} row was read differently: “results differences”.", "{n} rows were read differently: “results differences”.",
                   differing) if differing else tr("Both entries agree; the page is checked.")
    call.out.result({"entered": len(ticked), "done": args.done, "differing": differing}, said)
    return 0


def _differences(call: Call) -> int:
    from dpdesk.services import checking
    with call.session() as session:
        found = checking.differences(session)
    call.out.result([{"id": each.second.id, "sheet": each.row.sheet, "page": each.row.page, "line": each.row.line,
                      "first": each.row.fact.raw, "second": each.second.raw, "first_by": each.first_by, "second_by": each.second_by}
                     for each in found],
                    table((tr("Identity"), tr("Sheet"), tr("Page"), tr("Line"), tr("First"), tr("Second")), [
                        (each.second.id, each.row.sheet, each.row.page, each.row.line, f"{each.row.fact.raw} ({each.first_by})",
                         f"{each.second.raw} ({each.second_by})") for each in found]))
    return 0


def _settle(call: Call) -> int:
    from dpdesk.services import checking
    args = call.args
    with call.session() as session:
        checking.settle(session, args.difference, kept=args.kept, boxes=tuple(filter(None, args.code.split(","))))
    call.out.result({"settled": args.difference, "kept": args.kept}, tr("It is settled."))
    return 0


def _note(call: Call) -> int:
    from dpdesk.services import entering
    args = call.args
    with call.session() as session:
        made = entering.by_hand(session, args.elector, args.campaign, tuple(args.code.split(",")), source=Source(args.source),
                                taken_on=args.on, note=args.text)
    call.out.result({"id": made.id, **_said(made)}, tr("It is noted: {outcome}.", outcome=outcome_name(made.outcome.value)))
    return 0
