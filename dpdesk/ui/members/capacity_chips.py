"""The row of chips over the contacts: all, each capacity somebody holds, and the archive."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from dpdesk.domain.capacities import Capacity
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, capacity_name

ALL, ARCHIVE = ("", ""), ("", "archived")


class CapacityChips(QWidget):
    """`chosen(capacity, flag)` when a chip is pressed; the one in force is checked."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._add(ALL, _("All"))
        for capacity in Capacity:
            self._add((capacity.value, ""), capacity_name(capacity.value))
        self._add(ARCHIVE, _("Archive"))
        self.mark("", "")

    def mark(self, capacity: str, flag: str) -> None:
        """Show which chip is in force; it shows even where nobody fits it any more."""
        chip = self._buttons.get((capacity, flag))
        if chip is not None:
            chip.setChecked(True)
            chip.setHidden(False)

    def show_counts(self, everybody: int, archived: int, held: Mapping[str, int]) -> None:
        """Write the numbers on the chips; a chip for nobody does not show."""
        numbers = {ALL: everybody, ARCHIVE: archived} | {(code, ""): n for code, n in held.items()}
        for key, chip in self._buttons.items():
            n = numbers.get(key, 0)
            chip.setText(_("{name} · {n}", name=chip.property("word"), n=f"{n:,}"))
            chip.setVisible(bool(n) or chip.isChecked() or key == ALL)

    def _add(self, key: tuple[str, str], word: str) -> None:
        chip = button(word, lambda: self.chosen.emit(*key), role="chip")
        chip.setCheckable(True)
        chip.setProperty("word", word)
        chip.setVisible(key == ALL)
        self._group.addButton(chip)
        self._buttons[key] = chip
        self._flow.addWidget(chip)
