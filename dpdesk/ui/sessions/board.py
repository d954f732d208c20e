"""The board of a session: every sheet by where it stands, who has what, and the next step; run at a table with a code reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.custody import State
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import Allotment, CanvassSession, SessionState, Sheet
from dpdesk.services.hand_in import Reconciled
from dpdesk.services.issuing import Signed
from dpdesk.services.session_words import kind_name, session_state_name, state_name, storage_name
from dpdesk.services.translation import marked
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions import cover
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.sessions.people_block import PeopleBlock
from dpdesk.ui.sessions.when import when_specs
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, field_name, moment, trn

COLUMNS: tuple[tuple[str, tuple[State, ...]], ...] = (
    (marked("To print"), (State.DRAFTED, State.VOID)), (marked("In hand, to hand out"), (State.PRINTED,)),
    (marked("With somebody"), (State.ISSUED, State.OUT, State.LOST)),
    (marked("Back, to enter"), (State.RETURNED, State.FOUND, State.SCANNED, State.ENTERED, State.HELD)),
    (marked("Done"), (State.VERIFIED, State.UPLOADED, State.DESTROYED)))
_COLUMN = 190  # pixels at 100 %: the least width of a column; what does not fit goes below
_NARROW = 900
_MARGINS, _ASIDE, _ABOVE = 72, 36, 26
_MATTERS = 5 * theme.SPACE  # pixels by which the width must change before tiles are laid out anew; a scroll bar is less


@dataclass(frozen=True)
class Seen:
    """A session with everything the board shows."""

    session: CanvassSession
    campaign: Campaign
    sheets: list[Sheet]
    allotments: list[Allotment]
    told: Reconciled
    signed: list[Signed]


class BoardPage(SessionPage):
    """F2 hands in, F3 hands out, F4 prints; every sheet is a button."""

    code = "session"
    title = marked("Session")
    icon = "users"
    right = Right.SHEETS_SEE
    wide = True
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Session"))
        self.add_back(_("Sessions"), lambda: context.go("sessions", None))
        self.seen: Seen | None = None
        self._laid = 0
        self._top, self._grid, self._below = QVBoxLayout(), QGridLayout(), QVBoxLayout()
        for each in (self._top, self._below):
            each.setSpacing(theme.SPACE)
        self._grid.setHorizontalSpacing(theme.SPACE * 2)
        self._grid.setVerticalSpacing(theme.SPACE * 2)
        self.body.addLayout(self.slot)  # what is asked stays while the board is read anew
        self.body.addLayout(self._top)
        self.body.addLayout(self._grid)
        self.body.addLayout(self._below)
        self.body.addStretch(1)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(60)
        self._resized.timeout.connect(lambda: self.seen is not None and self._show(self.seen))
        for key, act in (("F2", lambda: self._to("sheets_return")), ("F3", lambda: self._to("sheets_issue")),
                         ("F4", lambda: self._to("sheets_print"))):
            QShortcut(QKeySequence(key), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def refresh(self) -> None:
        """Read the session."""
        if self.id:
            session, wanted = self.context.session, self.id
            self.read(lambda: _seen(session, wanted), self._show)

    def _to(self, page: str) -> None:
        if self.seen is not None and self.seen.session.state is not SessionState.CLOSED and self.may():
            self.context.go(page, {"id": self.id})

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        for each in (self._top, self._grid, self._below):
            empty_out(each)
        found = seen.session
        self.header.set_title(_("Session of {day}", day=day(found.on_day)))
        away = len(seen.told.missing)
        self.header.set_state(" ".join((
            _("{state}. {campaign}, {time}, {place}.", state=session_state_name(found.state.value), campaign=seen.campaign.name,
              time=found.starts, place=found.place),
            trn("{n} page is with somebody.", "{n} pages are with somebody.", away) if away else "")).strip())
        self._flags(seen)
        self._actions(seen)
        self._columns(seen)
        self._people(seen)

    def _flags(self, seen: Seen) -> None:
        found = seen.session
        if seen.told.overdue:
            self._top.addWidget(flag(trn("{n} page should have been back by {moment}.", "{n} pages should have been back by {moment}.",
                                         len(seen.told.missing), moment=moment(found.back_by)), "triangle-alert", "danger"))
        if not found.authorised_by and found.state is not SessionState.CLOSED:
            self._top.addWidget(flag(_("Nobody has authorised paper to leave the premises yet: sheets cannot be handed out."),
                                     "shield-alert", "warning"))

    def _actions(self, seen: Seen) -> None:
        """The steps of a session as large buttons, in order."""
        found, next_act = seen.session, _next_act(seen)
        if not self.may() or found.state is SessionState.CLOSED:
            acts = [self._act(_("Cover sheet…"), lambda: cover.save(self, self.context, found.id), "printer")]
        else:
            acts = [self._act(_("Print sheets… (F4)"), lambda: self._to("sheets_print"), "printer", next_act == "print"),
                    self._act(_("Hand out… (F3)"), lambda: self._to("sheets_issue"), "user", next_act == "issue"),
                    self._act(_("Hand in… (F2)"), lambda: self._to("sheets_return"), "download", next_act == "return"),
                    self._act(_("Cover sheet…"), lambda: cover.save(self, self.context, found.id), "file-text")]
            if not found.authorised_by:
                acts.insert(0, self._act(_("Authorise…"), self._authorise, "shield-check", next_act == "authorise"))
            if found.state is SessionState.PLANNED:
                acts.append(self._act(_("Set off"), self._begin, "map-pin"))
            acts.append(self._act(_("Close the session…"), self._close, "lock"))
        self._top.addWidget(flow(*acts))

    def _act(self, words: str, act: Callable[[], object], icon: str, main: bool = False) -> QWidget:
        made = button(words, act, icon=icon, role="primary" if main else "")
        made.setMinimumHeight(round(44 * theme.scale()))
        return made

    def _columns(self, seen: Seen) -> None:
        holders = {each.id: seen.session.somebody(each.holder) for each in seen.allotments}
        across, self._laid = self._across(), self.width()
        wide = max(120, (self._room() - (across - 1) * theme.SPACE * 2) // across)
        for at in range(len(COLUMNS)):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        for at, (heading, states) in enumerate(COLUMNS):
            mine = [each for each in seen.sheets if each.state in states]
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE)
            column.addWidget(text(_("{heading}: {n}", heading=_(heading), n=len(mine)), "label"))
            if at == 0:
                made = {each.allotment for each in seen.sheets}
                for each in seen.allotments:
                    if each.id not in made:
                        column.addWidget(text(_("{title}: no sheet yet", title=each.title), "quiet"))
            for each in mine:
                who = holders.get(each.allotment)
                column.addWidget(self._tile(each, who.name if who else "", wide))
            column.addStretch(1)
            self._grid.addLayout(column, at // across, at % across)

    def _room(self) -> int:
        return self.width() - _MARGINS

    def _across(self) -> int:
        return max(1, min(len(COLUMNS), self._room() // round(_COLUMN * theme.scale())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns: tiles wrap their words to fit."""
        super().resizeEvent(event)
        if self.seen is not None and abs(event.size().width() - self._laid) > _MATTERS:
            self._resized.start()

    def _tile(self, sheet: Sheet, who: str, wide: int) -> QWidget:
        """A sheet as a large button: walk, holder, where it stands; its words wrapped to the column."""
        said = [sheet.title, *([who] if who else []), _("{state} · {pages}", state=state_name(sheet.state.value),
                                                        pages=trn("{n} page", "{n} pages", sheet.pages))]
        room = wide - _ASIDE
        lines = [part for words in said for part in wrapped(words, self.fontMetrics(), room)]
        made = button("\n".join(lines), lambda: self.context.go("sheet", {"id": sheet.id}), role="tile",
                      name=", ".join([*said, kind_name(sheet.kind.value)]))
        made.setMinimumHeight(_ABOVE + self.fontMetrics().lineSpacing() * len(lines))
        return made

    def _people(self, seen: Seen) -> None:
        found = seen.session
        self._below.addWidget(PeopleBlock(self, found, seen))
        paper = Section(_("Paper"), open=False)
        paper.body.addWidget(fact_list([
            (_("Back by"), moment(found.back_by)), (field_name("storage"), f"{found.storage} ({storage_name(found.storage_kind)})"),
            (field_name("authorised_by"), _("{name}, {day}. {where}", name=found.authorised_by, day=day(found.authorised_on),
                                            where=found.authorised_where) if found.authorised_by else _("nobody yet"))],
            stacked=self.width() < _NARROW * theme.scale()))
        if self.may() and found.state is not SessionState.CLOSED:
            paper.body.addWidget(flow(button(_("Change when and where…"), self.ask_change, icon="pencil")))
        self._below.addWidget(paper)

    def ask_change(self) -> None:
        """A card to change when and where, and where paper lies; what is wrong stands beside its field."""
        from dpdesk.services import sessions
        if self.seen is None:
            return
        session, wanted = self.context.session, self.id

        self.slot.ask(Entry(
            _("Change when and where"), _("Of a session that is under way, the return and the storage can be changed."), when_specs(),
            _("Save"), lambda values: self.send(lambda: sessions.change(session, wanted, values)),
            values=sessions.values_of(self.seen.session), columns=2))

    def _authorise(self) -> None:
        from dpdesk.services import sessions
        session, wanted = self.context.session, self.id
        own = session.may(Right.SHEETS_AUTHORISE)
        specs = (FieldSpec("where", field_name("authorised_where"), longest=160,
                           help=_("The e-mail or paper in which it stands, where it is not given here.")),)
        if not own:
            specs = (FieldSpec("by", field_name("authorised_by")), FieldSpec("on", field_name("authorised_on"), "date"), *specs)

        why = _("You authorise in writing that this session’s sheets may leave the premises (S1 §23).") if own else _(
            "The accountable person authorises in writing that paper may leave the premises (S1 §23). Record who did, and where.")
        self.slot.ask(Entry(_("Authorise taking paper off the premises"), why, specs, _("Authorise") if own else _("Record it"),
                            lambda values: self.send(lambda: sessions.authorise(session, wanted, **values))))

    def _begin(self) -> None:
        from dpdesk.services import sessions
        session, wanted = self.context.session, self.id
        self.write(lambda: sessions.begin(session, wanted), lambda _none: (self.refresh(), self.context.say("done", _(
            "The session is under way. What is handed out from now on is out at once."), None)))

    def _close(self) -> None:
        from dpdesk.services import sessions
        session, wanted = self.context.session, self.id
        ask.confirm(self, _("Close the session?"), _("The most senior individual has all paper now. Sheets are entered, checked and "
                                                     "destroyed from here on; nothing more is handed out."), _("Close it"),
                    lambda: self.write(lambda: sessions.close(session, wanted), lambda _none: self.refresh()))


def _next_act(seen: Seen) -> str:
    """The step the session waits for most: paper is authorised, printed, handed out and taken back, in this order."""
    if not seen.session.authorised_by:
        return "authorise"
    steps = (("print", COLUMNS[0][1]), ("issue", COLUMNS[1][1]), ("return", COLUMNS[2][1]))
    made = {each.allotment for each in seen.sheets}
    if any(each.id not in made for each in seen.allotments):
        return "print"
    return next((step for step, states in steps if any(each.state in states for each in seen.sheets)), "")


def wrapped(words: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Words in lines that fit; a word wider than the room stands alone."""
    lines: list[str] = []
    for word in words.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _seen(session, wanted: str) -> Seen:
    from dpdesk.services import allotments, campaigns, hand_in, issuing, sessions, sheets
    found = sessions.get(session, wanted)
    return Seen(found, campaigns.get(session, found.campaign), sheets.listing(session, found.id), allotments.listing(session, found.id),
                hand_in.reconcile(session, found.id), issuing.signed(session, found.id))
