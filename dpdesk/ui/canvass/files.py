"""Files of the register: what each was supplied for and until when, taking one back, destroying what was replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.register_files import FileState, RegisterFile
from dpdesk.domain.roles import Right
from dpdesk.services.register_words import counts_sentence, kind_name, state_name
from dpdesk.services.session import today
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.canvass import sentences
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, moment, trn


class FilesPage(Page):
    """A card for each file, newest first; those to be destroyed on top."""

    code = "register_files"
    title = marked("Files of the register")
    icon = "file-text"
    right = Right.REGISTER_SEE
    chapter = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Files of the register"))
        self.add_back(_("Electoral register"), lambda: context.go("register", None))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE)
        self.body.addWidget(flag(_("The register may be used for electoral purposes only, and may not be passed on."), "shield-alert",
                                 "warning"))
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what came in."""
        from dpdesk.services import register_files
        session = self.context.session
        self.context.jobs.run("read", lambda: register_files.listing(session), owner=self, done=self._show, failed=self._failed)

    def _may(self) -> bool:
        return self.context.session.may_change(Right.REGISTER_IMPORT)

    def _show(self, found: list[RegisterFile]) -> None:
        empty_out(self._list)
        due = sum(each.is_due(today()) for each in found)
        said = [trn("{n} file came in.", "{n} files came in.", len(found))] if found else []
        if due:
            said.append(trn("{n} is to be destroyed.", "{n} are to be destroyed.", due))
        self.header.set_state(" ".join(said))
        if not found:
            acts = [(_("Take a file in…"), lambda: self.context.go("register_import", {}))] if self._may() else []
            self._list.addWidget(EmptyState("file-up", _("No file came in yet"), _(
                "Each file of the register is kept here with who supplied it, by what right, for what use, and until when."), *acts))
        for each in sorted(found, key=lambda each: not each.is_due(today())):
            self._list.addWidget(self._card(each))

    def _card(self, file: RegisterFile) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        due = file.is_due(today())
        state = badge(_("To be destroyed") if due else state_name(file.state.value), "warning"
                      if file.state is not FileState.APPLIED or due else "")
        inside.addLayout(row(text(_("{kind}: {file}", kind=kind_name(file.kind.value), file=file.file), "label"), state))
        inside.addWidget(text(_("{moment}, by {officer}. Entry {seq} of the log.", moment=moment(file.at), officer=file.officer,
                                seq=file.seq),
                              "quiet"))
        inside.addWidget(text(counts_sentence(file.kind, file.counts)))
        inside.addSpacing(theme.SPACE)
        inside.addWidget(fact_list(sentences.supply(file)))
        acts = []
        if self._may() and file.state is FileState.APPLIED:
            acts.append(button(_("Take back…"), lambda: self.look(file), icon="undo-2", name=_("Take back {file}", file=file.file)))
        if self._may() and due:
            acts.append(button(_("Destroy…"), lambda: self.destroy(file), role="danger", name=_("Destroy {file}", file=file.file)))
        if acts:
            inside.addSpacing(theme.SPACE)
            inside.addWidget(flow(*acts))
        return card(inside)

    def look(self, file: RegisterFile) -> None:
        """Work out whether a file can be taken back, and ask."""
        from dpdesk.services import register_files
        session = self.context.session
        self.context.jobs.run("read", lambda: register_files.plan_back(session, file.id), owner=self, done=self._planned,
                              failed=self._failed)

    def _planned(self, plan: Any) -> None:
        from dpdesk.domain.errors import RollBackRefused
        if not plan.possible:
            self._failed(RollBackRefused(plan.blocked or "depending", plan.depending))
            return
        ask.confirm(self, _("Take “{file}” back?", file=plan.file.file), _("The register is then as it was before this file."),
                    _("Take it back"), lambda: self._take(plan.file), danger=True)

    def _take(self, file: RegisterFile) -> None:
        from dpdesk.services import register_files
        session = self.context.session
        self._work(_("Taking the file back"), lambda token: register_files.roll_back(session, file.id, token.progress, token.cancelled),
                   _("The file is taken back."))

    def destroy(self, file: RegisterFile) -> None:
        """Ask, and destroy."""
        from dpdesk.services import register_files
        session = self.context.session
        ask.confirm(self, _("Destroy “{file}”?", file=file.file), _(
            "What the desk still holds of it is erased for good: electors who left with it, and how electors were before. Numbers stay, "
            "so that history follows each elector. It cannot be undone."), _("Destroy it"),
            lambda: self._work(_("Destroying the old register"), lambda _token: register_files.destroy(session, file.id),
                               _("It is destroyed. Look at Copies for the file itself.")), danger=True)

    def _work(self, title: str, work: Callable[[Any], object], words: str) -> None:
        def done(_answer: object) -> None:
            self.context.say("done", words, None)
            self.context.changed("register")
            self.refresh()
        self.context.work("write", title, work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
