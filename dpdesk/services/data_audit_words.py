"""The words of the yearly audit: its steps, answers, and the numbers on its record."""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.services.names import _named
from dpdesk.services.policy_words import category_name
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

STEPS = {"sample": _m("A sample"), "quiet": _m("Not heard of"), "redundant": _m("Not needed"), "forms": _m("Forms"), "sign": _m("Sign")}
ANSWERS = {"right": _m("Right"), "corrected": _m("Put right"), "cannot_tell": _m("Cannot tell")}
FORM_ANSWERS = {"keep": _m("Still right: keep it"), "change": _m("Ask for less, or in other words"), "withdraw": _m("Use it no more")}
FACTS = {"members": _m("Members"), "contacts": _m("Contacts"), "archived": _m("In the archive"), "copies_due": _m("Copies to delete"),
         "sample": _m("Records looked at"), "sample_right": _m("of these right"), "sample_corrected": _m("of these put right"),
         "sample_cannot_tell": _m("of these not to be told"), "forms_keep": _m("Forms kept"), "forms_change": _m("Forms to change"),
         "forms_withdraw": _m("Forms withdrawn")}


def step_name(code: str) -> str:
    """A step of the audit."""
    return _named(STEPS, code)


def answer_name(code: str) -> str:
    """What looking at a record showed."""
    return _named(ANSWERS, code)


def form_answer_name(code: str) -> str:
    """What becomes of a form."""
    return _named(FORM_ANSWERS, code)


def fact_rows(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """The numbers of a record as names and values in words."""
    return [(tr("Due: {what}", what=category_name(code.removeprefix("due_"))) if code.startswith("due_") else _named(FACTS, code),
             f"{value:,}" if isinstance(value, int) else str(value)) for code, value in facts.items()]
