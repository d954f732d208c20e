"""The desk itself: its branch, where it lies, how large it is, and re-keying."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from dpdesk.domain.roles import Right
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.settings import rekeying
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, place_warning, trn


class DeskSection(Section):
    """Read when it is unfolded."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("This desk"), open=False)
        self._context = context
        session = context.session
        changes = session.may_change(Right.DESK_SETTINGS)
        self.body.addWidget(text(_("Branch"), "label"))
        if changes:
            self._add_branch(session.branch)
        else:
            self.body.addWidget(text(session.branch))
        self.body.addWidget(text(_("Folder"), "label"))
        self.body.addWidget(text(str(session.folder), selectable=True))
        self._facts = text("", "quiet")
        self.body.addWidget(self._facts)
        self._warning = text("", "warning")
        self._warning.hide()
        self.body.addWidget(self._warning)
        self.body.addWidget(text(_("Keep the whole folder together. It is encrypted: without a passphrase or the recovery key "
                                   "nobody can read it. Backups are made on the page Backups."), "quiet"))
        if session.may_change(Right.DESK_REKEY):
            self.body.addWidget(text(_("Re-key after somebody was removed, or when a passphrase may be known to others."), "quiet"))
            self.body.addLayout(row(button(_("Re-key the desk"), lambda: rekeying.offer(context, self), icon="key-round"), None))
        self.unfolded.connect(self.read)

    def _add_branch(self, branch: str) -> None:
        self.branch = QLineEdit(branch)
        self.branch.setAccessibleName(_("Name of the branch"))
        self.branch.setMinimumHeight(theme.TARGET)
        self.branch.setMaxLength(120)
        self.branch.setMaximumWidth(round(320 * theme.scale()))
        line = row(self.branch, button(_("Rename"), self._rename, name=_("Rename the branch")), None)
        line.setStretch(0, 2)
        self.body.addLayout(line)

    def read(self) -> None:
        """Count and measure."""
        self._context.jobs.run("read", self._read, owner=self, done=self._show,
                               failed=lambda error: failures.show(self._context, error))

    def _read(self) -> dict[str, Any]:
        from dpdesk.services import members
        session = self._context.session
        sees = session.may(Right.MEMBERS_SEE) and session.acknowledged
        size = sum(each.stat().st_size for each in session.folder.iterdir() if each.is_file())
        return {"counts": members.counts(session) if sees else None, "size": size,
                "places": self._context.desks.place_warnings(session.folder)}

    def _show(self, found: dict[str, Any]) -> None:
        parts = [_("{size} MB").format(size=f"{found['size'] / 1e6:,.1f}")]
        if found["counts"] is not None:
            parts = [trn("{n} member", "{n} members", found["counts"].members),
                     trn("{n} contact", "{n} contacts", found["counts"].contacts), *parts]
        self._facts.setText(", ".join(parts))
        self._warning.setText("\n".join(place_warning(code) for code in found["places"]))
        self._warning.setVisible(bool(found["places"]))

    def _rename(self) -> None:
        from dpdesk.services import settings
        session, branch = self._context.session, self.branch.text()

        def done(_nothing: object) -> None:
            self._context.say("done", _("The branch is now called {name}.").format(name=session.branch))
            self._context.changed("settings")

        self._context.jobs.run("write", lambda: settings.set_branch(session, branch), owner=self, done=done,
                               failed=lambda error: failures.show(self._context, error))
