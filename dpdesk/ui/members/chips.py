"""The row of chips that narrow a list: everybody, each status or capacity in use, marks such as under 18, the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from dpdesk.domain.capacities import Capacity
from dpdesk.domain.members import Status
from dpdesk.domain.queries import Query
from dpdesk.services.members import Counts
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, capacity_name, status_name

Key = tuple[str, str]
ALL: Key = ("", "")


class Chips(QWidget):
    """Chips for two filters of a query, `codes`; `chosen(values)` when one is pressed, the one in force is checked.

    A chip's key are the values of both filters; that of ALL always shows, another while somebody fits it.
    """

    chosen = Signal(object)

    def __init__(self, codes: tuple[str, str], chips: Sequence[tuple[Key, str]]) -> None:
        super().__init__()
        self.codes = codes
        self._flow = Flow(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[Key, QPushButton] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # Minimum would reserve the height it has where it is narrowest
        self.setSizePolicy(policy)
        for key, word in chips:
            self._add(key, word)
        self._buttons[ALL].setChecked(True)

    def mark(self, query: Query) -> tuple[str, ...]:
        """Show which chip is in force, even where nobody fits it any more; returns the filters it shows, none where none does."""
        chip = self._buttons.get((getattr(query, self.codes[0]), getattr(query, self.codes[1])))
        self._group.setExclusive(chip is not None)
        if chip is None:
            for other in self._buttons.values():
                other.setChecked(False)
            return ()
        chip.setChecked(True)
        chip.setHidden(False)
        return self.codes

    def show_numbers(self, numbers: Mapping[Key, int]) -> None:
        """Write the numbers on the chips; a chip for nobody does not show."""
        for key, chip in self._buttons.items():
            n = numbers.get(key, 0)
            chip.setText(_("{name} · {n}", name=chip.property("word"), n=f"{n:,}"))
            chip.setVisible(bool(n) or chip.isChecked() or key == ALL)

    def _add(self, key: Key, word: str) -> None:
        chip = button(word, lambda: self.chosen.emit(dict(zip(self.codes, key, strict=True))), role="chip")
        chip.setCheckable(True)
        chip.setProperty("word", word)
        self._group.addButton(chip)
        self._buttons[key] = chip
        self._flow.addWidget(chip)


def of_members() -> Chips:
    """The chips over the members."""
    statuses = [((status.value, ""), status_name(status.value)) for status in Status]
    return Chips(("status", "flag"), [
        (ALL, _("All")), *statuses, (("", "under_18"), _("Under 18")), (("", "no_email_consent"), _("No consent for e-mail")),
        (("", "archived"), _("Archive"))])


def member_numbers(counts: Counts) -> dict[Key, int]:
    """How many members fit each chip."""
    return {ALL: counts.members, ("", "archived"): counts.archived, ("", "under_18"): counts.under_18,
            ("", "no_email_consent"): max(0, counts.members - counts.email_consents),
            **{(status, ""): n for status, n in counts.by_status.items()}}


def of_contacts() -> Chips:
    """The chips over the contacts."""
    held = [((capacity.value, ""), capacity_name(capacity.value)) for capacity in Capacity]
    return Chips(("capacity", "flag"), [(ALL, _("All")), *held, (("", "archived"), _("Archive"))])


def contact_numbers(counts: Counts, held: Mapping[str, int]) -> dict[Key, int]:
    """How many contacts fit each chip; `held` are how many hold each capacity."""
    return {ALL: counts.contacts, ("", "archived"): counts.archived_contacts, **{(code, ""): n for code, n in held.items()}}
