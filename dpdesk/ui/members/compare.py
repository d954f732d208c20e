"""Two records side by side: whose value to take of each field that differs, what moves, and then one record of two."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from dpdesk.domain.duplicates import GONE, KEEP, Choice
from dpdesk.domain.members import FIELD, Member
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.members import sentences
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.words import _, channel_name, day, field_name, goes_name, kind_name, status_name


class ComparePage(Page):
    """For the two people in the place (`a`, `b`)."""

    code = "compare"
    title = marked("Compare")
    icon = "users"
    right = Right.MEMBERS_EDIT
    chapter = "duplicates"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.two: tuple[str, str] = ("", "")
        self.seen: Any = None
        self.sides: dict[str, QButtonGroup] = {}
        self._values: list[tuple[QRadioButton, str, str]] = []  # each with its field and the value behind it
        if context.veil is not None:
            context.veil.governs(self.header.add_quiet(_("Show contact details"), context.veil.toggle, icon="eye"))
            context.veil.turned.connect(self._write_values)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(theme.SPACE * 2)
        self.body.addLayout(self._shown)
        self.merge_button = button(_("Make one record…"), self.confirm, role="primary")
        self.body.addWidget(flow(self.merge_button, button(_("Not the same person"), self.apart),
                                 button(_("Later"), self.to_list, role="quiet")))
        self.body.addStretch(1)

    def place(self) -> dict[str, Any]:
        """The two people."""
        return {"a": self.two[0], "b": self.two[1]} if self.two[0] else {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show the two people named."""
        if place.get("a"):
            self.two = (str(place["a"]), str(place["b"]))
        self.refresh()

    def to_list(self) -> None:
        """Back to the pairs."""
        self.context.go("duplicates", {})

    def refresh(self) -> None:
        """Read both."""
        from dpdesk.services import merging
        if not self.two[0]:
            return
        session, (a, b) = self.context.session, self.two
        self.context.jobs.run("read", lambda: merging.compare(session, a, b), owner=self, done=self._draw, failed=self._failed)

    def _draw(self, seen: Any) -> None:
        self.seen = seen
        kept, gone = seen.choice.kept, seen.choice.gone
        empty_out(self._shown)
        self.sides.clear()
        self._values.clear()
        self.header.set_title(_("One person or two?"))
        self.header.set_state(_("{one} and {other}", one=kept.name, other=gone.name))
        if seen.differing:
            self._shown.addWidget(self._table(seen.choice, seen.differing))
        else:
            self._shown.addWidget(text(_("The two records say the same.")))
        if seen.moves:
            moves = ", ".join(f"{goes_name(code)} ({n:,})" for code, n in seen.moves.items())
            self._shown.addWidget(text(_("What hangs on the second record moves to the first: {moves}.", moves=moves), "quiet"))
        if seen.stopped:
            channels = ", ".join(channel_name(code) for code in sorted(seen.stopped))
            self._shown.addWidget(flag(_("Stopped for the one person: {channels}. No merge lifts that.", channels=channels),
                                       "ban", "danger"))

    def _table(self, choice: Choice, differing: tuple[str, ...]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE)
        grid.addWidget(text(_("Stays"), "heading"), 0, 1)
        grid.addWidget(text(_("Goes into it"), "heading"), 0, 2)
        grid.addWidget(text(_about(choice.kept), "quiet"), 1, 1)
        grid.addWidget(text(_about(choice.gone), "quiet"), 1, 2)
        for at, code in enumerate(differing, 2):
            grid.addWidget(text(field_name(code), "label"), at, 0, Qt.AlignmentFlag.AlignVCenter)
            group = QButtonGroup(holder)
            for column, (side, who) in enumerate(((KEEP, choice.kept), (GONE, choice.gone)), 1):
                radio = QRadioButton()
                self._values.append((radio, code, getattr(who, code)))
                radio.setMinimumHeight(theme.TARGET)
                radio.setProperty("side", side)
                radio.setChecked(choice.take[code] == side)
                group.addButton(radio)
                grid.addWidget(radio, at, column)
            self.sides[code] = group
        self._write_values()
        grid.setColumnMinimumWidth(0, round(130 * theme.scale()))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return holder

    def _write_values(self) -> None:
        """Write each value on its button: contact details as they may show now."""
        for radio, code, value in self._values:
            held = self.context.words(code, value)
            words = held if held != value else shown(code, value)
            radio.setText(words)
            radio.setAccessibleName(_("{field}: {value}", field=field_name(code), value=words))

    def choice(self) -> Choice:
        """What the officer has chosen."""
        from dpdesk.services import merging
        return merging.with_sides(self.seen.choice, {code: group.checkedButton().property("side") for code, group in self.sides.items()})

    def confirm(self) -> None:
        """Ask before the two become one."""
        if self.seen is not None:
            ask.confirm(self, _("Make one record of the two?"), _("It can be undone until the next yearly audit."), _("Make one record"),
                        self.merge)

    def merge(self) -> None:
        """Make one record, and go on with the next pair."""
        from dpdesk.services import merging
        session, choice = self.context.session, self.choice()

        def done(_identity: object) -> None:
            self.two = ("", "")
            self.context.changed("members")
            self.to_list()
            self.context.say("done", _("They are one record now."), None)
        self.context.jobs.run("write", lambda: merging.merge(session, choice), owner=self, done=done, failed=self._failed)

    def apart(self) -> None:
        """Remember that they are two."""
        from dpdesk.services import duplicates
        session, (a, b) = self.context.session, self.two

        def done(_nothing: object) -> None:
            self.to_list()
            self.context.say("done", _("They are two people, and are not proposed again."), None)
        self.context.jobs.run("write", lambda: duplicates.say_not_same(session, a, b), owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def shown(code: str, value: str) -> str:
    """A field's value in words; a dash where there is none."""
    if not value:
        return "–"
    kind = FIELD[code].kind
    if kind == "phone":
        return sentences.phone_words(value)
    return day(value) if kind == "date" else status_name(value) if kind == "status" else value


def _about(who: Member) -> str:
    return " · ".join(filter(None, (kind_name(who.kind.value), who.number)))
