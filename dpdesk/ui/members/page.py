"""The list of members, and the list of contacts: find, narrow, sort, look, open."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.services import queries
from dpdesk.services.members import SEARCH_LIMIT, Counts, Query
from dpdesk.services.queries import describe
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import chips as chip_row
from dpdesk.ui.members import nobody, sentences
from dpdesk.ui.members.columns import PeopleModel, chosen, fit
from dpdesk.ui.members.narrowing import Narrowing
from dpdesk.ui.members.panel import Panel
from dpdesk.ui.members.searchbox import SearchBox
from dpdesk.ui.members.selection import SelectionBar
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, trn

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
        self._make_actions()
        self._make_content()
        for keys, act in (("Ctrl+F", self.search.go), ("Ctrl+N", self.add)):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _make_actions(self) -> None:
        session, header = self.context.session, self.header
        member = self.kind is Kind.MEMBER
        self._actions: list[QWidget] = []
        if member and self.may(Right.MEMBERS_IMPORT):
            self._actions.append(header.set_main(_("Import a list…"), lambda: self.context.go("import", {}), icon="file-up"))
        if session.may(Right.MEMBERS_EXPORT):
            self._actions.append(header.add_quiet(_("Export…"), self.export, icon="download"))
        if member and self.may(Right.MEMBERS_EDIT):
            self._actions.append(header.add_quiet(_("Duplicates…"), lambda: self.context.go("duplicates", {}), icon="users"))
        if self.may(Right.MEMBERS_EDIT):
            words = _("Add a member") if member else _("Add a contact")
            put = header.add_quiet if member else header.set_main
            self._actions.append(put(words, self.add, icon="user-plus"))

    def _make_content(self) -> None:
        session = self.context.session
        self.search = SearchBox(_("Search members") if self.kind is Kind.MEMBER else _("Search contacts"), self)
        self.search.asked.connect(lambda typed: self._ask(text=typed))
        self.search.entered.connect(self._enter_from_search)
        self.search.emptied.connect(self.reset)
        self.chips = self._make_chips()
        self.chips.chosen.connect(self._narrow)
        self.narrowing = Narrowing(self.context, self.kind, self)
        self.narrowing.asked.connect(self.ask)
        self.narrowing.columns_chosen.connect(self._show_columns)
        self.found = text("", "quiet")
        self.found.hide()

        def fetch(numbers):
            from dpdesk.services import members
            return members.rows(session, numbers)
        self.model = PeopleModel(self.context.jobs, chosen(self.kind, self.context.words, self.narrowing.columns), fetch)
        self.table = PagedTable(self.model, _(self.title))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.show_sort(self.query.sort, self.query.descending)
        self.table.moved.connect(self._marked)
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        header = self.table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _where: self.narrowing.open_columns())
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(lambda error: failures.show(self.context, error))
        self.panel = Panel(self.context, self.kind)
        self._lay_out()

    def _make_chips(self) -> chip_row.Chips:
        return chip_row.of_members()

    def _show_numbers(self, counts: Counts) -> None:
        self.chips.show_numbers(chip_row.member_numbers(counts))

    def _lay_out(self) -> None:
        self.listing = QWidget()
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        self.eye = button("", self._turn_veil, role="quiet", icon="eye", name=_("Show contact details"))
        if self.context.veil is not None:
            self.context.veil.turned.connect(self.table.viewport().update)
            self.context.veil.governs(self.eye)
        column.addLayout(row(self.search, self.search.clear_button, self.eye, self.narrowing.filter_button, self.narrowing.columns_button))
        column.addWidget(self.narrowing.saved_row)
        column.addWidget(self.chips)
        column.addWidget(self.narrowing.active_row)
        column.addLayout(self.narrowing.slot)
        column.addWidget(self.found)
        across = QHBoxLayout()
        across.setSpacing(0)
        self.left = QVBoxLayout()
        self.left.addWidget(SelectionBar(self.context, self.table, self.code, lambda: None if self.query.text else self.query))
        self.left.addWidget(self.table, 1)
        across.addLayout(self.left, 1)
        across.addWidget(self.panel)
        column.addLayout(across, 1)
        self.body.addWidget(self.listing, 1)
        self.empty: QWidget | None = None
        self.nobody = nobody.nobody_fits(self.reset)
        self.nobody.hide()
        self.left.addWidget(self.nobody, 1)

    def _turn_veil(self) -> None:
        if self.context.veil is not None:
            self.context.veil.toggle()

    def place(self) -> dict[str, Any]:
        """What was searched, how narrowed and sorted, and who was marked."""
        return {"query": self.query.to_dict(), "row": self.table.current_row()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to a place; `person` marks one, `reset` shows everybody, `saved` a saved search, `query` one that was kept."""
        if place.get("reset"):
            self.reset()
        elif "saved" in place:
            self.narrowing.list_saved()
            self.narrowing.open_saved(str(place["saved"]))
        elif "person" in place:
            self._wanted = str(place["person"])
        if "query" in place:
            with suppress(Invalid):  # kept by another version: the list as it is
                self.query = replace(queries.kept(place["query"]), kind=self.kind)
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
        if self.query.narrows():
            self.reset()
            return True
        return False

    def add(self) -> None:
        """A new person."""
        if self.may(Right.MEMBERS_EDIT):
            self.context.go(f"{self.kind.value}_form", {"id": ""})

    def export(self) -> None:
        """Those on the list now, as a file."""
        self.context.go("export", {"query": self.query.to_dict(), "count": self.model.rowCount()})

    def showEvent(self, event: QShowEvent) -> None:
        """The search box is focused on arrival."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.search.go)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel shows where there is room; elsewhere Enter opens the person's own page."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.width() >= _PANEL_FROM * theme.scale()
        self.panel.setVisible(room and self.model.rowCount() > 0)
        self.panel.setFixedWidth(round(_PANEL * theme.scale()))
        QTimer.singleShot(0, self.table, lambda: fit(self.table, bool(self.narrowing.columns)))

    def _enter_from_search(self) -> None:
        """Enter in the search box goes to the best fit; a second Enter opens it."""
        if self.model.rowCount():
            self.table.setFocus()
            if self.table.current_row() is None:
                self.table.go_to(0)

    def _narrow(self, values: dict[str, str]) -> None:
        self._ask(**values)

    def _sort(self, code: str, descending: bool) -> None:
        self._ask(sort=code, descending=descending, text="")

    def _ask(self, **changed: Any) -> None:
        self.ask(replace(self.query, **changed))

    def ask(self, query: Query) -> None:
        """Show those that `query` asks for."""
        self.query = query
        self._show_query()
        self._load()

    def _show_columns(self) -> None:
        self.model.show_columns(chosen(self.kind, self.context.words, self.narrowing.columns))
        self.table.show_sort("" if self.query.text else self.query.sort, self.query.descending)
        self._fold()

    def _show_query(self) -> None:
        """Show the query in the widgets, without asking anew."""
        query = self.query
        self.search.show_words(query.text)
        self.narrowing.show_query(query, self.chips.mark(query))
        self.table.show_sort("" if query.text else query.sort, query.descending)

    def _load(self) -> None:
        from dpdesk.services import members
        session, query = self.context.session, self.query
        self.model.load(lambda: members.spine(session, query))

    def _counted(self, counts: Counts) -> None:
        self.counts = counts
        self.header.set_state(sentences.state(self.kind, counts))
        self._show_numbers(counts)
        member = self.kind is Kind.MEMBER
        self._show_empty(not (counts.members + counts.archived if member else counts.contacts + counts.archived_contacts))

    def _loaded(self, count: int) -> None:
        searching = bool(self.query.text)
        self.found.setVisible(count > 0 and (searching or len(self.query.filters()) > 0))
        self.found.setText(sentences.found(count, SEARCH_LIMIT) if searching else _("{who}: {people}.", who=describe(
            self.query, self.context.session.policy), people=trn("{n} person", "{n} people", count)))
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
        bring = (lambda: self.context.go("import", {})) if self.may(Right.MEMBERS_IMPORT) else None
        return nobody.empty_list(self.kind, bring, self.add if self.may(Right.MEMBERS_EDIT) else None)


class MembersPage(PeoplePage):
    """The members."""

    code = "members"
    title = marked("Members")
    icon = "users"
