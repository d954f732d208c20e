"""One point on the page: what it asks, how it stands, what was seen; unfolded, why it matters and how it is put right here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dpdesk.domain.device import EXCEPTED, Outcome, Standing, State
from dpdesk.services import device_words as words
from dpdesk.ui import assets, theme
from dpdesk.ui.device.state import state_flag
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, field_name

if TYPE_CHECKING:
    from dpdesk.ui.device.page import DevicePage

_QUIET = (Outcome.PASS, Outcome.NOT_APPLICABLE)
_ROOM = 52  # letters: where the page is narrower, the state stands under the title


class PointItem(QWidget):
    """A card for `standing`; folded it shows what was seen that is not well, unfolded everything."""

    def __init__(self, page: DevicePage, standing: Standing, *, open: bool) -> None:
        super().__init__()
        self._page, self.standing, self._word = page, standing, EntrySlot()
        self._title = page.context.session.policy.device.title(standing.point.code)
        inside = QVBoxLayout()
        inside.setSpacing(4)
        self._more = button("", self.turn, role="quiet")
        inside.addLayout(self._head())
        inside.addWidget(text(standing.point.clause, "small"))
        for result in standing.results:
            if standing.rank and result.outcome not in _QUIET:
                inside.addWidget(text(words.seen_sentence(result)))
        if standing.state is State.CANNOT_TELL and all(result.outcome in _QUIET for result in standing.results):
            inside.addWidget(text(_("What else it asks, nobody but you can say.")))
        if word := words.word_sentence(standing, page.names):
            inside.addWidget(text(word, "quiet"))
        self._slot = QVBoxLayout()
        self._slot.setSpacing(theme.SPACE)
        inside.addLayout(self._slot)
        inside.addLayout(self._word)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(inside))
        self.is_open = False
        self._name()
        if open:
            self.turn()

    def _head(self) -> QHBoxLayout | QVBoxLayout:
        title, flag = text(self._title, "label"), state_flag(self.standing)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        if self._page.width() < self._page.fontMetrics().averageCharWidth() * _ROOM:
            column = QVBoxLayout()
            column.addWidget(title)
            column.addWidget(flag)
            head.addLayout(column, 1)
        else:
            head.addWidget(title, 1)
            head.addWidget(flag, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def turn(self) -> None:
        """Unfold or fold."""
        from dpdesk.ui.widgets.parts import empty_out
        self.is_open = not self.is_open
        empty_out(self._slot)
        self._word.close_up()
        if self.is_open:
            self._fill()
        self._name()

    def _name(self) -> None:
        assets.dress(self._more, "chevron-down" if self.is_open else "chevron-right", "quiet")
        self._more.setAccessibleName(_("Less on: {title}", title=self._title) if self.is_open else _("More on: {title}", title=self._title))

    def _fill(self) -> None:
        standing, add = self.standing, self._slot.addWidget
        self._slot.addSpacing(theme.SPACE // 2)
        quiet = [words.seen_sentence(result) for result in standing.results if not standing.rank or result.outcome in _QUIET]
        if quiet:
            add(text(_("What was seen"), "small"))
            for sentence in quiet:
                add(text(sentence))
        add(text(_("Why it matters"), "small"))
        add(text(words.matters(standing.point.code)))
        steps = self._page.steps(standing.point.code)
        if standing.rank and steps:
            add(text(_("How to put it right here"), "small"))
            for at, step in enumerate(steps, 1):
                add(text(f"{at}. {step}" if len(steps) > 1 else step))
        acts = self._acts()
        if acts:
            add(flow(*acts))

    def _acts(self) -> list[QWidget]:
        page, standing = self._page, self.standing
        code, made = standing.point.code, []
        if page.here and page.pane(code):
            made.append(button(_("Open the settings"), lambda: page.open_pane(code), icon="settings",
                               name=_("Open the settings for: {title}", title=self._title)))
        if code in page.GO:
            where, label = page.GO[code]
            made.append(button(label(), lambda: page.context.go(where, {}), name=f"{label()}: {self._title}"))
        if page.here and code in ("27.6", "27.8"):
            made.append(button(_("Look for stray copies…"), lambda: page.context.go("strays", {}),
                               name=_("Look for stray copies: {title}", title=self._title)))
        if page.here and not page.context.session.read_only:
            made.append(button(_("Check again"), lambda: page.check_one(code), role="quiet", icon="search",
                               name=_("Check again: {title}", title=self._title)))
        if page.mine and code != EXCEPTED and standing.state in (State.CANNOT_TELL, State.ATTESTED):
            made.append(button(_("Give your word…"), self.ask_word, role="quiet" if standing.attestation else "",
                               name=_("Give your word: {title}", title=self._title)))
            if standing.attestation:
                made.append(button(_("Take it back"), lambda: page.take_back(code), role="quiet",
                                   name=_("Take your word back: {title}", title=self._title)))
        if code == EXCEPTED and page.may_approve and standing.state is not State.NOT_APPLICABLE:
            made.append(button(_("Permit…"), lambda: page.context.go("devices", {"allow": page.device}),
                               name=_("Permit: {title}", title=self._title)))
        return made

    def ask_word(self) -> None:
        """Ask for the officer's word, in the words they would say it."""
        limits = self._page.context.session.policy
        said = words.statement(self.standing.point.code, autolock=limits.device.autolock_minutes, updates=limits.device.updates_days,
                               contact=limits.report_incidents_to)
        self._word.ask(Entry(said, _("Your name and today’s day stand beside it for {n} days. It shows as attested, never as passed.",
                              n=limits.device.attestation_days),
                             [FieldSpec("said", field_name("said"), help=_("Only if there is something to add."), longest=300)],
                             _("I say so"), lambda values: self._page.attest(self.standing.point.code, values["said"])))
