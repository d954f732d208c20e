"""The pack for somebody who asked: a PDF to read, JSON and CSV for machines, their files; others' data blacked out by eye (S1 §13, §32).

It leaves through the copies door, as one archive, or sealed to cards. What must be told besides the data is told (UK GDPR Art 15; S1 §8.3).
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from dpdesk.domain.copies import WITHIN, Copy, CopyKind
from dpdesk.domain.errors import Cancelled, Declined
from dpdesk.domain.roles import Right
from dpdesk.domain.subjects import STATUTORY, Found, Record, Review
from dpdesk.services import copies
from dpdesk.services.copies import Leaving
from dpdesk.services.dates import day, moment
from dpdesk.services.policy_words import rule_sentence
from dpdesk.services.queries import body_name
from dpdesk.services.session import Session, today
from dpdesk.services.subject_words import SECTIONS, TELLS, section_name
from dpdesk.services.translation import tr, trn

if TYPE_CHECKING:
    from dpdesk.store.unit import Unit

FORMAT = "dpdesk.subject/1"
FILES = "files"
ARCHIVE = "your-data.zip"
"""What the archive is called inside a sealed package."""


@dataclass(frozen=True)
class Written:
    """How it went: the copy on the register, how many records and files are in it, how many were left out, the package if sealed."""

    copy: Copy
    records: int
    files: int
    left_out: int
    package: str = ""


def write(session: Session, found: Found, review: Review, path: Path, *, accepted: str = "", title: str = "", to: Sequence[str] = (),
          cancelled: Callable[[], bool] | None = None) -> Written:
    """Build the pack; with `to`, sealed to these cards: an officer's, or that of somebody without dpdesk who told their age key.

    Raises `Declined` before everything that may hold other people's data was looked at, and for a card that is not verified.
    """
    session.require(Right.SUBJECT_PACK)
    if not review.complete(found):
        raise Declined("retention.not_reviewed")
    sections = shown(found, review)
    files = _files(sections)
    records = sum(len(each) for _code, each in sections)
    people = [found.subject.person] if found.subject.person else []

    def note(unit: Unit) -> None:
        unit.facts(search=found.search, records=records, files=len(files), left_out=found.total - records)

    def fill(out: IO[bytes]) -> None:
        _fill(session, found, sections, files, out, cancelled)
    if to:
        copy, package = _sealed(session, to, people, fill, path, accepted, note)
    else:
        leaving = Leaving(CopyKind.PACK, path, title or tr("Pack for a person who asked for their data"), tr("Their own request"), WITHIN,
                          accepted=accepted)
        with copies.door(session, leaving) as out:
            fill(cast(IO[bytes], out))
            copy, package = out.note("subject.packed", people, note), ""
    return Written(copy, records, len(files), found.total - records, package)


def _fill(session: Session, found: Found, sections: list[tuple[str, list[Record]]], files: dict[str, bytes], out: IO[bytes],
          cancelled: Callable[[], bool] | None) -> None:
    """Write the archive."""
    from dpdesk.files import access_packs
    told = tell(session, found)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{tr('Your data')}.pdf", access_packs.pdf(access_packs.Said(
            session.branch, found.subject.label, day(today()), told, _paper(sections), search_lines(found))))
        if cancelled is not None and cancelled():
            raise Cancelled()
        archive.writestr("data.json", json.dumps(machine(session, found, sections, told), ensure_ascii=False, indent=1))
        archive.writestr("data.csv", _csv(sections))
        for name, content in files.items():
            archive.writestr(f"{FILES}/{name}", content)


def _sealed(session: Session, to: Sequence[str], people: list[str], fill: Callable[[IO[bytes]], None], path: Path, accepted: str,
            note: Callable[[Unit], None]) -> tuple[Copy, str]:
    """The archive as a package, whose plain bytes never touch the disk; saved at `path`, kept here to be sent as well."""
    from dpdesk.sealed.packages import held
    from dpdesk.services import cards, packages
    copies.admit(session, Leaving(CopyKind.SEALED, path, "", tr("Their own request"), accepted=accepted))
    cards.to_seal_to(session, to)
    plain = io.BytesIO()
    fill(plain)
    made = packages.seal(session, packages.Wish(to, tr("Pack for a person who asked for their data"), contents=[
        held(ARCHIVE, plain.getvalue())], subjects=[("person", each) for each in people]))
    return packages.save(session, made.id, path, accepted, action="subject.packed", tell=note), made.id


def shown(found: Found, review: Review) -> list[tuple[str, list[Record]]]:
    """The sections as they go out; what was left out is gone, an empty section is not shown."""
    made = [(each.code, [kept for record in each.records if (kept := review.of(record)) is not None]) for each in found.sections]
    return [(code, records) for code, records in made if records]


def tell(session: Session, found: Found) -> list[tuple[str, str]]:
    """What must be told besides the data, as (heading, words) in the order of STATUTORY."""
    policy = session.policy
    with_data = [each.code for each in found.sections if each.records and each.code in SECTIONS]
    kept = [rule_sentence(rule, policy.months_of(rule)) for code in dict.fromkeys(SECTIONS[code].category for code in with_data)
            if (rule := policy.rule_for(code)) is not None]
    words = {
        "categories": "; ".join(section_name(code) for code in with_data),
        "recipients": " ".join(_recipients(session, found)),
        "kept": " ".join([*kept, tr("What you told us to stop is kept for good, so that we keep to it.")]),
        "transfers": tr("We keep your data on a machine of the branch. It is not sent to other countries by this program."),
        "complaint": tr(TELLS["complaint"][1], regulator=policy.regulator.name, url=policy.regulator.url),
    }
    return [(tr(TELLS[code][0]), words.get(code) or tr(TELLS[code][1])) for code in STATUTORY]


def _recipients(session: Session, found: Found) -> list[str]:
    """Who was told, as sentences: bodies of copies, bodies permitted, processors of e-mail."""
    given = recipients(session, found.subject.person)
    said = [tr("{body}: a copy of {day}.", body=each.body, day=day(each.on)) for each in given if each.whom != WITHIN]
    said += [tr("The branch’s own officers.")]
    permitted = next((each.records for each in found.sections if each.code == "consents"), ())
    if any(tr("Permission to tell") == record.values[0][0] for record in permitted if record.values):
        said.append(tr("Those you permitted us to tell, as your permissions say."))
    return said


@dataclass(frozen=True)
class Recipient:
    """Somebody who was given a person's data: the body, on what day, in which copy, with which fields; `open` where it still exists."""

    whom: str
    body: str
    on: str
    copy: str
    columns: tuple[str, ...]
    open: bool


def recipients(session: Session, person: str) -> list[Recipient]:
    """Who received a person's data, the newest first: they are told of a correction (S1 §8.6.g, §13.7; UK GDPR Art 19)."""
    from dpdesk.store import copies as store
    session.require(Right.SUBJECT_SEARCH)
    with session.desk.read() as connection:
        found = store.ever_holding(connection, person) if person else []
    own = {CopyKind.PACK, CopyKind.PORTABLE, CopyKind.SEALED}  # of sealed ones only their pack is noted as theirs
    return [Recipient(each.whom, tr("within the branch") if each.whom == WITHIN else body_name(each.whom, session.policy),
                      each.made_at[:10], each.id, each.columns, each.state.value == "open") for each in found if each.kind not in own]


def search_lines(found: Found) -> list[str]:
    """What was searched and how much was found, a line each."""
    held = [trn("{name}: {n} record", "{name}: {n} records", len(each.records), name=section_name(each.code))
            for each in found.sections if each.records]
    empty = ", ".join(section_name(each.code) for each in found.sections if not each.records)
    return [*held, tr("Searched, and nothing there: {places}.", places=empty)] if empty else held


def machine(session: Session, found: Found, sections: list[tuple[str, list[Record]]], told: list[tuple[str, str]]) -> dict[str, object]:
    """The pack for machines: a documented shape (the guide, chapter “Requests”), format FORMAT."""
    return {
        "format": FORMAT, "controller": {"branch": session.branch, "party": session.policy.name}, "made_at": found.at,
        "person": {"id": found.subject.person, "name": found.subject.label, "electors": list(found.subject.electors)},
        "information": [{"about": name, "words": words} for name, words in told],
        "searched": found.counts,
        "data": {code: [{"id": record.id, "on": record.on, **dict(record.values),
                         **({"file": f"{FILES}/{_name(record)}"} if record.file else {})} for record in records]
                 for code, records in sections},
    }


def _csv(sections: list[tuple[str, list[Record]]]) -> str:
    """One row for each value: section, record, day, name, value; a formula is written as text."""
    from dpdesk.files.cells import safe_cell
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["section", "record", "on", "name", "value"])
    for code, records in sections:
        for record in records:
            for name, value in record.values:
                writer.writerow([code, record.id, record.on, name, safe_cell(value)])
    return "\ufeff" + text.getvalue()


def _name(record: Record) -> str:
    """A file's name in the archive: its own, made safe, behind its identity."""
    name = record.file[0] if record.file else ""
    return f"{record.id[-6:]}-" + "".join(c if c.isalnum() or c in "._- " else "_" for c in name)[-80:]


def _files(sections: list[tuple[str, list[Record]]]) -> dict[str, bytes]:
    return {_name(record): record.file[1] for _code, records in sections for record in records if record.file}


def _paper(sections: list[tuple[str, list[Record]]]) -> list[tuple[str, str, list[list[tuple[str, str]]]]]:
    """The sections for reading: name, what is told of it, and each record's names and values."""
    made = []
    for code, records in sections:
        about = SECTIONS.get(code)
        said = tr("Used {purpose}. Basis: {basis}. Source: {source}.", purpose=tr(about.purpose), basis=tr(about.basis),
                  source=tr(about.source)) if about else ""
        rows = [[*record.values, *(((tr("In the folder"), f"{FILES}/{_name(record)}"),) if record.file else ())] for record in records]
        made.append((section_name(code), said, rows))
    return made


def dated(found: Found) -> str:
    """When the search was made, in words."""
    return moment(found.at)
