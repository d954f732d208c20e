"""The guide, shown inside the program: chapters at the left, the text beside them, a search through all."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.help.chapters import CHAPTERS, chapter, holding
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.leaves import Leaves
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.words import _


class HelpPage(Page):
    """Opens at the chapter of the page one came from (F1)."""

    code, icon, wide = "help", "circle-help", True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Help"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        self.search.setMinimumHeight(theme.TARGET)
        self.reader = Reader(_("Chapter"))
        self.reader.setMinimumHeight(round(320 * theme.scale()))
        self.leaves = Leaves(_("Chapters"), self.reader)
        self.leaves.chosen.connect(self.open_chapter)
        self.search.textChanged.connect(self._searched)
        self.body.addWidget(self.search)
        self.body.addWidget(self.leaves, 1)
        self._list()
        self.open_chapter(CHAPTERS[0].code)

    def _list(self) -> None:
        found = holding(self.search.text()) if self.search.text().strip() else CHAPTERS
        self.leaves.show_leaves([(each.code, each.title) for each in found])
        self.header.set_state("" if found else _("No chapter speaks of that."))

    def _searched(self) -> None:
        self._list()
        if self.leaves.current():
            self.open_chapter(self.leaves.current())

    def open_chapter(self, code: str) -> None:
        """Show one chapter."""
        self.leaves.mark(code)
        self.reader.show_text(chapter(code).text)

    def place(self) -> dict:
        """The chapter shown."""
        return {"chapter": self.leaves.current()}

    def return_to(self, place: dict) -> None:
        """Show the chapter of a place."""
        if place.get("chapter"):
            self.search.clear()
            self.open_chapter(str(place["chapter"]))
