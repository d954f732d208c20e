"""Editing a campaign's codes as lines of text: letters, meaning, what came of the door, party, firmness, a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout

from dpdesk.domain.campaigns import BOXES_MOST, Code, CodeSet, Outcome, Strength
from dpdesk.services.session_words import outcome_name, strength_name
from dpdesk.ui import theme
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.parts import Choice, button, empty_out, row, text
from dpdesk.ui.words import _, problem


class CodesEntry(Card):
    """A card with a line for each code; `send(codes)` is called with the edited set."""

    codes = frozenset({"codes", "name", "letter", "question"})

    def __init__(self, shown: CodeSet, presets: Sequence[CodeSet], send: Callable[[CodeSet], object]) -> None:
        super().__init__()
        self._presets, self._send, self._set = {each.preset: each for each in presets}, send, shown
        self._lines: list[tuple[QLineEdit, QLineEdit, Choice, QLineEdit, Choice, QCheckBox, QCheckBox]] = []
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Codes of the campaign"), "heading"))
        column.addWidget(text(_("Saved as a new version: what was taken by an older one keeps its meaning. At most {n} codes have a box on "
                                "the sheet, and one of them is “no answer”. An empty line goes.", n=BOXES_MOST), "quiet"))
        self.preset = Choice((("", _("Begin with a preset…")), *((each.preset, each.name) for each in presets)), name=_("Preset of codes"))
        self.preset.activated.connect(self._take)
        column.addLayout(row(self.preset, None))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._problem = text("", "error")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(row(button(_("Save as a new version"), self._try, role="primary"), button(_("One more line"), self._more),
                             button(_("Cancel"), self.close_up), None))
        self._frame(column)
        self._show(shown)

    def start(self) -> None:
        """The cursor on the first code."""
        self._lines[0][0].setFocus()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong."""
        said = "; ".join(problem(what) for what in problems.values())
        self._problem.setText(said)
        self._problem.setVisible(bool(said))

    def _take(self) -> None:
        chosen = self._presets.get(self.preset.code())
        if chosen is not None:
            self._set = chosen
            self._show(chosen)

    def _show(self, codes: CodeSet) -> None:
        empty_out(self._grid)
        self._lines = []
        headings = (_("Code"), _("Meaning"), _("At the door"), _("Party"), _("How firm"), _("Voted"), _("Box"))
        for at, words in enumerate(headings):
            self._grid.addWidget(text(words, "small"), 0, at)
        for code in codes.codes:
            self._add(code)

    def _more(self) -> None:
        self._add(Code("", ""))
        self._lines[-1][0].setFocus()

    def _add(self, code: Code) -> None:
        number = len(self._lines) + 1
        letter, words, party = QLineEdit(code.letter), QLineEdit(code.words), QLineEdit(code.party)
        for field, longest, name in ((letter, 3, _("Code {n}", n=number)), (words, 60, _("Meaning of code {n}", n=number)),
                                     (party, 40, _("Party of code {n}", n=number))):
            field.setMaxLength(longest)
            field.setMinimumHeight(theme.TARGET)
            field.setAccessibleName(name)
            field.setCursorPosition(0)
        letter.setMaximumWidth(round(64 * theme.scale()))
        words.setMinimumWidth(round(120 * theme.scale()))
        party.setMaximumWidth(round(130 * theme.scale()))
        outcome = Choice(tuple((each.value, outcome_name(each.value)) for each in Outcome), name=_("At the door, code {n}", n=number))
        outcome.choose(code.outcome.value)
        strength = Choice(tuple((each.value, strength_name(each.value)) for each in Strength), name=_("How firm, code {n}", n=number))
        strength.choose(code.strength.value)
        voted, box = QCheckBox(), QCheckBox()
        voted.setChecked(code.voted)
        box.setChecked(code.box)
        voted.setAccessibleName(_("Voted, code {n}", n=number))
        box.setAccessibleName(_("Box for code {n}", n=number))
        line = (letter, words, outcome, party, strength, voted, box)
        for at, widget in enumerate(line):
            self._grid.addWidget(widget, number, at)
        self._lines.append(line)

    def edited(self) -> CodeSet:
        """The set as it stands in the fields."""
        codes = tuple(Code(letter.text().strip().upper(), words.text().strip(), Outcome(outcome.code()), party.text().strip(),
                           Strength(strength.code()), voted.isChecked(), box.isChecked())
                      for letter, words, outcome, party, strength, voted, box in self._lines
                      if letter.text().strip() or words.text().strip())
        return CodeSet("", self._set.name, 0, codes, self._set.preset, self._set.scale, self._set.against)

    def _try(self) -> None:
        self.show_problems({})
        self._send(self.edited())
