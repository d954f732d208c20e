"""How the window asks whose card something is sealed to: the verified ones, and what to do where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.domain.cards import CardState
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _


def ask_whom(owner: QWidget, context: Context, ask: Callable[[Entry], object], heading: str, about: str, then: Callable[[str], object],
             failed: Callable[[Exception], object]) -> None:
    """Let the officer choose a verified card in place through `ask(entry)`; `then(card)` goes on with its identity."""
    from dpdesk.services import cards
    session = context.session

    def offer(found: list[Any]) -> None:
        verified = [each for each in found if each.state is CardState.VERIFIED]
        if not verified:
            context.say("info", _("No card is verified yet. Take in the card of whom it is for, or the age key of somebody without dpdesk, "
                                  "and verify it over the telephone."), (_("Officer cards…"), lambda: context.go("cards", None)))
            return
        ask(Entry(heading, about, [FieldSpec("card", _("For whom"), "choice", choices=tuple(
            (each.id, each.card.name) for each in verified))], _("Choose where to save…"), lambda values: then(values["card"])))
    context.jobs.run("read", lambda: cards.listing(session), owner=owner, done=offer, failed=failed)
