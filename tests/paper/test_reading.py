"""Marked sheets are read as they were marked, by every device, and refused rather than guessed at where that is not certain."""

from __future__ import annotations

import io
import random
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from dpdesk.domain.marks import Look, Mark, Verdict
from dpdesk.domain.sheets import LARGE, NORMAL, PAPER
from dpdesk.paper import reading, registration, sameness, thresholds
from tests.paper import devices
from tests.paper.corpus import SCALE, Filled, filled, marked, picture, sheet_of
from tests.paper.made import BOXES, KEY, made_page
from tests.paper.pens import GEL, Hand, Pen
from tests.paper.tally import Tally, tallied

SORTS = [box.sort for box in BOXES]


@lru_cache
def page_of(seed: int, profile: str) -> Filled:
    return filled(seed, profile)


@pytest.mark.parametrize("profile", ["flat200", "flat300", "feeder", "low100", "phone", "jpeg40", "damaged"])
def test_pages_are_read_as_they_were_marked(profile: str) -> None:
    total = Tally()
    for seed in (9001, 9003, 9005):
        total.add(tallied(page_of(seed, profile)))
    assert total.verdicts == {"read": 3} and total.wrong_ids == 0
    assert total.wrong == {} and total.taken_wrong == 0, total.report()
    assert total.unsure <= total.boxes * 0.05
    assert total.review <= total.rows * 0.4


@pytest.mark.parametrize(("rows", "boxes"), [(1, 1), (1, 2), (1, 9), (2, 3)])
def test_a_page_with_next_to_nothing_on_it_is_read(rows: int, boxes: int) -> None:
    page = made_page(random.Random(3), rows=rows, boxes=BOXES[:boxes])
    for all_marked in (False, True):
        made = marked(4003, page=page)
        made.grey = picture(page)
        made.truth = [[Mark.EMPTY] * boxes for _ in range(rows)]
        hand = Hand(np.random.default_rng(4), made.grey, SCALE, GEL)
        for row in range(rows if all_marked else 0):
            for box in range(boxes):
                hand.cross(page.layout.box_at(row, box))
                made.truth[row][box] = Mark.MARKED
        made.grey = devices.PROFILES["flat200"](np.random.default_rng(4), made.grey)
        tally = tallied(made)
        assert tally.boxes == rows * boxes and tally.wrong == {} and not tally.unsure


def test_large_print_is_read() -> None:
    page = made_page(random.Random(1), LARGE)
    tally = tallied(filled(4001, "flat200", page=page))
    assert tally.boxes == 72 and tally.wrong == {}


def test_a_page_on_its_side_is_read() -> None:
    made = filled(9041, "flat200")
    for turns in (1, 3):
        made.grey = np.ascontiguousarray(np.rot90(made.grey, turns))
        assert tallied(made).verdicts == {"read": 1} and tallied(made).wrong == {}


def test_a_scan_in_black_and_white_alone_is_looked_at_whole() -> None:
    for seed in (9001, 9003):
        read = reading.read(page_of(seed, "fax").grey, KEY)
        assert read.verdict is Verdict.READ and read.one_bit
        assert all(reading.rows_to_look_at(read, SORTS))
    assert not reading.read(page_of(9001, "flat200").grey, KEY).one_bit


def test_of_colour_the_darkest_is_taken() -> None:
    grey = page_of(9001, "flat200").grey
    blue = np.stack([grey // 2 + 120, grey // 3 + 160, grey], axis=2).astype(np.uint8)
    assert reading.read(blue, KEY).marks == reading.read(blue.min(axis=2), KEY).marks
    assert reading.grey_of(blue).shape == grey.shape


@pytest.mark.parametrize("lost", [(0,), (0, 1), (0, 4, 3), (2, 5, 1)])
def test_a_page_without_some_markers_is_read(lost: tuple[int, ...]) -> None:
    for profile in ("feeder", "phone"):
        tally = tallied(spoilt(9007, lost, devices.PROFILES[profile]))
        assert tally.verdicts == {"read": 1} and tally.wrong == {}, (profile, tally.report())


def spoilt(seed: int, lost: tuple[int, ...], device: devices.Device) -> Filled:
    """The marked page of a seed without some of its markers, as a device gives it."""
    made = marked(seed)
    made.grey = device(np.random.default_rng(seed), devices.without_markers(made.grey, lost))
    return made


def test_a_photograph_held_by_two_markers_is_refused_or_right() -> None:
    refused = 0
    for seed, kept in ((9009, (0, 1)), (9011, (0, 2)), (9013, (1, 3)), (9015, (0, 4)), (9017, (2, 5)), (9019, (3, 1))):
        tally = tallied(spoilt(seed, tuple(set(range(6)) - set(kept)), devices.phone))
        refused += tally.verdicts["line_up"]
        assert not tally.wrong and not tally.wrong_ids, tally.report()
    assert refused >= 5


def test_one_marker_is_not_enough_but_tells_the_sheet() -> None:
    read = reading.read(spoilt(9021, (1, 2, 3, 4, 5), devices.PROFILES["flat200"]).grey, KEY)
    assert read.verdict is Verdict.LINE_UP and read.code.label == sheet_of(9021).label


def test_a_page_lined_up_by_hand_is_read() -> None:
    made = page_of(9023, "flat200")
    exact = reading.read(made.grey, KEY)
    rng = np.random.default_rng(5)
    near = tuple((x + rng.uniform(-10, 10), y + rng.uniform(-10, 10)) for x, y in exact.corners)
    again = reading.read_with_corners(made.grey, near, KEY)
    assert again.verdict is Verdict.READ and again.marks == exact.marks
    wrong = tuple((x + 120, y) for x, y in exact.corners)
    assert reading.read_with_corners(made.grey, wrong, KEY, exact.code).verdict is Verdict.LINE_UP


def test_a_page_whose_codes_are_gone_waits_for_its_number() -> None:
    paper = marked(9025).grey
    for place in devices.QR_PLACES.values():
        cv2.circle(paper, (int((place.x + 9) * SCALE), int((place.y + 9) * SCALE)), int(8 * SCALE), 90, -1)
    grey = devices.scanned(np.random.default_rng(1), paper, 200, 1.0)
    read = reading.read(grey, KEY)
    assert read.verdict is Verdict.NO_CODE and read.marks == () and read.straightened is not None
    code = reading.read(page_of(9025, "flat200").grey, KEY).code
    assert reading.read(grey, KEY, code=code).marks == reading.read(page_of(9025, "flat200").grey, KEY).marks


def test_another_desks_sheet_is_refused_before_anything_is_read() -> None:
    read = reading.read(page_of(9001, "flat200").grey, b"x" * 32)
    assert read.verdict is Verdict.ALTERED and read.code is None and read.marks == ()


def test_backs_letters_and_photographs_are_told_apart() -> None:
    rng = np.random.default_rng(4)
    back = devices.toned(rng, np.full((2339, 1654), 255, np.uint8), 3.0)
    assert reading.read(back, KEY).verdict is Verdict.BLANK
    out = io.BytesIO()
    canvas = Canvas(out)
    for line in range(40):
        canvas.drawString(70, 780 - line * 17, "Dear Sir or Madam, the bins were not emptied on Tuesday as promised.")
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    letter = document[0].render(scale=200 / 72, grayscale=True).to_numpy().copy()
    document.close()
    assert reading.read(devices.toned(rng, letter, 3.0), KEY).verdict is Verdict.FOREIGN
    scene = cv2.resize(rng.integers(0, 255, (15, 20), dtype=np.uint8), (2000, 1500), interpolation=cv2.INTER_CUBIC)
    assert reading.read(scene, KEY).verdict is Verdict.FOREIGN


def test_two_sheets_in_one_picture_are_refused() -> None:
    one, two = (cv2.resize(picture(sheet_of(seed)), (1240, 1754), interpolation=cv2.INTER_AREA) for seed in (9001, 9003))
    assert reading.read(np.hstack([one, two]), KEY).verdict is Verdict.TWO_SHEETS
    torn = np.vstack([two[900:], one[:900]])
    assert reading.read(torn, KEY).verdict in (Verdict.TWO_SHEETS, Verdict.LINE_UP)


def test_the_same_paper_again_and_a_copy_filled_differently_are_told_apart() -> None:
    page = sheet_of(9031)
    first = reading.read(filled(9031, "flat200").grey, KEY)
    again = reading.read(filled(9031, "flat200").grey[::-1, ::-1], KEY)
    hand = {"page": page}
    other = reading.read(filled(9031, "feeder", hand=99, **hand).grey, KEY)
    assert first.code == again.code == other.code
    assert sameness.alike(first.fingerprint, again.fingerprint) > sameness.SAME
    assert sameness.alike(first.fingerprint, other.fingerprint) < sameness.DIFFERENT
    bare = np.zeros_like(first.fingerprint)
    assert sameness.alike(bare, bare) == 1.0 and sameness.alike(bare, first.fingerprint) == 0.0


def test_kept_measurements_are_decided_again_without_the_picture() -> None:
    read = reading.read(page_of(9003, "feeder").grey, KEY)
    kept = np.frombuffer(read.columns.astype(np.float16).tobytes(), np.float16).reshape(read.columns.shape)
    assert reading.decided_again(read.code, kept)[0] == read.marks
    strict = thresholds.Thresholds(dark=2.0)
    marks, _scores = reading.decided_again(read.code, kept, strict)
    assert {mark for row in marks for mark in row} <= {Mark.EMPTY, Mark.UNSURE}


def test_crops_show_what_the_layout_says() -> None:
    made = page_of(9001, "flat200")
    read = reading.read(made.grey, KEY)
    assert read.straightened.shape == (registration.SIZE[1], registration.SIZE[0])
    row = next(row for row, marks in enumerate(read.marks) if Mark.MARKED in marks)
    box = read.marks[row].index(Mark.MARKED)
    cut = reading.crop(read.straightened, read.layout.box_at(row, box), 0.0)
    assert abs(cut.shape[0] - read.layout.box * 8) <= 1 and cut.min() < 120
    assert reading.crop(read.straightened, read.layout.notes(row)).shape[1] > 250
    assert len(read.corners) == 4 and all(-200 < x < 1900 and -200 < y < 2600 for x, y in read.corners)


def test_a_streak_on_the_glass_is_found_and_marks_nothing() -> None:
    made = filled(9033, "flat200", page=made_page(random.Random(4), NORMAL))
    scale = 200 / 25.4
    for x in (NORMAL.box_at(0, 3).x + 2.5, NORMAL.box_at(0, 6).x + 3.0):
        made.grey[:, round(x * scale):round(x * scale) + 3] //= 2
    read = reading.read(made.grey, KEY)
    assert read.streaks
    assert tallied(made).wrong == {}
    assert reading.read(page_of(9001, "flat200").grey, KEY).streaks == 0


def test_a_blank_line_that_was_marked_is_looked_at() -> None:
    read = reading.read(page_of(9001, "flat200").grey, KEY)
    row = next(row for row, marks in enumerate(read.marks) if Mark.MARKED in marks)
    blanks = [each == row for each in range(len(read.marks))]
    assert Look.NOT_TO_CALL in reading.rows_to_look_at(read, SORTS, blanks)[row]


def test_a_page_bigger_or_smaller_than_a_scan_does_not_fail() -> None:
    for size in ((40, 30), (1, 1), (3000, 60)):
        assert reading.read(np.full(size, 200, np.uint8), KEY).verdict in (Verdict.BLANK, Verdict.FOREIGN)
    assert PAPER == (210.0, 297.0)


def test_a_mark_of_another_darkness_than_its_page_is_looked_at() -> None:
    page = made_page(random.Random(5), NORMAL)
    for own, other in ((Pen("own", (0.5, 0.5), (0.95, 0.95)), Pen("stain", (0.9, 0.9), (0.6, 0.6))),
                       (Pen("own", (0.5, 0.5), (0.55, 0.55)), Pen("crease", (0.9, 0.9), (0.95, 0.95)))):
        grey = picture(page)
        hands = Hand(np.random.default_rng(1), grey, SCALE, own), Hand(np.random.default_rng(2), grey, SCALE, other)
        for row in range(len(page.lines)):
            hands[0].cross(page.layout.box_at(row, row % 5))
        hands[1].slash(page.layout.box_at(2, 8))
        read = reading.read(devices.PROFILES["flat200"](np.random.default_rng(3), grey), KEY)
        assert read.marks[2][8] is Mark.UNSURE and reading.rows_to_look_at(read, SORTS)[2] == (Look.UNSURE,)
        assert [row[at % 5] for at, row in enumerate(read.marks)] == [Mark.MARKED] * len(page.lines)
