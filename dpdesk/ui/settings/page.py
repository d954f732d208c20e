"""Settings: the look, locking, the policy, passphrase and recovery, the desk itself, and what this program is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.settings.about import AboutSection
from dpdesk.ui.settings.desk import DeskSection
from dpdesk.ui.settings.lock import LockSection
from dpdesk.ui.settings.look import LookSection
from dpdesk.ui.settings.policy import PolicySection
from dpdesk.ui.settings.secrets import PassphraseSection, RecoverySection
from dpdesk.ui.widgets.parts import line
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _

SETTLE = 60  # milliseconds until an unfolded section has its height


class SettingsPage(Page):
    """One folding section each; what changes for everybody is for the accountable person."""

    code, icon, chapter = "settings", "settings", "locking"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Settings"))
        self.header.set_state(_("Each change that concerns the desk is recorded in the audit log."))
        session = context.session
        self.sections: dict[str, Section] = {
            "look": LookSection(context), "lock": LockSection(context), "policy": PolicySection(context)}
        if not session.read_only:
            self.sections["passphrase"] = PassphraseSection(context)
            if session.may(Right.OFFICERS_MANAGE):
                self.sections["recovery"] = RecoverySection(context)
        self.sections |= {"desk": DeskSection(context), "about": AboutSection(context)}
        self.body.setSpacing(0)
        for section in self.sections.values():
            self.body.addWidget(section)
        self.body.addWidget(line())
        self.body.addStretch(1)

    def place(self) -> dict[str, Any]:
        """Which sections are unfolded."""
        return {"open": [code for code, section in self.sections.items() if section.is_open]}

    def return_to(self, place: dict[str, Any]) -> None:
        """Unfold as before; `section` is one to unfold and bring into view."""
        for code in (*place.get("open", ()), place.get("section", "")):
            if code in self.sections:
                self.sections[code].set_open(True)
        wanted = self.sections.get(place.get("section", ""))
        if wanted is not None:
            QTimer.singleShot(SETTLE, wanted, lambda: self._bring(wanted))

    def _bring(self, section: Section) -> None:
        area = self.parentWidget().parentWidget() if self.parentWidget() else None
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(section.mapTo(self, section.rect().topLeft()).y() - 16)
        section.toggle.setFocus()
