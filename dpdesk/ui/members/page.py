"""The list of members, and the list of contacts: find, narrow, sort, look, open."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.services.members import SEARCH_LIMIT, Counts, Query
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import chips as chip_row
from dpdesk.ui.members import sentences
from dpdesk.ui.members.columns import PeopleModel, columns, fit
from dpdesk.ui.members.panel import Panel
from dpdesk.ui.members.selection import SelectionBar
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _

DEBOUNCE = 60  # milliseconds between the last letter and the question
_PANEL_FROM = 1060  # pixels at 100 %: the least width of a page that shows the panel too
_PANEL = 336


class PeoplePage(Page):
    """One list; `kind` says of whom. Search, chips, sort and the person marked are its place."""

    kind = Kind.MEMBER
    wide = True
    right = Right.MEMBERS_SEE
    chapter = "finding"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_(self.title))
        self.query = Query(kind=self.kind)
        self.counts: Counts | None = None
        self._wanted = ""  # the id of a person to mark once the list is there
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._search)
        self._make_actions()
        self._make_content()
        for keys, act in (("Ctrl+F", self._to_search), ("Ctrl+N", self.add)):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_actions(self) -> None:
        session, header = self.context.session, self.header
        member = self.kind is Kind.MEMBER
        self._actions: list[QWidget] = []
        if member and self._may(Right.MEMBERS_IMPORT):
            self._actions.append(header.set_main(_("Import a list…"), lambda: self.context.go("import", {}), icon="file-up"))
        if session.may(Right.MEMBERS_EXPORT):
            self._actions.append(header.add_quiet(_("Export…"), self.export, icon="download"))
        if member and self._may(Right.MEMBERS_EDIT):
            self._actions.append(header.add_quiet(_("Duplicates…"), lambda: self.context.go("duplicates", {}), icon="users"))
        if self._may(Right.MEMBERS_EDIT):
            words = _("Add a member") if member else _("Add a contact")
            put = header.add_quiet if member else header.set_main
            self._actions.append(put(words, self.add, icon="user-plus"))

    def _make_content(self) -> None:
        session = self.context.session
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by name, address, postcode, e-mail, phone or number"))
        self.search.setAccessibleName(_("Search members") if self.kind is Kind.MEMBER else _("Search contacts"))
        self.search.setMinimumHeight(theme.TARGET + 4)
        self.search.textChanged.connect(lambda typed: (self._timer.start(), self.clear.setVisible(bool(typed))))
        self.clear = button("", self.reset, role="quiet", icon="x", name=_("Clear the search"))
        self.clear.hide()
        self.search.returnPressed.connect(self._enter_from_search)
        self.chips = chip_row.Chips(self.kind)
        self.chips.chosen.connect(self._narrow)
        self.found = text("", "quiet")
        self.found.hide()

        def fetch(numbers):
            from dpdesk.services import members
            return members.rows(session, numbers)
        self.model = PeopleModel(self.context.jobs, columns(self.kind, self.context.words), fetch)
        self.table = PagedTable(self.model, _(self.title))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.show_sort(self.query.sort, self.query.descending)
        self.table.moved.connect(self._marked)
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(lambda error: failures.show(self.context, error))
        self.panel = Panel(self.context, self.kind)
        self._lay_out()

    def _lay_out(self) -> None:
        self.listing = QWidget()
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        self.eye = button("", self._turn_veil, role="quiet", icon="eye", name=_("Show contact details"),
                          tip=_("Show contact details (Ctrl+Shift+M)"))
        if self.context.veil is not None:
            self.context.veil.turned.connect(self.table.viewport().update)
        column.addLayout(row(self.search, self.clear, self.eye))
        column.addWidget(self.chips)
        column.addWidget(self.found)
        across = QHBoxLayout()
        across.setSpacing(0)
        self.left = QVBoxLayout()
        self.left.addWidget(SelectionBar(self.context, self.table))
        self.left.addWidget(self.table, 1)
        across.addLayout(self.left, 1)
        across.addWidget(self.panel)
        column.addLayout(across, 1)
        self.body.addWidget(self.listing, 1)
        self.empty: QWidget | None = None
        self.nobody = EmptyState("search", _("Nobody fits"), _("Try fewer letters, another spelling, or take the filter "
                                 "away."), (_("Show everybody"), self.reset))
        self.nobody.hide()
        self.left.addWidget(self.nobody, 1)

    def _turn_veil(self) -> None:
        if self.context.veil is not None:
            self.context.veil.toggle()

    def _may(self, right: Right) -> bool:
        session = self.context.session
        return session.may(right) and not session.read_only

    def place(self) -> dict[str, Any]:
        """What was searched, how narrowed and sorted, and who was marked."""
        query = self.query
        return {"text": query.text, "status": query.status, "flag": query.flag, "sort": query.sort,
                "descending": query.descending, "row": self.table.current_row()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to a place; `person` marks one, `reset` shows everybody."""
        if place.get("reset"):
            self.reset()
        elif "person" in place:
            self._wanted = str(place["person"])
        if "sort" in place:
            given = {code: place[code] for code in ("text", "status", "flag", "sort", "descending") if code in place}
            self.query = Query(kind=self.kind, **given)
            self._keep = place.get("row")
            self._show_query()
        self.refresh()

    _keep: int | None = None

    def refresh(self) -> None:
        """Count and list again."""
        from dpdesk.services import members
        session = self.context.session
        self._load()
        self.context.jobs.run("read", lambda: members.counts(session), owner=self, done=self._counted,
                              failed=lambda error: failures.show(self.context, error))

    def reset(self) -> None:
        """Everybody, by name."""
        self.query = Query(kind=self.kind)
        self._show_query()
        self._load()
        self.search.setFocus()

    def back(self) -> bool:
        """Esc takes away the search and the chip first."""
        if self.query.text or self.query.status or self.query.flag:
            self.reset()
            return True
        return False

    def add(self) -> None:
        """A new person."""
        if self._may(Right.MEMBERS_EDIT):
            self.context.go(f"{self.kind.value}_form", {"id": ""})

    def export(self) -> None:
        """Those on the list now, as a file."""
        self.context.go("export", {"kind": self.kind.value, "status": self.query.status, "flag": self.query.flag,
                                   "text": self.query.text, "sort": self.query.sort, "count": self.model.rowCount()})

    def showEvent(self, event: QShowEvent) -> None:
        """The search box is focused on arrival."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._to_search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel shows where there is room; elsewhere Enter opens the person's own page."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() >= _PANEL_FROM * theme.scale()
        self.panel.setVisible(room and self.model.rowCount() > 0)
        self.panel.setFixedWidth(round(_PANEL * theme.scale()))
        QTimer.singleShot(0, self.table, lambda: fit(self.table))

    def _to_search(self) -> None:
        if self.search.isVisible():
            self.search.setFocus()
            self.search.selectAll()

    def _search(self) -> None:
        typed = self.search.text().strip()
        if typed != self.query.text:
            self._ask(text=typed)

    def _enter_from_search(self) -> None:
        """Enter in the search box goes to the best fit; a second Enter opens it."""
        self._search()
        if self.model.rowCount():
            self.table.setFocus()
            if self.table.current_row() is None:
                self.table.go_to(0)

    def _narrow(self, status: str, flag: str) -> None:
        self._ask(status=status, flag=flag)

    def _sort(self, code: str, descending: bool) -> None:
        self.search.setText("")
        self._ask(sort=code, descending=descending, text="")

    def _ask(self, **changed: Any) -> None:
        from dataclasses import replace
        self.query = replace(self.query, **changed)
        self._show_query()
        self._load()

    def _show_query(self) -> None:
        """Show the query in the widgets, without asking anew."""
        query = self.query
        if self.search.text().strip() != query.text:
            self.search.blockSignals(True)
            self.search.setText(query.text)
            self.search.blockSignals(False)
            self.clear.setVisible(bool(query.text))
        self.chips.mark(query.status, query.flag)
        self.table.show_sort("" if query.text else query.sort, query.descending)

    def _load(self) -> None:
        from dpdesk.services import members
        session, query = self.context.session, self.query
        self.model.load(lambda: members.spine(session, query))

    def _counted(self, counts: Counts) -> None:
        self.counts = counts
        self.header.set_state(sentences.state(self.kind, counts))
        self.chips.show_counts(counts)
        member = self.kind is Kind.MEMBER
        self._show_empty(not (counts.members + counts.archived if member else counts.contacts + counts.archived_contacts))

    def _loaded(self, count: int) -> None:
        searching = bool(self.query.text)
        self.found.setVisible(searching and count > 0)
        self.found.setText(sentences.found(count, SEARCH_LIMIT))
        self.table.setVisible(count > 0)
        self.nobody.setVisible(not count)
        self._fold()
        self._mark_wanted()
        if count and searching:
            self.table.go_to(0)
        elif self.table.current_row() is None:
            self.panel.clear()

    def _mark_wanted(self) -> None:
        if self._keep is not None and (at := self.model.place_of(self._keep)) is not None:
            self.table.go_to(at)
        self._keep = None
        if self._wanted:
            from dpdesk.services import members
            session, person = self.context.session, self._wanted
            self._wanted = ""
            self.context.jobs.run("read", lambda: members.get(session, person).row, owner=self, done=self._mark,
                                  failed=lambda _error: None)

    def _mark(self, row: int) -> None:
        at = self.model.place_of(row)
        if at is not None:
            self.table.go_to(at)

    def _marked(self, row_number: int) -> None:
        """The current row changed: its person is shown beside the list, once it is known."""
        if not self.panel.isVisibleTo(self):
            return
        self.panel.show_row(row_number)

    def _open(self, row_number: int) -> None:
        from dpdesk.services import members
        session = self.context.session

        def found(rows: list) -> None:
            if rows:
                self.context.go(self.kind.value, {"id": rows[0].member.id})
        self.context.jobs.run("read", lambda: members.rows(session, [row_number]), owner=self, done=found,
                              failed=lambda error: failures.show(self.context, error))

    def _show_empty(self, empty: bool) -> None:
        for action in self._actions:
            action.setVisible(not empty)
        if not empty:
            if self.empty is not None:
                self.empty.hide()
            self.listing.show()
            return
        self.header.set_state("")
        if self.empty is None:
            self.empty = self._make_empty()
            self.body.addWidget(self.empty, 1)
        self.listing.hide()
        self.empty.show()

    def _make_empty(self) -> QWidget:
        acts = []
        if self.kind is Kind.MEMBER:
            if self._may(Right.MEMBERS_IMPORT):
                acts.append((_("Import a list…"), lambda: self.context.go("import", {})))
            if self._may(Right.MEMBERS_EDIT):
                acts.append((_("Add a member"), self.add))
            return EmptyState("users", _("No members yet"), _(
                "Here stand the members of the branch: who they are, how they may be reached, and what they agreed to. "
                "Most begin with the list their headquarters sends."), *acts)
        if self._may(Right.MEMBERS_EDIT):
            acts.append((_("Add a contact"), self.add))
        return EmptyState("contact", _("No contacts yet"), _(
            "Here stand people who are not members: supporters, helpers, and those who asked to hear from the branch."),
            *acts)


class MembersPage(PeoplePage):
    """The members."""

    code = "members"
    title = marked("Members")
    icon = "users"
