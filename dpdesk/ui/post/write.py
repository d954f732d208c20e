"""Writing a letter to many, in numbered steps: for whom, write, check, send. It is kept as a draft by itself, locking or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from dpdesk.domain.errors import DeskError, NotFound
from dpdesk.domain.members import Confidentiality, Kind, Member
from dpdesk.domain.post import GROUNDS, Attachment, Ground, Purpose
from dpdesk.domain.post_states import Route
from dpdesk.domain.roles import Right
from dpdesk.services.post import Audience, Letter
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.post.step_check import CheckStep
from dpdesk.ui.post.step_send import SendStep
from dpdesk.ui.post.step_text import TextStep
from dpdesk.ui.post.step_whom import WhomStep
from dpdesk.ui.stepping import next_step
from dpdesk.ui.widgets.parts import button, line, row
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _, problem, sentence

WHOM, TEXT, CHECK, SEND = range(4)
SLIP = "letter"  # the officer's slip for what is being typed, until it is kept as a draft
_SLIP_AFTER, _RENDER_AFTER = 1_500, 350  # milliseconds after the last key


@dataclass(frozen=True)
class _Found:
    """What the page reads before it shows a letter."""

    letter: Letter | None
    offered: dict[Kind, dict[str, list[str]]]
    searches: list
    chosen: list[Member]


class WritePage(Page):
    """Holds the letter; each step shows its part and tells of changes through `touched`."""

    code, title, icon, right, chapter = "post_write", marked("Write"), "pencil", Right.POST_SEND, "post"
    wide = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Write to people"))
        self.header.add_quiet(_("Mail accounts…"), lambda: context.go("post_accounts", {}), icon="key-round")
        self.header.add_quiet(_("New letter"), self.begin_anew, icon="plus")
        self.at, self.draft, self.plan = WHOM, "", None
        self._timers = [self._timer(_SLIP_AFTER, self._keep_slip), self._timer(_RENDER_AFTER, self._render)]
        self._dirty = self._busy = False
        self._asked = 0
        self._blank()
        self.steps = Steps([_("For whom"), _("Write"), _("Check"), _("Send")])
        self.body.addWidget(self.steps)
        self.whom, self.writing, self.checking, self.sending = WhomStep(self), TextStep(self), CheckStep(self), SendStep(self)
        self.parts: list[QWidget] = [self.whom, self.writing, self.checking, self.sending]
        for part in self.parts:
            self.body.addWidget(part)
        self.back_button = button(_("Back"), self.back, icon="arrow-left")
        self.next_button = next_step(self, self.go_on)
        self.body.addStretch(1)
        self.body.addWidget(line())
        self.body.addLayout(row(self.back_button, None, self.next_button))
        self._loaded = False
        self._show_step(WHOM)

    def _timer(self, after: int, act) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    def _blank(self) -> None:
        self.purpose: Purpose | None = None
        self.audience, self.subject, self.text = Audience(), "", ""
        self.attachments: tuple[Attachment, ...] = ()
        self.classification = Confidentiality.ORDINARY
        self.chosen: list[Member] = []

    @property
    def ground(self) -> Ground:
        """The basis of the purpose chosen."""
        return GROUNDS[self.purpose or Purpose.SERVICE]

    def letter(self) -> Letter:
        """The letter as it stands."""
        return Letter(self.purpose or Purpose.SERVICE, self.subject, self.text, self.audience, self.attachments, self.classification)

    def place(self) -> dict[str, Any]:
        """Which draft, and how far."""
        return {"draft": self.draft, "step": min(self.at, TEXT)}

    def return_to(self, place: dict[str, Any]) -> None:
        """Go on with a `draft`; or begin a letter to `people` or to those a `query` (as kept) finds."""
        from dpdesk.services import queries
        if place.get("people") or place.get("query"):
            self._put_away()
            self._blank()
            self.whom.forget_people()
            self.draft = ""
            self.audience = (Audience(None, tuple(place["people"])) if place.get("people") else Audience(queries.kept(place["query"])))
            self._load()
        elif place.get("draft") and place["draft"] != self.draft:
            self._put_away()
            self._load(place["draft"], int(place.get("step", WHOM)))
        elif not self._loaded:
            self._load("", int(place.get("step", WHOM)), slip=True)

    def refresh(self) -> None:
        """Read the choices again; the letter stays as it is typed."""
        if not self._loaded:
            self._load("", WHOM, slip=True)
        elif self.at in (CHECK, SEND):
            self.check(self.at)
        else:
            self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """A new letter begins with what it is for."""
        super().showEvent(event)
        if self.at == WHOM and self.purpose is None:
            QTimer.singleShot(0, self, self.whom.begin)

    def leave(self) -> bool:
        """The letter is kept as a draft."""
        self._put_away()
        return True

    def begin_anew(self) -> None:
        """Put the letter away as a draft, and begin another."""
        self._put_away()
        self._blank()
        self.draft = ""
        self.whom.forget_people()
        self._load()

    def _load(self, draft: str = "", step: int = WHOM, *, slip: bool = False) -> None:
        """Read a draft, and what people there are to choose from; with `slip`, what was being typed goes before."""
        from dpdesk.services import post, post_desk, queries, saved, settings
        session, audience = self.context.session, self.audience
        self._loaded = True

        def work() -> tuple[str, dict, _Found]:
            typed = (settings.jotting(session, SLIP) or {}) if slip or draft else {}
            mine = draft or str(typed.get("draft", ""))
            if mine != typed.get("draft", mine):
                typed = {}
            letter = None
            if mine:
                try:
                    letter = post.letter_of(session, mine)
                except NotFound:
                    mine, typed = "", typed | {"draft": ""}
            whom = letter.audience if letter else Audience.from_data(typed["audience"]) if typed.get("audience") else audience
            return mine, typed, _Found(letter, {kind: queries.offered(session, kind) for kind in Kind}, saved.listing(session),
                                       post_desk.people(session, whom))
        self.context.jobs.run("read", work, owner=self, done=lambda found: self._arrived(*found, step), failed=self._failed)

    def _arrived(self, draft: str, typed: dict, found: _Found, step: int) -> None:
        self.draft = draft
        if found.letter is not None:
            self._take(found.letter)
        if typed:
            self._take_slip(typed)
        self.chosen = found.chosen
        self.whom.show_audience(self.audience, found.offered, found.searches)
        self.writing.show_letter()
        self._dirty = bool(typed)
        self._show_step(step if self.purpose is not None else WHOM)
        self._count()

    def _take(self, letter: Letter) -> None:
        self.purpose, self.audience, self.subject, self.text = letter.purpose, letter.audience, letter.subject, letter.body
        self.attachments, self.classification = letter.attachments, letter.classification

    def _take_slip(self, typed: dict) -> None:
        self.purpose = Purpose(typed["purpose"]) if typed.get("purpose") else None
        self.subject, self.text = str(typed.get("subject", "")), str(typed.get("text", ""))
        self.audience = Audience.from_data(typed.get("audience") or {})

    def touched(self, *, people: bool = False, files: bool = False) -> None:
        """Something was changed: it is kept soon, and shown as it is read."""
        self.subject, self.text = self.writing.subject.text(), self.writing.body.toPlainText()
        self._dirty = True
        for timer in self._timers:
            timer.start()
        if people:
            self._count()
        if files:
            self._put_away()

    def _keep_slip(self) -> None:
        """Keep what is typed in the encrypted desk: no entry in the log for each key."""
        from dpdesk.services import settings
        session = self.context.session
        value = {"draft": self.draft, "purpose": self.purpose.value if self.purpose else "", "subject": self.subject, "text": self.text,
                 "audience": self.audience.as_data()} if self._dirty else None
        self.context.jobs.run("write", lambda: settings.jot(session, SLIP, value), owner=self, failed=self._failed)

    def _put_away(self) -> None:
        """Keep the letter as a draft now, where there is anything to keep and it changed."""
        from dpdesk.services import post, settings
        for timer in self._timers:
            timer.stop()
        session = self.context.session
        if not self._dirty or session.read_only or self.purpose is None:
            return
        if self.draft or self.subject.strip() or self.text.strip() or self.attachments:
            try:
                self.draft = post.save(session, self.letter(), self.draft)
                settings.jot(session, SLIP, None)
            except DeskError as error:
                failures.show(self.context, error)
                return
            self._dirty = False

    def _count(self) -> None:
        """Say how many fit."""
        from dpdesk.services import post_desk
        purpose, audience, session = self.purpose, self.whom.audience(), self.context.session
        if purpose is None or (audience.query is None and not audience.people):
            self.plan = None
            self.whom.show_nobody()
            return
        self._asked += 1
        asked = self._asked

        def counted(plan) -> None:
            if asked == self._asked:
                self.plan = plan
                self.whom.show_plan(plan)
                self._render()

        def refused(error: Exception) -> None:
            if asked == self._asked and isinstance(error, DeskError):
                self.plan = None
                self.whom.show_problem(error)
        self.context.jobs.run("read", lambda: post_desk.who(session, purpose, audience), owner=self, done=counted, failed=refused)

    def _render(self) -> None:
        if self.at == TEXT and self.subject.strip() and self.text.strip():
            self.writing.preview.show_letter(self.letter(), self.plan.people if self.plan is not None else ())

    def back(self) -> bool:
        """One step back."""
        if self.at == WHOM:
            return False
        self._show_step(self.at - 1)
        return True

    def go_on(self) -> None:
        """One step on, where this one is done."""
        self.messages.clear()
        if self.at == WHOM:
            if self.purpose is None or self.plan is None:
                self.context.say("warning", _("Choose what it is for, and for whom."), None)
                return
            self._show_step(TEXT)
        elif self.at == TEXT:
            self.check()
        elif self.at == CHECK:
            self.check(SEND)

    def check(self, step: int = CHECK) -> None:
        """Work out who gets it, and show that."""
        from dpdesk.services import post, post_desk, post_plan
        self._put_away()
        session, letter = self.context.session, self.letter()
        wrong = {code: why for code, why in post.problems(letter).items() if code != "audience"}
        if wrong:
            words = {"subject": _("Subject"), "text": _("Letter"), "attachments": _("Attachments")}
            self.context.say("warning", " ".join(f"{words.get(code, code)}: {problem(why)}." for code, why in wrong.items()), None)
            self._show_step(TEXT)
            return

        def checked(found) -> None:
            self.plan = found[0]
            self.checking.show_plan(*found)
            self.sending.show_plan(*found)
            self._show_step(step)
        self.context.jobs.run("read", lambda: (post_plan.plan(session, letter), post_desk.going(session)), owner=self, done=checked,
                              failed=self._refused)

    def prepare(self, route: Route, account: str) -> None:
        """The letter becomes a mailing; the page of the mailing goes on with it."""
        from dpdesk.services import post_accounts, post_desk, post_mailings
        from dpdesk.services.post_press import sender_of
        if self._busy:
            return
        self._put_away()
        self._busy = True
        session, letter, draft = self.context.session, self.letter(), self.draft

        def work():
            if account:
                found = post_accounts.get(session, account)
                sender = sender_of(session, found.sender_address, found.sender_name)
            else:
                sender = sender_of(session, post_desk.sender_address(session))
            return post_mailings.prepare(session, letter, route, sender, account=account, draft=draft)[0]

        def done(made) -> None:
            self._busy = self._dirty = False
            self._blank()
            self.whom.forget_people()
            self.draft, self._loaded = "", False
            self.at = WHOM
            self.context.changed("post")
            self.context.go("post_mailing", {"id": made.id, "go": True})

        def failed(error: Exception) -> None:
            self._busy = False
            self._refused(error)
        self.context.jobs.run("write", work, owner=self, done=done, failed=failed)

    def _refused(self, error: Exception) -> None:
        """A letter that cannot go like that leads back to where it is written."""
        if isinstance(error, DeskError):
            self.context.say("warning", str(sentence(error)), None)
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)

    def _show_step(self, at: int) -> None:
        self.at = at
        self.steps.go(at)
        for number, part in enumerate(self.parts):
            part.setVisible(number == at)
        self.next_button.setText([_("Next: write"), _("Next: check"), _("Next: send"), ""][at])
        self.next_button.setVisible(at != SEND)
        self.back_button.setVisible(at != WHOM)
        self.header.set_state([_("Nobody gets anything before the step “Send”."), _("Kept as a draft by itself, inside the encrypted "
                                                                                    "desk."),
                               _("Look at who gets it and who does not."), _("This is the step that sends.")][at])
        if at == TEXT:
            self.writing.subject.setFocus()
            self._render()
        QTimer.singleShot(0, self, self._to_top)

    def _to_top(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.verticalScrollBar().setValue(0)
