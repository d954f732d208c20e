"""Invented registers in every layout and spelling of DOMAIN.md §4.3, written and taken in by one call."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from dpdesk.domain.register_files import FileKind, Permitted, Supply
from dpdesk.services import electors, register
from dpdesk.services.register import Taking
from dpdesk.services.session import today

XPRESS = ("Elector Number Prefix", "Elector Number", "Elector Number Suffix", "Elector Markers", "Elector DOB", "Elector Surname",
          "Elector Forename", "PostCode", "Address1", "Address2", "Address3", "Address4", "Address5", "Address6")
XPRESS_13 = (*XPRESS[:5], "Elector Name", *XPRESS[7:])
MONTHLY = ("CompanyName", "CompanyOPCSRef", "DistrictRef", "StreetName", *(f"PropertyAddress{n}" for n in range(1, 6)), "PropertyPostCode",
           "PropertyAddressPrefix", "PropertyAddressNumber", "ElectorNumber", "ElectorForename", "ElectorSurname", "ElectorDOB",
           "ElectorCreatedMonth", "ElectorChangedMonth", "ElectorDeletedMonth", "MarkersRegisterText", "RecordCount", "RecordTotal",
           "CurrentRegisterMonth")
SCOTTISH = ("ENO", "First Names", "Initials", "Surname", "Suffix", *(f"Address {n}" for n in range(1, 10)), "Postcode")
TTW = ("Elector No. Prefix", "Elector No.", "Elector No. Suffix", "Full Elector No.", "Forename", "Middle Names", "Surname",
       *(f"Address{n}" for n in range(1, 7)), "PostCode", "UPRN", "Date of Attainment")
STATUS = ("Status", *XPRESS)

PEOPLE = (  # district, number, suffix, markers, birth, surname, forename, postcode, address lines
    ("AN-1", "1", "0", "", "", "Smith", "Ann", "AN1 2AB", "4- 6 Knowsley Road", "Anytown"),
    ("AN-1", "2", "0", "", "", "Łukasz", "Siân", "AN1 2AB", "10A High Street", "Anytown"),
    ("AN-1", "3", "1", "", "", "", "", "", "", ""),
    ("AN/2", "1", "0", "F", "", "Overseas", "Olga", "", "", ""),
    ("AN/2", "2", "0", "KU", "", "Jones", "Bob", "AN1 2AC", "Flat 5 Block B", "10 High St"),
)


def xpress(people: Sequence[Sequence[str]] = PEOPLE) -> list[list[str]]:
    """Rows of the 14 columns."""
    return [list(XPRESS), *([*person[:8], *person[8:], *[""] * (14 - len(person))] for person in people)]


def xpress_13(people: Sequence[Sequence[str]] = PEOPLE) -> list[list[str]]:
    """Rows of the 13 columns: one name, surname first."""
    return [list(XPRESS_13), *([*p[:5], f"{p[5]} {p[6]}".strip(), *p[7:], *[""] * (13 - len(p) + 1)] for p in people)]


def scottish(people: Sequence[Sequence[str]] = PEOPLE) -> list[list[str]]:
    """Rows with the number in one piece, and a title line above the headers."""
    return [["Register of electors, Anytown"], list(SCOTTISH), *(
        [f"{p[0]}-{p[1]}" + (f"/{p[2]}" if p[2] != "0" else ""), p[6], "", p[5], "", p[8], p[9], *[""] * 7, p[7]] for p in people)]


def ttw(people: Sequence[Sequence[str]] = PEOPLE) -> list[list[str]]:
    """Rows of the TTW template."""
    return [list(TTW), *([*p[:3], f"{p[0]}-{p[1]}", p[6], "", p[5], p[8], p[9], "", "", "", "", p[7], "", ""] for p in people)]


def monthly(*rows: tuple) -> list[list[str]]:
    """Rows of the 23 columns: (made, changed, deleted, person)."""
    return [list(MONTHLY), *(["Anytown", "1", p[0], "", p[8], p[9], "", "", "", p[7], "", "", p[1] + (f"/{p[2]}" if p[2] != "0" else ""),
                              p[6], p[5], p[4], made, changed, deleted, p[3], "1", str(len(rows)), "3"] for made, changed, deleted,
                              p in rows)]


def status(*rows: tuple) -> list[list[str]]:
    """Rows with a column of A, M and D."""
    return [list(STATUS), *([op, *p[:8], *p[8:], *[""] * (14 - len(p))] for op, p in rows)]


def write(folder: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", name: str = "register.csv") -> Path:
    """A CSV file in that encoding, or an XLSX workbook where the name ends so."""
    path = folder / name
    if name.endswith(".xlsx"):
        workbook(path, rows)
    else:
        with path.open("w", encoding=encoding, errors="replace", newline="") as file:
            csv.writer(file).writerows(rows)
    return path


def workbook(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A workbook of one sheet with inline strings."""
    def cell(at: int, line: int, value: str) -> str:
        return f'<c r="{chr(65 + at)}{line}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    sheet = "".join(f'<row r="{line}">{"".join(cell(at, line, value) for at, value in enumerate(row))}</row>'
                    for line, row in enumerate(rows, 1))
    space, types = "http://schemas.openxmlformats.org", "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{space}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Register" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{space}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def supply(session, **more) -> Supply:
    """A whole record of supply."""
    return Supply(**{"supplier": "Anytown Council", "supplied_on": today().isoformat(), "destroy_by": register.last_day(session),
                     "permitted": Permitted.ELECTORAL} | more)


def look(session, path: Path, kind: FileKind | None = None, mapping: dict[str, str] | None = None, **how):
    """The preview of a file; `mapping` changes the proposal by header."""
    draft = register.open_file(session, path)
    chosen = None if mapping is None else {**draft.mapping, **{draft.headers.index(h): to for h, to in mapping.items()}}
    return register.preview(session, draft, Taking(kind or draft.kind, **how), chosen)


def take(session, folder: Path, rows: Sequence[Sequence[str]], kind: FileKind | None = None, given: dict | None = None,
         name: str = "register.csv", **how):
    """Take a file in; returns the result."""
    path = write(folder, rows, name=name)
    return register.apply(session, look(session, path, kind, **how), supply(session, **{"year": how.get("year", 0)} | (given or {})))


def everybody(session, **query) -> dict[str, electors.Row]:
    """All electors shown, by number, in the order of the list."""
    return {str(row.elector.key): row for row in electors.rows(session, electors.spine(session, electors.Query(**query)))}


def state(session) -> dict[str, tuple]:
    """What the register says of each number, for comparing."""
    return {number: row.elector.values() for number, row in everybody(session).items()}
