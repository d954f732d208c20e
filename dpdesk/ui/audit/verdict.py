"""What a check of the log found, said plainly: whole, or which entry is wrong, how, and what to do. With the head code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from dpdesk.services.audit import Verdict
from dpdesk.ui import assets, theme
from dpdesk.ui.audit.sentences import EXPLAINED, remedy
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _, finding_sentence, moment, trn

MOST = 8  # findings shown; more than that are counted


class VerdictCard(QFrame):
    """Hidden until `show_verdict`; `explain(part)` opens the guide at the heading for a finding."""

    def __init__(self, explain: Callable[[str], None], copy: Callable[[str], None]) -> None:
        super().__init__()
        self._explain, self._copy = explain, copy
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 16, 20, 16)
        self._layout.setSpacing(theme.SPACE)
        self.hide()

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what was found."""
        empty_out(self._layout)
        findings = verdict.report.findings
        icon, tint = ("shield-check", "done") if verdict.whole else ("shield-alert", "danger")
        picture = QLabel()
        assets.dress(picture, icon, tint, 24)
        picture.setFixedWidth(round(30 * theme.scale()))
        self.heading = text(self._headline(verdict), "heading")
        line = row(picture, self.heading)
        line.setStretch(1, 1)
        self._layout.addLayout(line)
        counted = trn("{n} entry checked on {moment}.", "{n} entries checked on {moment}.", verdict.report.entries)
        self._layout.addWidget(text(counted.format(moment=moment(verdict.at)), "quiet"))
        for found in findings[:MOST]:
            self._layout.addWidget(self._finding(found))
        if len(findings) > MOST:
            self._layout.addWidget(text(trn("and {n} more.", "and {n} more.", len(findings) - MOST)))
        if verdict.database:
            self._layout.addWidget(text(_("The database file itself is damaged. Close dpdesk, copy the whole folder, and "
                                          "put back the last backup."), "error"))
            self._layout.addWidget(text("; ".join(verdict.database[:3]), "small", selectable=True))
        if verdict.whole:
            self._layout.addWidget(self._code(verdict.head_code))
        self.show()

    def _headline(self, verdict: Verdict) -> str:
        if verdict.whole:
            return _("The log is whole. Nothing was changed, removed or added.")
        count = len(verdict.report.findings) + len(verdict.database)
        return trn("Something is wrong: {n} finding.", "Something is wrong: {n} findings.", count)

    def _finding(self, found) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, theme.SPACE // 2, 0, 0)
        layout.setSpacing(2)
        said = finding_sentence(found)
        layout.addWidget(text(said, "error"))
        layout.addWidget(text(remedy(found.kind)))
        part = EXPLAINED.get(found.kind, "")
        layout.addLayout(row(button(_("What this means"), lambda: self._explain(part), role="link",
                                    name=_("What this means: {finding}").format(finding=said)), None))
        return held

    def _code(self, code: str) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, theme.SPACE, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(text(_("Head code, to copy on paper with today’s date:"), "quiet"))
        shown = text(code, "secret", selectable=True)
        shown.setAccessibleName(_("Head code {code}").format(code=code))
        layout.addWidget(shown)
        layout.addLayout(row(button(_("Copy the code"), lambda: self._copy(code), role="link", icon="copy"), None))
        return held
