"""The party's data policy: which, read when, its text, and choosing another pack."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, moment


class PolicySection(Section):
    """Reading it is recorded with its version; another pack has to be read by everybody."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Data policy"), open=not context.session.acknowledged)
        self._context = context
        self._built = False
        self.unfolded.connect(self._build)
        if self.is_open:
            self._build()

    def _build(self) -> None:
        if self._built:
            return
        self._built = True
        session = self._context.session
        self.body.addWidget(text(_("{party}, version of {day}").format(party=session.policy.name,
                                                                       day=day(session.policy.version)), "label"))
        self.body.addWidget(text(_("Source: {source}").format(source=session.policy.source), "small"))
        self._standing = text("", "quiet")
        self.body.addWidget(self._standing)
        self.reader = Reader(_("The data policy"))
        self.reader.setMinimumHeight(round(280 * theme.scale()))
        self.reader.show_text(session.policy.policy_text)
        self.body.addWidget(self.reader)
        self._add_acknowledging()
        if session.may_change(Right.DESK_SETTINGS):
            self._add_change()
        self._tell()

    def _add_acknowledging(self) -> None:
        self._due = QWidget()
        layout = QVBoxLayout(self._due)
        layout.setContentsMargins(0, 0, 0, 0)
        self.have_read = QCheckBox(_("I have read this policy and will keep to it"))
        self.have_read.setMinimumHeight(theme.TARGET)
        self._record = button(_("Record that I have read it"), self._acknowledge, role="primary")
        self._record.setEnabled(False)
        self.have_read.toggled.connect(self._record.setEnabled)
        layout.addWidget(self.have_read)
        layout.addLayout(row(self._record, None))
        self.body.addWidget(self._due)

    def _add_change(self) -> None:
        from dpdesk.services import settings
        self.body.addSpacing(theme.SPACE)
        self.body.addWidget(text(_("Use another party’s policy"), "label"))
        self.packs = Choice(settings.policies(), name=_("Party"))
        self.packs.choose(self._context.session.policy.code)
        self.body.addLayout(row(self.packs, button(_("Change policy"), self._ask_change), None))

    def _tell(self) -> None:
        session = self._context.session
        at = session.officer.acknowledged_at
        if session.acknowledged:
            words = _("You read this version on {moment}.").format(moment=moment(at))
        elif at:
            words = _("You last read it on {moment}; it has to be read again.").format(moment=moment(at))
        else:
            words = _("You have not read it yet.")
        self._standing.setText(words)
        self._due.setVisible(not session.acknowledged and not session.read_only)

    def _acknowledge(self) -> None:
        from dpdesk.services import officers
        session = self._context.session

        def done(_nothing: object) -> None:
            self._tell()
            self._context.say("done", _("Recorded: you have read the data policy."))
            self._context.changed("officers")

        self._context.jobs.run("write", lambda: officers.acknowledge(session), owner=self, done=done, failed=self._failed)

    def _ask_change(self) -> None:
        code, party = self.packs.code(), self.packs.currentText()
        if code == self._context.session.policy.code:
            self._context.say("info", _("That is the policy already in use."))
            return
        ask.confirm(self, _("Use the policy of {party}?").format(party=party),
                    _("Periods, limits and refused columns follow the new policy. Every officer, you too, reads it before going "
                      "on. The desk locks now."), _("Change policy"), lambda: self._change(code))

    def _change(self, code: str) -> None:
        from dpdesk.services import settings
        session = self._context.session
        self._context.jobs.run("write", lambda: settings.set_policy(session, code), owner=self,
                               done=lambda _nothing: self._context.lock(), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self._context, error)
