"""How right the reader was, where the truth is known: the figures of PAPER.md §8, for generated pages and for a trial on real paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dpdesk.domain.marks import Look, Mark, Verdict
from dpdesk.domain.sheets import Sort
from dpdesk.paper.reading import PageReading, rows_to_look_at


@dataclass
class Score:
    """Of one or more pages; `wrong` counts "truth-read" pairs, `review` the rows a person must look at, `bare` those without a mark."""

    pages: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    wrong_ids: int = 0
    boxes: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    unsure: int = 0
    rows: int = 0
    review: int = 0
    bare: int = 0
    taken_wrong: int = 0  # rows taken without a person's look that are not what was marked

    def add(self, other: Score) -> Score:
        for name, value in vars(other).items():
            if isinstance(value, Counter):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)
        return self

    def report(self) -> dict[str, object]:
        """Shares, and the most that the rate of wrong boxes may be at 95 % confidence (Poisson) for so many boxes."""
        boxes, rows, wrong = max(1, self.boxes), max(1, self.rows), sum(self.wrong.values())
        return {
            "pages": self.pages, "verdicts": dict(self.verdicts), "wrong_ids": self.wrong_ids, "boxes": self.boxes,
            "wrong_boxes": wrong, "wrong": dict(self.wrong), "wrong_per_10000": round(wrong / boxes * 1e4, 2),
            "wrong_per_10000_at_most": round(_most(wrong) / boxes * 1e4, 2), "unsure_percent": round(100 * self.unsure / boxes, 2),
            "rows": self.rows, "rows_to_review_percent": round(100 * self.review / rows, 1),
            "rows_without_a_mark_percent": round(100 * self.bare / rows, 1), "rows_taken_wrong": self.taken_wrong,
        }  # fmt: skip


def scored(read: PageReading, label: str, truth: Sequence[Sequence[Mark]], sorts: Sequence[Sort], blanks: Sequence[bool]) -> Score:
    """One reading against what was marked on the page numbered `label`."""
    score = Score(pages=1, verdicts=Counter([read.verdict.value]), wrong_ids=int(read.code is not None and read.code.label != label))
    if read.verdict is not Verdict.READ:
        return score
    looks = rows_to_look_at(read, sorts, blanks)
    for marks, was, why in zip(read.marks, truth, looks, strict=True):
        pairs = [f"{before}-{now}" for before, now in zip(was, marks, strict=True) if now is not Mark.UNSURE and before is not now]
        score.wrong.update(pairs)
        score.unsure += marks.count(Mark.UNSURE)
        score.boxes += len(marks)
        score.rows += 1
        score.review += bool(set(why) - {Look.EMPTY})
        score.bare += why == (Look.EMPTY,)
        score.taken_wrong += bool(pairs) and not why
    return score


def _most(count: int) -> float:
    """The upper end of a Poisson count's one-sided 95 % interval, by Wilson and Hilferty; exact to a hundredth."""
    more = count + 1
    return more * (1 - 1 / (9 * more) + 1.645 / (3 * more**0.5)) ** 3
