"""Looking through what may be about others: each record as it would go out, blacked as proposed, and what becomes of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from dpdesk.domain.subjects import BLACK, Fate, Found, Record, Review
from dpdesk.services.subject_words import fate_name, section_name
from dpdesk.ui import theme
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, card, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, trn


class ReviewBlock(QWidget):
    """A card for each record that may hold others' data; nothing is decided until an officer chooses its fate."""

    def __init__(self, found: Found, proposed: Review) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._found, self._proposed = found, proposed
        self.choices: dict[str, Choice] = {}
        self.texts: dict[str, dict[str, QPlainTextEdit]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        waiting = found.to_review()
        section = Section(trn("{n} record may be about others too", "{n} records may be about others too", len(waiting)))
        section.body.addWidget(text(_("Read each. Names, addresses and numbers of others are blacked out as proposed: put right what the "
                                      "program could not know, and say what becomes of it.") if waiting else _(
                                          "Nothing that was found may be about others."), "quiet"))
        for code, record in waiting:
            section.body.addWidget(self._card(code, record))
        if len(waiting) > 1:
            section.body.addWidget(flow(button(_("I have read them all: as proposed"), self.take_proposed)))
        outer.addWidget(section)

    def _card(self, code: str, record: Record) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE // 2)
        inside.addWidget(text(section_name(code), "label"))
        words = self._proposed.words.get(record.id, {})
        self.texts[record.id] = {}
        for name, value in record.values:
            shown = words.get(name, value)
            if len(shown) > 60 or BLACK in shown or "\n" in shown:
                area = QPlainTextEdit(shown)
                area.setTabChangesFocus(True)
                area.setAccessibleName(_("{name}, as it goes out", name=name))
                area.setFixedHeight(round((56 + 16 * min(6, len(shown) // 80)) * theme.scale()))
                self.texts[record.id][name] = area
                inside.addWidget(text(name, "small"))
                inside.addWidget(area)
            else:
                inside.addWidget(text(_("{name}: {value}", name=name, value=shown)))
        if record.file is not None:
            inside.addWidget(_picture(record))
        choice = Choice((("", _("Not looked at yet")), *((each.value, fate_name(each.value)) for each in Fate)),
                        name=_("What becomes of it: {what}", what=section_name(code)))
        self.choices[record.id] = choice
        inside.addWidget(flow(choice))
        return card(inside)

    @property
    def complete(self) -> bool:
        """Whether each has a fate."""
        return all(choice.code() for choice in self.choices.values())

    def take_proposed(self) -> None:
        """Let each that was not decided go out as proposed."""
        from dpdesk.services import subject_search
        settled = subject_search.settled(self._found, self._proposed)
        for identity, choice in self.choices.items():
            if not choice.code():
                choice.choose(settled.fates[identity].value)

    def review(self) -> Review:
        """What was decided."""
        fates = {identity: Fate(choice.code()) for identity, choice in self.choices.items() if choice.code()}
        words: dict[str, dict[str, Any]] = {}
        for _code, record in self._found.to_review():
            edited = {name: area.toPlainText() for name, area in self.texts.get(record.id, {}).items()}
            words[record.id] = {**self._proposed.words.get(record.id, {}), **edited}
        return Review(fates, words)


def _picture(record: Record) -> QWidget:
    """A file's picture, where it is one; else its name: it goes out only where it goes out as it is."""
    label = QLabel()
    pixmap = QPixmap()
    if record.file is not None and pixmap.loadFromData(record.file[1]):
        label.setPixmap(pixmap.scaledToWidth(min(pixmap.width(), round(420 * theme.scale()))))
        label.setAccessibleName(record.file[0])
        return label
    return text(_("This file goes out only as it is: save it from the person’s page to look at it."), "quiet")
