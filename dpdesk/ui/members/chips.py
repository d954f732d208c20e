"""The row of chips that narrow a list: everybody, each status in use, under 18, without consent for e-mail."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from dpdesk.domain.members import Kind, Status
from dpdesk.services.members import Counts
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, status_name


class Chips(QWidget):
    """`chosen(status, flag)` when a chip is pressed; the one in force is checked."""

    chosen = Signal(str, str)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._flow = Flow(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        self._member = kind is Kind.MEMBER
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # Minimum would reserve the height it has where it is narrowest
        self.setSizePolicy(policy)
        self._add("", "", _("All"))
        if self._member:
            for status in Status:
                self._add(status.value, "", status_name(status.value))
            self._add("", "under_18", _("Under 18"))
            self._add("", "no_email_consent", _("No consent for e-mail"))
        self._add("", "archived", _("Archive"))
        self.mark("", "")
        if not self._member:
            self.hide()

    def mark(self, status: str, flag: str) -> bool:
        """Show which chip is in force, even where nobody fits it any more; False where there is none for both together."""
        chip = self._buttons.get((status, flag))
        self._group.setExclusive(chip is not None)
        if chip is None:
            for other in self._buttons.values():
                other.setChecked(False)
            return False
        chip.setChecked(True)
        chip.setHidden(False)
        return True

    def show_counts(self, counts: Counts) -> None:
        """Write the numbers on the chips; a chip for nobody does not show."""
        everybody, archived = ((counts.members, counts.archived) if self._member else (counts.contacts, counts.archived_contacts))
        numbers = {("", ""): everybody, ("", "archived"): archived, ("", "under_18"): counts.under_18,
                   ("", "no_email_consent"): max(0, counts.members - counts.email_consents)}
        numbers |= {(status.value, ""): counts.by_status.get(status.value, 0) for status in Status}
        for key, chip in self._buttons.items():
            chip.setText(_("{name} · {n}", name=chip.property("word"), n=f"{numbers[key]:,}"))
            chip.setVisible(bool(numbers[key]) or chip.isChecked() or key == ("", ""))
        if not self._member:
            self.setVisible(bool(archived) or self._buttons["", "archived"].isChecked())

    def _add(self, status: str, flag: str, word: str) -> None:
        chip = button(word, lambda: self.chosen.emit(status, flag), role="chip")
        chip.setCheckable(True)
        chip.setProperty("word", word)
        self._group.addButton(chip)
        self._buttons[status, flag] = chip
        self._flow.addWidget(chip)
