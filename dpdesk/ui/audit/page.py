"""Activity and audit: what was done by whom, narrowed at will; the check of the log; exports that are signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services import audit, officers
from dpdesk.services.session import today
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.audit.entry import EntryCard
from dpdesk.ui.audit.filters import Filters
from dpdesk.ui.audit.lines import NUMBER, WHAT, WHEN, LinesModel, LogView
from dpdesk.ui.audit.paper import PaperCheck
from dpdesk.ui.audit.verdict import VerdictCard
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _, moment, trn

STEP = 200  # entries read at a time


class AuditPage(Page):
    """The log, newest first."""

    code, icon, right, wide = "audit", "history", Right.AUDIT_SEE, True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Activity and audit"))
        self.check = self.header.set_main(_("Check the log now"), self._check, icon="shield-check")
        self._question = 0
        self._broken = False
        self.verdict = VerdictCard(self._explain, self._copy)
        self.filters = Filters(self.refresh)
        self.model = LinesModel()
        self.table = self._make_table()
        self.nothing = text(_("No entry fits. Show everything, or choose other days."), "quiet")
        self.nothing.hide()
        self.older = button(_("Show older entries"), self._more)
        self.older.hide()
        self.entry = EntryCard()
        self.paper = PaperCheck(context)
        for widget, stretch in ((self.verdict, 0), (self.filters, 0), (self.nothing, 0), (self.table, 1)):
            self.body.addWidget(widget, stretch)
        self.body.addLayout(row(self.older, None))
        if context.session.may(Right.AUDIT_EXPORT):
            self.body.addLayout(row(button(_("Save as PDF"), lambda: self._export("pdf"), icon="file-text"),
                                    button(_("Save as CSV"), lambda: self._export("csv"), icon="download"), None))
        self.body.addWidget(self.entry)
        self.body.addWidget(self.paper)

    def _make_table(self) -> LogView:
        table = LogView()
        table.setModel(self.model)
        table.setAccessibleName(_("Entries of the log"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setMinimumHeight(round(260 * theme.scale()))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(theme.TARGET * theme.scale()))
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._chosen)
        return table

    def refresh(self) -> None:
        """Read the entries that are asked for, and how the log stands."""
        self._question += 1
        mine, wanted = self._question, self.filters.filter()
        self.context.jobs.run("read", lambda: self._read(wanted, None), owner=self,
                              done=lambda found: self._show(mine, found), failed=self._failed)

    def _read(self, wanted: audit.Filter, before: int | None) -> dict[str, Any]:
        session = self.context.session
        lines = audit.listing(session, wanted, STEP, before)
        people = {each.id: each.name for each in officers.listing(session)}
        return {"lines": lines, "names": {**audit.subject_names(session, lines), **people}, "officers": people,
                "actions": audit.actions(session), "last": audit.last_verified(session),
                "head": audit.current_head(session)}

    def _show(self, mine: int, found: dict[str, Any]) -> None:
        if mine != self._question:
            return
        self.model.show(found["lines"], found["names"])
        self.filters.offer(sorted(found["officers"].items(), key=lambda pair: pair[1]), found["actions"])
        self.older.setVisible(len(found["lines"]) == STEP)
        self.nothing.setVisible(not found["lines"])
        self.table.setVisible(bool(found["lines"]))
        self.entry.hide()
        entries = int(found["head"].partition("-")[0] or 0)
        self.header.set_state(trn("{n} entry. ", "{n} entries. ", entries) + self._standing(found["last"]))
        self._widths()

    def _standing(self, last: str) -> str:
        if self._broken:
            return _("The last check found something wrong.")
        return _("Found whole on {moment}.").format(moment=moment(last)) if last else _("Never checked yet.")

    def _widths(self) -> None:
        narrow = self.width() < self.fontMetrics().averageCharWidth() * 80
        self.model.shorten(narrow)
        self.table.setColumnHidden(NUMBER, narrow)
        self.table.verticalHeader().setDefaultSectionSize(round(theme.TARGET * theme.scale()))
        letter = self.table.fontMetrics().averageCharWidth()
        self.table.setColumnWidth(NUMBER, letter * 7 + 24)
        longest = "30/11/2026" if narrow else "Wed 30 Nov 2026 at 20:00"
        self.table.setColumnWidth(WHEN, self.table.fontMetrics().horizontalAdvance(longest) + 36)

    def resizeEvent(self, event) -> None:
        """The number gives way first where there is little room."""
        super().resizeEvent(event)
        self._widths()

    def _more(self) -> None:
        wanted, mine = self.filters.filter(), self._question
        before = self.model.lines[-1].seq if self.model.lines else None
        self.context.jobs.run("read", lambda: self._read(wanted, before), owner=self,
                              done=lambda found: self._append(mine, found), failed=self._failed)

    def _append(self, mine: int, found: dict[str, Any]) -> None:
        if mine == self._question:
            self.model.append(found["lines"], found["names"])
            self.older.setVisible(len(found["lines"]) == STEP)

    def _chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            return
        line = self.model.lines[current.row()]
        person = line.subject_kind in ("member", "contact") and self.context.session.may(Right.MEMBERS_SEE)
        self.entry.show_entry(
            line, self.model.sentence(current.row()),
            (lambda: self.context.go(line.subject_kind, {"id": line.subject})) if person else None,
            (lambda: self.filters.narrow_to(line.subject, self.model.name_of(line))) if line.subject else None,
            (lambda: self.context.go("bulk", {"undo": line.seq})) if line.action == "members.edited" and self._may_edit() else None)

    def _may_edit(self) -> bool:
        return self.context.session.may_change(Right.MEMBERS_EDIT)

    # Checking --------------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        self.check.setEnabled(False)
        session = self.context.session

        def done(verdict: audit.Verdict) -> None:
            self.check.setEnabled(True)
            self._broken = not verdict.whole
            self.verdict.show_verdict(verdict)
            self.context.changed("audit")
            self.context.changed("copies")

        def failed(error: Exception) -> None:
            self.check.setEnabled(True)
            self._failed(error)
        self.context.work("write", _("Checking the log"), lambda token: audit.verify(session, token.progress, cancelled=token.cancelled),
                          owner=self, done=done, failed=failed)

    def _explain(self, part: str) -> None:
        self.context.go("help", {"chapter": "trouble", "part": part})

    def _copy(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self.context.say("done", _("Copied. Better still, write it on paper."))

    # Exporting -------------------------------------------------------------------------------------------------------

    def _export(self, kind: str) -> None:
        name = f"audit-log-{today().isoformat()}.{kind}"
        names = _("PDF (*.pdf)") if kind == "pdf" else _("CSV (*.csv)")
        leaving.choose(self, self.context.jobs, CopyKind.LOG, leaving.Chooser(_("Save the log"), name, names), self._save,
                       self._failed)

    def _save(self, path: Path, accepted: str = "") -> None:
        session, wanted = self.context.session, self.filters.filter()
        shown = self.context.progress(_("Saving the log"))

        def done(signature: Path) -> None:
            shown.finish()
            self.context.say("done", _("Saved {name}, and {signature} beside it: keep both together. They are not "
                                       "encrypted.").format(name=path.name, signature=signature.name))
            self.context.changed("audit")

        def failed(error: Exception) -> None:
            shown.finish()
            self._failed(error)

        self.context.jobs.run("write", lambda: audit.export(session, path, wanted, accepted=accepted), owner=self, done=done, failed=failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)

    # Coming back -----------------------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """What the list is narrowed to."""
        return self.filters.place()

    def return_to(self, place: dict[str, Any]) -> None:
        """Narrow the list as it was, or as asked for (`subject`, an id)."""
        self.filters.return_to({code: str(value) for code, value in place.items()})

    def heard(self, noun: str) -> None:
        """Any change is an entry."""
        if self.isVisible():
            self.refresh()
