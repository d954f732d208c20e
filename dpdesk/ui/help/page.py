"""The guide inside the program: chapters at the left, the chosen one to read, a search through all of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.help.chapters import CHAPTERS, chapter, holding
from dpdesk.ui.page import MEASURE, Page
from dpdesk.ui.widgets.leaves import Leaves
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.words import _


class HelpPage(Page):
    """Shows a chapter; links lead to other chapters (`help:code#part`) and to pages (`page:code`)."""

    code, icon, wide = "help", "circle-help", True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Help"))
        self._trail: list[str] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(theme.TARGET)
        self.search.setMaximumWidth(round(360 * theme.scale()))
        self.search.textChanged.connect(self._narrow)
        self.none = text(_("No chapter has all these words. Try fewer."), "quiet")
        self.none.hide()
        self.reader = Reader(_("Chapter"))
        self.reader.setMinimumHeight(round(260 * theme.scale()))
        self.reader.setMaximumWidth(round(MEASURE * 1.1 * theme.scale()))
        self.reader.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.reader.asked.connect(self._follow)
        self.leaves = Leaves(_("Chapters"), self.reader)
        self.leaves.chosen.connect(self._turn_to)
        self.body.addWidget(self.search)
        self.body.addWidget(self.none)
        self.body.addWidget(self.leaves, 1)
        self.leaves.show_leaves([(each.code, each.title) for each in CHAPTERS])
        self._show(CHAPTERS[0].code)

    @property
    def shown(self) -> str:
        """The code of the chapter being read."""
        return self._shown

    def place(self) -> dict[str, Any]:
        """The chapter."""
        return {"chapter": self._shown}

    def return_to(self, place: dict[str, Any]) -> None:
        """To a chapter, and within it to a heading."""
        if place.get("chapter"):
            self.search.clear()
            self._show(str(place["chapter"]), str(place.get("part", "")))

    def back(self) -> bool:
        """To the chapter read before; from a search to all chapters."""
        if self.search.text():
            self.search.clear()
            return True
        if not self._trail:
            return False
        self._show(self._trail.pop())
        return True

    def _show(self, code: str, part: str = "") -> None:
        found = chapter(code)
        self._shown = found.code
        self.leaves.mark(found.code)
        self.reader.setAccessibleName(found.title)
        self.reader.show_text(found.text)
        if part:
            self.reader.to_heading(part)

    def _turn_to(self, code: str) -> None:
        if code != self._shown:
            self._trail.append(self._shown)
            self._show(code)

    def _follow(self, address: str) -> None:
        kind, _colon, rest = address.partition(":")
        if kind == "page":
            self.context.go(rest)
        elif kind == "help":
            code, _hash, part = rest.partition("#")
            self._trail.append(self._shown)
            self.search.clear()
            self._show(code, part)

    def _narrow(self, words: str) -> None:
        found = holding(words) if words.strip() else CHAPTERS
        self.none.setVisible(not found)
        self.leaves.show_leaves([(each.code, each.title) for each in found])
        if found and self._shown not in {each.code for each in found}:
            self._turn_to(found[0].code)
            self.leaves.mark(found[0].code)
