"""One sheet: where each page is, what happened to it, who is on it, and what can be said of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.custody import Event, Move, PageCopy, may
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Sheet
from dpdesk.services.session_words import how_name, kind_name, move_name, state_name
from dpdesk.services.sheets import Line
from dpdesk.services.translation import marked
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn


@dataclass(frozen=True)
class Seen:
    """A sheet with its paper, its events and the names in them, and its lines."""

    sheet: Sheet
    pages: list[PageCopy]
    events: list[Event]
    names: dict[str, str]
    lines: list[Line]


class SheetPage(SessionPage):
    """The identity of the sheet is its place."""

    code = "sheet"
    title = marked("Sheet")
    icon = "file-text"
    right = Right.SHEETS_SEE
    wide = True
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Sheet"))
        self.add_back(_("The session"), self._back)
        self.seen: Seen | None = None
        self.table = Ordered((_("Page"), _("Copy"), _("Stands at"), _("With"), _("Since")), _("Pages of the sheet"), wide=3, movable=False)
        self._acts, self._below = QVBoxLayout(), QVBoxLayout()
        self.table.marked.connect(lambda _code: self._show_acts())
        self.facts = QVBoxLayout()
        self.body.addLayout(self.facts)
        self.body.addWidget(self.table)
        for each in (self._acts, self.slot, self._below):
            each.setSpacing(theme.SPACE)
            self.body.addLayout(each)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read the sheet."""
        if self.id:
            session, wanted = self.context.session, self.id
            self.read(lambda: _seen(session, wanted), self._show)

    def _back(self) -> None:
        self.context.go("session", {"id": self.seen.sheet.session} if self.seen else None)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        sheet = seen.sheet
        self.header.set_title(sheet.title)
        self.header.set_state(_("Sheet {number}. {state}.", number=sheet.spoken, state=state_name(sheet.state.value)))
        empty_out(self.facts)
        self.facts.addWidget(fact_list([
            (_("What for"), kind_name(sheet.kind.value)), (_("Pages"), str(sheet.pages)), (_("Electors"), str(sheet.people)),
            (_("Back by"), moment(sheet.back_by))], stacked=False))
        self.table.show_rows([(f"{page.piece.page}/{page.piece.copy}", (
            str(page.piece.page), str(page.piece.copy), state_name(page.state.value),
            seen.names.get(f"person:{page.holder}", "") if page.holder else "", moment(page.since))) for page in seen.pages])
        self.table.fit_rows(10)
        self.table.setVisible(bool(seen.pages))
        self._show_acts()
        self._show_below(seen)

    def _current(self) -> PageCopy | None:
        code = self.table.current()
        return next((page for page in (self.seen.pages if self.seen else []) if f"{page.piece.page}/{page.piece.copy}" == code), None)

    def _show_acts(self) -> None:
        empty_out(self._acts)
        page = self._current()
        if page is None or not self.may():
            return
        acts: list[QWidget] = []
        for move, words, role in ((Move.VOID, _("This page is void…"), ""), (Move.HOLD, _("Hold it back from destruction…"), ""),
                                  (Move.RELEASE, _("End the hold…"), ""), (Move.LOSE, _("This page is lost…"), "danger")):
            if may(page, move):
                acts.append(button(words, lambda move=move: self.ask(move), role=role))
        if acts:
            self._acts.addWidget(text(_("Page {page}, copy {copy}", page=page.piece.page, copy=page.piece.copy), "label"))
            self._acts.addWidget(flow(*acts))

    def ask(self, move: Move) -> None:
        """Ask why, and do it."""
        from dpdesk.services import custody, losing
        page, session = self._current(), self.context.session
        if page is None:
            return
        does: dict[Move, Any] = {Move.VOID: custody.void, Move.HOLD: custody.hold, Move.RELEASE: custody.release,
                                Move.LOSE: losing.lose}
        why = {Move.VOID: _("It was spoiled or never printed. What exists on paper is still destroyed with the rest."),
               Move.HOLD: _("A complaint, an enquiry or a legal hold: the page is not destroyed until that ends."),
               Move.RELEASE: _("The page is where it was before."),
               Move.LOSE: _("An incident is opened at once, with exactly whose data was on it; the accountable person decides on it.")}

        self.slot.ask(Entry(_("Page {page}, copy {copy}", page=page.piece.page, copy=page.piece.copy), why[move],
                     (FieldSpec("why", _("What is known") if move is Move.LOSE else _("Why"), longest=300),), _("Say so"),
                     lambda values: self.send(lambda: does[move](session, [page.piece], values["why"])),
                     role="danger" if move is Move.LOSE else "primary"))

    def _show_below(self, seen: Seen) -> None:
        empty_out(self._below)
        happened = Section(trn("What happened: {n} entry", "What happened: {n} entries", len(seen.events)), open=False)
        column = QVBoxLayout()
        column.setSpacing(2)
        for each in reversed(seen.events[-200:]):
            column.addWidget(text(_("{moment}: page {page}, copy {copy}. {move} {how}", moment=moment(each.at), page=each.piece.page,
                                    copy=each.piece.copy, move=move_name(each.move.value), how=how_name(each.how.value))
                                  + self._between(each, seen) + (f" · {each.note}" if each.note else ""), "quiet"))
        happened.body.addLayout(column)
        who = Section(_("Who is on it"), open=False)
        who.body.addWidget(fact_list([(_("{page}, line {line}", page=line.row.page, line=line.line),
                                       _("left empty on paper") if line.blank else f"{line.elector.key}  {line.elector.name}"
                                       if line.elector else _("not on the register any more")) for line in seen.lines]))
        for each in (who, happened):
            self._below.addWidget(each)

    def _between(self, event: Event, seen: Seen) -> str:
        giver, taker = seen.names.get(event.giver, ""), seen.names.get(event.taker, "")
        if event.move in (Move.ISSUE, Move.HAND_IN) and giver and taker:
            return " · " + _("{giver} to {taker}", giver=giver, taker=taker)
        return f" · {taker or giver}" if taker or giver else ""


def _seen(session, wanted: str) -> Seen:
    from dpdesk.services import custody, sheets
    sheet = sheets.get(session, wanted)
    pages, events = custody.copies_of(session, sheet.id), custody.events(session, sheet.id)
    parties = {party for each in events for party in (each.giver, each.taker)} | {f"person:{page.holder}" for page in pages if page.holder}
    return Seen(sheet, pages, events, custody.names(session, parties), sheets.rows_of(session, sheet.id))
