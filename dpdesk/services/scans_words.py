"""Names of what becomes of scanned pages, why a person looks at a row, and sentences about a pile."""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.domain.errors import Hindered
from dpdesk.domain.scans import Fate, Rate
from dpdesk.services.sentences import sentence
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

FATES = {
    Fate.TAKEN: _m("taken in"), Fate.LINE_UP: _m("to be lined up"), Fate.AGAIN: _m("the same paper again, not counted twice"),
    Fate.BETTER: _m("the same paper again, better than before"), Fate.DIFFERS: _m("the same page with other marks"),
    Fate.NOT_KNOWN: _m("ours, but no such sheet is on the desk"), Fate.OTHER_BRANCH: _m("another branch’s, or altered: not kept"),
    Fate.TWO: _m("two sheets in one picture: not kept"), Fate.FOREIGN: _m("no campaign sheet: not kept"),
    Fate.BLANK: _m("blank back"), Fate.UNREAD: _m("cannot be read"),
}
LOOKS = {
    "unsure": _m("A box could not be read for certain"), "two": _m("Two answers that exclude each other"),
    "cancelled": _m("Blacked out, and nothing else marked"), "not_to_call": _m("Marked, though nobody was to be called on here"),
    "empty": _m("No mark at all"), "bilevel": _m("Scanned in black and white alone, where faint marks are lost"),
    "differs": _m("The same page came with other marks"), "otherwise": _m("Something else was entered for this line before"),
    "codes": _m("What is marked cannot be true together"),
    "not_out": _m("By the desk’s record this sheet was never handed out"),
}
VIAS = {"files": _m("Files"), "scanner": _m("Scanner"), "folder": _m("Watched folder"), "paste": _m("Clipboard")}
SOURCES = {"flatbed": _m("The glass"), "feeder": _m("The feeder"), "duplex": _m("The feeder, both sides")}
LINES = {"encrypted": _m("encrypted line"), "plain": _m("plain line: anybody on this network could read the pages"),
         "cable": _m("by cable")}


def fate_name(code: str) -> str:
    """What became of a page."""
    return tr(FATES[Fate(code)])


def look_name(code: str) -> str:
    """Why a person looks at a row."""
    return tr(LOOKS.get(code, _m("To be looked at")))


def via_name(code: str) -> str:
    """How a pile came in."""
    return tr(VIAS.get(code, _m("Files")))


def source_name(code: str) -> str:
    """From where a scanner takes pages."""
    return tr(SOURCES[code])


def line_name(code: str) -> str:
    """How pages travel from a scanner."""
    return tr(LINES[code])


def reason_sentence(code: str) -> str:
    """Why a file or page cannot be read, in one sentence."""
    said = sentence(Hindered(f"scans.{code}"))
    return " ".join(filter(None, (said.what, said.do)))


def fates_sentence(fates: Mapping[str, int]) -> str:
    """A pile in one sentence: "12 pages: 10 taken in, 2 blank back"."""
    total = sum(fates.values())
    if not total:
        return tr("No page yet.")
    parts = ", ".join(f"{fates[fate.value]:,} {fate_name(fate.value)}" for fate in Fate if fates.get(fate.value))
    return trn("{n} page: {parts}.", "{n} pages: {parts}.", total, parts=parts)


def streaks_sentence(count: int) -> str:
    """What to do about dirt on the glass."""
    return trn("Dark streaks run down {n} page: clean the scanner’s glass.", "Dark streaks run down {n} pages: clean the scanner’s glass.",
               count)


def rate_sentence(rate: Rate) -> str:
    """The measured error rate with its interval."""
    if not rate.checked:
        return tr("One row in a hundred that is taken as read is shown again without the reading. So far none has been.")
    low, high = rate.interval
    return trn("Of {n} row read again blind {wrong} was wrong: between {low} and {high} of rows taken as read are, with 95 % certainty.",
               "Of {n} rows read again blind {wrong} were wrong: between {low} and {high} of rows taken as read are, with 95 % certainty.",
               rate.checked, wrong=rate.wrong, low=f"{low:.2%}", high=f"{high:.2%}")
