"""The words people are asked with, for each channel and each body: each change is a new version, earlier ones are kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.asking import Wording, purposes
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import sentences
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, field_name, trn


class WordingsPage(Page):
    """A card for each purpose: the words in use, earlier versions folded below."""

    code = "wordings"
    title = marked("Wordings")
    icon = "pencil"
    right = Right.MEMBERS_SEE
    chapter = "consents"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Wordings"))
        self.add_back(_("Sharing and consent"), lambda: context.go("sharing", {}))
        self.body.addWidget(text(_("A yes holds for the words a person was shown. Say who asks, what for, and how to take it back. Each "
                                   "change is a new version; consents stay with the version they were given to."), "quiet"))
        self._list = self.add_list()
        self.entries: dict[str, Entry] = {}
        self._asked = ""

    def return_to(self, place: dict[str, Any]) -> None:
        """`purpose` is the one to show first."""
        self._asked = str(place.get("purpose", ""))
        self.refresh()

    def place(self) -> dict[str, Any]:
        """Which one stands first."""
        return {"purpose": self._asked}

    def refresh(self) -> None:
        """Read every version; an open card stays."""
        from dpdesk.services import asking
        session = self.context.session
        if self.entries:
            return
        self.context.jobs.run("read", lambda: asking.wordings(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[Wording]) -> None:
        empty_out(self._list)
        names = {each.code: each.name for each in self.context.session.policy.recipient_bodies}
        mine: dict[str, list[Wording]] = {}
        for each in found:
            mine.setdefault(each.purpose, []).append(each)
        every = sorted(purposes(names), key=lambda code: code != self._asked)
        used = sum(code in mine for code in every)
        self.header.set_state(_("{n} of {all} have words of their own.", n=used, all=len(every)))
        for code in every:
            self._list.addWidget(self._card(code, sentences.purpose_words(code, names), mine.get(code, [])))

    def _card(self, purpose: str, name: str, versions: list[Wording]):
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        session = self.context.session
        change = button(_("Change…") if versions else _("Write…"), lambda: self.edit(purpose, name, versions, slot), role="quiet",
                        name=_("Change the words: {what}", what=name))
        change.setVisible(session.may_change(Right.WORDINGS_EDIT))
        head = row(text(name, "label"), change)
        head.setStretch(0, 1)
        inside.addLayout(head)
        if not versions:
            inside.addWidget(text(_("No words yet: each consent is recorded with words of its own."), "quiet"))
        for newest in versions[:1]:
            inside.addWidget(text(newest.text, selectable=True))
            inside.addWidget(text(_about(newest), "small"))
        slot = QVBoxLayout()
        inside.addLayout(slot)
        if versions[1:]:
            older = Section(trn("{n} earlier version", "{n} earlier versions", len(versions) - 1), open=False)
            for each in versions[1:]:
                older.body.addWidget(text(each.text, selectable=True))
                older.body.addWidget(text(_about(each), "small"))
            inside.addWidget(older)
        return card(inside)

    def edit(self, purpose: str, name: str, versions: list[Wording], slot: QVBoxLayout) -> None:
        """Ask for the new words."""
        if purpose in self.entries:
            return
        entry = Entry(_("The words: {what}", what=name), _("They are in use from today; earlier versions stay on record."),
                      [FieldSpec("wording", field_name("wording"), "long")], _("Put them in use"),
                      lambda values: self._send(purpose, values["wording"]), values={"wording": versions[0].text if versions else ""})
        self.entries[purpose] = entry
        entry.closed.connect(lambda: self.entries.pop(purpose, None))
        slot.addWidget(entry)
        entry.start()

    def _send(self, purpose: str, words: str) -> None:
        from dpdesk.services import asking
        session, entry = self.context.session, self.entries.get(purpose)

        def done(new: Wording) -> None:
            if entry is not None:
                entry.close_up()
            self.context.say("done", _("Version {n} is in use from now on.", n=new.version), None)
            self.refresh()

        def failed(error: Exception) -> None:
            problems = getattr(error, "problems", None)
            if problems and entry is not None:
                entry.show_problems(problems)
            else:
                self._failed(error)
        self.context.jobs.run("write", lambda: asking.word(session, purpose, words), owner=self, done=done, failed=failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _about(each: Wording) -> str:
    said = _("Version {n}, since {day}.", n=each.version, day=day(each.since))
    return f"{said} {_('Recorded by {officer}.', officer=each.recorded_by)}" if each.recorded_by else said
