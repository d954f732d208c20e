"""Steps 4 and 5 of an import: one sentence of what will happen with the button that does it, and the plain end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.ui import assets, theme
from dpdesk.ui.members import import_words
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, text
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

    def show_preview(self, preview: Preview, left: int = 0) -> None:
        """Draw `preview`; `left` are missing from a whole list and confirmed to have left."""
        counts = preview.counts
        self.verb = import_words.verb(counts)
        self.sentence.setText(import_words.impact(counts))
        self.promise.setText(import_words.stops_promise(counts))
        rest = [*import_words.also(counts, whole=preview.whole is not None)]
        if left:
            rest.append(trn("{n} member who is missing is marked as lapsed.", "{n} members who are missing are marked as lapsed.", left))
        if stay := len(preview.missing) - left:
            rest.append(trn("{n} member who is missing from the list stays as they are: you did not confirm that they have left.",
                            "{n} members who are missing from the list stay as they are: you did not confirm that they have left.",
                            stay))
        if preview.whole is not None:
            rest.append(_("The earlier lists are replaced."))
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
        self.file_words = text("", "quiet")
        layout.addWidget(self.file_words)
        self.delete_button = button(_("Delete the file now"), lambda: page.delete_file(self._source), role="danger")
        layout.addWidget(flow(self.delete_button, button(_("Show the lists brought in"), lambda: page.context.go("lists", {}))))
        self._source = ""

    def show_result(self, result: Result) -> None:
        """Draw `result`."""
        said = [import_words.ended(result.counts)]
        if result.lapsed:
            said.append(trn("{n} member who was missing is marked as lapsed.", "{n} members who were missing are marked as lapsed.",
                            result.lapsed))
        if result.copies_due:
            said.append(trn("{n} copy of the older list is to be destroyed today: see Copies.",
                            "{n} copies of the older list are to be destroyed today: see Copies.", result.copies_due))
        self.words.setText(" ".join(said))
        self._source = result.source
        self.delete_button.show()
        self.file_words.setText(_("The file you brought in lies outside the desk and is not encrypted. Delete it now, or it stays "
                                  "on the list of copies until it is gone."))

    def show_deleted(self, how: str) -> None:
        """The file is gone, and what can be promised of its traces."""
        self.delete_button.hide()
        self.file_words.setText(f"{how}.")
