"""Today: what needs this officer, most urgent first; calm when nothing does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from dpdesk.domain.roles import Right
from dpdesk.ui import assets, failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.words import _, day, today_item, trn

_ICONS = {0: ("triangle-alert", "danger"), 1: ("clock", "warning"), 2: ("info", "accent")}
_VERBS = {"policy_to_read": "Read it", "audit_never_verified": "Check the log", "audit_long_ago": "Check the log",
          "no_members_yet": "Import a list", "draft_kept": "Go on", "no_recovery_key": "Make a kit"}


class TodayPage(Page):
    """Items as lines with one verb each, and a few quiet numbers below."""

    code, icon, chapter = "today", "calendar-check", "start"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Today"))
        self._items = QVBoxLayout()
        self._items.setSpacing(theme.SPACE)
        self._facts = text("", "quiet")
        self.body.addLayout(self._items)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Ask again what needs doing."""
        self.context.jobs.run("read", self._read, owner=self, done=self._show,
                              failed=lambda error: failures.show(self.context, error))

    def _read(self):
        from dpdesk.services import members, today
        session = self.context.session
        sees = session.may(Right.MEMBERS_SEE) and session.acknowledged
        return today.items(session), members.counts(session) if sees else None

    def _show(self, found) -> None:
        items, counts = found
        empty_out(self._items)
        self.header.set_state(trn("One thing needs you.", "{n} things need you.", len(items)) if items
                              else _("Nothing needs you today."))
        for item in items:
            self._items.addWidget(self._line(item))
        self._facts.setText("" if counts is None else " · ".join((
            trn("{n} member", "{n} members", counts.members), trn("{n} contact", "{n} contacts", counts.contacts),
            trn("{n} with consent for e-mail", "{n} with consent for e-mail", counts.email_consents))))

    def _line(self, item):
        icon, tint = _ICONS[item.urgency]
        layout = QHBoxLayout()
        layout.setSpacing(2 * theme.SPACE)
        picture = QLabel()
        assets.dress(picture, icon, tint, 18)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignVCenter)
        facts = {key: day(value) if key == "on" else value for key, value in item.facts.items()}
        layout.addWidget(text(today_item(item.code, facts)), 1)
        verb = _(_VERBS.get(item.code, "Look"))
        layout.addWidget(button(verb, partial(self._go, item), name=f"{verb}: {today_item(item.code, facts)}"))
        return card(layout, theme.SPACE * 3 // 2)

    def _go(self, item) -> None:
        if item.code == "no_members_yet":
            self.context.go("import", {})
        elif item.code == "draft_kept":
            self._to_draft(item.facts.get("keys", ()))
        else:
            self.context.go(item.page)

    def _to_draft(self, keys) -> None:
        """The form that the first draft belongs to: its key is `draft:<page>:<person>`."""
        parts = (str(keys[0]) if keys else "").split(":")
        place = {"id": parts[2]} if len(parts) > 2 and parts[2] else {}
        self.context.go(parts[1] if len(parts) > 1 else "members", place)
