"""One suggestion on the page: whom it concerns, the mail's own words, what confirming does, and the buttons that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dpdesk.domain.members import Kind as Who
from dpdesk.domain.replies import STOPS, TO_READ, Kind
from dpdesk.services.replies import Shown
from dpdesk.ui import failures, theme
from dpdesk.ui.post import reply_words as words
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.words import _, day

if TYPE_CHECKING:
    from dpdesk.ui.post.replies import RepliesPage

_OFFERED = 5


class ReplyItem(QWidget):
    """A card for `shown`; who it is, where nobody was found, is asked inside it."""

    def __init__(self, page: RepliesPage, shown: Shown) -> None:
        super().__init__()
        self._page, self._shown = page, shown
        each, self._name = shown.suggestion, words.title(page.context, shown)
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE // 2)
        said = [badge(_("Written {day}", day=day(each.wrote_on)))] if each.wrote_on else []
        inside.addLayout(row(text(self._name, "label"), *said))
        if quote := words.excerpt(page.context, shown):
            inside.addWidget(text(quote, "quiet", selectable=True))
        inside.addWidget(text(words.proposal(page.context, shown)))
        if minded := words.warning(shown):
            inside.addWidget(text(minded, "warning"))
        self._slot = QVBoxLayout()
        if not page.context.session.read_only:
            inside.addSpacing(theme.SPACE // 2)
            inside.addWidget(flow(*self._actions()))
            inside.addLayout(self._slot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(inside))

    def _actions(self) -> list[QWidget]:
        each, name = self._shown.suggestion, self._name
        found: list[QWidget] = []
        if each.kind in TO_READ:
            for kind in (Kind.STOP_MAIL, Kind.STOP_ALL) if each.kind is Kind.UNCLEAR else (Kind.DEAD,):
                found.append(button(words.verb(kind), lambda kind=kind: self._page.confirm(self._shown, kind=kind),
                                    name=f"{words.verb(kind)}: {name}"))
            found.append(button(_("Nothing to do"), lambda: self._page.dismiss(self._shown), role="quiet",
                                name=_("Nothing to do: {name}", name=name)))
        else:
            if self._shown.name or each.kind in STOPS:
                found.append(button(words.verb(each.kind), lambda: self._page.confirm(self._shown), icon="check",
                                    name=f"{words.verb(each.kind)}: {name}"))
            found.append(button(_("Not this"), lambda: self._page.dismiss(self._shown), role="quiet",
                                name=_("Not this: {name}", name=name)))
        if self._shown.name:
            found.append(button(_("Open"), self._open, role="quiet", name=_("Open {name}", name=name)))
        else:
            found.append(button(_("Say who it is…"), self.ask_who, role="quiet", name=_("Say who it is: {name}", name=name)))
        return found

    def _open(self) -> None:
        self._page.open_person(self._shown.suggestion.person)

    def ask_who(self) -> None:
        """A field to find the person by; the best fits are offered as buttons."""
        empty_out(self._slot)
        label = text(_("Name or membership number"), "label")
        self._field = QLineEdit()
        self._field.setMinimumHeight(theme.TARGET)
        self._field.setAccessibleName(_("Name or membership number"))
        self._field.textEdited.connect(self._look)
        self._offers = QVBoxLayout()
        self._slot.addWidget(label)
        self._slot.addWidget(self._field)
        self._slot.addLayout(self._offers)
        self._field.setFocus()

    def _look(self, typed: str) -> None:
        from dpdesk.services import members
        context = self._page.context
        if len(typed.strip()) < 2:
            empty_out(self._offers)
            return
        context.jobs.run("read", lambda: members.search(context.session, typed, _OFFERED, tuple(Who)), owner=self,
                         done=lambda found: self._offer(typed, found), failed=lambda error: failures.show(context, error))

    def _offer(self, typed: str, found: list) -> None:
        if typed != self._field.text():
            return
        empty_out(self._offers)
        if not found:
            self._offers.addWidget(text(_("Nobody fits."), "quiet"))
            return
        offers = []
        for each in found:
            who = each.member
            told = " · ".join(part for part in (who.name, who.number, who.town or who.postcode) if part)
            offers.append(button(told, lambda who=who: self._page.chosen(self._shown, who), name=_("It is {name}", name=told)))
        self._offers.addWidget(flow(*offers))
