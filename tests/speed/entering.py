"""Keys pressed to enter sheets, against a spreadsheet with the same people in the same order; and how long a row takes to be saved.

Both sides enter the same answers, drawn as canvassing finds them: half are not home, often to the end of a page. The spreadsheet is given
all it can do by keyboard: the code and Enter go to the next row, and the rest of a page is filled by Ctrl+Shift+Down and Ctrl+D, which asks
for the rows of the page to be set apart. A note costs Tab, its letters, Enter, and the way back (Home).
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path
from random import Random

from dpdesk.domain.entry_keys import Keys
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.files import codes
from dpdesk.services import entering
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store.keys import least
from tests.services import entered
from tests.speed.desks import spread

PAGES, ROWS = 200, 12
Answer = tuple[tuple[str, ...], str]  # codes, note


def pages(rng: Random, count: int = PAGES) -> list[list[Answer]]:
    """Pages of answers: intentions, no answer, two codes now and then, a note on one row in forty."""
    found = []
    for _page in range(count):
        rows: list[Answer] = [(_codes(rng), "Wants a poster" if rng.random() < 0.025 else "") for _row in range(ROWS)]
        if rng.random() < 0.3:
            first = rng.randint(4, ROWS - 1)
            rows[first:] = [(("O",), "")] * (ROWS - first)
        found.append(rows)
    return found


def _codes(rng: Random) -> tuple[str, ...]:
    if rng.random() < 0.5:
        return ("O",)
    first = rng.choice("LLLTSGRADX")
    return (first, "V") if first not in "DX" and rng.random() < 0.05 else (first,)


def here(page: list[Answer], letters: tuple[str, ...]) -> int:
    """Keys on the entry page, done with the page."""
    rest = _rest(page)
    pressed, keys = 0, Keys(letters)
    for answer, note in page[:rest]:
        for code in answer[:-1]:
            pressed += len(code)  # with Shift: the row stays
        pressed += len(answer[-1])
        for letter in answer[-1]:
            keys.feed(letter)
        if len(answer) > 1:
            pressed += 1  # Enter: more was added, so the row did not change by itself
        if note:
            pressed += 1 + 1 + len(note) + 1 + 1  # back up, comma, the note, Enter, down again
    return pressed + (1 if rest < len(page) else 0) + 1  # F4 for the rest, Ctrl+Enter


def spreadsheet(page: list[Answer]) -> int:
    """Keys in a spreadsheet, done with the page: the last row's Enter is the way to the next page."""
    rest = _rest(page)
    pressed = sum(sum(map(len, answer)) + 1 + (1 + len(note) + 1 + 1 if note else 0) for answer, note in page[:rest])
    return pressed + (len("O") + 1 + 1 + 1 + 1 if rest < len(page) else 0)  # O, Enter, up, Ctrl+Shift+Down, Ctrl+D


def _rest(page: list[Answer]) -> int:
    """From which row on nobody was home to the end, where a bulk key pays (three rows or more)."""
    at = len(page)
    while at and page[at - 1] == (("O",), ""):
        at -= 1
    return at if len(page) - at >= 3 else len(page)


def bench(count: int = PAGES) -> dict:
    """Keys a row on both sides, and the time to save a row."""
    letters = tuple(code.letter for code in codes.load("labour").codes)
    drawn = pages(Random("entering"), count)
    ours, theirs, rows = sum(here(page, letters) for page in drawn), sum(map(spreadsheet, drawn)), sum(map(len, drawn))
    return {"name": "entering", "rows": rows, "keys_a_row": round(ours / rows, 2), "spreadsheet_keys_a_row": round(theirs / rows, 2),
            "ratio": round(ours / theirs, 2), "aim": "< 1", "saving_a_row": _saving()}


def _saving() -> dict:
    taken = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session, _ = Desks(Machine(path=folder / "machine.json"), least()).create(folder / "desk", Founding(
            "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))
        with contextlib.closing(session):
            sheet = entered.back(session, folder)
            for page in range(1, sheet.pages + 1):
                for row in entering.rows(session, sheet.id, page):
                    began = time.perf_counter()
                    entering.enter(session, row, ("L",))
                    taken.append(time.perf_counter() - began)
    return spread(taken)


if __name__ == "__main__":
    import json
    print(json.dumps(bench(), indent=1))
