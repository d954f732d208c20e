"""What a list says while it is empty: what it is for and the next step; and when nobody fits what was asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from dpdesk.domain.members import Kind
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.words import _


def empty_list(kind: Kind, bring: Callable[[], object] | None, add: Callable[[], object] | None) -> QWidget:
    """Nobody is on the list yet; `bring` and `add` are None where the officer may not."""
    acts = []
    if kind is Kind.MEMBER:
        if bring is not None:
            acts.append((_("Import a list…"), bring))
        if add is not None:
            acts.append((_("Add a member"), add))
        return EmptyState("users", _("No members yet"), _(
            "Here stand the members of the branch: who they are, how they may be reached, and what they agreed to. "
            "Most begin with the list their headquarters sends."), *acts)
    if add is not None:
        acts.append((_("Add a contact"), add))
    return EmptyState("contact", _("No contacts yet"), _(
        "Here stand people who are not members: supporters, helpers, and those who asked to hear from the branch."), *acts)


def nobody_fits(everybody: Callable[[], object]) -> QWidget:
    """Nobody fits what was asked."""
    return EmptyState("search", _("Nobody fits"), _("Try fewer letters, another spelling, or take the filter away."),
                      (_("Show everybody"), everybody))
