"""Seal files: which, to whom, what for, until when, and where it goes then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from dpdesk.domain.cards import CardState
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.services.transfers_words import holder
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.jobs import Token
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, card, empty_out, row, text
from dpdesk.ui.words import _, confidentiality_name, day, field_name, problem, trn

if TYPE_CHECKING:
    from dpdesk.domain.sessions import CanvassSession, Sheet
    from dpdesk.domain.transfers import Destination
    from dpdesk.services.cards import Kept
    from dpdesk.services.packages import Package


@dataclass(frozen=True)
class _Found:
    cards: list[Kept]
    destinations: list[Destination]


class SealPage(Page):
    """One form; the verb seals, and queues where a destination is ticked."""

    code, title, icon, right, chapter = "package_seal", marked("Seal files"), "lock", Right.TRANSFERS_SEND, "transfers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Seal files"))
        self.add_back(_("Packages"), lambda: context.go("packages", None))
        self.paths: list[Path] = []
        self.sheets: tuple[str, list[str]] = ("", [])
        self.to: dict[str, QCheckBox] = {}
        self.places: dict[str, QCheckBox] = {}
        self._files, self._to, self._places = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for heading, layout in ((_("What"), self._files), (_("To whom"), self._to), (_("Where it goes"), self._places)):
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE)
            column.addWidget(text(heading, "heading"))
            column.addLayout(layout)
            self.body.addWidget(card(column))
        classes = tuple((each.value, confidentiality_name(each.value)) for each in Confidentiality)
        self.form = Form([
            FieldSpec("purpose", field_name("purpose"), help=_("What they need it for; it stands inside the package."), longest=200),
            FieldSpec("classification", _("Class"), "choice", choices=classes),
            FieldSpec("days", field_name("days"), "number", _("After that dpdesk does not open it any more. At most 365."))])
        self.form.show({"classification": Confidentiality.STRICT.value, "days": "30"})
        self.body.addWidget(self.form)
        self.verb = button(_("Seal"), self.seal, role="primary", icon="lock")
        self.body.addLayout(row(self.verb, None))
        self.body.addStretch(1)
        self._show_files()

    def refresh(self) -> None:
        """Read cards and destinations; what is ticked stays."""
        from dpdesk.services import cards, destinations
        session = self.context.session
        self.context.jobs.run("read", lambda: _Found(cards.listing(session), destinations.listing(session)), owner=self, done=self._show,
                              failed=lambda error: failures.show(self.context, error))

    def _show(self, found: _Found) -> None:
        verified = [each for each in found.cards if each.state is CardState.VERIFIED]
        self.to = self._ticks(self._to, self.to, [(each.id, f"{each.card.name}, {holder(each.card)}") for each in verified])
        if not verified:
            self._to.addWidget(text(_("No card is verified yet."), "quiet"))
            self._to.addLayout(row(button(_("Officer cards…"), lambda: self.context.go("cards", None), icon="contact"), None))
        self.places = self._ticks(self._places, self.places, [(each.id, each.name) for each in found.destinations if each.pinned_at])
        if not self.places:
            self._places.addWidget(text(_("No destination is set up: it can be saved to a file afterwards."), "quiet"))

    def _ticks(self, layout: QVBoxLayout, before: dict[str, QCheckBox], wanted: list[tuple[str, str]]) -> dict[str, QCheckBox]:
        kept = {code for code, tick in before.items() if tick.isChecked()}
        empty_out(layout)
        made = {}
        for code, words in wanted:
            made[code] = tick = QCheckBox(words.replace("&", "&&"))
            tick.setMinimumHeight(theme.TARGET)
            tick.setChecked(code in kept)
            layout.addWidget(tick)
        return made

    def _show_files(self) -> None:
        empty_out(self._files)
        for path in self.paths[:20]:
            self._files.addWidget(text(path.name))
        if len(self.paths) > 20:
            self._files.addWidget(text(trn("… and {n} more file", "… and {n} more files", len(self.paths) - 20), "quiet"))
        if self.sheets[1]:
            which, some = self.sheets
            self._files.addWidget(text(trn("{n} sheet of {session}", "{n} sheets of {session}", len(some), session=which)))
        if not (self.paths or self.sheets[1]):
            self._files.addWidget(text(_("The files stay where they are; delete them once they have arrived."), "quiet"))
        acts = [button(_("Choose files…"), self._choose, icon="folder-open")]
        if self.context.session.may(Right.SHEETS_SEE) and self.context.session.may(Right.RESULTS_SEE):
            acts.append(button(_("A session’s sheets…"), self._ask_session, icon="list"))
        self._files.addWidget(flow(*acts))

    def _ask_session(self) -> None:
        from dpdesk.services import sessions
        session = self.context.session
        self.context.jobs.run("read", lambda: sessions.listing(session), owner=self, done=self._offer, failed=self._failed)

    def _offer(self, found: list[CanvassSession]) -> None:
        if not found:
            self.context.say("info", _("There is no session yet."), None)
            return
        empty_out(self._files)
        entry = Entry(_("A session’s sheets"), _("What was entered and scanned of them, with electors by their numbers alone."), [
            FieldSpec("session", _("Session"), "choice", choices=tuple((each.id, f"{day(each.on_day)}, {each.place}") for each in found))],
            _("Take these"), lambda values: self._take_session(next(each for each in found if each.id == values["session"])))
        entry.closed.connect(self._show_files)
        self._files.addWidget(entry)
        entry.start()

    def _take_session(self, parent: CanvassSession) -> None:
        from dpdesk.services import sheets
        session = self.context.session

        def done(made: list[Sheet]) -> None:
            self.sheets, self.paths = (f"{day(parent.on_day)}, {parent.place}", [each.id for each in made]), []
            self._show_files()
        self.context.jobs.run("read", lambda: sheets.listing(session, parent.id), owner=self, done=done, failed=self._failed)

    def _choose(self) -> None:
        ask.choose_several(self, _("Files to seal"), _("All files (*)"), self.take)

    def take(self, paths: list[Path]) -> None:
        """These files."""
        self.paths, self.sheets = list(dict.fromkeys([*self.paths, *paths])), ("", [])
        self._show_files()

    def seal(self) -> None:
        """Seal, and queue where a destination is ticked."""
        from dpdesk.services import outbox, packages, sheets_sealed
        session, values = self.context.session, self.form.values()
        self.form.clear_problems()
        wish = packages.Wish([code for code, tick in self.to.items() if tick.isChecked()], values["purpose"], tuple(self.paths),
                             classification=Confidentiality(values["classification"]),
                             days=int(values["days"]) if values["days"].isdigit() else 0)
        places = [code for code, tick in self.places.items() if tick.isChecked()]

        def work(token: Token) -> Package:
            hands = packages.Hands(token.progress, token.cancelled)
            made = (sheets_sealed.seal(session, self.sheets[1], wish.to, purpose=wish.purpose, days=wish.days, hands=hands)
                    if self.sheets[1] else packages.seal(session, wish, hands))
            if places:
                outbox.queue(session, made.id, places)
            return made

        def done(made: Package) -> None:
            self.paths, self.sheets = [], ("", [])
            self._show_files()
            self.form.show({"classification": Confidentiality.STRICT.value, "days": "30"})
            self.context.changed("packages")
            self.context.go("outbox" if places else "packages", None)
            words = _("It is sealed and waits to be sent.") if places else _("It is sealed. Save it to a file to hand it over.")
            self.context.say("done", words, None)
        self.context.work("write", _("Sealing"), work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Any) -> None:
        if isinstance(error, Invalid) and not set(error.problems) - {"purpose", "days", "files"}:
            self.form.show_problems({code: problem(why) if code != "files" else _("Choose one file or more.")
                                     for code, why in error.problems.items()})
        else:
            failures.show(self.context, error)
