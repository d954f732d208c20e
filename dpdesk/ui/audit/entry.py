"""One entry of the log in full: who, when, what, which fields, and the ways on from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _, field_name, moment

_COUNTS = ("total", "new", "changed", "lapsed", "unchanged", "refused", "stops", "consents", "rows", "entries", "people", "left",
           "wrong_passphrases", "keys_left")


class EntryCard(QFrame):
    """Hidden until `show_entry`; `open_record` is None where the officer may not see the record or there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 14, 20, 14)
        self._layout.setSpacing(theme.SPACE // 2)
        self.hide()

    def show_entry(self, line: Any, sentence: str, open_record: Callable[[], None] | None,
                   only: Callable[[], None] | None, undo: Callable[[], None] | None = None) -> None:
        """Show `line`; `undo` leads to the undo of a change to several people."""
        empty_out(self._layout)
        self._layout.addWidget(text(sentence, "label"))
        self._layout.addWidget(text(_("Entry {seq}, {moment}").format(seq=f"{line.seq:,}", moment=moment(line.at)), "quiet"))
        if line.fields:
            self._layout.addWidget(text(_("Fields: {fields}").format(
                fields=", ".join(field_name(code) for code in line.fields))))
        counts = [f"{name.replace('_', ' ')} {line.facts[name]:,}" for name in _COUNTS
                  if isinstance(line.facts.get(name), int)]
        if counts:
            self._layout.addWidget(text(_("Counts: {counts}").format(counts=", ".join(counts))))
        for words, act in ((_("Open the record"), open_record), (_("Only entries about this record"), only),
                           (_("Undo for all…"), undo)):
            if act is not None:
                self._layout.addLayout(row(button(words, act, role="link"), None))
        self.show()
