"""Handing sheets in at the table: a field for the code reader, pictures, or ticking a list; what is missing shows at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.custody import Piece
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CanvassSession, Sheet
from dpdesk.services.hand_in import Came, Reconciled, Shown
from dpdesk.services.session_words import came_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button, empty_out, row, set_role, text
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, moment, trn

_LAST = 6


@dataclass(frozen=True)
class Seen:
    """The session, issued against returned, and its sheets by identity."""

    session: CanvassSession
    told: Reconciled
    sheets: dict[str, Sheet]


class ReturnPage(SessionPage):
    """The cursor stays in the field: a code reader types the code and Enter."""

    code = "sheets_return"
    title = marked("Hand sheets in")
    icon = "download"
    right = Right.SHEETS_RUN
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Hand sheets in"))
        self.add_way_back()
        self.seen: Seen | None = None
        self.ticks: dict[Piece, Tick] = {}
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Code or number of a page"))
        self.field.setPlaceholderText(_("Scan a code, or type the number under it, and press Enter"))
        self.field.setMinimumHeight(round(48 * theme.scale()))
        self.field.returnPressed.connect(self.show_typed)
        self.answer = text("", "heading")
        self.answer.hide()
        self._last = QVBoxLayout()
        self._missing = QVBoxLayout()
        self._missing.setSpacing(theme.SPACE // 2)
        self.picture = button(_("From a picture…"), self._choose, icon="file-up")
        self.tick = button(_("Hand in what is ticked"), self.tick_all, icon="check")
        self.lost = button(_("What is ticked is lost…"), self.say_lost, role="danger")
        self.body.addWidget(self.field)
        self.body.addWidget(self.answer)
        self.body.addLayout(self._last)
        self.body.addLayout(row(self.picture, None))
        self.heading = text("", "heading")
        self.body.addWidget(self.heading)
        self.body.addLayout(self._missing)
        self.body.addWidget(flow(self.tick, self.lost))
        self.body.addLayout(self.slot)
        self.body.addStretch(1)

    def start_at(self) -> QWidget:
        """The cursor is where the code reader types."""
        return self.field

    def refresh(self) -> None:
        """Read what is not back."""
        if self.id:
            session, wanted = self.context.session, self.id
            self.read(lambda: _seen(session, wanted), self._show)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        empty_out(self._missing)
        kept = {piece for piece, tick in self.ticks.items() if tick.isChecked()}
        self.ticks = {}
        issued = sum(len(each.issued) for each in seen.told.holdings)
        missing = len(seen.told.missing)
        senior = seen.session.somebody(seen.session.senior)
        self.header.set_state(_("Everything goes to {name}. {back} of {all} pages are back.", name=senior.name if senior else "",
                                back=issued - missing, all=issued))
        self.heading.setText(trn("{n} page is not back", "{n} pages are not back", missing) if missing else
                             _("Every page that was handed out is back") if issued else _("Nothing was handed out yet"))
        for each in seen.told.holdings:
            if each.missing:
                name = each.who.name or _("somebody erased since")
                every = button(_("Tick all"), lambda some=each.missing: self._tick(some), role="quiet",
                               name=_("Tick all of {name}", name=name))
                line = row(text(_("With {name}", name=name), "label"), every)
                line.setStretch(0, 1)
                self._missing.addLayout(line)
            for piece in each.missing:
                sheet = seen.sheets[piece.sheet]
                tick = Tick(_("{title}, page {page} of {pages}, copy {copy}", title=sheet.title, page=piece.page, pages=sheet.pages,
                                   copy=piece.copy))
                tick.setMinimumHeight(theme.TARGET)
                tick.setChecked(piece in kept)
                self.ticks[piece] = tick
                self._missing.addWidget(tick)
        for each in (self.tick, self.lost):
            each.setVisible(bool(self.ticks))
        if seen.told.overdue:
            self._missing.addWidget(text(_("They should have been back by {moment}.", moment=moment(seen.session.back_by)), "warning"))

    def _tick(self, some: tuple[Piece, ...]) -> None:
        every = all(self.ticks[piece].isChecked() for piece in some)
        for piece in some:
            self.ticks[piece].setChecked(not every)

    def show_typed(self) -> None:
        """Hand in the page in the field."""
        from dpdesk.services import hand_in
        typed, session, wanted = self.field.text().strip(), self.context.session, self.id
        self.field.clear()
        if typed:
            self.context.jobs.run("write", lambda: [hand_in.show(session, wanted, typed)], owner=self, done=self._taken,
                                  failed=self._refused)

    def _choose(self) -> None:
        ask.choose_several(self, _("Choose pictures of pages"), _("Pictures (*.jpg *.jpeg *.png *.tif *.tiff *.pdf)"), self.show_pictures)

    def show_pictures(self, paths: list[Path]) -> None:
        """Hand in every page seen in the pictures."""
        from dpdesk.services import hand_in
        session, wanted = self.context.session, self.id
        self.context.jobs.run("write", lambda: [each for path in paths for each in hand_in.show_picture(session, wanted, path)],
                              owner=self, done=self._taken, failed=self._refused)

    def tick_all(self) -> None:
        """Hand in what is ticked."""
        from dpdesk.services import hand_in
        chosen, session, wanted = [piece for piece, tick in self.ticks.items() if tick.isChecked()], self.context.session, self.id
        if chosen:
            self.context.jobs.run("write", lambda: hand_in.tick(session, wanted, chosen), owner=self, done=self._taken,
                                  failed=self._refused)

    def _taken(self, shown: list[Shown]) -> None:
        for each in shown:
            words = _("{title}, page {page}: {came}", title=each.sheet.title, page=each.piece.page, came=came_name(each.came.value))
            self._last.insertWidget(0, text(words, "done" if each.came is Came.IN else "warning"))
        while self._last.count() > _LAST:
            self._last.takeAt(_LAST).widget().deleteLater()
        if shown:
            last = shown[-1]
            self._say("done" if last.came is Came.IN else "warning",
                      trn("{n} page left", "{n} pages left", last.left) if last.left else _("Every page is back"))
        self.context.changed("sessions")
        self.refresh()
        self.field.setFocus()

    def _refused(self, error: Exception) -> None:
        self._say("error", failures.words_for(error))
        self.field.setFocus()

    def _say(self, role: str, words: str) -> None:
        set_role(self.answer, role)
        self.answer.setText(words)
        self.answer.setAccessibleName(words)
        self.answer.show()

    def say_lost(self) -> None:
        """Ask what is known, and say that the ticked pages are lost."""
        chosen = [piece for piece, tick in self.ticks.items() if tick.isChecked()]
        if not chosen:
            self._say("warning", _("Tick the pages that are lost first."))
            return

        def send(values: dict[str, str]) -> None:
            from dpdesk.services import losing
            session = self.context.session
            self.send(lambda: losing.lose(session, chosen, values["how"]),
                      lambda _losses: self.context.go("sheet_losses", {"back": self.id}))
        self.slot.ask(Entry(trn("{n} page is lost", "{n} pages are lost", len(chosen)), _(
            "Say what is known. An incident is opened at once, with exactly whose data was on them; the accountable person decides on it."),
            (FieldSpec("how", _("What is known"), "long"),), _("Report it"), send, role="danger"))


def _seen(session, wanted: str) -> Seen:
    from dpdesk.services import hand_in, sessions, sheets
    return Seen(sessions.get(session, wanted), hand_in.reconcile(session, wanted),
                {each.id: each for each in sheets.listing(session, wanted)})
