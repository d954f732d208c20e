"""Lists brought in: what came in when and by whom, and taking one back whole while nothing depends on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.imports import ImportState, KeptImport
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.members import import_words
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, dependent_name, import_state_name, moment, trn


class ListsPage(Page):
    """A card for each list, newest first."""

    code = "lists"
    title = marked("Lists brought in")
    icon = "list"
    right = Right.MEMBERS_IMPORT
    chapter = "importing"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Lists brought in"))
        self.add_back(_("Members"), lambda: context.go("members", None))
        self._list = self.add_list()

    def refresh(self) -> None:
        """Read what came in."""
        from dpdesk.services import imports_kept
        session = self.context.session
        self.context.jobs.run("read", lambda: imports_kept.listing(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: list[KeptImport]) -> None:
        empty_out(self._list)
        self.header.set_state(trn("{n} list came in.", "{n} lists came in.", len(found)) if found else "")
        if not found:
            self._list.addWidget(EmptyState("file-up", _("No list came in yet"), _("Each list you import is kept here for as long as "
                                            "it can be taken back."), (_("Import a list…"), lambda: self.context.go("import", {}))))
        for kept in found:
            self._list.addWidget(self._card(kept))

    def _card(self, kept: KeptImport) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(4)
        kind = _("the whole list") if kept.whole else _("a part")
        state = badge(import_state_name(kept.state.value), "" if kept.state is ImportState.APPLIED else "warning")
        inside.addLayout(row(text(_("{file}, {kind}", file=kept.file, kind=kind), "label"), state))
        inside.addWidget(text(_("{moment}, by {officer}. Entry {seq} of the log.", moment=moment(kept.at), officer=kept.officer,
                                seq=kept.seq), "quiet"))
        inside.addWidget(text(import_words.ended(kept.counts)))
        if kept.state is ImportState.APPLIED and not self.context.session.read_only:
            inside.addWidget(flow(button(_("Take back…"), lambda: self.look(kept), icon="undo-2",
                                         name=_("Take back {file}", file=kept.file))))
        return card(inside)

    def look(self, kept: KeptImport) -> None:
        """Work out what taking a list back would do, and ask."""
        from dpdesk.services import imports_kept
        session = self.context.session
        self.context.jobs.run("read", lambda: imports_kept.plan(session, kept.id), owner=self, done=self._planned,
                              failed=self._failed)

    def _planned(self, plan: Any) -> None:
        if not plan.possible:
            shown = "; ".join(f"{each.name or each.person}: {', '.join(map(dependent_name, each.codes))}"
                              for each in plan.dependents[:8])
            more = plan.depending - min(8, len(plan.dependents))
            self.context.say("warning", " ".join(filter(None, (
                trn("This list cannot be taken back: more was done since for {n} of its people.",
                    "This list cannot be taken back: more was done since for {n} of its people.", plan.depending), f"{shown}.",
                trn("And {n} more.", "And {n} more.", more) if more > 0 else ""))), None)
            return
        what = " ".join((trn("{n} person is taken out of the desk.", "{n} people are taken out of the desk.", len(plan.new)),
                         trn("{n} record is put back as it was.", "{n} records are put back as they were.", len(plan.back)),
                         _("Opt-outs that the list brought stay.")))
        ask.confirm(self, _("Take “{file}” back?", file=plan.kept.file), what, _("Take it back"), lambda: self._take(plan.kept),
                    danger=True)

    def _take(self, kept: KeptImport) -> None:
        from dpdesk.services import imports_kept
        session = self.context.session

        def done(_plan: object) -> None:
            self.context.say("done", _("The list is taken back. Opt-outs it brought stay."), None)
            self.context.changed("members")
            self.refresh()
        self.context.work("write", _("Taking the list back"), lambda token: imports_kept.roll_back(
            session, kept.id, token.progress, token.cancelled), owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
