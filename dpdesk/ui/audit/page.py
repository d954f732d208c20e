"""Activity and audit: the log as sentences, one button that checks it whole, and signed exports."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout

from dpdesk.domain.roles import Right
from dpdesk.ui import failures, theme
from dpdesk.ui.audit.entries import Lines
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, card, empty_out, figures_font, row, text
from dpdesk.ui.words import _, action_name, finding_name, moment, trn

AT_ONCE = 500


class AuditPage(Page):
    """Filters above, entries below, the verdict of the last check between."""

    code, icon, chapter, wide = "audit", "history", "audit", True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Activity and audit"))
        self.header.set_main(_("Check the log"), self.verify, icon="shield-check")
        if context.session.may(Right.AUDIT_EXPORT) and not context.session.read_only:
            self.header.add_quiet(_("Export…"), self.export, icon="download")
        self._verdict = QVBoxLayout()
        self.body.addLayout(self._verdict)
        self._filters()
        self.model = Lines(self)
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        self._older = button(_("Show older entries"), self.older, role="quiet")
        self.body.addLayout(row(self._older, None))
        self._wanted_subject = ""

    def _filters(self) -> None:
        self.officer = Choice(name=_("Officer"))
        self.action = Choice(name=_("What"))
        self.since, self.until = QLineEdit(), QLineEdit()
        for field, name in ((self.since, _("From day")), (self.until, _("To day"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(_("{name}: 2026-11-24").replace("{name}", name))
            field.setMinimumHeight(theme.TARGET)
            field.setMaximumWidth(round(200 * theme.scale()))
            field.editingFinished.connect(self.refresh)
        self.clear = button(_("Show all"), self.show_all, role="quiet")
        for choice in (self.officer, self.action):
            choice.currentIndexChanged.connect(self.refresh)
        self.body.addLayout(row(self.officer, self.action, self.since, self.until, self.clear, None))

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(_("Entries of the audit log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setFont(figures_font())
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(round(34 * theme.scale()))
        heads = table.horizontalHeader()
        heads.setHighlightSections(False)
        for at, width in enumerate((70, 190, 160, 210, 160)):
            table.setColumnWidth(at, round(width * theme.scale()))
        heads.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(round(240 * theme.scale()))
        return table

    def place(self) -> dict:
        """The filter."""
        return {"officer": self.officer.code(), "action": self.action.code(), "since": self.since.text(),
                "until": self.until.text(), "subject": self._wanted_subject}

    def return_to(self, place: dict) -> None:
        """A filter given earlier; `subject` shows one person's entries."""
        self._wanted_subject = str(place.get("subject", ""))
        self.since.setText(str(place.get("since", "")))
        self.until.setText(str(place.get("until", "")))
        self._kept = place

    _kept: dict | None = None

    def show_all(self) -> None:
        """No filter."""
        self._wanted_subject = ""
        self.since.clear()
        self.until.clear()
        self.officer.choose("")
        self.action.choose("")
        self.refresh()

    def _filter(self):
        from dpdesk.services.audit import Filter
        kept, self._kept = self._kept or {}, None
        return Filter(self.officer.code() or kept.get("officer", ""), self.action.code() or kept.get("action", ""),
                      self._wanted_subject, self.since.text().strip(), self.until.text().strip())

    def refresh(self) -> None:
        """Read the newest entries that fit."""
        wanted, session = self._filter(), self.context.session

        def read():
            from dpdesk.services import audit, officers
            lines = audit.listing(session, wanted, AT_ONCE)
            people = officers.listing(session) if session.may(Right.OFFICERS_SEE) else []
            return (lines, audit.subject_names(session, lines), audit.actions(session), people, audit.last_verified(session),
                    audit.current_head(session))
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=self._failed)

    def _show(self, found) -> None:
        lines, names, actions, people, verified, head = found
        self.model.show(lines, names)
        self._older.setVisible(len(lines) == AT_ONCE)
        self.officer.offer([("", _("All officers")), *((o.id, o.name) for o in people)])
        self.action.offer([("", _("Everything")), *((code, action_name(code)) for code in actions)])
        said = _("Last found whole {when}.").replace("{when}", moment(verified)) if verified else _("Never checked yet.")
        self.header.set_state(_("{said} Head code for paper: {head}").replace("{said}", said).replace("{head}", head))

    def older(self) -> None:
        """Entries before those shown."""
        wanted, session = self._filter(), self.context.session
        before = self.model.lines[-1].seq if self.model.lines else None

        def read():
            from dpdesk.services import audit
            lines = audit.listing(session, wanted, AT_ONCE, before)
            return lines, audit.subject_names(session, lines)

        def show(found) -> None:
            self.model.more(*found)
            self._older.setVisible(len(found[0]) == AT_ONCE)
        self.context.jobs.run("read", read, owner=self, done=show, failed=self._failed)

    def verify(self) -> None:
        """Check chain, signatures, anchors, kept values and the database file."""
        from dpdesk.services import audit
        session, handle = self.context.session, self.context.progress(_("Checking the log"))
        token = self.context.jobs.token(handle.update)

        def done(verdict) -> None:
            handle.finish()
            self.show_verdict(verdict)
            self.refresh()

        def failed(error: Exception) -> None:
            handle.finish()
            self._failed(error)
        self.context.jobs.run("write", lambda: audit.verify(session, token.progress), owner=self, done=done, failed=failed,
                              token=token)

    def show_verdict(self, verdict) -> None:
        """Whole, or what is wrong and what to do."""
        empty_out(self._verdict)
        if verdict.whole:
            said = trn("The log is whole: the one entry is", "The log is whole: all {n} entries are", verdict.report.entries)
            self.context.say("done", said + " " + _("as written and signed, and the database is sound."), None)
            return
        layout = QVBoxLayout()
        layout.addWidget(text(_("Something is wrong with this desk’s record"), "heading"))
        for finding in verdict.report.findings[:20]:
            span = str(finding.seq) if finding.until <= finding.seq else f"{finding.seq}–{finding.until}"
            layout.addWidget(text(_("Entry {n} {what}.").replace("{n}", span).replace("{what}", finding_name(finding.kind)),
                                  "error"))
        if verdict.database:
            layout.addWidget(text(trn("The database file is damaged in one place.", "The database file is damaged in {n} places.",
                                      len(verdict.database)), "error"))
        layout.addWidget(text(_("Change nothing more on this desk. Keep a copy of its folder as it is, tell the accountable "
                                "person, and compare with the last backup and the head codes on paper.")))
        self._verdict.addWidget(card(layout))
        self.context.say("failed", _("The check found something wrong. It is shown below."), None)

    def export(self) -> None:
        """Ask where to; the ending chooses PDF or CSV."""
        ask.choose_save(self, _("Export the log"), "dpdesk-audit-log.pdf", _("PDF (*.pdf);;CSV (*.csv)"), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the export and its signature."""
        from dpdesk.services import audit
        wanted, session = self._filter(), self.context.session
        said = _("Exported, with its signature in {name}.")
        self.context.jobs.run("write", lambda: audit.export(session, path, wanted), owner=self, failed=self._failed,
                              done=lambda made: (self.context.say("done", said.replace("{name}", made.name), None),
                                                 self.refresh()))

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
