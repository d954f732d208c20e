"""The step of a plan that allots walks: which of them are walked, and who holds the sheets of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.domain.sessions import SheetKind, Variant
from dpdesk.services.session_words import kind_name, variant_name
from dpdesk.services.walks_words import POSTAL, contacted_choices, postal_name, summary
from dpdesk.ui import theme
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import Choice, empty_out, row, text
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.services.walks import Overview

NOT, NOBODY = "", "-"


class WalksStep(QWidget):
    """Walks with a choice beside each; `chosen()` are (walk, place of its holder among those offered or None)."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE * 2)
        layout.addWidget(text(_("Which walks, and who holds their sheets?"), "heading"))
        self.form = Form((
            FieldSpec("kind", _("What for"), "choice", choices=tuple((each.value, kind_name(each.value)) for each in SheetKind)),
            FieldSpec("variant", _("Print"), "choice", choices=tuple((each.value, variant_name(each.value)) for each in Variant)),
            FieldSpec("contacted", _("Who"), "choice", choices=contacted_choices()),
            FieldSpec("postal", _("Ways of voting"), "choice", choices=tuple((code, postal_name(code)) for code in POSTAL)),
            FieldSpec("intention", _("What they said last"), "choice", choices=(
                ("", _("whatever they said")), ("us", _("definitely or probably for us")), ("any", _("any intention")),
                ("none", _("no intention known"))))), columns=2)
        self.form.show({"kind": SheetKind.CANVASS.value, "variant": Variant.NORMAL.value})
        layout.addWidget(self.form)
        self.said = text("", "quiet")
        self.district = Choice([("", _("All districts"))], name=_("Polling district"))
        self.district.activated.connect(lambda _at: self._narrow())
        layout.addLayout(row(self.said, self.district))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE * 2)
        self._grid.setVerticalSpacing(theme.SPACE)
        self._grid.setColumnStretch(0, 1)
        layout.addLayout(self._grid)
        self._choices: dict[str, Choice] = {}
        self._walks: dict[str, Overview] = {}
        self._words: dict[str, QWidget] = {}

    def show_walks(self, found: Sequence[Overview], holders: Sequence[str]) -> None:
        """Offer the walks; what was chosen stays where it still can."""
        kept = {identity: choice.code() for identity, choice in self._choices.items()}
        empty_out(self._grid)
        self._choices, self._walks, self._words = {}, {each.id: each for each in found}, {}
        self.district.offer([("", _("All districts")), *((name, name) for name in dict.fromkeys(each.walk.district for each in found))])
        options = [(NOT, _("not in this session")), (NOBODY, _("in it, holder later")),
                   *((str(at), name) for at, name in enumerate(holders))]
        for at, each in enumerate(found):
            words = text(_("{title}: {what}, {doors}", title=each.walk.title, what=summary(each), doors=trn("{n} door", "{n} doors",
                                                                                                       each.doors)))
            choice = Choice(options, name=_("Who walks {title}", title=each.walk.title))
            choice.choose(kept.get(each.id, NOT))
            self._choices[each.id] = choice
            self._words[each.id] = words
            self._grid.addWidget(words, at, 0)
            self._grid.addWidget(choice, at, 1)
        self.said.setText(_("There are no walks yet: plan the session, and allot streets or walks on the command line or later.")
                          if not found else trn("{n} walk.", "{n} walks.", len(found)))

    def _narrow(self) -> None:
        """Show the walks of one polling district; what was chosen elsewhere stays."""
        wanted = self.district.code()
        for identity, choice in self._choices.items():
            shown = wanted in ("", self._walks[identity].walk.district)
            choice.setVisible(shown)
            self._words[identity].setVisible(shown)

    def chosen(self) -> list[tuple[Overview, int | None]]:
        """The walks that are in, each with the place of its holder."""
        return [(self._walks[identity], None if choice.code() == NOBODY else int(choice.code()))
                for identity, choice in self._choices.items() if choice.code() != NOT]
