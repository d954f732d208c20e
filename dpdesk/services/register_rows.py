"""Reads the rows of a file of the register under a mapping, and cleans them column by column; rows that cannot count say why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from dpdesk.domain.electors import VALUES, ElectorKind, ElectorNumber, birth_and_attainment, clean_home, read_number
from dpdesk.domain.imports import RefusedRow
from dpdesk.domain.members import Field
from dpdesk.services.details import Columns, clean
from dpdesk.services.imports_rows import BATCH, Pace, whole_rows
from dpdesk.services.register_names import first_surname, is_anonymous

_FIELDS = {each.code: each for each in (
    Field("district", "name", "", 40), Field("number", "number", "", 40), Field("suffix", "name", "", 20),
    Field("full_number", "name", "", 60), Field("markers", "name", "", 40), Field("surname", "name", ""), Field("forename", "name", ""),
    Field("middle", "name", ""), Field("full_name", "name", "", 240), Field("born_on", "date", "", 10),
    Field("attains_on", "date", "", 10), Field("uprn", "number", "", 20), Field("street", "name", "", 200),
    Field("house_prefix", "name", "", 120), Field("house_number", "name", "", 40), Field("status", "name", "", 40),
    Field("created", "number", "", 20), Field("changed", "number", "", 20), Field("deleted", "number", "", 20),
    Field("absent", "name", "", 80), Field("vote", "name", "", 40))}
_POSTCODE = Field("postcode", "postcode", "", 12)
_FORMULA = ("=", "+", "@", "＝", "＋", "＠")
_LONGEST_HOME = 400
_AT_END = frozenset({"address", "postcode", "uprn", "attains_on", "markers", "absent", "vote"})
"""What an elector may be without: a row that ends before these is whole."""
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
ADD, CHANGE, DELETE, IGNORE, NOTHING = "A", "M", "D", "I", ""
_STATUS = {word: op for op, words in {ADD: ("a", "add", "added", "addition", "new"), DELETE: (
    "d", "del", "delete", "deleted", "deletion", "remove", "removed"), CHANGE: (
    "m", "mod", "modify", "modified", "amend", "amended", "amendment", "c", "change", "changed", "e", "edit")}.items() for word in words}


@dataclass
class Incoming:
    """The rows of a file, column by column in the order of VALUES; `ops` what an update does with each, `marks` a list's words."""

    columns: list[list] = field(default_factory=lambda: [[] for _ in VALUES])
    lines: list[int] = field(default_factory=list)
    ops: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def keys(self) -> list[ElectorNumber]:
        """The number of each row."""
        return list(map(ElectorNumber, *self.columns[:3]))

    def values(self, at: int) -> tuple:
        """What one row says, in the order of VALUES."""
        return tuple(column[at] for column in self.columns)

    def drop(self, gone: Mapping[int, str]) -> None:
        """Set rows aside: place -> reason."""
        if not gone:
            return
        self.refused += [RefusedRow(self.lines[at], reason) for at, reason in gone.items()]
        kept = [at for at in range(len(self.lines)) if at not in gone]
        self.columns = [[column[at] for at in kept] for column in self.columns]
        for name in ("lines", "ops", "marks"):
            values = getattr(self, name)
            setattr(self, name, [values[at] for at in kept] if values else values)


class RegisterReader:
    """Turns the raw rows of one file into `Incoming`. A list (absent voters, marked register) is matched by number alone."""

    def __init__(self, headers: Sequence[str], mapping: Mapping[int, str], today: date, attains_age: int, *, district: str = "",
                 names: bool = True) -> None:
        self._headers = list(headers)
        self._width, self._today, self._age, self._district, self._names = len(headers), today, attains_age, district, names
        self._cleaner = Columns(today, _FIELDS)
        self._sources: dict[str, list[int]] = {}
        for column, target in sorted(mapping.items()):
            if target:
                self._sources.setdefault(target, []).append(column)
        self._least = 1 + max((at[-1] for target, at in self._sources.items() if target not in _AT_END), default=0)
        self._homes: dict[tuple, tuple[str, str, str]] = {}
        self._codes: dict[str, tuple[str, str]] = {}
        self._days: dict[tuple[str, bool], tuple[str, str]] = {}
        self.result = Incoming()

    def read(self, rows, pace: Pace) -> Incoming:
        """All of `rows`, in batches."""
        result = self.result
        while batch := list(islice(rows, BATCH)):
            result.total += len(batch)
            lines, cells = whole_rows([each for each in batch if each[1] != self._headers], self._width, result.refused, self._least)
            if cells:
                self._batch(lines, list(zip(*cells, strict=True)))
            pace.at(result.total)
        return result

    def _batch(self, lines: list[int], columns: list[tuple[str, ...]]) -> None:
        problems: dict[int, tuple[str, str]] = {}
        count, blank = len(lines), [""] * len(lines)
        texts = {code: self._clean(code, columns[at[0]], problems) for code, at in self._sources.items()
                 if code in _FIELDS and code != "middle"}
        ops = self._ops(texts, count, problems)
        surnames, forenames = self._people(texts, columns, problems, blank)
        districts, numbers, suffixes = self._numbers(texts, surnames, count, problems)
        homes, codes = self._addresses(texts, columns, count, problems)
        born, attains = self._attaining(texts, blank)
        kinds = [_kind(*each) for each in zip(surnames, forenames, homes, strict=True)]
        for at, kind in enumerate(kinds):
            if kind == ElectorKind.ANONYMOUS.value:
                surnames[at] = forenames[at] = homes[at] = codes[at] = ""
            elif kind == "" and self._names and not (ops and ops[at] in (DELETE, IGNORE)):
                problems.setdefault(at, ("name_missing", "surname"))
        marks = texts.get("absent") or texts.get("vote") or blank
        self._keep(lines, [districts, numbers, suffixes, kinds, surnames, forenames, texts.get("markers", blank), born, attains, homes,
                           codes,
                           texts.get("uprn", blank)], ops, marks, problems)

    def _clean(self, code: str, texts: Sequence[str], problems: dict[int, tuple[str, str]]) -> list[str]:
        values, bad = self._cleaner.clean(code, texts)
        longest = _FIELDS[code].longest
        for at, problem in bad.items():
            problems.setdefault(at, (problem, code))
        if values and max(map(len, values)) > longest:
            problems.update({at: ("too_long", code) for at, value in enumerate(values) if len(value) > longest})
        return values

    def _people(self, texts: Mapping[str, list[str]], columns, problems, blank: list[str]) -> tuple[list[str], list[str]]:
        if "full_name" in texts:
            halves = [first_surname(name) for name in texts["full_name"]]
            surnames, forenames = [half[0] for half in halves], [half[1] for half in halves]
        else:
            surnames, forenames = list(texts.get("surname", blank)), list(texts.get("forename", blank))
        for column in self._sources.get("middle", ()):
            more = self._clean("middle", columns[column], problems)
            forenames = [f"{first} {middle}".strip() if middle else first for first, middle in zip(forenames, more, strict=True)]
        return surnames, forenames

    def _numbers(self, texts: Mapping[str, list[str]], surnames: list[str], count: int, problems) -> tuple[list, list, list]:
        full, suffixes = texts.get("full_number"), texts.get("suffix")
        districts, numbers = texts.get("district"), texts.get("number")
        if full is None and districts and numbers and (suffixes is None or _all_plain(suffixes)) and _all_plain(numbers) and all(districts):
            return districts, list(map(int, numbers)), list(map(int, suffixes)) if suffixes else [0] * count
        found: tuple[list, list, list] = ([], [], [])
        for at in range(count):
            suffix = suffixes[at] if suffixes else ""
            if full is not None:
                key = read_number(full[at], (districts[at] if districts else "") or self._district)
            else:
                key = _plain_key(districts[at] if districts else self._district, numbers[at] if numbers else "")
            if suffix and key is not None:
                if suffix.removesuffix(".0").isdecimal():
                    key = key._replace(suffix=int(suffix.removesuffix(".0")))
                elif full is not None:  # Scottish registers have a column for what follows a name: Jnr, II
                    surnames[at] = f"{surnames[at]} {suffix}".strip()
                else:
                    key = None
            if key is None:
                problems.setdefault(at, ("number_bad", "full_number"))
            for column, value in zip(found, key or ("", 0, 0), strict=True):
                column.append(value)
        return found

    def _addresses(self, texts: Mapping[str, list[str]], columns, count: int, problems) -> tuple[list[str], list[str]]:
        parts = [columns[at] for at in self._sources.get("address", ())]
        codes = columns[self._sources["postcode"][0]] if "postcode" in self._sources else [""] * count
        houses = [texts[code] for code in ("house_prefix", "house_number", "street") if code in texts]
        known, homes, postcodes = self._homes, [], []
        if len(known) > 200_000:
            known.clear()
        for at, cells in enumerate(zip(codes, *houses, *parts, strict=True)):
            made = known.get(cells)
            if made is None:
                made = known[cells] = self._home(cells, len(houses))
            if made[2]:
                problems.setdefault(at, (made[2], "address"))
            homes.append(made[0])
            postcodes.append(made[1])
        return homes, postcodes

    def _home(self, cells: tuple[str, ...], houses: int) -> tuple[str, str, str]:
        postcode, problem = self._postcode(cells[0])
        lines, house = list(cells[1 + houses:]), " ".join(part for part in cells[1:1 + houses] if part)
        if houses and (street := cells[houses]) and not any(street.casefold() in line.casefold() for line in lines):
            lines = [house, *(line for line in lines if line.strip() and line.casefold().strip() not in house.casefold())]
        home, postcode = clean_home(lines, postcode)
        if home.startswith(_FORMULA) or any(line.startswith(_FORMULA) for line in home.split("\n")):
            problem = problem or "formula"
        elif not home.replace("\n", "").isprintable():
            problem = problem or "control"
        return home, postcode, problem or ("too_long" if len(home) > _LONGEST_HOME else "")

    def _postcode(self, text: str) -> tuple[str, str]:
        """A postcode; one of another shape stays as the register has it."""
        if text not in self._codes:
            value, problem = clean(_POSTCODE, text, self._today)
            kept = " ".join(text.split()).upper()[:_POSTCODE.longest]
            self._codes[text] = (kept, "") if problem == "postcode_bad" and kept.isprintable() else (value, problem)
        return self._codes[text]

    def _attaining(self, texts: Mapping[str, list[str]], blank: list[str]) -> tuple[list[str], list[str]]:
        births, days = texts.get("born_on", blank), texts.get("attains_on", blank)
        if births is blank and days is blank:
            return blank, blank
        made = [self._day(day, True) if day else self._day(birth, False) for birth, day in zip(births, days, strict=True)]
        return [birth or own[0] for birth, own in zip(births, made, strict=True)] if days is not blank else [own[0] for own in made], [
            own[1] for own in made]

    def _day(self, day: str, attainment: bool) -> tuple[str, str]:
        key = (day, attainment)
        if key not in self._days:
            self._days[key] = birth_and_attainment(day, self._today, self._age, attainment=attainment)
        return self._days[key]

    def _ops(self, texts: Mapping[str, list[str]], count: int, problems) -> list[str]:
        if "status" in texts:
            found = [_STATUS.get(word.casefold().strip(". "), NOTHING if not word else "?") for word in texts["status"]]
            problems.update({at: ("status_bad", "status") for at, op in enumerate(found) if op == "?"})
            return found
        if "deleted" not in texts:
            return []
        made, changed, gone = (texts.get(code, [""] * count) for code in ("created", "changed", "deleted"))
        return [_month_op(*each) for each in zip(made, changed, gone, strict=True)]

    def _keep(self, lines: list[int], columns: list[list], ops: list[str], marks: list[str], problems: Mapping[int, tuple[str,
                                                                                                                          str]]) -> None:
        result = self.result
        kept = [at for at in range(len(lines)) if at not in problems] if problems else None
        result.refused += [RefusedRow(lines[at], reason, code) for at, (reason, code) in problems.items()]

        def some(values: list) -> list:
            return values if kept is None else [values[at] for at in kept]
        for mine, column in zip(result.columns, columns, strict=True):
            mine += some(column)
        result.lines += some(lines)
        result.ops += some(ops) if ops else []
        result.marks += some(marks)


def _all_plain(numbers: Sequence[str]) -> bool:
    """Whether all are short numbers in plain figures, which the most are."""
    joined = "".join(numbers)
    return all(numbers) and joined.isascii() and joined.isdigit() and max(map(len, numbers)) < 10


def _plain_key(district: str, number: str) -> ElectorNumber | None:
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    if district and number.isascii() and number.isdigit() and len(number) < 10:
        return ElectorNumber(district, int(number), 0)
    return read_number(number, district) if number else None


def _kind(surname: str, forename: str, home: str) -> str:
    """The kind of elector a row speaks of; "" where a home is given and no name."""
    if surname or forename:
        if is_anonymous(surname, forename):
            return ElectorKind.ANONYMOUS.value
        return ElectorKind.RESIDENT.value if home else ElectorKind.OTHER.value
    return "" if home else ElectorKind.ANONYMOUS.value


def _month_op(created: str, changed: str, deleted: str) -> str:
    """What the months of a monthly file say: made and deleted is left alone (DOMAIN.md §4.3)."""
    made, gone = created.strip("0. ") != "", deleted.strip("0. ") != ""
    if gone:
        return IGNORE if made else DELETE
    return ADD if made else CHANGE if changed.strip("0. ") else NOTHING
