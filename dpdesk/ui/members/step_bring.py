"""Steps 4 and 5 of an import: one sentence of what will happen with the button that does it, and the plain end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.members import import_words
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.services.imports import Preview, Result
    from dpdesk.ui.members.wizard import ImportPage


class BringStep(QWidget):
    """Says what will happen."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__()
        self.verb = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE * 2, 0, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE)
        self.sentence, self.promise = text("", "heading"), text("", "heading")
        self.rest = text("", "quiet")
        for label in (self.sentence, self.promise, self.rest):
            layout.addWidget(label)

    def show_preview(self, preview: Preview) -> None:
        """Draw `preview`."""
        counts = preview.counts
        self.verb = import_words.verb(counts)
        self.sentence.setText(import_words.impact(counts))
        self.promise.setText(import_words.stops_promise(counts))
        rest = [*import_words.also(counts)]
        if counts.refused:
            rest.append(trn("{n} row stays out.", "{n} rows stay out.", counts.refused))
        rest.append(_("All of it happens in one piece: stopped half-way, nothing has changed. The log keeps who brought "
                      "it in, and each change shows on the person's page."))
        self.rest.setText(" ".join(rest))


class EndStep(QWidget):
    """Says plainly that it is finished."""

    def __init__(self, page: ImportPage) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE * 2, 0, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE)
        picture = QLabel()
        assets.dress(picture, "badge-check", "done", 32)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(text(_("The list is in."), "heading"))
        self.words = text("")
        layout.addWidget(self.words)
        layout.addWidget(text(_("Now delete the file you brought in: it lies outside the desk and is not encrypted."),
                              "quiet"))

    def show_result(self, result: Result) -> None:
        """Draw `result`."""
        self.words.setText(import_words.ended(result.counts))
