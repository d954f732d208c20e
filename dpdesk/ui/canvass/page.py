"""The electoral register: electors by district and number, a search box, chips, and the details of one beside the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.electors import SEARCH_LIMIT, Counts, Query
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.canvass import sentences
from dpdesk.ui.canvass.chips import Chips
from dpdesk.ui.canvass.columns import RegisterModel, columns, fit
from dpdesk.ui.canvass.panel import Panel
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _

DEBOUNCE = 60  # milliseconds between the last letter and the question
_PANEL_FROM = 1060  # pixels at 100 %: the least width of a page that shows the panel too
_PANEL = 320


class RegisterPage(Page):
    """Search, district, chip, sort and the elector marked are its place."""

    code = "register"
    title = marked("Register")
    icon = "list"
    right = Right.REGISTER_SEE
    wide = True
    chapter = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Electoral register"))
        self.query = Query()
        self._keep: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._search)
        self._actions: list[QWidget] = []
        if self._may():
            self._actions.append(self.header.set_main(_("Take a file in…"), lambda: context.go("register_import", {}), icon="file-up"))
            self._actions.append(self.header.add_quiet(_("Match members…"), lambda: context.go("register_links", {}), icon="users"))
        self._actions.append(self.header.add_quiet(_("Files…"), lambda: context.go("register_files", {}), icon="file-text"))
        self._make_content()
        QShortcut(QKeySequence("Ctrl+F"), self, self._to_search).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _may(self) -> bool:
        return self.context.session.may_change(Right.REGISTER_IMPORT)

    def _make_content(self) -> None:
        session = self.context.session
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by name, address, postcode or number"))
        self.search.setAccessibleName(_("Search the register"))
        self.search.setMinimumHeight(theme.TARGET + 4)
        self.search.textChanged.connect(lambda typed: (self._timer.start(), self.clear.setVisible(bool(typed))))
        self.search.returnPressed.connect(self._enter_from_search)
        self.clear = button("", self.reset, role="quiet", icon="x", name=_("Clear the search"))
        self.clear.hide()
        self.day = button(_("Polling day…"), self.ask_day, role="quiet", icon="calendar-check", name=_("Polling day"),
                          tip=_("Polling day: who is old enough by then"))
        self.out = button(_("Export…"), self.ask_export, role="quiet", icon="download", name=_("Export electors"))
        for each in (self.day, self.out):
            each.setVisible(self._may())
        self.district = Choice([("", _("All districts"))], name=_("Polling district"))
        self.district.activated.connect(lambda _at: self._ask(district=self.district.code()))
        self.chips = Chips()
        self.chips.chosen.connect(lambda flag: self._ask(flag=flag))
        self.found = text("", "quiet")
        self.found.hide()

        def fetch(numbers):
            from dpdesk.services import electors
            return electors.rows(session, numbers)
        self.model = RegisterModel(self.context.jobs, columns(), fetch, key=lambda each: each.elector.row)
        self.table = PagedTable(self.model, _("Electoral register"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.show_sort(self.query.sort, self.query.descending)
        self.table.moved.connect(lambda number: self.panel.show_row(number) if self.panel.isVisibleTo(self) else None)
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(lambda error: failures.show(self.context, error))
        self.panel = Panel(self.context)
        self._lay_out()

    def _lay_out(self) -> None:
        self.listing = QWidget()
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE * 3 // 2)
        column.addLayout(row(self.search, self.clear, self.day, self.out))
        self._slot = EntrySlot()
        column.addLayout(self._slot)
        narrow = row(self.district, self.chips)
        narrow.setStretch(1, 1)
        column.addLayout(narrow)
        column.addWidget(self.found)
        self.nobody = EmptyState("search", _("Nobody fits"), _("Try fewer letters, another spelling, or take the filter away."),
                                 (_("Show everybody"), self.reset))
        self.nobody.hide()
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.nobody, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(self.panel)
        column.addLayout(across, 1)
        self.body.addWidget(self.listing, 1)
        acts = [(_("Take a file in…"), lambda: self.context.go("register_import", {}))] if self._may() else []
        self.empty = EmptyState("list", _("No register yet"), _(
            "Here stand the electors of the ward, as the council’s electoral registration officer supplies them to the party. "
            "The law lets the register be used for elections, and for nothing else."), *acts)
        self.empty.hide()
        self.body.addWidget(self.empty, 1)

    def place(self) -> dict[str, Any]:
        """What was searched, how narrowed and sorted, and who was marked."""
        return {**self.query.__dict__, "row": self.table.current_row()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to a place; `reset` shows everybody."""
        if place.get("reset"):
            self.query = Query()
        elif "sort" in place:
            self.query = Query(**{code: place[code] for code in ("district", "flag", "sort", "descending", "text") if code in place})
            self._keep = place.get("row")
        self._show_query()
        self.refresh()

    def refresh(self) -> None:
        """Count and list again."""
        from dpdesk.services import electors
        session = self.context.session
        self._load()
        self.context.jobs.run("read", lambda: electors.counts(session), owner=self, done=self._counted,
                              failed=lambda error: failures.show(self.context, error))

    def reset(self) -> None:
        """Everybody, by number."""
        self.query = Query()
        self._show_query()
        self._load()
        self.search.setFocus()

    def back(self) -> bool:
        """Esc takes away the search and the filters first."""
        if self.query.text or self.query.district or self.query.flag:
            self.reset()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """The search box is focused on arrival."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._to_search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel shows where there is room; elsewhere Enter opens the elector's own page."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.panel.setVisible(self.width() >= _PANEL_FROM * theme.scale() and self.model.rowCount() > 0)
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

    def ask_export(self) -> None:
        """Ask what the electors on the list are to be written for."""
        from dpdesk.ui.canvass import export
        self._slot.ask(export.card(self, self.context, lambda: self.query))

    def ask_day(self) -> None:
        """Ask for the polling day electors are shown for."""
        spec = FieldSpec("polling_day", _("Polling day"), "date")
        card = Entry(_("Which polling day?"), _("Electors are shown who are old enough on that day. Left empty, today counts."), (spec,),
                     _("Set the day"), self._set_day, values={"polling_day": self.context.session.desk.setting("polling_day")})
        self._slot.ask(card)

    def _set_day(self, values: dict[str, str]) -> None:
        from dpdesk.services import electors
        session = self.context.session

        def done(_none: object) -> None:
            self._slot.close_up()
            self.context.say("done", _("The polling day is set.") if values["polling_day"] else _("Electors are shown for today."), None)
            self.refresh()

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                failures.show(self.context, error)
        self.context.jobs.run("write", lambda: electors.set_polling_day(session, values["polling_day"]), owner=self, done=done,
                              failed=failed)

    def _sort(self, code: str, descending: bool) -> None:
        self._ask(sort=code, descending=descending, text="")

    def _ask(self, **changed: Any) -> None:
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
        self.district.choose(query.district)
        self.chips.mark(query.flag)
        self.table.show_sort("" if query.text else query.sort, query.descending)

    def _load(self) -> None:
        from dpdesk.services import electors
        session, query = self.context.session, self.query
        self.model.load(lambda: electors.spine(session, query))

    def _counted(self, counts: Counts) -> None:
        self.header.set_state(sentences.state(counts))
        self.district.offer([("", _("All districts")), *((name, _("{name} · {n}", name=name, n=f"{n:,}"))
                                                       for name, n in counts.districts.items())])
        self.district.choose(self.query.district)
        self.chips.show_counts(counts)
        anybody = bool(counts.electors or counts.hidden)
        for action in self._actions:
            action.setVisible(anybody)
        self.listing.setVisible(anybody)
        self.empty.setVisible(not anybody)

    def _loaded(self, count: int) -> None:
        searching = bool(self.query.text)
        self.found.setVisible(searching and count > 0)
        self.found.setText(sentences.found(count, SEARCH_LIMIT))
        self.table.setVisible(count > 0)
        self.nobody.setVisible(not count)
        self._fold()
        if self._keep is not None and (at := self.model.place_of(self._keep)) is not None:
            self.table.go_to(at)
        elif count and searching:
            self.table.go_to(0)
        elif self.table.current_row() is None:
            self.panel.clear()
        self._keep = None

    def _open(self, number: int) -> None:
        from dpdesk.services import electors
        session = self.context.session
        self.context.jobs.run("read", lambda: electors.rows(session, [number]), owner=self,
                              done=lambda rows: self.context.go("elector", {"id": rows[0].elector.id}) if rows else None,
                              failed=lambda error: failures.show(self.context, error))
