"""Counts what a reader made of filled pages against the truth."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from dpdesk.domain.marks import Look, Mark, Verdict
from dpdesk.paper import reading
from tests.paper.corpus import Filled
from tests.paper.made import KEY


@dataclass
class Tally:
    """Of one or more pages; `wrong` holds "truth-read" pairs, `review` the rows that a person must look at, `bare` those in the strip."""

    pages: int = 0
    verdicts: Counter = field(default_factory=Counter)
    wrong_ids: int = 0
    boxes: int = 0
    wrong: Counter = field(default_factory=Counter)
    unsure: int = 0
    rows: int = 0
    review: int = 0
    bare: int = 0
    taken_wrong: int = 0  # rows taken without a person's look that are not what was marked
    seconds: float = 0.0

    def add(self, other: Tally) -> Tally:
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)
        return self

    def report(self) -> dict[str, object]:
        """The figures of the issue."""
        boxes, rows = max(1, self.boxes), max(1, self.rows)
        return {
            "pages": self.pages, "verdicts": dict(self.verdicts), "wrong_ids": self.wrong_ids, "boxes": self.boxes,
            "wrong_per_10000": round(sum(self.wrong.values()) / boxes * 10_000, 2), "wrong": dict(self.wrong),
            "unsure_percent": round(100 * self.unsure / boxes, 2), "rows_to_review_percent": round(100 * self.review / rows, 1),
            "rows_without_a_mark_percent": round(100 * self.bare / rows, 1), "rows_taken_wrong": self.taken_wrong,
            "ms_cpu_per_page": round(1000 * self.seconds / max(1, self.pages), 1),
            "pages_per_second_and_core": round(self.pages / max(1e-9, self.seconds), 1),
        }  # fmt: skip


def tallied(page: Filled) -> Tally:
    """Reads one page."""
    began = time.process_time()
    read = reading.read(page.grey, KEY)
    tally = Tally(pages=1, verdicts=Counter([read.verdict.value]), seconds=time.process_time() - began)
    tally.wrong_ids = int(read.code is not None and read.code.label != page.page.label)
    if read.verdict is not Verdict.READ:
        return tally
    blanks = [line.blank for line in page.page.lines]
    looks = reading.rows_to_look_at(read, [box.sort for box in page.page.boxes], blanks)
    for marks, truth, why in zip(read.marks, page.truth, looks, strict=True):
        pairs = [f"{was}-{is_now}" for was, is_now in zip(truth, marks, strict=True) if is_now is not Mark.UNSURE and was is not is_now]
        tally.wrong.update(pairs)
        tally.unsure += marks.count(Mark.UNSURE)
        tally.boxes += len(marks)
        tally.rows += 1
        tally.review += bool(set(why) - {Look.EMPTY})
        tally.bare += why == (Look.EMPTY,)
        tally.taken_wrong += bool(pairs) and not why
    return tally
