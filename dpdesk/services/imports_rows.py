"""Reads the rows of a list under a mapping and cleans them column by column.

Rows that cannot come in are set aside with a reason.
"""

from __future__ import annotations

import contextlib
import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from dpdesk.domain.errors import Cancelled
from dpdesk.domain.imports import UNREADABLE_VALUES, RefusedRow, consent_says, stop_says
from dpdesk.domain.members import CODES, FIELD, Status
from dpdesk.services.details import Columns, settle_phones, split_name
from dpdesk.services.details_dates import is_ambiguous

BATCH = 5_000
Progress = Callable[[int, int], None] | None
Stopper = Callable[[], bool] | None
_NEVER_LEFT_OUT = frozenset({"date_of_birth", "parent_consent_on", "status"})


class Pace:
    """Tells progress at most ten times a second, and raises `Cancelled` once the officer has stopped it."""

    def __init__(self, total: int, progress: Progress, cancelled: Stopper) -> None:
        self._total, self._progress, self._cancelled = total, progress, cancelled
        self._next = 0.0

    def at(self, done: int) -> None:
        """`done` of the total are through."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled()
        now = time.monotonic()
        if self._progress is not None and (now >= self._next or done >= self._total):
            self._next = now + 0.1
            self._progress(min(done, self._total), self._total)


@contextlib.contextmanager
def unswept() -> Iterator[None]:
    """Without the sweeps for reference cycles: a hundred thousand rows hold none, and looking takes a third of the time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


@dataclass
class Incoming:
    """The clean rows of a list, column by column: field code -> values; `lines` where each row stood.

    `orphans` are opt-outs of refused rows: (what is known of the person, channel). An opt-out counts all the same.
    """

    columns: dict[str, list[str]]
    lines: list[int] = field(default_factory=list)
    stops: dict[int, tuple[str, ...]] = field(default_factory=dict)
    consents: dict[int, tuple[str, ...]] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    orphans: list[tuple[dict[str, str], str]] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def values(self, at: int) -> dict[str, str]:
        """What one row says, its empty cells left out."""
        return {code: column[at] for code, column in self.columns.items() if column[at]}

    def column(self, code: str) -> list[str]:
        """One column, empty where the list has none."""
        return self.columns.get(code) or [""] * len(self.lines)

    def drop(self, gone: Mapping[int, tuple[str, str]]) -> list[int] | None:
        """Set rows aside: place -> (reason, field); their opt-outs stay. Returns the places kept, None for all."""
        if not gone:
            return None
        self.refused += [RefusedRow(self.lines[at], reason, code) for at, (reason, code) in gone.items()]
        self.orphans += [(self.values(at), channel) for at in gone for channel in self.stops.get(at, ())]
        kept = [at for at in range(len(self.lines)) if at not in gone]
        place = {old: new for new, old in enumerate(kept)}
        self.lines = [self.lines[at] for at in kept]
        self.columns = {code: [column[at] for at in kept] for code, column in self.columns.items()}
        self.stops = {place[at]: channels for at, channels in self.stops.items() if at in place}
        self.consents = {place[at]: channels for at, channels in self.consents.items() if at in place}
        return kept


def whole_rows(batch: list[tuple[int, list[str]]], width: int, refused: list[RefusedRow], least: int = 0) -> tuple[list[int],
                                                                                                                  list[list[str]]]:
    """(lines, rows) as wide as the header; others are added to `refused`, but for empty cells too many.

    With `least`, a row of at least so many cells is filled up with empty ones: some programs leave out those at its end. One that goes
    over a line's end is not: a quotation mark that is never closed makes such rows.
    """
    if all(len(cells) == width for _, cells in batch):
        return [line for line, _ in batch], [cells for _, cells in batch]
    lines, rows = [], []
    for line, cells in batch:
        if 0 < least <= len(cells) < width and not any("\n" in cell for cell in cells):
            cells = [*cells, *[""] * (width - len(cells))]
        if len(cells) < width or (len(cells) > width and any(map(str.strip, cells[width:]))):
            refused.append(RefusedRow(line, "ragged", "", f"{len(cells)}/{width}"))
        else:
            lines.append(line)
            rows.append(cells[:width])
    return lines, rows


class Reader:
    """Turns the raw rows of one list into `Incoming`."""

    def __init__(self, headers: Sequence[str], mapping: Mapping[int, str], today: date, *, leave_out: bool) -> None:
        self._width = len(headers)
        self._leave_out = leave_out
        self._columns = Columns(today)
        self._sources: dict[str, list[int]] = {}
        self._flags: list[tuple[int, str]] = []
        for column, target in sorted(mapping.items()):
            if ":" in target:
                self._flags.append((column, target))
            elif target:
                self._sources.setdefault(target, []).append(column)
        self._problems: dict[int, tuple[str, str]] = {}
        self._months: dict[str, bool] = {}
        self._either: dict[str, dict[str, bool]] = {}
        self._doubtful: dict[str, list[int]] = {}  # over all batches, as places in the result
        self._pending: dict[str, list[int]] = {}  # of the batch at hand, as places in it
        self._said: dict[int, dict[str, bool | None]] = {}
        self.result = Incoming({code: [] for code in self._fields()})

    def _fields(self) -> tuple[str, ...]:
        wanted = set(self._sources)
        if "full_name" in wanted:
            wanted |= {"forename", "surname"}
        if wanted & {"mobile", "landline"}:
            wanted |= {"mobile", "landline"}
        if "deceased" in wanted:
            wanted.add("status")
        return tuple(code for code in CODES if code in wanted)

    def read(self, rows, pace: Pace) -> Incoming:
        """All of `rows`, in batches."""
        result = self.result
        while batch := list(islice(rows, BATCH)):
            result.total += len(batch)
            self._batch(batch)
            pace.at(result.total)
        gone = self._problems
        for code, places in self._doubtful.items():
            if self._months.get(code):
                gone.update({at: ("date_ambiguous", code) for at in places if at not in gone})
        result.drop(gone)
        return result

    def _batch(self, batch: list[tuple[int, list[str]]]) -> None:
        lines, rows = whole_rows(batch, self._width, self.result.refused)
        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        problems: dict[int, tuple[str, str]] = {}
        values = self._values(columns, problems)
        if "mobile" in values:
            self._settle(values)
        if "deceased" in self._sources:
            dead = self._flag(self._sources["deceased"][0], columns)
            values["status"] = [Status.DECEASED.value if d is not False else s
                                for d, s in zip(dead, values["status"], strict=True)]
        self._keep(lines, values, columns, problems)

    def _values(self, columns: list[tuple[str, ...]], problems: dict[int, tuple[str, str]]) -> dict[str, list[str]]:
        count = len(columns[0])
        values: dict[str, list[str]] = {}
        for code in self.result.columns:
            cleaned = [self._clean(code, columns[at], problems) for at in self._sources.get(code, ())]
            if len(cleaned) == 1:
                values[code] = cleaned[0]
            elif cleaned:
                values[code] = [", ".join(filter(None, parts))[:FIELD[code].longest] for parts in zip(*cleaned, strict=True)]
            else:
                values[code] = [""] * count
        if "full_name" in self._sources:
            names = self._clean("address1", columns[self._sources["full_name"][0]], problems, shown="full_name")
            halves = {name: split_name(name) for name in set(names)}
            values["forename"] = [halves[name][0] for name in names]
            values["surname"] = [halves[name][1] for name in names]
        return values

    def _clean(self, code: str, texts: tuple[str, ...], problems: dict[int, tuple[str, str]], shown: str = "") -> list[str]:
        values, bad = self._columns.clean(code, texts)
        if FIELD[code].kind == "date":
            self._watch_months(code, texts, bad)
        for at, problem in bad.items():
            if self._leave_out and problem in UNREADABLE_VALUES and code not in _NEVER_LEFT_OUT:
                self.result.remarks["left_out"] += 1
            else:
                problems.setdefault(at, (problem, shown or code))
        return values

    def _watch_months(self, code: str, texts: tuple[str, ...], bad: Mapping[int, str]) -> None:
        """Remember which days could be month first: one that must be so makes the column doubtful."""
        if "date_month_first" in bad.values():
            self._months[code] = True
        known = self._either.setdefault(code, {})
        for text in set(texts).difference(known):
            known[text] = is_ambiguous(text)
        self._pending[code] = [at for at, text in enumerate(texts) if known[text]]

    @staticmethod
    def _settle(values: dict[str, list[str]]) -> None:
        mobiles, landlines = values["mobile"], values["landline"]
        for at, (mobile, landline) in enumerate(zip(mobiles, landlines, strict=True)):
            if (landline[:4] == "+447" or (mobile and mobile[:4] != "+447") or landline[:3] not in ("+44", "")):
                mobiles[at], landlines[at] = settle_phones(mobile, landline)

    def _flag(self, column: int, columns: list[tuple[str, ...]],
              reads: Callable[[str], bool | None] = stop_says) -> list[bool | None]:
        known = self._said.setdefault(column, {})
        for text in set(columns[column]).difference(known):
            known[text] = reads(text)
        return list(map(known.__getitem__, columns[column]))

    def _keep(self, lines: list[int], values: dict[str, list[str]], columns: list[tuple[str, ...]],
              problems: dict[int, tuple[str, str]]) -> None:
        result, start = self.result, len(self.result.lines)
        result.lines += lines
        for code, column in result.columns.items():
            column += values[code]
        for code, places in self._pending.items():
            self._doubtful.setdefault(code, []).extend(start + at for at in places)
        self._pending = {}
        for column, target in self._flags:
            kind, _, channel = target.partition(":")
            says = self._flag(column, columns, stop_says if kind == "stop" else consent_says)
            said = result.stops if kind == "stop" else result.consents
            for at, says_so in enumerate(says):
                if says_so is not False:
                    result.remarks["stop_word_unknown"] += says_so is None
                    said[start + at] = (*said.get(start + at, ()), channel)
        self._problems.update({start + at: problem for at, problem in problems.items()})
