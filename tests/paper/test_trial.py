"""The trial on real paper works from making to report, here with pages that a synthetic hand filled in from the key."""

import json
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from dpdesk.domain.marks import Mark
from dpdesk.domain.sheets import LAYOUTS
from dpdesk.paper import trial
from dpdesk.paper.scoring import Score
from tests.paper import devices
from tests.paper.pens import GEL, Hand

SCALE = 300 / 25.4


def test_a_trial_from_making_to_report(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    trial.make(folder, pages=3, seed=4)
    told = json.loads((folder / "truth.json").read_text())
    scans = [scan(folder, number, page["rows"]) for number, page in enumerate(told["pages"][:2])]
    letter = folder / "flatbed" / "letter.png"
    cv2.imwrite(str(letter), np.full((1200, 900), 240, np.uint8))
    broken = folder / "flatbed" / "broken.jpg"
    broken.write_bytes(b"no picture")
    found = trial.report(folder, [*scans, letter, broken])
    assert found["all"]["verdicts"] == {"read": 2} and found["all"]["wrong_boxes"] == 0 and found["all"]["boxes"] == 216
    assert found["by_device"].keys() == {"flatbed"} and len(found["by_pen"]) == 2
    assert found["never_seen"] == [told["pages"][2]["label"]]
    assert found["not_read"] == ["letter.png page 1: blank", "broken.jpg page 1: cannot be opened"]


def scan(folder: Path, number: int, rows: list[str]) -> Path:
    """A sheet of the trial, filled in and put on glass."""
    document = pypdfium2.PdfDocument(folder / "sheets.pdf")
    grey = document[number].render(scale=SCALE * 25.4 / 72, grayscale=True).to_numpy().copy()
    document.close()
    rng = np.random.default_rng(number)
    hand = Hand(rng, grey, SCALE, GEL)
    for row, letters in enumerate(rows):
        for box, letter in enumerate(letters):
            if letter != ".":
                (hand.cross if letter == "x" else hand.cancel)(LAYOUTS["1"].box_at(row, box))
    path = folder / "flatbed" / f"{number}.png"
    path.parent.mkdir(exist_ok=True)
    cv2.imwrite(str(path), devices.scanned(rng, grey, 200, 1.0))
    return path


def test_the_same_seed_makes_the_same_trial_and_its_key_cannot_be_read(tmp_path: Path) -> None:
    for name in ("one", "two"):
        trial.main(["make", str(tmp_path / name), "--pages", "2", "--seed", "9"])
    names = ("sheets.pdf", "key.pdf", "truth.json")
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)
    found = trial.report(tmp_path / "one", [tmp_path / "one" / "key.pdf"])
    assert found["all"]["pages"] == 0 and len(found["not_read"]) == 2


def test_the_share_of_wrong_boxes_has_an_upper_end() -> None:
    score = Score(pages=1, boxes=30_000).report()
    assert score["wrong_per_10000"] == 0 and abs(score["wrong_per_10000_at_most"] - 1.0) < 0.03, "the rule of three"
    worse = Score(pages=1, boxes=30_000, wrong=Counter({f"{Mark.EMPTY}-{Mark.MARKED}": 3})).report()
    assert worse["wrong_per_10000"] == 1.0 and 2.5 < worse["wrong_per_10000_at_most"] < 2.7
