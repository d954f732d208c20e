"""Settings: the look, the lock, the policy, passphrase and recovery, and what this program is."""

from __future__ import annotations

from collections.abc import Callable

from dpdesk import __version__
from dpdesk.domain.roles import Right
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.settings.secrets import PassphraseSection, RecoverySection
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn

_ABOUT = """dpdesk {version}, licensed under Apache 2.0. Made with Qt for Python (LGPL), SQLCipher, cryptography,
SQLAlchemy, reportlab and others; the README lists each with its licence. The font is Atkinson Hyperlegible Next (OFL),
the icons are Lucide (ISC). dpdesk sends nothing anywhere: no telemetry, no accounts."""


class SettingsPage(Page):
    """One folding section each; what changes for everybody is for the accountable person."""

    code, icon, chapter = "settings", "settings", "locking"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Settings"))
        self._look()
        self._lock()
        self._policy()
        if not context.session.read_only:
            self.body.addWidget(PassphraseSection(context))
            if context.session.may(Right.OFFICERS_MANAGE):
                self.body.addWidget(RecoverySection(context))
        self._desk()
        self._about()
        self.body.addStretch(1)

    def _section(self, heading: str, *, open: bool = True) -> Section:
        made = Section(heading, open=open)
        self.body.addWidget(made)
        return made

    def _look(self) -> None:
        section, machine = self._section(_("Look")), self.context.machine
        self.theme = Choice([("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))], name=_("Theme"))
        self.theme.choose(machine.theme)
        self.scale = Choice([(str(n), f"{n} %") for n in (100, 110, 125, 150, 175, 200)], name=_("Size of text"))
        self.scale.choose(str(machine.text_scale))
        for choice in (self.theme, self.scale):
            choice.activated.connect(lambda _index: self.context.retheme(self.theme.code(), int(self.scale.code())))
        for label, choice in ((_("Theme"), self.theme), (_("Size of text"), self.scale)):
            section.body.addWidget(text(label, "label"))
            section.body.addLayout(row(choice, None))

    def _lock(self) -> None:
        section, session = self._section(_("Lock")), self.context.session
        section.body.addWidget(text(_("The desk locks by itself when nobody uses it, when the computer sleeps, and when its "
                                      "screen is locked where that can be known. Ctrl+L locks it now."), "quiet"))
        self.minutes = Choice([(str(n), trn("{n} minute", "{n} minutes", n))
                               for n in range(1, session.policy.lock_maximum_minutes + 1)], name=_("Minutes until the desk locks"))
        self.minutes.choose(str(session.lock_minutes))
        keep = button(_("Keep"), self.keep_minutes, name=_("Keep the minutes until the desk locks"))
        allowed = session.may(Right.DESK_SETTINGS) and not session.read_only
        for widget in (self.minutes, keep):
            widget.setEnabled(allowed)
        section.body.addWidget(text(_("Lock after (for every officer of this desk)"), "label"))
        section.body.addLayout(row(self.minutes, keep, None))
        if not allowed:
            section.body.addWidget(text(_("An accountable person sets this."), "small"))

    def keep_minutes(self) -> None:
        """Store the minutes."""
        from dpdesk.services import settings
        minutes = int(self.minutes.code())
        self._change(lambda: settings.set_lock_minutes(self.context.session, minutes),
                     trn("The desk now locks after {n} minute.", "The desk now locks after {n} minutes.", minutes))

    def _policy(self) -> None:
        from dpdesk.services import settings
        session = self.context.session
        section = self._section(_("Data policy"))
        section.body.addWidget(text(_("{party}, version {version}. You read it {when}.")
                                    .replace("{party}", session.policy.name).replace("{version}", session.policy.version)
                                    .replace("{when}", moment(session.officer.acknowledged_at)
                                             if session.officer.acknowledged_at else "—")))
        self._reader = Reader(_("The data policy"))
        self._reader.show_text(session.policy.policy_text)
        self._reader.setMinimumHeight(round(260 * theme.scale()))
        self._reader.hide()
        self._read = button(_("Read it"), self._turn_policy)
        section.body.addLayout(row(self._read, None))
        section.body.addWidget(self._reader)
        if session.may(Right.DESK_SETTINGS) and not session.read_only:
            self.policy = Choice(settings.policies(), name=_("Party policy"))
            self.policy.choose(session.policy.code)
            section.body.addWidget(text(_("Party policy"), "label"))
            section.body.addLayout(row(self.policy, button(_("Change policy…"), self.ask_policy), None))

    def _turn_policy(self) -> None:
        self._reader.setVisible(self._reader.isHidden())
        self._read.setText(_("Read it") if self._reader.isHidden() else _("Fold it away"))

    def ask_policy(self) -> None:
        """Another policy is read by everybody before they go on."""
        from dpdesk.services import settings
        code, said = self.policy.code(), self.policy.currentText()
        if code == self.context.session.policy.code:
            self.context.say("info", _("That is the policy in use."), None)
            return
        ask.confirm(self, _("Use the policy of {party}?").replace("{party}", said),
                    _("Every officer, you too, reads and acknowledges it at the next opening. The desk locks now."),
                    _("Change policy"), lambda: self._change(lambda: settings.set_policy(self.context.session, code), "",
                                                             self.context.lock))

    def _desk(self) -> None:
        section, session = self._section(_("Desk"), open=False), self.context.session
        size = sum(file.stat().st_size for file in session.folder.iterdir() if file.is_file()) / 1e6
        section.body.addWidget(text(_("Folder: {folder}").replace("{folder}", str(session.folder)), selectable=True))
        section.body.addWidget(text(_("Size: {size} MB").replace("{size}", f"{size:,.1f}")))
        section.body.addWidget(text(_("Keep the whole folder together. It is encrypted; without a passphrase or the recovery "
                                      "key nobody can read it, we neither."), "quiet"))

    def _about(self) -> None:
        section = self._section(_("About dpdesk"), open=False)
        section.body.addWidget(text(" ".join(_(_ABOUT).split()).replace("{version}", __version__)))
        section.body.addLayout(row(button(_("What dpdesk protects against, and what it cannot"),
                                          lambda: self.context.go("help", {"chapter": "protection"}), role="link"), None))

    def _change(self, work: Callable[[], None], said: str, then: Callable[[], None] | None = None) -> None:
        def done(_nothing: object) -> None:
            if said:
                self.context.say("done", said, None)
            if then is not None:
                then()
        self.context.jobs.run("write", work, owner=self, done=done, failed=lambda error: failures.show(self.context, error))
