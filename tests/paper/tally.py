"""Counts what a reader made of filled pages against the truth, and the processor time it took."""

from __future__ import annotations

import time
from dataclasses import dataclass

from dpdesk.paper import reading
from dpdesk.paper.scoring import Score, scored
from tests.paper.corpus import Filled
from tests.paper.made import KEY


@dataclass
class Tally(Score):
    """A score with the seconds of processor time."""

    seconds: float = 0.0

    def report(self) -> dict[str, object]:
        return super().report() | {"ms_cpu_per_page": round(1000 * self.seconds / max(1, self.pages), 1),
                                   "pages_per_second_and_core": round(self.pages / max(1e-9, self.seconds), 1)}


def tallied(page: Filled) -> Tally:
    """Reads one page."""
    began = time.process_time()
    read = reading.read(page.grey, KEY)
    seconds = time.process_time() - began
    blanks = [line.blank for line in page.page.lines]
    score = scored(read, page.page.label, page.truth, [box.sort for box in page.page.boxes], blanks)
    return Tally(**vars(score), seconds=seconds)
