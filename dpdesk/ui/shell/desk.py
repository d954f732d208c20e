"""The open desk: navigation at the left, one page in front, and the keys that lead everywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QWidget

from dpdesk.domain.errors import DeskError
from dpdesk.domain.roles import Right
from dpdesk.services import settings
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.ui import pages
from dpdesk.ui.context import Context
from dpdesk.ui.jobs import Jobs
from dpdesk.ui.page import Page, PageSpec
from dpdesk.ui.shell.checkup import Checkup
from dpdesk.ui.shell.cover import KEY as COVER_KEY
from dpdesk.ui.shell.cover import Watch
from dpdesk.ui.shell.finder import Find, Finder
from dpdesk.ui.shell.idle import Idle
from dpdesk.ui.shell.navigation import Navigation
from dpdesk.ui.shell.reminder import Reminder
from dpdesk.ui.veil import KEY as VEIL_KEY
from dpdesk.ui.veil import Veil
from dpdesk.ui.widgets.progress import ProgressLine
from dpdesk.ui.words import _, notice

PLACE = "place"
OF_ONE = frozenset({  # pages about one record, opened from a list; and those Ctrl+K offers as commands
    "member", "contact", "member_form", "contact_form", "enquiry_form", "import", "compare", "bulk", "erase", "export", "post_mailing",
    "elector", "walk", "session", "sheets_print", "sheets_issue", "sheets_return", "sheet", "entry", "duties", "duty", "duty_form"})


class DeskView(QWidget):
    """Builds pages when they are first wanted and remembers, per officer and inside the desk, where they were."""

    def __init__(self, session: Session, desks: Desks, machine: Machine, window: QWidget, lock: Callable[[], None],
                 retheme: Callable[[str, int], None], cover: Callable[[], None]) -> None:
        super().__init__(window)
        self.session, self.jobs = session, Jobs(self)
        self.veil = Veil(session, self)

        def covered() -> None:
            self.veil.lower()
            cover()
        self._retheme, self._lock, self._cover = retheme, lock, covered
        self.context = Context(session, self.jobs, machine, desks, self.go, self.say, self.progress, self._relook, lock,
                               self.changed, veil=self.veil)
        self.specs = [spec for spec in pages.specs() if spec.right is None or session.may(spec.right)]
        self.context.extras["pages"] = frozenset(spec.code for spec in self.specs)
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, dict[str, Any]]] = []
        self.front = ""
        self.stack = QStackedWidget()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.stack, 1)
        self._navigate()
        self.finder = Finder(self, self.context, self.commands)
        self._keys()
        self._idle = Idle(lambda: session.lock_minutes, lock, self)
        self._watch = Watch(lambda: session.cover_seconds, covered, self)
        self._checkup = Checkup(self.context, self)
        self._reminder = Reminder(self.context, lambda: self.go("today"), self)

    def _navigate(self) -> None:
        self.navigation = Navigation(self.session, self.specs, self.go, self._lock, self._cover)
        self._layout.insertWidget(0, self.navigation)

    def _keys(self) -> None:
        for keys, act in (("Ctrl+K", self.open_finder), ("Ctrl+L", self._lock), ("F1", self.help), ("Esc", self.back),
                          ("Alt+Left", self.back), (COVER_KEY, self._cover), (VEIL_KEY, self.veil.toggle)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)
        for number, spec in enumerate([spec for spec in self.specs if not spec.hidden][:9], 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda code=spec.code: self.go(code))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, as Space does."""
        front = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(front, QPushButton):
            front.click()
        else:
            super().keyPressEvent(event)

    def focus_page(self) -> None:
        """The cursor back to where it was on the page in front."""
        if (kept := self.focusWidget()) is not None:
            kept.setFocus()

    def begin(self) -> None:
        """Go where the officer was, and tell what opening noticed."""
        kept = settings.jotting(self.session, PLACE) or {}
        code = kept.get("page", "today")
        self.go(code if self.spec(code) else "today", kept.get("place") or {})
        for code in self.session.notices:
            self.say("warning", notice(code), None)
        pages.begin(self.context)
        QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        """Where a page asks for no cursor, it stands on the page's name in the navigation: a key pressed too long locks nothing."""
        if self.focusWidget() in (None, self.navigation.lock, self.navigation.cover):
            self.navigation.focus_current()

    def end(self) -> Path:
        """Keep place and drafts, cancel jobs, close the desk; returns its folder."""
        folder = self.session.folder
        self._idle.stop()
        self._watch.stop()
        self._checkup.stop()
        self._reminder.end()
        with suppress(DeskError):
            if self.front in self._pages:
                page = self._pages[self.front]
                page.leave()
                settings.jot(self.session, PLACE, {"page": self.front, "place": page.place()})
        self.hide()  # at once: work under way may need a moment to stop
        self.window().repaint()
        self.jobs.close()
        self.session.close()
        return folder

    def spec(self, code: str) -> PageSpec | None:
        """The page of that code, where the officer may use it."""
        return next((spec for spec in self.specs if spec.code == code), None)

    def page(self, code: str) -> Page:
        """The page, made when first wanted, in a scroll area so that nothing is ever clipped."""
        if code not in self._pages:
            spec = self.spec(code)
            made = spec.factory(self.context)
            area = QScrollArea()
            area.setWidget(made)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._pages[code] = made
            self.stack.addWidget(area)
        return self._pages[code]

    def go(self, code: str, place: dict[str, Any] | None = None) -> None:
        """Put a page in front; the one left keeps its drafts, or asks to stay."""
        spec = self.spec(code)
        if spec is None:
            return
        if self.front in self._pages:
            before = self._pages[self.front]
            if not before.leave():
                return
            if self.front != code:
                self._trail = [*self._trail[-30:], (self.front, before.place())]
        self._show(spec, place)

    def _show(self, spec: PageSpec, place: dict[str, Any] | None) -> None:
        page = self.page(spec.code)
        self.front = spec.code
        self.stack.setCurrentWidget(page.parentWidget().parentWidget())
        self.navigation.mark(spec.within or spec.code)
        page.messages.clear()
        if place is not None:
            page.return_to(place)
        page.refresh()

    def back(self) -> None:
        """Step back: out of the card the cursor is in, inside the page, else to the page before."""
        if self.finder.isVisible():
            self.finder.hide()
            return
        card = self.focusWidget()
        while card is not None and not hasattr(card, "close_up"):
            card = card.parentWidget()
        if card is not None:
            card.close_up()
            return
        if self.front in self._pages and self._pages[self.front].back():
            return
        while self._trail:
            code, place = self._trail.pop()
            spec = self.spec(code)
            if spec is not None and (self.front not in self._pages or self._pages[self.front].leave()):
                self._show(spec, place)
                return

    def say(self, kind: str, words: str, act: tuple | None = None) -> None:
        """Speak in the page in front."""
        if self.front in self._pages:
            self._pages[self.front].messages.say(kind, words, act)

    def progress(self, title: str, cancel: Callable[[], None] | None = None) -> ProgressLine:
        """A line at the foot of the navigation."""
        shown = ProgressLine(title, cancel, self)
        self.navigation.work.addWidget(shown)
        return shown

    def changed(self, noun: str) -> None:
        """Tell every page; the branch and the officer in the navigation follow too."""
        if noun in ("settings", "officers"):
            self._relist()
        for page in self._pages.values():
            page.heard(noun)

    def _relist(self) -> None:
        old = self.navigation
        self._layout.removeWidget(old)
        old.deleteLater()
        self._navigate()
        spec = self.spec(self.front)
        if spec is not None:
            self.navigation.mark(spec.within or spec.code)

    def _relook(self, look: str, scale: int) -> None:
        self._retheme(look, scale)
        QTimer.singleShot(0, self, self._relist)

    def help(self) -> None:
        """The guide's chapter for the page in front."""
        from dpdesk.ui.help.chapters import chapter_for
        if self.front in self._pages and self.front != "help":
            self.go("help", {"chapter": self._pages[self.front].chapter or chapter_for(self.front).code})

    def open_finder(self) -> None:
        """Find anything."""
        self.finder.open()

    def commands(self) -> list[Find]:
        """What Ctrl+K offers beside people."""
        found = [Find(spec.word, _("Page"), spec.icon, lambda code=spec.code: self.go(code))
                 for spec in self.specs if not spec.hidden]
        found += [Find(spec.word, _("Page"), spec.icon, lambda code=spec.code: self.go(code))
                  for spec in self.specs if spec.hidden and spec.code not in OF_ONE]
        found += [Find(spec.word, _("Command"), spec.icon, lambda code=spec.code: self.go(code, {}))
                  for spec in self.specs if spec.code in ("import", "member_form", "contact_form", "enquiry_form")]
        if self.spec("post_outbox"):
            found.append(Find(_("I exposed addresses"), _("Command"), "shield-alert", lambda: self.go("post_outbox", {"exposed": True})))
        found += [Find(one.name, _("Saved search"), "search", lambda one=one: self.go(f"{one.query.kind.value}s", {"saved": one.name}))
                  for one in self._searches()]
        found.append(Find(_("Lock the desk"), _("Command"), "lock", self._lock))
        found.append(Find(_("Cover the window"), _("Command"), "eye", self._cover))
        found += [Find(title, _("Guide"), "circle-help", lambda code=code: self.go("help", {"chapter": code}))
                  for code, title in _chapters()]
        return found

    def _searches(self) -> list:
        from dpdesk.services import saved
        return saved.listing(self.session) if self.session.may(Right.MEMBERS_SEE) and self.session.acknowledged else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The finder keeps its place."""
        super().resizeEvent(event)
        if self.finder.isVisible():
            self.finder.open()


def _chapters() -> list[tuple[str, str]]:
    from dpdesk.ui.help.chapters import CHAPTERS
    return [(chapter.code, chapter.title) for chapter in CHAPTERS]
