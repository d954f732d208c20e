"""Asking for what an account signs in with, and for the number of people before anything goes to many."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.secret import Secret
from dpdesk.ui import theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Card
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.secret import SecretField
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _

TYPED_OVER = 50
"""Above this many people, or the policy's number where that is lower, the number is typed before anything goes."""


class SecretCard(Card):
    """A card that asks for the password of an account, for this once; nothing is kept."""

    def __init__(self, verb: str, then: Callable[[Secret], object]) -> None:
        super().__init__()
        self._then = then
        self.field = SecretField(_("App password"))
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("What does the account sign in with?"), "heading"))
        column.addWidget(text(_("None is kept on the desk. It is used this once and forgotten; under Mail accounts it can be kept."),
                              "quiet"))
        column.addWidget(self.field)
        column.addLayout(row(button(verb, self._send, role="primary"), button(_("Cancel"), self.close_up), None))
        self.field.entered.connect(self._send)
        self._frame(column, 0)

    def start(self) -> None:
        """Put the caret into the field."""
        self.field.setFocus()

    def close_up(self) -> None:
        """Put the card away; what was typed is gone."""
        self.field.field.clear()
        super().close_up()

    def _send(self) -> None:
        secret = self.field.secret()
        if secret is None:
            self.field.setFocus()
            return
        self.close_up()
        self._then(secret)


def with_secret(slot: EntrySlot, kept: bool, verb: str, then: Callable[[Secret | None], object]) -> None:
    """Go on with what is kept, or ask for it in `slot` first."""
    slot.close_up()
    if kept:
        then(None)
    else:
        slot.ask(SecretCard(verb, then))


def confirm_count(parent: QWidget, n: int, over: int, words: tuple[str, str, str], then: Callable[[], object]) -> None:
    """Ask (what, consequence, verb); above `over` people, or TYPED_OVER, their number is typed."""
    what, consequence, verb = words
    ask.confirm(parent, what, consequence, verb, then, type_word=str(n) if n > min(over, TYPED_OVER) else "")
