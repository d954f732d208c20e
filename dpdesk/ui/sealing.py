"""How the window asks whose card something is sealed to: the verified ones, and what to do where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dpdesk.domain.cards import Card, CardState
from dpdesk.services.transfers_words import holder
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _


def ask_whom(owner: QWidget, context: Context, ask: Callable[[Entry], object], heading: str, about: str, then: Callable[[str], object],
             failed: Callable[[Exception], object]) -> None:
    """Let the officer choose a verified card in place through `ask(entry)`; `then(card)` goes on with its identity.

    None is chosen beforehand: what is sealed to the wrong person cannot be called back.
    """
    from dpdesk.services import cards
    session = context.session

    def offer(found: list[Any]) -> None:
        verified = [each for each in found if each.state is CardState.VERIFIED]
        if not verified:
            context.say("info", _("No card is verified yet. Take in the card of whom it is for, or the age key of somebody without dpdesk, "
                                  "and verify it over the telephone."), (_("Officer cards…"), lambda: context.go("cards", None)))
            return

        def chosen(values: dict[str, str]) -> None:
            if values["card"]:
                then(values["card"])
            else:
                entry.show_problems({"card": "missing"})
        choices = (("", _("Not chosen yet")), *((each.id, _whose(each.card)) for each in verified))
        entry = Entry(heading, about, [FieldSpec("card", _("For whom"), "choice", choices=choices)], _("Choose where to save…"), chosen)
        ask(entry)
    context.jobs.run("read", lambda: cards.listing(session), owner=owner, done=offer, failed=failed)


def _whose(card: Card) -> str:
    return ", ".join(filter(None, (card.name, holder(card) if card.signing else _("without dpdesk"))))
