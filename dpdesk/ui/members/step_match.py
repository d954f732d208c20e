"""Step 2 of an import: what each column becomes, what stays out and why, what counts as an opt-out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dpdesk.domain.masking import MASKED, masked
from dpdesk.ui import theme
from dpdesk.ui.members import import_words
from dpdesk.ui.widgets.parts import Choice, empty_out, line, text
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.services.imports import Draft
    from dpdesk.ui.members.wizard import ImportPage

_PHONE = 9  # digits, from which a value may be a telephone number
SHOWN = 3  # values shown of each column


class MatchStep(QWidget):
    """One line for each column: its header and first values, and where it goes."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__()
        self._page = page
        self.choices: dict[int, Choice] = {}
        self._notes: dict[int, QLabel] = {}
        self._samples: dict[int, tuple[QLabel, list[str]]] = {}
        self._veil = page.context.veil
        if self._veil is not None:
            self._veil.turned.connect(self._write_samples)
        self._draft: Draft | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE)

    @property
    def first(self) -> QWidget | None:
        """The first thing that can be chosen."""
        return next(iter(self.choices.values()), None)

    def mapping(self) -> dict[int, str]:
        """What the officer chose: column -> target."""
        if self._draft is None:
            return {}
        return {column: self.choices[column].code() if column in self.choices else ""
                for column in range(len(self._draft.headers))}

    def show_draft(self, draft: Draft, kept: Mapping[int, str]) -> None:
        """Show the columns of `draft`, matched as it proposes or as `kept` says."""
        self._draft = draft
        self.choices.clear()
        self._notes.clear()
        self._samples.clear()
        empty_out(self._layout)
        self._layout.addWidget(text(draft.path_name, "heading"))
        self._layout.addWidget(text(" ".join(import_words.opened(draft)), "quiet"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, theme.SPACE, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE * 2)
        grid.setVerticalSpacing(theme.SPACE)
        for column, words in enumerate((_("In the list, with its first values"), _("Goes to"))):
            grid.setColumnStretch(column, 1)
            grid.addWidget(text(words, "small"), 0, column)
        for column, header in enumerate(draft.headers):
            self._add(grid, 2 * column + 1, column, header, draft, kept)
        self._layout.addWidget(holder)
        self._write_samples()

    def _add(self, grid: QGridLayout, at: int, column: int, header: str, draft: Draft, kept: Mapping[int, str]) -> None:
        grid.addWidget(line(), at, 0, 1, 2)
        refused = column in draft.refused_columns
        values = [cells[column] for cells in draft.sample if cells[column].strip()][:SHOWN]
        sample = text(_("Its values are not shown.") if refused else _("empty"), "small")
        if values and not refused:
            self._samples[column] = (sample, values)
        what = QVBoxLayout()
        what.setSpacing(2)
        what.addWidget(text(header or _("(column {n}, no header)").format(n=column + 1), "quiet" if refused else "label"))
        what.addWidget(sample)
        what.addStretch(1)
        grid.addLayout(what, at + 1, 0)
        if refused:
            grid.addWidget(text(import_words.refused_column(*draft.refused_columns[column]), "quiet"), at + 1, 1,
                           Qt.AlignmentFlag.AlignTop)
        else:
            grid.addLayout(self._choice(column, header, draft, kept), at + 1, 1)

    def _choice(self, column: int, header: str, draft: Draft, kept: Mapping[int, str]) -> QVBoxLayout:
        proposed = draft.mapping.get(column, "")
        targets = self._offered(proposed)
        choice = Choice([(target, import_words.target_name(target)) for target in targets],
                        name=_("“{header}” goes to").format(header=header))
        choice.choose(kept.get(column, proposed) if kept.get(column, proposed) in targets else proposed)
        note = text("", "small")
        self.choices[column], self._notes[column] = choice, note
        choice.currentIndexChanged.connect(lambda _at: self._say(column))
        both = QVBoxLayout()
        both.setSpacing(2)
        both.addWidget(choice)
        both.addWidget(note)
        both.addStretch(1)
        note.setText(import_words.column_note(choice.code()))
        if not note.text():
            note.hide()
        return both

    def _offered(self, proposed: str) -> list[str]:
        """A column of opt-outs can become nothing else; any other may become all there is."""
        from dpdesk.services import imports
        every = list(imports.targets())
        stops = [target for target in every if target.startswith("stop:")]
        if proposed.startswith("stop:"):
            return stops
        fields = [target for target in import_words.target_groups() if not target or target in every]
        return fields + stops + [target for target in every if target.startswith("consent:")]

    def _write_samples(self) -> None:
        """The first values of each column; contact details in part, while they are held back."""
        lifted = self._veil is None or self._veil.lifted
        for column, (label, values) in self._samples.items():
            target = self.choices[column].code()
            label.setText(" · ".join(_short(value if lifted else held_back(value, target)) for value in values))

    def _say(self, column: int) -> None:
        self._write_samples()
        words = import_words.column_note(self.choices[column].code())
        self._notes[column].setText(words)
        self._notes[column].setVisible(bool(words))
        self.choices[column].setAccessibleDescription(words)


def held_back(value: str, target: str) -> str:
    """A value of a list as it shows while contact details are held back, whatever its column goes to."""
    if target == "date_of_birth":
        return "••••"
    digits = sum(c.isdigit() for c in value)
    if "@" in value:
        return masked("email", value)
    return masked("mobile", value) if target in MASKED or digits >= _PHONE and not any(map(str.isalpha, value)) else value


def _short(value: str) -> str:
    plain = " ".join(value.split())
    return plain if len(plain) <= 28 else plain[:27] + "…"
