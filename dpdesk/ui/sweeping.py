"""Python's sweeps for reference cycles stay on the main thread while lanes work.

Left to itself Python sweeps in whichever thread happens to allocate. In a lane's thread a sweep may find the widgets of a page that
is gone and destroy them beside the event loop, which then crashes the program now and then. So the sweeps by themselves are off
while a lane may work, and a timer of the main thread does them, by the same thresholds.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_EVERY = 1000  # milliseconds
_holding: set[int] = set()  # the sweepers at work, by identity: the last one to leave gives the sweeps back
_before = True  # whether Python swept by itself before the first one came


class Sweeper:
    """Sweeps on the main thread between `hold` and `let_go`; both may be called again without harm."""

    def __init__(self, owner: QObject) -> None:
        self._timer = QTimer(owner)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(sweep)

    def hold(self) -> None:
        """From now on no other thread sweeps."""
        global _before
        if not _holding:
            _before = gc.isenabled()
        _holding.add(id(self))
        gc.disable()
        self._timer.start()

    def let_go(self) -> None:
        """No lane works any more: Python may sweep by itself again."""
        self._timer.stop()
        if id(self) in _holding:
            _holding.remove(id(self))
            if not _holding and _before:
                gc.enable()


def sweep() -> None:
    """Sweep the oldest generation that is due; nothing where too little was made since."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
    if due and due[0] == 0:
        gc.collect(max(due))
