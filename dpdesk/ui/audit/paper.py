"""Compares a head code that was once copied on paper with the log as it is now."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QWidget

from dpdesk.services import audit
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import button, row, set_role, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _

_CODE = re.compile(r"(\d+)[\s-]+([0-9A-Fa-f]{4})[\s-]*([0-9A-Fa-f]{4})[\s-]*([0-9A-Fa-f]{4})[\s-]*([0-9A-Fa-f]{4})")


def read_code(typed: str) -> tuple[int, str] | None:
    """The entry's number and the code as it would be shown, whatever dashes and spaces were typed; None if it is none."""
    found = _CODE.fullmatch(typed.strip())
    if found is None:
        return None
    return int(found[1]), f"{int(found[1])}-" + "-".join(part.upper() for part in found.groups()[1:])


class PaperCheck(Section):
    """A field for the code on paper, and the answer beside it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Compare with a code on paper"), open=False, parent=parent)
        self._context = context
        self.body.addWidget(text(_("A code you copied on paper tells whether this is still the desk it was: somebody who puts "
                                   "an older copy of everything back cannot change your paper."), "quiet"))
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Code on paper"))
        self.field.setPlaceholderText("17-3F2A-91C0-77DE-10B4")
        self.field.setMinimumHeight(theme.TARGET)
        self.field.setMaximumWidth(round(340 * theme.scale()))
        self.field.returnPressed.connect(self._compare)
        line = row(self.field, button(_("Compare"), self._compare), None)
        line.setStretch(0, 2)
        self.body.addLayout(line)
        self.answer = text("", "quiet")
        self.body.addWidget(self.answer)

    def _compare(self) -> None:
        read = read_code(self.field.text())
        if read is None:
            self._say("warning", _("That is not a head code. It looks like 17-3F2A-91C0-77DE-10B4."))
            return
        seq, code = read
        session = self._context.session
        self._context.jobs.run("read", lambda: audit.code_at(session, seq), owner=self,
                               done=lambda now: self._tell(seq, code, now),
                               failed=lambda error: failures.show(self._context, error))

    def _tell(self, seq: int, code: str, now: str) -> None:
        if not now:
            self._say("error", _("The log has no entry {seq}. It was longer when the code was copied: this is an older copy of "
                                 "the desk, or its end was cut off. Look for the newer copy.").format(seq=seq))
        elif now == code:
            self._say("done", _("It agrees. Entry {seq}, and every entry before it, is the one you copied the code "
                                "of.").format(seq=seq))
        else:
            self._say("error", _("It does not agree: entry {seq} now has the code {now}. Check what you typed. If it is right, "
                                 "the log was replaced: tell your data protection officer today.").format(seq=seq, now=now))

    def _say(self, role: str, words: str) -> None:
        set_role(self.answer, role)
        self.answer.setText(words)
        self.answer.setAccessibleName(words)
