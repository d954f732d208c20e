"""Whether two readings are of the same paper, or of a copy that was filled differently: how their ink lies (PAPER.md §6.6)."""

from __future__ import annotations

import numpy as np

from dpdesk.domain.sheets import Layout
from dpdesk.paper.registration import PX

SAME, DIFFERENT = 0.9, 0.5  # above: the same paper again; under: other marks; between: a person looks
_CELLS = 6
_NOTHING = 0.012


def fingerprint(ink: np.ndarray, columns: np.ndarray, layout: Layout, rows: int) -> np.ndarray:
    """The mean ink of every box, and of six parts of every row's notes, above what the emptiest half of them has (float16)."""
    notes = []
    for row in range(rows):
        place = layout.notes(row).grown(-1.0)
        cut = ink[round((place.y + 2.0) * PX):round(place.bottom * PX), round(place.x * PX):round(place.right * PX)]
        notes += [part.mean() / 255 for part in np.array_split(cut, _CELLS, axis=1)]
    return np.concatenate([_above(columns[:, 0]), _above(np.array(notes))]).astype(np.float16)


def _above(ink: np.ndarray) -> np.ndarray:
    above = ink - np.median(ink)
    return np.where(np.abs(above) < _NOTHING, 0.0, above)


def alike(first: np.ndarray, second: np.ndarray) -> float:
    """The correlation of two fingerprints, -1..1; two pages without any mark are alike, a marked and an unmarked one are not."""
    if first.shape != second.shape:
        return -1.0
    a, b = first.astype(np.float64), second.astype(np.float64)
    if not a.any() or not b.any():
        return 1.0 if not a.any() and not b.any() else 0.0
    return float(np.corrcoef(a, b)[0, 1])
