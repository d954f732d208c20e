"""What the page that changes many people says: (words, role) lines made of a plan, without a widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dpdesk.ui.members.history import change_words
from dpdesk.ui.words import _, bulk_reason, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.bulk import One, Plan, Undoing


def preview(plan: Plan) -> Iterator[tuple[str, str]]:
    """How many change, how many have it already, who stays and why, and a few before and after."""
    yield _("What will happen"), "heading"
    yield trn("{n} person changes.", "{n} people change.", plan.changed), "label"
    if plan.already:
        yield trn("{n} has it already.", "{n} have it already.", plan.already), ""
    left = sum(plan.why.values())
    if left:
        yield trn("{n} stays as they are:", "{n} stay as they are:", left), "warning"
        yield from (_counted(reason, n) for reason, n in plan.why.items())
    if plan.sample:
        yield _("Such as"), "heading"
        for one in plan.sample:
            yield _("{name}: {changes}", name=named(one), changes="; ".join(change_words(*change) for change in one.changes)), ""
    if plan.refused:
        yield _("Who stays as they are"), "heading"
        yield from _people(plan.refused, left)
    yield _("It is one entry of the log, and can be undone in one step while nobody changes those fields again."), "quiet"


def _counted(reason: str, n: int) -> tuple[str, str]:
    return _("{n}: {why}", n=f"{n:,}", why=bulk_reason(reason)), ""


def _people(some: list[One], total: int) -> Iterator[tuple[str, str]]:
    for one in some:
        yield _("{name}: {why}", name=named(one), why=", ".join(map(bulk_reason, one.codes))), ""
    if total > len(some):
        yield trn("and {n} more", "and {n} more", total - len(some)), "quiet"


def named(one: One) -> str:
    """Who it is: name and number."""
    return ", ".join(filter(None, (one.name, one.number))) or _("Somebody no longer on the desk")


def when(plan: Undoing) -> str:
    """Whose change it was, and when."""
    return _("{officer}, {at}", officer=plan.officer or _("somebody no longer listed"), at=moment(plan.at))


def undo_preview(plan: Undoing) -> Iterator[tuple[str, str]]:
    """How many get back what stood before, and who is left alone and why."""
    yield trn("{n} person gets back what stood before.", "{n} people get back what stood before.", plan.back), "label"
    if plan.left:
        yield _("What was changed since stays"), "heading"
        yield from _people(plan.left, plan.left_count)


def undone(done: Undoing) -> str:
    """How an undo went."""
    said = trn("{n} person is as before.", "{n} people are as before.", done.back)
    if done.left_count:
        said += " " + trn("For {n}, what was changed since stays.", "For {n}, what was changed since stays.", done.left_count)
    return said
