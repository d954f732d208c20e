"""`dpdesk scans review|answer|confirm|check|undo|line-up`: deciding at the command line what the machine left open."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.scans import EMPTY, MARKED, RowState
from dpdesk.services.scans_words import look_name
from dpdesk.services.words import tr, trn


def declare(grammar, verbs) -> None:
    """The verbs that check."""
    grammar.verb(verbs, "review", _review, tr("rows that wait for a look, and pages to be lined up or looked through"))
    answer = grammar.verb(verbs, "answer", _answer, tr("decide a row: which boxes are marked"))
    answer.add_argument("page", metavar="SCAN", help=tr("the scan’s number, from “scans review”"))
    answer.add_argument("row", type=int)
    answer.add_argument("boxes", nargs="*", metavar="LETTERS", help=tr("the letters of the marked boxes; none for no mark"))
    answer.add_argument("--note", default="")
    for name, run, about in (("confirm", _confirm, tr("confirm that rows without a mark have none")),
                             ("check", _check, tr("say that the whole page was looked through and is right")),
                             ("undo", _undo, tr("take back what was decided last on a page"))):
        grammar.verb(verbs, name, run, about).add_argument("page", metavar="SCAN")
    grammar.verb(verbs, "handed-out", _handed_out, tr("take rows as read that waited only because their sheet had not been handed out"))
    lined = grammar.verb(verbs, "line-up", _line_up, tr("read a page again by the number printed on it, or by its four corners"))
    lined.add_argument("page", metavar="SCAN")
    lined.add_argument("--number", default="", help=tr("the number printed at its foot"))
    lined.add_argument("--corners", default="", metavar="X,Y,X,Y,X,Y,X,Y",
                       help=tr("the paper’s corners in the picture, clockwise from the sheet’s own top left"))


def _review(call: Call) -> int:
    from dpdesk.services import scans
    with call.session() as session:
        waiting, askew, unchecked, counts = (scans.waiting(session), scans.to_line_up(session), scans.to_check(session),
                                             scans.counts(session))
    rows = [(page, row) for page in waiting for row in page.rows if row.state in (RowState.WAITING, RowState.STRIP)]
    call.out.result(
        {"counts": counts,
         "rows": [{"scan": page.id, "sheet": page.sheet, "page": page.page, "copy": page.copy, "row": row.line, "read": row.read,
                   "scores": [score / 100 for score in row.scores], "looks": list(row.looks), "state": row.state.value}
                  for page, row in rows],
         "line_up": [{"scan": page.id, "sheet": page.sheet, "page": page.page} for page in askew],
         "to_check": [{"scan": page.id, "sheet": page.sheet, "page": page.page, "copy": page.copy} for page in unchecked]},
        "\n\n".join((table((tr("Scan"), tr("Sheet"), tr("Page"), tr("Row"), tr("Boxes"), tr("Why")), [
            (page.id, page.sheet, page.page, row.line, row.read, "; ".join(look_name(code) for code in row.looks)) for page, row in rows]),
            trn("{n} page to line up.", "{n} pages to line up.", len(askew)),
            trn("{n} page to look through.", "{n} pages to look through.", len(unchecked)))))
    return 0


def _letters(boxes, wanted: list[str]) -> str:
    """The letters of boxes as a word of marks; raises `Usage`."""
    named = {box.letters.upper(): at for at, box in enumerate(boxes)}
    places = set()
    for each in wanted:
        if each.upper() not in named:
            raise Usage(tr("This sheet has no box {letters}; it has {boxes}.", letters=each, boxes=", ".join(named)))
        places.add(named[each.upper()])
    return "".join(MARKED if at in places else EMPTY for at in range(len(boxes)))


def _answer(call: Call) -> int:
    from dpdesk.services import scans, scans_review
    with call.session() as session:
        seen = scans.get(session, call.args.page)
        letters = _letters(seen.boxes, call.args.boxes)
        page = scans_review.answer(session, call.args.page, {call.args.row: letters}, {call.args.row: call.args.note})
    return _said(call, page)


def _said(call: Call, page) -> int:
    left = sum(not row.decided for row in page.rows)
    call.out.result({"scan": page.id, "sheet": page.sheet, "page": page.page, "state": page.state.value, "checked": bool(page.done_at),
                     "rows_left": left}, trn("{n} row of this page is left.", "{n} rows of this page are left.", left))
    return 0


def _confirm(call: Call) -> int:
    from dpdesk.services import scans_review
    with call.session() as session:
        return _said(call, scans_review.confirm_strip(session, call.args.page))


def _check(call: Call) -> int:
    from dpdesk.services import scans_review
    with call.session() as session:
        return _said(call, scans_review.check(session, call.args.page))


def _undo(call: Call) -> int:
    from dpdesk.services import scans_review
    with call.session() as session:
        return _said(call, scans_review.undo(session, call.args.page))


def _handed_out(call: Call) -> int:
    from dpdesk.services import scans_review
    with call.session() as session:
        rows, still = scans_review.retry_all(session)
    call.out.result({"rows": rows, "pages_not_out": still},
                    trn("{n} row is taken as it was read.", "{n} rows are taken as they were read.", rows))
    return 0


def _line_up(call: Call) -> int:
    from dpdesk.services import scans_line_up
    try:
        numbers = [float(part) for part in call.args.corners.split(",")] if call.args.corners else []
    except ValueError:
        numbers = [0.0]
    if numbers and len(numbers) != 8:
        raise Usage(tr("Four corners are eight numbers: X,Y of each, clockwise."))
    corners = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    with call.session() as session:
        return _said(call, scans_line_up.line_up(session, call.args.page, corners, call.args.number))
