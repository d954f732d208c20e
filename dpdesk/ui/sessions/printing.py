"""Printing sheets: which, drawn and read back, looked at page by page, then printed or saved; and whether they came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.custody import PageCopy, Piece, State
from dpdesk.domain.errors import Declined, Hindered
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CanvassSession, Sheet
from dpdesk.services.session_words import column_name, cost_sentence, state_name
from dpdesk.services.translation import marked
from dpdesk.ui import leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.sessions.preview import Preview
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.widgets.progress import ProgressLine
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, trn


@dataclass(frozen=True)
class Seen:
    """The session, its sheets, allotments without a sheet, and pages that were drawn and nobody spoke of since."""

    session: CanvassSession
    sheets: list[Sheet]
    unmade: list[Any]
    waiting: list[PageCopy]


class PrintPage(SessionPage):
    """Print is offered only once every page was read back."""

    code = "sheets_print"
    title = marked("Print sheets")
    icon = "printer"
    right = Right.SHEETS_RUN
    wide = True
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Print sheets"))
        self.add_way_back()
        self.drawn: Any = None
        self.ticks: dict[str, Tick] = {}
        self._line: ProgressLine | None = None
        self._waiting, self._sheets, self._work = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.cost = text("", "quiet")
        self.draw = button(_("Prepare the pages"), self.draw_them, role="primary", icon="file-text")
        self.result = QWidget()
        column = QVBoxLayout(self.result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.said = text("", "heading")
        self.preview = Preview(context)
        self.print = button(_("Print…"), self._print, role="primary", icon="printer")
        self.save = button(_("Save as PDF…"), self._save, icon="download")
        self.drop = button(_("They are not printed"), self.drop_them, role="quiet")
        column.addWidget(self.said)
        column.addLayout(row(self.print, self.save, self.drop, None))
        column.addWidget(self.preview, 1)
        self.choosing = QWidget()  # steps back while a drawing waits to be printed
        choosing = QVBoxLayout(self.choosing)
        choosing.setContentsMargins(0, 0, 0, 0)
        choosing.setSpacing(2 * theme.SPACE)
        self._sheets.setSpacing(0)
        self._waiting.setSpacing(theme.SPACE)
        choosing.addLayout(self._sheets)
        choosing.addWidget(self.cost)
        choosing.addLayout(row(self.draw, None))
        self.body.addLayout(self._waiting)
        self.body.addWidget(self.choosing)
        self.body.addLayout(self._work)
        self.body.addWidget(self.result, 1)
        self.body.addStretch(0)
        self.result.hide()

    def refresh(self) -> None:
        """Read what there is to print."""
        if self.id:
            session, wanted = self.context.session, self.id
            self.read(lambda: _seen(session, wanted), self._show)

    def start_at(self) -> QWidget:
        """Enter prepares what is ticked."""
        return self.draw

    def leave(self) -> bool:
        """A drawing stays until somebody says what became of it; its pages wait on the board."""
        self._put_down()
        return True

    def _put_down(self) -> None:
        self.preview.stop()
        self.drawn = None
        self.result.hide()
        self.choosing.show()

    def _show(self, seen: Seen) -> None:
        mine = set(self.drawn.pieces) if self.drawn else set()
        waiting = [each for each in seen.waiting if each.piece not in mine]
        empty_out(self._waiting)
        if waiting:
            pieces = [each.piece for each in waiting]
            self._waiting.addWidget(flag(trn("{n} page was drawn before, and nobody said whether it was printed.",
                                             "{n} pages were drawn before, and nobody said whether they were printed.", len(pieces)),
                                         "triangle-alert", "warning"))
            self._waiting.addLayout(row(button(_("They were printed"), lambda: self._came_out(pieces)),
                                        button(_("They were not"), lambda: self._not_out(pieces)), None))
        empty_out(self._sheets)
        kept = {sheet for sheet, tick in self.ticks.items() if tick.isChecked()}
        self.ticks = {}
        if seen.unmade and self.may():
            self._sheets.addWidget(button(trn("Make the sheet of {n} walk", "Make the sheets of {n} walks", len(seen.unmade)),
                                          lambda: self._make(seen.unmade), icon="plus"))
        for sheet in seen.sheets:
            tick = Tick(_("{title}: {pages}, {people}. {state}", title=sheet.title, pages=trn("{n} page", "{n} pages", sheet.pages),
                               people=trn("{n} elector", "{n} electors", sheet.people), state=state_name(sheet.state.value)
                               if sheet.state is not State.DRAFTED else _("Not printed yet")))
            tick.setMinimumHeight(theme.TARGET)
            tick.setChecked(sheet.id in kept or (not kept and sheet.state is State.DRAFTED and not waiting))
            self.ticks[sheet.id] = tick
            self._sheets.addWidget(tick)
        columns = next((sheet.columns for sheet in seen.sheets), ())
        named = ", ".join(column_name(code) for code in columns)
        self.cost.setText((_("Beside name, number and door they print: {columns}.", columns=named) if named else
                           _("They print name, number and door, and nothing else.")) + " " + cost_sentence(columns))
        self.header.set_state(_("Each page is read back by machine before you can print it. Each print is a copy of its own."))
        self.draw.setVisible(bool(self.ticks))

    def _make(self, unmade: list) -> None:
        from dpdesk.services import sheets
        session = self.context.session
        self.write(lambda: sheets.make(session, unmade), lambda _made: self.refresh())

    def draw_them(self) -> None:
        """Draw what is ticked, and read it back."""
        from dpdesk.services import sheet_print
        chosen = [sheet for sheet, tick in self.ticks.items() if tick.isChecked()]
        if not chosen or self._line is not None:
            self.context.say("warning", _("Tick the sheets to print."), None)
            return
        self.result.hide()
        session = self.context.session
        token = self.context.jobs.token(lambda at, total: self._line and self._line.update(at, total))
        self._line = ProgressLine(_("Preparing, and reading every page back"), token.cancel)
        self._work.addWidget(self._line)

        def settle() -> None:
            if self._line is not None:
                self._line.finish()
                self._line = None

        def done(drawn: Any) -> None:
            settle()
            self.drawn = drawn
            self.said.setText(trn("{n} page, read back without a fault", "{n} pages, all read back without a fault", len(drawn.pieces)))
            self.choosing.hide()
            self.result.show()
            self.preview.show_drawn(drawn)
            self.print.setFocus()
            self.refresh()

        def failed(error: Exception) -> None:
            settle()
            self.failed(error)
        self.context.jobs.run("other", lambda: sheet_print.draw(session, chosen, None, token.progress, token.cancelled), owner=self,
                              done=done, failed=failed, token=token)

    def _print(self) -> None:
        if ask.choose_printer(self, self.send) is None:
            self.failed(Hindered("sheets.no_printer"))

    def send(self, printer: Any) -> None:
        """To paper alone: a printer that writes a file would pass the copies door by."""
        if printer.outputFileName() or printer.outputFormat() != printer.OutputFormat.NativeFormat:
            self.failed(Declined("sheets.prints_a_file"))
        else:
            self.paint(printer)

    def paint(self, printer: Any) -> None:
        """Send the drawing to a printer, page by page, and ask whether it came out."""
        drawn = self.drawn
        if drawn is not None:
            self.preview.paint(printer, drawn, lambda: self._ask(drawn.pieces), self.failed)

    def _ask(self, pieces: Sequence[Piece]) -> None:
        ask.confirm(self, trn("Did the page come out?", "Did all {n} pages come out?", len(pieces)), _(
            "Say so once they lie in the tray: from then on the desk asks where each of them is. If some did not come out, or came out "
            "spoiled, say yes and mark those as void on their sheet."), _("Yes, they came out"), lambda: self._came_out(pieces))

    def _came_out(self, pieces: Sequence[Piece]) -> None:
        from dpdesk.services import sheet_print
        session = self.context.session
        self.write(lambda: sheet_print.printed(session, pieces), lambda pages: self._over(trn(
            "{n} page is printed and in hand.", "{n} pages are printed and in hand.", len(pages)), self._hand_out()))

    def drop_them(self) -> None:
        """The drawing is not printed."""
        if self.drawn is not None:
            self._not_out(self.drawn.pieces)

    def _not_out(self, pieces: Sequence[Piece]) -> None:
        from dpdesk.services import sheet_print
        session = self.context.session
        self.write(lambda: sheet_print.not_printed(session, pieces), lambda _pages: self._over(
            _("Nothing of it is on paper. The next print has a new copy number.")))

    def _hand_out(self) -> tuple | None:
        return (_("Hand them out"), lambda: self.context.go("sheets_issue", {"id": self.id})) if self.may() else None

    def _over(self, words: str, then: tuple | None = None) -> None:
        self._put_down()
        self.context.say("done", words, then)
        self.refresh()

    def _save(self) -> None:
        leaving.choose(self, self.context.jobs, CopyKind.SHEETS, leaving.Chooser(_("Save the sheets as PDF"), "sheets.pdf",
                                                                                 _("PDF (*.pdf)")), self.save_to, self.failed)

    def save_to(self, path: Path, accepted: str) -> None:
        """Save the drawing through the copies door."""
        from dpdesk.services import sheet_print
        session, drawn = self.context.session, self.drawn
        if drawn is not None:
            self.write(lambda: sheet_print.save(session, drawn, path, accepted=accepted), lambda _copy: self._over(
                _("Saved as “{file}”, and counted as printed. Print it, and delete the file today: it is on the list of copies.",
                  file=path.name), self._hand_out()))


def _seen(session, wanted: str) -> Seen:
    from dpdesk.services import allotments, sessions, sheet_print, sheets
    listed = sheets.listing(session, wanted)
    made, mine = {each.allotment for each in listed}, {each.id for each in listed}
    open_ones = [each for each in listed if each.state not in (State.DESTROYED, State.VERIFIED, State.UPLOADED)]
    return Seen(sessions.get(session, wanted), open_ones, [each for each in allotments.listing(session, wanted) if each.id not in made],
                [each for each in sheet_print.waiting(session) if each.piece.sheet in mine])
