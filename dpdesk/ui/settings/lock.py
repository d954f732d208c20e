"""When the desk locks by itself, within what the policy allows; and a button that locks it now."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from dpdesk.domain.roles import Right, Role, may
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, listed, role_name, span, trn

COVERS = (15, 30, 60, 120, 300)  # seconds offered


def allowed_roles(right: Right) -> str:
    """The roles that have `right`, for the sentence beside what is switched off."""
    return listed([role_name(role.value) for role in Role if may(role, right)])


def _short(words: str) -> QLabel:
    """A few words beside a button, on one line."""
    label = text(words, "small")
    label.setWordWrap(False)
    return label


class LockSection(Section):
    """Minutes for every officer of the desk; each change is recorded."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Locking"))
        self._context = context
        session = context.session
        self.body.addWidget(text(_("The desk also locks when the computer sleeps, and when its screen is locked where that can be "
                                   "known. Drafts are kept."), "quiet"))
        self.body.addWidget(text(_("Lock when nobody has touched the keyboard or the mouse for"), "label"))
        most = session.policy.lock_maximum_minutes
        self.minutes = Choice([(str(n), trn("{n} minute", "{n} minutes", n)) for n in range(1, most + 1)],
                              name=_("Minutes until the desk locks"))
        self.minutes.choose(str(session.lock_minutes))
        self.save = button(_("Save"), self._save, name=_("Save the minutes until the desk locks"))
        line = row(self.minutes, self.save, None)
        self.body.addLayout(line)
        may_change = session.may_change(Right.DESK_SETTINGS)
        self.minutes.setEnabled(may_change)
        self.save.setVisible(may_change)
        words = trn("The policy allows at most {n} minute.", "The policy allows at most {n} minutes.", most)
        if not session.may(Right.DESK_SETTINGS):
            words += " " + _("Only this role may change it: {roles}.").format(roles=allowed_roles(Right.DESK_SETTINGS))
        self.body.addWidget(text(words, "small"))
        self._add_cover(may_change)
        self.body.addLayout(row(button(_("Lock now"), context.lock, icon="lock"), _short(_("or Ctrl+L")), None))

    def _add_cover(self, may_change: bool) -> None:
        session = self._context.session
        self.body.addWidget(text(_("Cover the window when another program has been in front for"), "label"))
        offered = sorted({*COVERS, session.cover_seconds})
        self.seconds = Choice([(str(n), span(n)) for n in offered], name=_("Time until the window is covered"))
        self.seconds.choose(str(session.cover_seconds))
        self.seconds.setEnabled(may_change)
        save = button(_("Save"), self._save_cover, name=_("Save the time until the window is covered"))
        save.setVisible(may_change)
        self.body.addLayout(row(self.seconds, save, None))
        self.body.addWidget(text(_("F9 covers it at once. The desk stays unlocked behind the cover."), "small"))
        self.masks = Tick(_("Hold e-mail, phone and date of birth back until asked for (Ctrl+Shift+M)"))
        self.masks.setMinimumHeight(theme.TARGET)
        self.masks.setChecked(session.masks)
        self.masks.setEnabled(may_change)
        self.masks.clicked.connect(self._save_masks)
        self.body.addWidget(self.masks)

    def _save_cover(self) -> None:
        from dpdesk.services import settings
        session, seconds = self._context.session, int(self.seconds.code())
        self._context.jobs.run(
            "write", lambda: settings.set_cover_seconds(session, seconds), owner=self,
            done=lambda _nothing: self._context.say("done", _("The window is now covered after {span}.", span=span(seconds))),
            failed=lambda error: failures.show(self._context, error))

    def _save_masks(self) -> None:
        from dpdesk.services import settings
        session, wanted = self._context.session, self.masks.isChecked()

        def done(_nothing: object) -> None:
            self._context.say("done", _("Contact details are held back until asked for.") if wanted else
                              _("Contact details now show to every officer."))
            if self._context.veil is not None:
                self._context.veil.turned.emit()
        self._context.jobs.run("write", lambda: settings.set_masks(session, wanted), owner=self, done=done,
                               failed=lambda error: failures.show(self._context, error))

    def _save(self) -> None:
        from dpdesk.services import settings
        session, minutes = self._context.session, int(self.minutes.code())

        def done(_nothing: object) -> None:
            self._context.say("done", trn("The desk now locks after {n} minute.", "The desk now locks after {n} minutes.", minutes))

        self._context.jobs.run("write", lambda: settings.set_lock_minutes(session, minutes), owner=self, done=done,
                               failed=lambda error: failures.show(self._context, error))
