"""The row of chips that narrow the register: everybody, attainers, absent voters, electors without address, anonymous entries."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from dpdesk.services.electors import Counts
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _


class Chips(QWidget):
    """`chosen(flag)` when a chip is pressed; the one in force is checked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        for flag, word in (("", _("All")), ("attainers", _("Attainers")), ("absent", _("Absent voters")), ("other", _("Without address")),
                           ("anonymous", _("Anonymous entries"))):
            self._add(flag, word)
        self.mark("")

    def mark(self, flag: str) -> None:
        """Show which chip is in force."""
        self._buttons[flag].setChecked(True)
        self._buttons[flag].setHidden(False)

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers on the chips; a chip for nobody does not show."""
        numbers = {"": counts.electors, "attainers": counts.attainers, "absent": counts.absent, "other": counts.other,
                   "anonymous": counts.anonymous}
        for flag, chip in self._buttons.items():
            chip.setText(_("{name} · {n}", name=chip.property("word"), n=f"{numbers[flag]:,}"))
            chip.setVisible(bool(numbers[flag]) or chip.isChecked() or not flag)

    def _add(self, flag: str, word: str) -> None:
        chip = button(word, lambda: self.chosen.emit(flag), role="chip")
        chip.setCheckable(True)
        chip.setProperty("word", word)
        self._group.addButton(chip)
        self._buttons[flag] = chip
        self._flow.addWidget(chip)
