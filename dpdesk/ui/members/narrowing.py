"""What stands between the search box and the table: Filter…, Columns…, the filters in force, and the officer's saved searches."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from dpdesk.domain.errors import DeskError, Invalid
from dpdesk.domain.members import Kind
from dpdesk.domain.queries import Query
from dpdesk.services import queries, saved
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import filters
from dpdesk.ui.members.columns import ALWAYS, every, usual
from dpdesk.ui.members.columns_card import ColumnsCard
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Card, Entry
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _


class Narrowing(QObject):
    """`asked(query)` when the list is to be another, `columns_chosen()` when its columns changed.

    The page lays out `filter_button`, `columns_button`, `saved_row`, `active_row` and `slot`, and tells by `show_query` what is asked
    now; `columns` are the codes chosen, none for the usual ones.
    """

    asked = Signal(object)
    columns_chosen = Signal()

    def __init__(self, context: Context, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._kind, self._query = context, kind, Query(kind=kind)
        self.columns = saved.columns(context.session, kind)
        self._origin: QPushButton | None = None
        self._chip_shown: tuple[str, ...] = ()
        self.filter_button = button(_("Filter…"), self.open_filter, role="quiet", icon="list")
        self.columns_button = button(_("Columns…"), self.open_columns, role="quiet", icon="settings")
        self.saved_row, self._saved = _row()
        self.active_row, self._active = _row()
        self.slot = EntrySlot()
        self.slot.closed.connect(self._to_origin)
        self.list_saved()

    # What is in force -------------------------------------------------------------------------------------------------

    def show_query(self, query: Query, on_chips: tuple[str, ...]) -> None:
        """Show the filters in force but those `on_chips`, which a chip of the list shows already."""
        self._query = query
        self._chip_shown = on_chips
        _empty(self._active)
        words = filters.chips(query, self._context.session.policy, self._chip_shown)
        for code, said in words.items():
            self._active.addWidget(button(said, lambda code=code: self._take_away(code), role="chip", icon="x",
                                          name=_("{filter}: take this filter away", filter=said)))
        mine = self._current()
        if mine is not None:
            self._active.addWidget(button(_("Rename this search…"), lambda: self._rename(mine), role="link"))
            self._active.addWidget(button(_("Delete this search…"), lambda: self._delete(mine), role="link"))
        elif words or query.narrows() or query.sort != "name":
            self._active.addWidget(button(_("Save this search…"), self._save, role="link"))
        if words:
            self._active.addWidget(button(_("Take all filters away"), self._take_all_away, role="link"))
        self.active_row.setVisible(self._active.count() > 0)
        self._mark_saved(mine)

    def _take_away(self, code: str) -> None:
        self.asked.emit(replace(self._query, **{code: ""}))

    def _take_all_away(self) -> None:
        query = self._query
        kept = {code: getattr(query, code) for code in self._chip_shown}
        self.asked.emit(Query(query.kind, sort=query.sort, descending=query.descending, text=query.text, **kept))

    # The form ---------------------------------------------------------------------------------------------------------

    def open_filter(self) -> None:
        """Read what people have, then ask."""
        session, kind = self._context.session, self._kind
        self._context.jobs.run("read", lambda: queries.offered(session, kind), owner=self, done=self._ask_filter, failed=self._failed)

    def _ask_filter(self, offered: dict) -> None:
        specs = filters.specs(self._query, offered, self._context.session.policy)
        now = {spec.code: getattr(self._query, spec.code) for spec in specs}
        self._open(Entry(_("Filter"), "", specs, _("Show these"), self._filtered, values=now, columns=3), self.filter_button)

    def _filtered(self, values: dict[str, str]) -> None:
        try:
            query = queries.read(values, self._query)
        except Invalid as refused:
            self.slot.show_problems(refused)
            return
        self.slot.close_up()
        self.asked.emit(query)

    def open_columns(self) -> None:
        """Choose the columns and their order."""
        made = every(self._kind, self._context.words)
        shown = self.columns or tuple(column.code for column in usual(self._kind, self._context.words))
        self._open(ColumnsCard(made, shown, ALWAYS, self._choose_columns), self.columns_button)

    def _choose_columns(self, codes: list[str]) -> None:
        self._keep(lambda: saved.choose_columns(self._context.session, self._kind, codes))
        self.columns = tuple(codes)
        self.columns_chosen.emit()

    def _open(self, card: Card, origin: QPushButton) -> None:
        self.slot.close_up()
        self._origin = origin
        self.slot.ask(card)

    def _to_origin(self) -> None:
        if self._origin is not None:
            self._origin.setFocus()

    # Saved searches ---------------------------------------------------------------------------------------------------

    def list_saved(self) -> None:
        """Show a chip for each of the officer's searches of this list."""
        _empty(self._saved)
        self._chips: dict[str, QPushButton] = {}
        self._all = saved.listing(self._context.session, self._kind)
        for one in self._all:
            chip = button(one.name, lambda one=one: self._show_saved(one), role="chip", icon="search",
                          name=_("Saved search: {name}", name=one.name), tip=queries.describe(one.query, self._context.session.policy))
            chip.setCheckable(True)
            self._chips[one.name] = chip
            self._saved.addWidget(chip)
        self.saved_row.setVisible(bool(self._all))

    def open_saved(self, name: str) -> None:
        """Show the search of that name, where it is of this list."""
        for one in self._all:
            if one.name == name:
                self._show_saved(one)

    def _show_saved(self, one: saved.Saved) -> None:
        if one.columns and one.columns != self.columns:
            self.columns = one.columns
            self.columns_chosen.emit()
        self.asked.emit(one.query)

    def _current(self) -> saved.Saved | None:
        return next((one for one in self._all if one.query == self._query), None)

    def _mark_saved(self, mine: saved.Saved | None) -> None:
        for name, chip in self._chips.items():
            chip.setChecked(mine is not None and name == mine.name)

    def _save(self) -> None:
        specs = [FieldSpec("search_name", _("Name of the search"), longest=saved.LONGEST)]
        if self._all:
            specs.append(FieldSpec("replace", _("Replace the search of that name"), "tick"))
        self._open(Entry(_("Save this search"), queries.describe(self._query, self._context.session.policy) + ".", specs, _("Save"),
                         self._saved_as), self.filter_button)

    def _saved_as(self, values: dict[str, str]) -> None:
        self._in_card(lambda: saved.save(self._context.session, values["search_name"], self._query, self.columns,
                                         replacing=bool(values.get("replace"))))

    def _rename(self, mine: saved.Saved) -> None:
        def rename(values: dict[str, str]) -> None:
            self._in_card(lambda: saved.rename(self._context.session, mine.name, values["search_name"]))
        specs = [FieldSpec("search_name", _("Name of the search"), longest=saved.LONGEST)]
        self._open(Entry(_("Rename “{name}”", name=mine.name), "", specs, _("Rename"), rename, values={"search_name": mine.name}),
                   self.filter_button)

    def _delete(self, mine: saved.Saved) -> None:
        ask.confirm(self.active_row, _("Delete the search “{name}”?", name=mine.name), _("The people it finds stay as they are."),
                    _("Delete"), lambda: self._in_card(lambda: saved.delete(self._context.session, mine.name)))

    def _in_card(self, work) -> None:
        if self._keep(work):
            self.slot.close_up()
            self.list_saved()
            self.show_query(self._query, self._chip_shown)

    def _keep(self, work) -> bool:
        try:
            work()
        except Invalid as refused:
            if not self.slot.show_problems(refused):
                self._failed(refused)
            return False
        except DeskError as error:
            self._failed(error)
            return False
        return True

    def _failed(self, error: Exception) -> None:
        failures.show(self._context, error)


def _row() -> tuple[QWidget, Flow]:
    from PySide6.QtWidgets import QSizePolicy
    holder = QWidget()
    holder.setProperty("role", "plain")
    policy = holder.sizePolicy()
    policy.setHeightForWidth(True)
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)  # Minimum would reserve the height it has where it is narrowest
    holder.setSizePolicy(policy)
    holder.hide()
    made = Flow(holder)
    made.setSpacing(theme.SPACE)
    return holder, made


def _empty(layout: Flow) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        widget.hide()
        widget.deleteLater()
