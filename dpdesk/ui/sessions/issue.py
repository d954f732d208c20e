"""Handing sheets out: to whom, which, the briefing read out, and how they acknowledge it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.custody import How
from dpdesk.domain.roles import Right
from dpdesk.domain.secret import Secret
from dpdesk.domain.sessions import CanvassSession, Part, Participant, Sheet
from dpdesk.services.translation import marked
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.sessions.signing import SignatureField
from dpdesk.ui.widgets.parts import Choice, button, card, empty_out, row, text
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, trn

_WAYS = ((How.PIN, marked("with their PIN")), (How.SIGNATURE, marked("by signing here")), (How.WORD, marked("on my word: they said so")))
_CHOOSER = 560  # pixels at 100 %


@dataclass(frozen=True)
class Seen:
    """The session, the briefing, and the sheets that can be handed out, with the holder each is allotted to."""

    session: CanvassSession
    version: int
    briefing: str
    ready: list[tuple[Sheet, str]]
    out: bool


class IssuePage(SessionPage):
    """Who comes first: their own sheets are ticked then."""

    code = "sheets_issue"
    title = marked("Hand sheets out")
    icon = "user"
    right = Right.SHEETS_RUN
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Hand sheets out"))
        self.add_way_back()
        self.seen: Seen | None = None
        self.ticks: dict[str, Tick] = {}
        self.who = Choice(name=_("Responsible individual"))
        self.who.activated.connect(lambda _at: self._choose())
        self._sheets = QVBoxLayout()
        self.briefing = text("")
        inside = QVBoxLayout()
        inside.addWidget(self.briefing)
        self.how = Choice(tuple((how.value, _(words)) for how, words in _WAYS), name=_("How they acknowledge the briefing"))
        self.how.activated.connect(lambda _at: self._fit())
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.pin.setMinimumHeight(theme.TARGET)
        self.pin.setMaximumWidth(round(220 * theme.scale()))
        self.pin.setAccessibleName(_("Their PIN"))
        self.pin_label = text(_("Their PIN"), "label")
        self.pin_label.setBuddy(self.pin)
        self.pin.returnPressed.connect(lambda: self.hand_out() if self.hand.isEnabled() else None)
        self.choose_pin = button(_("Let them choose this PIN"), self._set_pin)
        self.signature = SignatureField()
        self.again = button(_("Sign anew"), self.signature.clear, role="quiet")
        self.hand = button(_("Hand out"), self.hand_out, role="primary", icon="check")
        self.hand.setMinimumHeight(round(44 * theme.scale()))
        self.nothing = text("", "quiet")
        self._lay_out(card(inside))
        self._fit()

    def _lay_out(self, briefing: QWidget) -> None:
        """To whom, what, the briefing, and how they acknowledge it: in the order of the conversation."""
        for chooser in (self.who, self.how):
            chooser.setMaximumWidth(round(_CHOOSER * theme.scale()))
        self.read_out = text(_("Read this out, or let them read it"), "heading")
        self._sheets.setSpacing(0)
        self.body.addWidget(text(_("To whom?"), "heading"))
        self.body.addWidget(self.who)
        self.body.addSpacing(theme.SPACE)
        for widget in (text(_("Which sheets?"), "heading"), self.nothing):
            self.body.addWidget(widget)
        self.body.addLayout(self._sheets)
        self.body.addSpacing(theme.SPACE)
        self.body.addWidget(self.read_out)
        self.body.addWidget(briefing)
        self.body.addSpacing(theme.SPACE)
        self.body.addWidget(text(_("They acknowledge it"), "heading"))
        self.body.addWidget(self.how)
        pin = QVBoxLayout()
        pin.setSpacing(theme.SPACE // 2)
        pin.addWidget(self.pin_label)
        pin.addLayout(row(self.pin, self.choose_pin, None))
        self.body.addLayout(pin)
        self.body.addWidget(self.signature)
        self.body.addLayout(row(self.again, None))
        self.body.addLayout(row(self.hand, None))
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read who there is and what can be handed out."""
        if self.id:
            session, wanted = self.context.session, self.id
            self.read(lambda: _seen(session, wanted), self._show)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.briefing.setText(seen.briefing)
        self.read_out.setText(_("Read this out, or let them read it (version {version})", version=seen.version))
        holders = [each for each in seen.session.people if each.part is not Part.CANVASSER]
        self.who.offer([(each.id, each.name or _("somebody erased since")) for each in holders])
        waiting = {holder for _sheet, holder in seen.ready}
        if holders and self.who.code() not in waiting:
            self.who.choose(next((each.id for each in holders if each.id in waiting), holders[0].id))
        self.header.set_state(trn("{n} sheet is ready to be handed out.", "{n} sheets are ready to be handed out.", len(seen.ready)))
        self._choose()

    def _choose(self) -> None:
        empty_out(self._sheets)
        self.ticks = {}
        who = self.who.code()
        for sheet, holder in (self.seen.ready if self.seen else []):
            tick = Tick(_("{title}, {pages}", title=sheet.title, pages=trn("{n} page", "{n} pages", sheet.pages)))
            tick.setChecked(holder == who)
            tick.setMinimumHeight(theme.TARGET)
            tick.clicked.connect(lambda _on: self._fit())
            self.ticks[sheet.id] = tick
            self._sheets.addWidget(tick)
        ready = bool(self.ticks)
        self.nothing.setText("" if ready else
                             _("Every printed sheet is handed out.") if self.seen and self.seen.out else
                             _("Nothing is printed and in hand. Print sheets first."))
        self.nothing.setVisible(not ready)
        self.pin.clear()
        self.signature.clear()
        self._fit()

    def start_at(self) -> QWidget:
        """Who comes first."""
        return self.who

    def _person(self) -> Participant | None:
        return self.seen.session.somebody(self.who.code()) if self.seen else None

    def _fit(self) -> None:
        way, who = How(self.how.code() or How.PIN.value), self._person()
        for part in (self.pin_label, self.pin):
            part.setVisible(way is How.PIN)
        self.choose_pin.setVisible(way is How.PIN and who is not None and not who.has_pin)
        self.signature.setVisible(way is How.SIGNATURE)
        self.again.setVisible(way is How.SIGNATURE)
        count = sum(tick.isChecked() for tick in self.ticks.values())
        self.hand.setEnabled(bool(count))
        self.hand.setText(trn("Hand {n} sheet out", "Hand {n} sheets out", count) if count else _("Hand out"))

    def _set_pin(self) -> None:
        from dpdesk.services import sessions
        session, wanted, who, pin = self.context.session, self.id, self.who.code(), Secret(self.pin.text())
        self.write(lambda: sessions.set_pin(session, wanted, who, pin), lambda _none: self._pin_is_set(self.who.currentText()))

    def _pin_is_set(self, name: str) -> None:
        self.refresh()
        self.pin.setFocus()
        self.context.say("done", _("{name} has a PIN now, and types it once more to acknowledge the briefing.", name=name), None)

    def hand_out(self) -> None:
        """Hand out what is ticked."""
        from dpdesk.services import issuing
        if self.seen is None:
            return
        way = How(self.how.code())
        said = issuing.Acknowledged(way, self.seen.version, Secret(self.pin.text()) if way is How.PIN else None,
                                    tuple(map(tuple, self.signature.strokes)) if way is How.SIGNATURE else ())
        chosen = [sheet for sheet, tick in self.ticks.items() if tick.isChecked()]
        session, who, name = self.context.session, self.who.code(), self.who.currentText()

        def done(pages: list) -> None:
            self.refresh()
            self.context.say("done", trn("{n} page is with {name} now.", "{n} pages are with {name} now.", len(pages), name=name), (
                _("See the board"), lambda: self.context.go("session", {"id": self.id})))
        self.write(lambda: issuing.issue(session, chosen, who, said), done)


def _seen(session, wanted: str) -> Seen:
    from dpdesk.domain.custody import State
    from dpdesk.services import allotments, issuing, sessions, sheets
    found = sessions.get(session, wanted)
    holders = {each.id: each.holder for each in allotments.listing(session, wanted)}
    newest = issuing.briefings(session)[0]
    listed = sheets.listing(session, wanted)
    ready = [(each, holders.get(each.allotment, "")) for each in listed if each.state is State.PRINTED]
    return Seen(found, newest.version, newest.text, ready, any(each.state in (State.ISSUED, State.OUT) for each in listed))
