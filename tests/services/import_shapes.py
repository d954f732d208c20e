"""Twenty shapes a membership list comes in, each with the same four people, and what becomes of opt-outs over re-imports.

`python -m tests.services.import_shapes` prints shape by outcome as a table.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dpdesk.domain.contacting import StopReason
from dpdesk.domain.imports import WholeList
from dpdesk.services import contacting, imports, imports_kept
from dpdesk.services.session import Session, today
from tests.files.samples import xlsx
from tests.services.importing import everybody

HEADERS = ("Membership No", "Forename", "Surname", "Email", "Mobile", "Address 1", "Town", "Postcode", "Joined", "Status")
PEOPLE = (
    ("1001", "Ann", "Lee", "ann@example.org", "07700 900101", "1 Lock Lane", "Anytown", "AN1 2AB", "03/02/2019", "current"),
    ("1002", "Siôn", "Pugh", "sion@example.org", "07700 900102", "2 Lock Lane", "Anytown", "AN1 2AC", "14/05/2021", "current"),
    ("1003", "Mary Jane", "O'Neil", "mj@example.org", "07700 900103", "3 Lock Lane", "Anytown", "AN1 2AD", "21/11/2022", "current"),
    ("1004", "Zoë", "Nash", "zoe@example.org", "07700 900104", "4 Lock Lane", "Anytown", "AN1 2AE", "30/01/2020", "arrears"),
)
OBJECTS, OPTS_OUT = "Ann Lee", "Siôn Pugh"
Write = Callable[[Path, Sequence[str], Sequence[Sequence[str]]], Path]


def text(encoding: str = "utf-8", delimiter: str = ",", ending: str = ".csv", before: str = "", **dialect) -> Write:
    """Writes a text list."""
    def write(stem: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        out = io.StringIO()
        out.write(before)
        csv.writer(out, delimiter=delimiter, **dialect).writerows([headers, *rows])
        path = stem.with_suffix(ending)
        path.write_bytes(out.getvalue().encode(encoding))
        return path
    return write


def sheet(days: bool = False) -> Write:
    """Writes a workbook, with real days where asked."""
    def write(stem: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        def cell(header: str, value: str) -> object:
            if days and header == "Joined":
                day, month, year = map(int, value.split("/"))
                return ("day", (date(year, month, day) - date(1899, 12, 30)).days)
            return value
        return xlsx(stem.with_suffix(".xlsx"), [headers, *([cell(h, v) for h, v in zip(headers, row, strict=True)] for row in rows)])
    return write


def renamed(names: dict[str, str], write: Write, keep: Sequence[str] = HEADERS) -> Write:
    """The list with other headers, in another order, or without some columns; opt-out and consent columns stay."""
    def written(stem: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        wanted = [*keep, *(h for h in headers if h not in HEADERS)]
        places = [headers.index(h) for h in wanted]
        return write(stem, [names.get(h, h) for h in wanted], [[row[at] for at in places] for row in rows])
    return written


def changed(column: str, how: Callable[[str], str], write: Write) -> Write:
    """The list with the cells of one column written otherwise."""
    def written(stem: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        at = headers.index(column)
        return write(stem, headers, [[how(cell) if place == at else cell for place, cell in enumerate(row)] for row in rows])
    return written


def whole_name(write: Write) -> Write:
    """The list with one column for the whole name."""
    def written(stem: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
        return write(stem, [headers[0], "Name", *headers[3:]], [[row[0], f"{row[1]} {row[2]}", *row[3:]] for row in rows])
    return written


def iso(day: str) -> str:
    """03/02/2019 as 2019-02-03."""
    return "-".join(reversed(day.split("/")))


CIVI = {"Membership No": "External Identifier", "Forename": "First Name", "Surname": "Last Name", "Mobile": "Mobile Phone",
        "Address 1": "Street Address", "Town": "City", "Postcode": "Postal Code", "Joined": "Member Since",
        "Status": "Membership Status"}
NATION = {"Membership No": "external_id", "Forename": "first_name", "Surname": "last_name", "Email": "email1",
          "Mobile": "mobile_number", "Address 1": "primary_address1", "Town": "primary_city", "Postcode": "primary_zip",
          "Joined": "membership_started_at", "Status": "membership_status"}
SHOUTED = {header: f"  {header.upper()} " for header in HEADERS}
SHAPES: dict[str, Write] = {
    "CSV, commas, UTF-8": text(),
    "CSV, UTF-8 with byte-order mark": text("utf-8-sig"),
    "CSV, Windows-1252": text("cp1252"),
    "CSV, UTF-16": text("utf-16"),
    "CSV, semicolons": text(delimiter=";"),
    "CSV, every cell quoted": text(quoting=csv.QUOTE_ALL),
    "TSV, tabs": text(delimiter="\t", ending=".tsv"),
    "TXT, pipes": text(delimiter="|", ending=".txt"),
    "CSV, a title above the headers": text(before="Anytown branch\r\n\r\n"),
    "CSV, Unix line ends": text(lineterminator="\n"),
    "XLSX": sheet(),
    "XLSX, real days": sheet(days=True),
    "CiviCRM headers": renamed(CIVI, text()),
    "NationBuilder headers": renamed(NATION, text()),
    "headers shouted, with spaces": renamed(SHOUTED, text()),
    "columns the other way round": renamed({}, text(), HEADERS[::-1]),
    "one column for the whole name": whole_name(text()),
    "days as YYYY-MM-DD": changed("Joined", iso, text()),
    "phones as +44": changed("Mobile", lambda cell: "+44" + cell[1:].replace(" ", ""), text()),
    "no membership numbers": renamed({}, text(), HEADERS[1:]),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one shape: people after each step, and whether both opt-outs stood at every one."""

    shape: str
    first: int
    steps: tuple[tuple[str, int, bool], ...]

    @property
    def kept(self) -> bool:
        """Whether no step lost an opt-out."""
        return all(held for _, _, held in self.steps)


def carry_out(session: Session, folder: Path, shape: str) -> Outcome:
    """Import, opt-outs, then every way the same people may come in again."""
    number = list(SHAPES).index(shape)
    names = iter(range(1000))

    def list_of(other: str, extra: Sequence[str] = (), cells: Sequence[Sequence[str]] = ((), (), (), ()),
                people: Sequence[Sequence[str]] = PEOPLE) -> Path:
        rows = [[*person, *cell] for person, cell in zip(people, cells, strict=False)]
        return SHAPES[other](folder / f"list{number}-{next(names)}", [*HEADERS, *extra], rows)

    def bring(path: Path, whole: bool = False):
        shown = imports.preview(session, imports.open_list(session, path),
                                whole=WholeList(today().isoformat()) if whole else None)
        return imports.apply(session, shown, lapse={each.id for each in shown.missing})

    first = bring(list_of(shape, ["Do not email"], [[""], ["Yes"], [""], [""]])).counts.new
    contacting.stop(session, everybody(session)[OBJECTS].member.id, "all", StopReason.OBJECTION, "Letter of 3 May")
    yes = ["Do not email", "Consent email"], [["No", "Yes"]] * 4
    other = list(SHAPES)[(number + 7) % len(SHAPES)]
    moved = [(p[0], p[1], p[2], f"new-{p[3]}", p[4], "9 Far Road", *p[6:]) for p in PEOPLE]
    steps = []

    def step(name: str) -> None:
        steps.append((name, len(everybody(session)), holds(session)))
    bring(list_of(shape))
    step("the same again")
    bring(list_of(shape, *yes))
    step("saying yes")
    newer = bring(list_of(other, *yes, people=moved))
    step("new addresses, another shape, saying yes")
    imports_kept.roll_back(session, newer.import_id)
    step("that taken back")
    bring(list_of(other, *yes, people=moved[1:]), whole=True)
    step("whole list without the first, lapsed")
    bring(list_of(shape, *yes, people=PEOPLE), whole=True)
    step("whole list with everybody, saying yes")
    return Outcome(shape, first, tuple(steps))


def holds(session: Session) -> bool:
    """Whether both opt-outs stand, and no consent for e-mail of theirs counts."""
    people = everybody(session)
    allowed = [reach.allowed for name in (OBJECTS, OPTS_OUT) for reach in contacting.reaches(session, people[name].member.id)
               if reach.channel.value == "email"]
    return people[OBJECTS].stopped == {"email", "phone", "sms", "post"} and "email" in people[OPTS_OUT].stopped and not any(allowed)


def main() -> None:
    """Print the table."""
    from dpdesk.domain.roles import Role
    from dpdesk.domain.secret import Secret
    from dpdesk.services.desks import Desks, Founding
    from dpdesk.services.machine import Machine
    from dpdesk.store import keys
    print(f"{'shape':34} {'in':>3}  opt-outs kept after: same again / yes / moved, other shape / taken back / whole without / whole")
    for shape in SHAPES:
        with tempfile.TemporaryDirectory() as place:
            session, _ = Desks(Machine(), keys.least()).create(Path(place) / "desk", Founding(
                "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
            outcome = carry_out(session, Path(place), shape)
            session.close()
        marks = " / ".join("yes" if held else "NO" for _, _, held in outcome.steps)
        print(f"{shape:34} {outcome.first:>3}  {marks}  (people: {', '.join(str(n) for _, n, _ in outcome.steps)})")


if __name__ == "__main__":
    main()
