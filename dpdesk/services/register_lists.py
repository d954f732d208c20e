"""Absent voters lists and the marked register: matched on district, number and suffix; conflicts are shown, never guessed away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpdesk.domain.electors import VALUES, Absent
from dpdesk.domain.folding import fold
from dpdesk.domain.imports import RefusedRow
from dpdesk.domain.register_files import Counts, FileKind
from dpdesk.services.register_follow import _forenames
from dpdesk.services.register_rows import Incoming
from dpdesk.store import electors as store

if TYPE_CHECKING:
    from dpdesk.services.register import Taking

_SURNAME, _FORENAME = VALUES.index("surname"), VALUES.index("forename")
_NOT = frozenset({"", "n", "no", "0", "false", "not voted"})
MARKS = VOTED, BY_POST = "voted", "absent"


@dataclass(frozen=True)
class Conflict:
    """A row of a list under whose number another name stands; neither name is logged."""

    line: int
    number: str
    register_name: str
    list_name: str


@dataclass
class Plan:
    """What a list would write: (elector, way or mark); `ways` are the kinds of absent vote, `districts` those it speaks of."""

    head: int
    entries: list[tuple[str, str]] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    remarked: list[RefusedRow] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)

    @property
    def work(self) -> int:
        """How much there is to write."""
        return len(self.entries)


def plan(connection, incoming: Incoming, head: int, taking: Taking, marked: bool, born_by: str) -> Plan:
    """Match every row by its number. Where the names differ it is a conflict and does not count."""
    result = Plan(head)
    there = {elector.key: elector for elector in store.everybody(connection)}
    for at, key in enumerate(incoming.keys()):
        line, mark = incoming.lines[at], _mark(incoming.marks[at] if marked else "", taking, marked)
        surname, forename = incoming.columns[_SURNAME][at], incoming.columns[_FORENAME][at]
        elector = there.get(key)
        if not mark:
            result.remarks["vote_unmarked"] += 1
        elif elector is None:
            _remark(result, line, "not_found")
        elif not _fits(elector.surname, elector.forename, surname, forename):
            _remark(result, line, "name_other")
            if elector.born_on <= born_by:  # nobody too young is shown, nor a name that may be theirs
                result.conflicts.append(Conflict(line, str(key), elector.name, " ".join(filter(None, (forename, surname)))))
        else:
            result.entries.append((elector.id, mark))
    result.entries = list(dict.fromkeys(result.entries)) if taking.kind is FileKind.ABSENT else list(dict(result.entries).items())
    result.ways = sorted({way for _, way in result.entries} | ({taking.how.value} if not marked else set()))
    result.districts = sorted(set(incoming.columns[0]))
    result.refused = sorted(incoming.refused, key=lambda each: each.row)
    result.counts = Counts(total=incoming.total, new=len(result.entries), same=result.remarks["vote_unmarked"], refused=len(result.refused),
                           conflicts=result.remarks["name_other"])
    return result


def _remark(result: Plan, line: int, code: str) -> None:
    result.remarks[code] += 1
    result.remarked.append(RefusedRow(line, code))


def _fits(surname: str, forename: str, listed_surname: str, listed_forename: str) -> bool:
    """Whether the name on the list may be the register's: the same surname, or a list without names, or an anonymous entry."""
    if not listed_surname or not surname:
        return True
    if fold(surname) == fold(listed_surname):
        return not (forename and listed_forename) or fold(forename)[:1] == fold(listed_forename)[:1] or _forenames(
            fold(forename), fold(listed_forename))
    return False


def _mark(text: str, taking: Taking, marked: bool) -> str:
    """What a row says, as it is kept: a way of absent voting, or a mark of having voted; "" for no mark."""
    word = " ".join(text.split()).casefold()
    if taking.kind is FileKind.ABSENT:
        return _way(word, taking.how) if marked else taking.how.value
    if not marked:
        return VOTED
    if word in _NOT:
        return ""
    return BY_POST if word in ("a", "p", "pv") else VOTED


def _way(word: str, otherwise: Absent) -> str:
    if word in _NOT:
        return ""
    if "proxy" in word or word in ("pr", "px", "pp"):
        return Absent.PROXY_POSTAL.value if "post" in word or word == "pp" else Absent.PROXY.value
    if "post" in word or word in ("p", "pv", "a", "av"):
        return Absent.POSTAL.value
    return otherwise.value
