"""How long it takes to find all that is held on a person and to build their pack: 80,000 electors and 5,000 scanned pages.

The person is a member, stands on 6 pages, has notes, enquiries and consents, and others' notes mention them.
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from pathlib import Path

from dpdesk.domain.contacting import Channel, Method
from dpdesk.domain.ids import new_id
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.register_files import Supply
from dpdesk.domain.roles import Role
from dpdesk.domain.scans import Page, PageState, Row
from dpdesk.domain.secret import Secret
from dpdesk.domain.sessions import Sheet, SheetKind, SheetRow, State
from dpdesk.domain.sheets import NORMAL
from dpdesk.services import contacting, enquiries, members, notes, register, register_links, subject_pack, subject_search
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session, today
from dpdesk.store.keys import least
from tests.speed.register import written

ELECTORS, SCANS, ON_PAGES, MEMBERS = 80_000, 5_000, 6, 400


def picture() -> bytes:
    """A page as the reader keeps it: straight, grey, 203 dpi, with the noise of paper."""
    import numpy as np
    from PIL import Image
    grey = np.random.default_rng(1).normal(238, 5, (2376, 1680)).clip(0, 255).astype(np.uint8)
    for at in range(NORMAL.rows):
        grey[round(NORMAL.row(at).y * 8)::1][:2] = 60
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "JPEG", quality=55)
    return out.getvalue()


def made(folder: Path, electors: int, scans: int) -> tuple[Session, str]:
    """A desk of that size, and the person who asks."""
    session, _ = Desks(Machine(path=folder / "machine.json"), least()).create(folder / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
    year, path = today().year, written(folder / "register.csv", electors)
    shown = register.preview(session, register.open_file(session, path), register.Taking(year=year))
    register.apply(session, shown, Supply("Anytown Council", today().isoformat(), register.last_day(session), year=year))
    with session.desk.read() as connection:
        ids = [row[0] for row in connection.connection.cursor().execute('SELECT id FROM elector ORDER BY "row"').fetchall()]
    who = members.add(session, Kind.MEMBER, {"forename": "Wilhelmina", "surname": "Featherstone", "status": "current",
                                            "email": "w@example.org"})
    register_links.link(session, ids[0], who.id)
    contacting.give_consent(session, who.id, contacting.Given(Channel.EMAIL, today().isoformat(), Method.PAPER, "Yes", "The form"))
    for n in range(MEMBERS):
        other = members.add(session, Kind.MEMBER, {"forename": "Ada", "surname": f"Other{n}", "status": "current"})
        notes.add(session, other.id, f"Number {n} met " + ("Wilhelmina Featherstone" if n % 100 == 0 else "somebody"),
                  Confidentiality.ORDINARY)
    for n in range(5):
        notes.add(session, who.id, f"Note {n}: with Ada Other{n}, ada{n}@example.org", Confidentiality.ORDINARY)
        enquiries.log(session, who.id, enquiries.Asked("letter", f"Question {n}"))
    _scanned(session, ids, scans)
    return session, who.id


def _scanned(session: Session, electors: list[str], scans: int) -> None:
    """So many pages that came back, 10 a sheet; the first elector stands on the first line of ON_PAGES of them."""
    from dpdesk.store import scan_images, scan_rows, sheets
    from dpdesk.store import scans as store
    content, rows = picture(), NORMAL.rows
    for start in range(0, scans, 500):
        with session.change("scans.taken") as unit:
            for number in range(start, min(start + 500, scans), 10):
                sheet = Sheet(f"S{number:09d}", "", "", "", SheetKind.CANVASS, number, "Weir Lane", NORMAL.code, (), (), "", 10, 10 * rows,
                              State.SCANNED, unit.at)
                lines = [SheetRow(sheet.id, page, line, electors[0] if not line and page == 1 and number < 10 * ON_PAGES else
                                  electors[1 + (number * rows + page * rows + line) % (len(electors) - 1)])
                         for page in range(1, 11) for line in range(rows)]
                sheets.add(unit.connection, [sheet], lines, unit.seq)
                for page in range(1, 11):
                    kept = Page(new_id(), "", sheet.id, page, 1, NORMAL.code, 9, PageState.READ, unit.at)
                    store.add_page(unit.connection, kept, (), b"", unit.seq)
                    scan_images.put(unit.connection, kept.id, "straight", "image/jpeg", (1680, 2376), content)
                    scan_rows.put(unit.connection, kept.id, [Row(kept.id, line, "x........") for line in range(rows)], unit.seq)
            unit.about("desk", session.desk_id)
            unit.facts(pages=500)


def bench(electors: int = ELECTORS, scans: int = SCANS) -> dict:
    """Seconds for the search, for the proposal of what is blacked out, and for the pack."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session, person = made(folder, electors, scans)
        try:
            marks = [time.perf_counter()]
            found = subject_search.search(session, subject_search.subject(session, person=person), "All places")
            marks.append(time.perf_counter())
            settled = subject_search.settled(found, subject_search.proposal(session, found))
            marks.append(time.perf_counter())
            done = subject_pack.write(session, found, settled, folder / "pack.zip")
            marks.append(time.perf_counter())
        finally:
            session.close()
        with zipfile.ZipFile(folder / "pack.zip") as archive:
            size = sum(each.file_size for each in archive.infolist())
    search, proposal, pack = (round(end - start, 3) for start, end in zip(marks, marks[1:], strict=False))
    return {"name": "rights", "electors": electors, "scans": scans, "records": done.records, "files": done.files, "bytes": size,
            "search_s": search, "proposal_s": proposal, "pack_s": pack, "total_s": round(marks[-1] - marks[0], 3)}


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
