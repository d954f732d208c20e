"""`dpdesk scans`: reading scanned sheets, what became of them, what is still to be checked, and scanners."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli import scans_review
from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import table
from dpdesk.domain.custody import stretches
from dpdesk.domain.errors import NotFound
from dpdesk.domain.scanners import DPI, SOURCES, Wish
from dpdesk.services.scans_words import (
    fate_name,
    fates_sentence,
    line_name,
    look_name,
    rate_sentence,
    reason_sentence,
    streaks_sentence,
    via_name,
)
from dpdesk.services.words import moment, tr, trn

_STATES = {".": "empty", "x": "marked", "#": "cancelled", "?": "unsure"}


def declare(grammar) -> None:
    """The noun `scans`."""
    verbs = grammar.noun("scans", tr("scanned campaign sheets: reading them, checking them, scanners"))
    read = grammar.verb(verbs, "read", _read, tr("read scanned files (PDF, TIFF, JPEG, PNG); every page is known by its own code"))
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")
    read.add_argument("--dry-run", action="store_true", help=tr("only tell what each page and box says; nothing is written"))
    read.add_argument("--delete-sources", action="store_true",
                      help=tr("delete files that hold nothing but sheets of this desk, once they are in"))
    grammar.verb(verbs, "list", _list, tr("piles that came in and what became of their pages; what waits; the error rate"))
    grammar.verb(verbs, "decide-again", _again, tr("decide pages that are still to be checked again, from what was measured"))
    resume = grammar.verb(verbs, "resume", _resume, tr("go on with a pile that was stopped or cut off"))
    resume.add_argument("batch", metavar="ID")
    grammar.verb(verbs, "scanners", _scanners, tr("scanners on this network and by cable"))
    scan = grammar.verb(verbs, "scan", _scan, tr("scan pages and read them"))
    scan.add_argument("scanner", metavar="NAME|ADDRESS", help=tr("a scanner’s name, or its address such as 192.168.1.20"))
    scan.add_argument("--source", choices=SOURCES, default="feeder")
    scan.add_argument("--dpi", type=int, default=DPI)
    scans_review.declare(grammar, verbs)


def _read(call: Call) -> int:
    from dpdesk.services import scans_dry, scans_take
    brought = scans_take.from_paths(call.args.files)
    with call.session() as session, stoppable() as stopped:
        if call.args.dry_run:
            pages = list(scans_dry.look(session, brought, stopped))
            call.out.result({"written": False, "pages": [_page_data(each) for each in pages]}, _pages_text(pages))
            return 1 if any(each.fate.value == "unread" for each in pages) else 0
        taken = scans_take.take(session, brought, delete=call.args.delete_sources, progress=call.out.progress(tr("Reading")),
                                cancelled=stopped)
        return _told(call, session, taken)


def _kept_data(session, taken, scans) -> list[dict]:
    """What became of each page of a batch, with the rows of those that are kept."""
    found = []
    for each in scans.arrived(session, taken.batch):
        seen = scans.get(session, each.page) if each.page else None
        data = {"source": each.source, "at": each.at + 1, "fate": each.fate.value, "reason": each.reason, "sheet": each.sheet,
                "page": each.number, "copy": each.copy, "scan": each.page}
        if seen is not None and seen.sheet is not None:
            page = seen.page
            data |= {"registration": {"markers": page.markers, "quality": page.quality}, "black_and_white": page.bilevel,
                     "rows": [_row_data(row, seen.sheet) for row in page.rows]}
        found.append(data)
    return found


def _told(call: Call, session, taken) -> int:
    """The result of a batch, in words and for machines: its pages, and what is missing of their sheets."""
    from dpdesk.services import scans
    pages, standings = _kept_data(session, taken, scans), scans.of_batch(session, taken.batch)
    lines = [fates_sentence({fate.value: count for fate, count in taken.fates.items()})] if taken.pages or not taken.unread else []
    lines += [tr("“{name}”: {why}", name=name, why=reason_sentence(why)) for name, why in taken.unread]
    lines += [tr("“{name}” is in already; nothing counts twice.", name=name) for name in taken.known]
    lines += [trn("Sheet {sheet}: page {pages} has not been scanned.", "Sheet {sheet}: pages {pages} have not been scanned.",
                  len(each.missing), sheet=each.sheet.spoken, pages=stretches(piece.page for piece in each.missing))
              for each in standings if each.missing]
    lines += _next_steps(session, scans, standings)
    if taken.deleted:
        lines.append(trn("{n} file is deleted.", "{n} files are deleted.", taken.deleted))
    if taken.streaked:
        lines.append(streaks_sentence(taken.streaked))
    if taken.problem is not None:
        lines.append(reason_of(taken.problem))
    call.out.result({"written": True, "batch": taken.batch, "fates": {fate.value: n for fate, n in taken.fates.items()}, "pages": pages,
                     "sheets": [{"sheet": each.sheet.id, "here": each.here, "to_check": each.waiting,
                                 "missing": [{"page": piece.page, "copy": piece.copy} for piece in each.missing]} for each in standings],
                     "unread": [{"file": name, "reason": why, "what": reason_sentence(why)} for name, why in taken.unread],
                     "known": taken.known, "deleted": taken.deleted, "left": taken.left,
                     "problem": getattr(taken.problem, "reason", "")}, "\n".join(lines))
    return 1 if taken.unread or taken.problem is not None else 0


def _next_steps(session, scans, standings) -> list[str]:
    """What is left for a person after a batch, with the command that shows it."""
    pages = [page for each in standings for page in scans.of_sheet(session, each.sheet.id)]
    waits = sum(not row.decided for page in pages for row in page.rows)
    found = [trn("{n} row waits for a look: dpdesk scans review", "{n} rows wait for a look: dpdesk scans review", waits)] if waits else []
    not_out = {page.sheet for page in pages for row in page.rows if "not_out" in row.looks and not row.decided}
    return found + [tr("By the desk’s record sheet {sheet} was never handed out. Hand it out, then: dpdesk scans handed-out",
                       sheet=each.sheet.spoken) for each in standings if each.sheet.id in not_out]


def reason_of(problem) -> str:
    """A failure as one sentence."""
    from dpdesk.services.words import sentence
    said = sentence(problem)
    return " ".join(filter(None, (said.what, said.safe, said.do)))


def _row_data(row, sheet) -> dict:
    """A row for machines: each box by its letters, with its state and score."""
    scores = row.scores or (0,) * len(row.read)
    return {"row": row.line, "state": row.state.value, "answer": row.answer, "looks": list(row.looks), "boxes": [
        {"box": box.letters, "state": _STATES[letter], "score": score / 100}
        for box, letter, score in zip(sheet.boxes, row.read, scores, strict=False)]}


def _page_data(each) -> dict:
    data = {"file": each.name, "at": each.at + 1, "fate": each.fate.value, "reason": each.reason,
            "sheet": each.sheet.id if each.sheet else "", "page": each.page, "copy": each.copy,
            "registration": {"markers": each.markers, "frame": each.frame, "quality": each.quality},
            "black_and_white": each.bilevel, "streaks": each.streaked}
    if each.sheet is not None:
        data["rows"] = [_row_data(row, each.sheet) for row in each.rows]
    return data


def _pages_text(pages) -> str:
    """Pages, and below each its rows that a person would look at."""
    rows = [(each.name, each.at + 1, fate_name(each.fate.value), each.sheet.spoken if each.sheet else "", each.page or "", each.copy or "",
             " ".join(row.read for row in each.rows[:1]) and trn("{n} row to look at", "{n} rows to look at",
                                                                 sum(bool(row.looks) for row in each.rows))) for each in pages]
    parts = [table((tr("File"), tr("Page"), tr("What"), tr("Sheet"), tr("Its page"), tr("Copy"), tr("Rows")), rows)]
    for each in pages:
        looked = [(row.line, row.read, "; ".join(look_name(code) for code in row.looks)) for row in each.rows if row.looks]
        if looked:
            parts.append(tr("Page {at} of {name}:", at=each.at + 1, name=each.name) + "\n" + table(
                (tr("Row"), tr("Boxes"), tr("Why a person looks")), looked))
    parts += [tr("“{name}”: {why}", name=each.name, why=reason_sentence(each.reason)) for each in pages
              if each.fate.value == "unread"]
    return "\n\n".join([*parts, tr("Nothing was written.")])


def _list(call: Call) -> int:
    from dpdesk.services import scans
    with call.session() as session:
        batches, waits, rate = scans.batches(session), scans.counts(session), scans.rate(session)
    low, high = rate.interval
    call.out.result(
        {"batches": [{"id": each.id, "via": each.via, "state": each.state, "at": each.at, "ended_at": each.ended_at,
                      "fates": dict(each.fates), "files": list(each.names), "missing": each.missing} for each in batches],
         "waiting": waits, "error_rate": {"wrong": rate.wrong, "checked": rate.checked, "low": low, "high": high}},
        "\n\n".join((table((tr("When"), tr("From"), tr("Pages"), tr("Number")), [
            (moment(each.at), via_name(each.via), fates_sentence(each.fates), each.id) for each in batches]),
            trn("{n} row waits for a look.", "{n} rows wait for a look.", waits["waiting"] + waits["strip"]), rate_sentence(rate))))
    return 0


def _again(call: Call) -> int:
    from dpdesk.services import scans_again
    with call.session() as session, stoppable() as stopped:
        found = scans_again.read_again(session, call.out.progress(tr("Deciding")), stopped)
    call.out.result({"pages": found.pages, "changed": found.changed, "old": found.old},
                    trn("{n} row reads otherwise now.", "{n} rows read otherwise now.", found.changed))
    return 0


def _resume(call: Call) -> int:
    from dpdesk.services import scans_take
    with call.session() as session, stoppable() as stopped:
        taken = scans_take.resume(session, call.args.batch, progress=call.out.progress(tr("Reading")), cancelled=stopped)
        return _told(call, session, taken)


def _scanners(call: Call) -> int:
    from dpdesk.services import scanners
    with call.session() as session:
        found = scanners.find(session)
    call.out.result([{"kind": each.kind, "id": each.id, "name": each.name, "host": each.host, "port": each.port, "line": each.line,
                      "sources": list(each.sources), "certificate": each.pin} for each in found],
                    table((tr("Scanner"), tr("Address"), tr("Line")), [
                        (each.name, f"{each.host}:{each.port}" if each.host else each.id, line_name(each.line)) for each in found])
                    if found else tr("No scanner answered."))
    return 0


def _scan(call: Call) -> int:
    from dpdesk.services import scanners, scans_take
    wanted = call.args.scanner
    with call.session() as session, stoppable() as stopped:
        near = [*scanners.known(session), *scanners.find(session)] if not any(letter in wanted for letter in ".:/") else []
        device = next((each for each in near if wanted.casefold() in (each.name.casefold(), each.id.casefold())), None)
        if device is None and any(letter in wanted for letter in ".:/"):
            device = scanners.at_address(session, wanted)
        if device is None:
            raise NotFound("scanner", wanted)
        pages = scanners.pages(session, device, Wish(call.args.source, call.args.dpi), stopped)
        taken = scans_take.take(session, scans_take.from_pages(device.name, pages), "scanner", cancelled=stopped)
        return _told(call, session, taken)
