"""One copy on the page: what it is, for whom and why, where it lies and whether it is still there, and what may be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.domain.copies import WITHIN, Copy, CopyKind, CopyState, Look
from dpdesk.domain.roles import Right
from dpdesk.services.copies import Seen
from dpdesk.ui import theme
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, row, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, copy_kind_name, copy_state_name, day, field_name, look_name, moment, trn, verdict_name

if TYPE_CHECKING:
    from dpdesk.ui.copies.page import CopiesPage

_HERE = (Look.THERE, Look.CHANGED, Look.IN_WASTEBASKET)


class CopyItem(QWidget):
    """A card for `seen`; what it asks opens inside it."""

    def __init__(self, page: CopiesPage, seen: Seen) -> None:
        super().__init__()
        self._page, self._seen = page, seen
        copy = seen.copy
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addLayout(row(text(_title(copy), "label"), *self._badges()))
        inside.addWidget(text(self._who(), "quiet"))
        where = text(_breakable(copy.path) if copy.path else _("Its name is erased with the person it was of."), "small", selectable=True)
        where.setToolTip(copy.path)
        inside.addWidget(where)
        inside.addWidget(text(self._now(), "quiet"))
        if copy.state is CopyState.OPEN and self._mine():
            inside.addSpacing(theme.SPACE // 2)
            inside.addWidget(flow(*self._actions()))
        self.slot = EntrySlot()
        inside.addLayout(self.slot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(inside))

    def _mine(self) -> bool:
        session = self._page.context.session
        return not session.read_only and (self._seen.copy.owner == session.officer.id or session.may(Right.MEMBERS_EXPORT))

    def _badges(self) -> list[QLabel]:
        from dpdesk.services.session import today
        copy = self._seen.copy
        if copy.state is not CopyState.OPEN or not copy.delete_by:
            return []
        words = _("Delete by {day}", day=day(copy.delete_by))
        return [badge(words, "danger" if copy.is_due(today()) else "")]

    def _who(self) -> str:
        copy = self._seen.copy
        bodies = {body.code: body.name for body in self._page.context.session.policy.recipient_bodies}
        whom = _("for the branch") if copy.whom == WITHIN else _("for {body}", body=bodies.get(copy.whom, copy.whom))
        parts = [trn("{n} person", "{n} people", copy.people)] if copy.people else []
        made = _("made by {officer}, {moment}", officer=self._seen.owner, moment=moment(copy.made_at))
        return " · ".join([*parts, whom, copy.why, made])

    def _now(self) -> str:
        copy, seen = self._seen.copy, self._seen
        if copy.state is CopyState.OPEN:
            now = look_name(seen.look.value) if seen.look else copy_state_name(copy.state.value)
            return _("{now}, {place}.", now=now, place=verdict_name(copy.place)) if copy.place and seen.look in _HERE else f"{now}."
        said = _("{state}: {officer}, {moment}.", state=copy_state_name(copy.state.value), officer=seen.closed_by,
                 moment=moment(copy.closed_at))
        return f"{said} “{copy.closed_how}”" if copy.closed_how else said

    def _actions(self) -> list[QWidget]:
        seen = self._seen
        name = _title(seen.copy)
        if seen.copy.kind is CopyKind.SENT:
            return [button(_("Look in the outbox"), lambda: self._page.context.go("outbox", None), role="quiet",
                           name=_("Look in the outbox: {title}", title=name)),
                    button(_("It is destroyed…"), self._ask_how, name=_("It is destroyed: {title}", title=name))]
        found = []
        if seen.look is Look.THERE:
            found.append(button(_("Delete the file…"), lambda: self._page.delete(seen), role="danger",
                                name=_("Delete the file: {title}", title=name)))
        if seen.look is Look.OUT_OF_SIGHT or seen.look is None:
            found.append(button(_("It is destroyed…"), self._ask_how, name=_("It is destroyed: {title}", title=name)))
        else:
            found.append(button(_("Look, and take off the list"), lambda: self._page.close(seen), role="quiet",
                                name=_("Look for it and take it off the list: {title}", title=name)))
        if seen.copy.delete_by:
            found.append(button(_("Keep longer…"), self._ask_longer, role="quiet", name=_("Keep longer: {title}", title=name)))
        return found

    def _ask_how(self) -> None:
        self.slot.ask(Entry(
            _("How was it destroyed?"), _("dpdesk cannot look for it where it was, so your word and your name stand for it."),
            [FieldSpec("how", field_name("how"), help=_("Such as: stick wiped and broken, 24 November."), longest=300)],
            _("Take off the list"), lambda values: self._page.close(self._seen, values["how"])))

    def _ask_longer(self) -> None:
        most = self._page.context.session.policy.copies_deleted_after_days
        self.slot.ask(Entry(
            _("Keep it until"), _("At most {n} days from today, for a reason.", n=most),
            [FieldSpec("delete_by", field_name("delete_by"), "date"), FieldSpec("why", field_name("why"), longest=300)],
            _("Keep it"), lambda values: self._page.keep(self._seen, values["delete_by"], values["why"])))


def _title(copy: Copy) -> str:
    kind = copy_kind_name(copy.kind.value)
    return kind if not copy.columns else f"{kind}: {', '.join(map(field_name, copy.columns))}"


def _breakable(path: str) -> str:
    """A path that a line may break after each separator."""
    return str(Path(path)).replace("/", "/\u200b").replace("\\", "\\\u200b")
