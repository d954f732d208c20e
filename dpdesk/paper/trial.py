"""A trial on real paper, by hand: sheets of invented people, a key that says what to mark, and a report of what the reader made of them.

    python -m dpdesk.paper.trial make FOLDER [--pages 12] [--seed 1]
    python -m dpdesk.paper.trial report FOLDER SCAN…

Everything generated is synthetic; only this shows how right the reader is on paper (PAPER.md §8). Its sheets carry a key of their own,
so no desk takes them for its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dpdesk.domain import sheet_codes
from dpdesk.domain.marks import Mark
from dpdesk.domain.sheets import LARGE, NORMAL, Box, Layout, SheetLabels, SheetLine, SheetPage, Sort
from dpdesk.paper import printing, trial_key

BOXES = (
    Box("D", "Definite", Sort.INTENTION), Box("P", "Probable", Sort.INTENTION), Box("U", "Undecided", Sort.INTENTION),
    Box("A", "Against", Sort.INTENTION), Box("X", "Won't say", Sort.INTENTION), Box("NV", "Non-voter", Sort.INTENTION),
    Box("NA", "No answer", Sort.NO_ANSWER), Box("PV", "Postal vote", Sort.EXTRA), Box("PO", "Poster", Sort.EXTRA),
)  # fmt: skip
LABELS = SheetLabels(
    "Sheet", "Page {page} of {pages}", "copy {copy}", "Notes", "Nobody to call on here. Leave this line empty.",
    "X one box, black or blue pen. Mistake: black it out completely, X another. No answer? X “NA”.",
    "A trial with invented people. Fill it in from its key sheet.", "")  # fmt: skip
PENS = ("black ballpoint", "blue ballpoint", "gel pen", "felt pen", "pencil")
_FIRST = ("Ann", "Bryn", "Carys", "Dougal", "Eluned", "Fergus", "Grace", "Hamish", "Iona", "Jan", "Karim", "Lowri", "Morag", "Noor")
_LAST = ("Example", "Sample", "Specimen", "Instance", "Pattern", "Likeness", "Proof", "Trial")
_LETTERS = {Mark.EMPTY: ".", Mark.MARKED: "x", Mark.CANCELLED: "c"}
_MARKS = {letter: mark for mark, letter in _LETTERS.items()}


def make(folder: Path, pages: int = 12, seed: int = 1) -> None:
    """Writes `sheets.pdf`, `key.pdf` and `truth.json` into the folder, which is made; the same seed gives the same three."""
    rng = random.Random(seed)
    key = hashlib.sha256(f"trial {seed}".encode()).digest()
    made = [_page(rng, key, number, pages) for number in range(1, pages + 1)]
    truths = [_truth(rng, page) for page in made]
    pens = [PENS[number % len(PENS)] for number in range(pages)]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "sheets.pdf").open("wb") as file:
        printing.draw(made, file, "Trial sheets")
    with (folder / "key.pdf").open("wb") as file:
        trial_key.draw(zip(made, truths, pens, strict=True), file)
    told = [{"label": page.label, "pen": pen, "rows": ["".join(_LETTERS[mark] for mark in row) for row in truth]}
            for page, truth, pen in zip(made, truths, pens, strict=True)]
    (folder / "truth.json").write_text(json.dumps({"seed": seed, "key": key.hex(), "pages": told}, indent=1), "utf-8")


def _page(rng: random.Random, key: bytes, number: int, pages: int) -> SheetPage:
    layout: Layout = LARGE if number % 6 == 0 else NORMAL
    code = sheet_codes.PageCode(layout.code, len(BOXES), layout.rows, sheet_codes.new_sheet(rng.randbytes(7)), number, 1)
    lines = tuple(SheetLine(f"TR-A {rng.randint(1, 1900)}", str(2 * row + 2), f"{rng.choice(_FIRST)} {rng.choice(_LAST)}")
                  for row in range(layout.rows))
    return SheetPage(layout, sheet_codes.payloads(code, key), code.label, number, pages, 1, BOXES, lines, LABELS, "Trial",
                     "invented people", f"Trial Street {number}", confidentiality="NOBODY IS REAL")


def _truth(rng: random.Random, page: SheetPage) -> list[list[Mark]]:
    """Mostly one answer, now and then an extra, a correction, two answers, or none."""
    truth = []
    for _line in page.lines:
        row = [Mark.EMPTY] * len(page.boxes)
        first, second = rng.sample(range(7), 2)
        chance = rng.random()
        if chance >= 0.10:
            row[first] = Mark.MARKED
        if 0.10 <= chance < 0.18:
            row[second] = Mark.CANCELLED
        if 0.18 <= chance < 0.21:
            row[second] = Mark.MARKED
        for box in (7, 8):
            row[box] = Mark.MARKED if rng.random() < 0.15 else Mark.EMPTY
        truth.append(row)
    return truth


def report(folder: Path, scans: Iterable[Path]) -> dict[str, object]:
    """What the reader made of the scans, by pen and by the folder a scan lies in (one a device); pages of no trial are named."""
    from dpdesk.paper import reading
    from dpdesk.paper.scoring import Score, scored
    told = json.loads((folder / "truth.json").read_text("utf-8"))
    key, pages = bytes.fromhex(told["key"]), {page["label"]: page for page in told["pages"]}
    total, pens, devices, unread, seen = Score(), {}, {}, [], set()
    for path, number, grey in _pictures(scans):
        read = None if grey is None else reading.read(grey, key)
        page = pages.get(read.code.label) if read and read.code else None
        if read is None or page is None:
            unread.append(f"{path.name} page {number}: {read.verdict.value if read else 'cannot be opened'}")
            continue
        seen.add(page["label"])
        truth = [[_MARKS[letter] for letter in row] for row in page["rows"]]
        score = scored(read, page["label"], truth, [box.sort for box in BOXES], [False] * len(truth))
        for group, name in ((pens, page["pen"]), (devices, path.parent.name)):
            group.setdefault(name, Score()).add(score)
        total.add(score)
    return {"all": total.report(), "by_pen": {name: score.report() for name, score in pens.items()},
            "by_device": {name: score.report() for name, score in devices.items()}, "not_read": unread,
            "never_seen": sorted(pages.keys() - seen)}


def _pictures(scans: Iterable[Path]) -> Iterator[tuple[Path, int, object]]:
    """Every page of every file as grey pixels, None where one cannot be opened; decoded in a child process."""
    import numpy as np

    from dpdesk.paper.decoding import Decoder, Unread
    with Decoder() as decoder:
        for path in scans:
            count = decoder.open(path.read_bytes())
            if isinstance(count, Unread):
                yield path, 1, None
                continue
            for number in range(count):
                found = decoder.page(number)
                grey = None if isinstance(found, Unread) else np.frombuffer(found.grey, np.uint8).reshape(found.height, found.width)
                yield path, number + 1, grey


def main(words: list[str] | None = None) -> int:
    """The two commands above; the report is JSON."""
    parser = argparse.ArgumentParser("python -m dpdesk.paper.trial", description="Try the reader on real paper.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="write sheets.pdf, key.pdf and truth.json")
    making.add_argument("folder", type=Path)
    making.add_argument("--pages", type=int, default=12)
    making.add_argument("--seed", type=int, default=1)
    reporting = verbs.add_parser("report", help="read the scans and compare them with the truth")
    reporting.add_argument("folder", type=Path)
    reporting.add_argument("scans", type=Path, nargs="+")
    given = parser.parse_args(words)
    if given.verb == "make":
        make(given.folder, given.pages, given.seed)
    else:
        json.dump(report(given.folder, given.scans), sys.stdout, indent=2)
        sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
