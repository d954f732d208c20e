"""Sentences of the retention pages: a rule with its clause, what is due of it, and a run."""

from __future__ import annotations

from collections.abc import Sequence

from dpdesk.domain.retention import Due, Run
from dpdesk.services.policy_words import category_name, rule_action_name
from dpdesk.services.retention import Line
from dpdesk.ui.words import _, day, moment, trn

SHOWN = 8


def some(due: Sequence[Due]) -> str:
    """The first few of what is due by name, with the day their period ran from, and how many more."""
    named = [_("{name} ({day})", name=each.name or _("no name"), day=day(each.since)) if each.since else each.name for each in due[:SHOWN]]
    more = len(due) - SHOWN
    words = ", ".join(named)
    return trn("{words} and {n} more", "{words} and {n} more", more, words=words) if more > 0 else words


def kept(line: Line) -> list[str]:
    """What of a rule stays for now, and why."""
    said = []
    if line.hold:
        said.append(_("On hold: {reason}", reason=line.hold))
    elif line.held:
        said.append(trn("{n} is under a hold.", "{n} are under a hold.", line.held))
    if line.longer:
        said.append(trn("{n} is kept longer with written approval.", "{n} are kept longer with written approval.", line.longer))
    if not line.mine and line.due:
        said.append(_("Another role carries this out."))
    return said


def parts(run: Run) -> list[tuple[str, str]]:
    """A run's categories with how many go, or went, and how."""
    found = []
    for part in run.parts:
        how = _("{n}, {then} ({clause})", n=f"{part.due:,}", then=rule_action_name(part.action.value), clause=part.clause)
        if part.done or part.stayed:
            how += " " + _("Gone: {gone}. Stayed: {stayed}.", gone=f"{part.done:,}", stayed=f"{part.stayed:,}")
        found.append((category_name(part.category), how))
    return found


def who(run: Run) -> str:
    """Who worked a run out, approved and finished it, and when."""
    said = [_("Worked out {moment}, by {name}.", moment=moment(run.planned_at), name=run.planned_by)]
    if run.approved_at:
        said.append(_("Approved {moment}, by {name}.", moment=moment(run.approved_at), name=run.approved_by))
    if run.ended_at and run.certificate:
        said.append(_("Certificate {number}.", number=run.certificate))
    return " ".join(said)
