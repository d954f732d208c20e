"""A 60-page scanned PDF end to end on a real desk: the first row to review, all pages in; and hostile files, one sentence each.

Aims: first row in under 2 s, everything in under 15 s on two cores.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.paper.decoding import Decoder, Pixels
from dpdesk.services import scans, scans_take
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from tests.founding import found
from tests.paper.hostile import HOSTILE
from tests.services import canvassing, scanning

PAGES = 60
PEOPLE = [("CV", str(n), "0", "", "", f"Resident{n}", "Ada", "AN1 2AB", f"{(n + 1) // 2} Weir Lane", "Anytown")
          for n in range(1, 12 * PAGES + 1)]


def pile(profile: str) -> dict:
    """One pile from a device of that profile."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        session, _key = found(Desks(Machine(path=folder / "machine.json"), keys.least()), folder / "desk", Founding(
            "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
        try:
            sheet = canvassing.out(session, canvassing.planned(session, folder, PEOPLE))
            pages = [scanning.filled(session, sheet, page, profile, hand=page).grey for page in range(1, PAGES + 1)]
            path = scanning.scan(folder, pages)
            return {"profile": profile, "bytes": path.stat().st_size, **measured(session, path)}
        finally:
            session.close()


def measured(session, path: Path) -> dict:
    """Times from the moment the file is dropped."""
    began, cpu = time.monotonic(), os.times()
    first_page = first_row = 0.0

    def told(arrived) -> None:
        nonlocal first_page, first_row
        first_page = first_page or time.monotonic() - began
        if not first_row and arrived.page and any(not row.decided for row in scans.get(session, arrived.page).page.rows):
            first_row = time.monotonic() - began
    taken = scans_take.take(session, scans_take.from_paths([path]), told=told)
    whole, after = time.monotonic() - began, os.times()
    rows = [row for page in scans.waiting(session) for row in page.rows]
    count, size = scans_images_weight(session)
    return {"pages": taken.pages, "fates": {fate.value: n for fate, n in taken.fates.items()}, "first_page_s": round(first_page, 2),
            "first_row_to_review_s": round(first_row, 2), "all_s": round(whole, 2),
            "own_cpu_s": round(after.user + after.system - cpu.user - cpu.system, 2),
            "children_cpu_s": round(after.children_user + after.children_system - cpu.children_user - cpu.children_system, 2),
            "rows_open": sum(not row.decided for row in rows), "picture_kb": round(size / count / 1000), "aims_s": {"first": 2, "all": 15}}


def scans_images_weight(session) -> tuple[int, int]:
    """How many pictures, and their bytes."""
    from dpdesk.services import scans_images
    return scans_images.weight(session)


def hostile() -> list[dict]:
    """What each hostile file got, and how long it took."""
    rows = []
    with Decoder() as decoder:
        for name, make, _wanted in HOSTILE:
            content, began = make(), time.monotonic()
            count = decoder.open(content)
            got = [decoder.page(at) for at in range(min(3, count))] if isinstance(count, int) else [count]
            rows.append({"file": name, "bytes": len(content), "seconds": round(time.monotonic() - began, 2),
                         "got": sorted({"read" if isinstance(each, Pixels) else each.reason for each in got})})
    return rows


def bench() -> dict:
    """Flatbed, feeder and phone; then the hostile files."""
    return {"piles": [pile(profile) for profile in ("flat200", "feeder", "phone")], "hostile": hostile()}
