"""What the desk really holds of a processing activity, as it is now: its count and its oldest record (S1 4, 26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.roles import Right
from dpdesk.services.dates import day
from dpdesk.services.duties import Shown
from dpdesk.services.policy_words import rule_sentence
from dpdesk.services.session import Session
from dpdesk.services.translation import tr, trn

if TYPE_CHECKING:
    from dpdesk.store.holdings import Held


def of(session: Session, shown: Shown) -> Held | None:
    """What there is of an activity; None where it says that the desk holds nothing of it."""
    from dpdesk.store import holdings
    session.require(Right.DUTIES_SEE)
    code = shown.duty.values.get("holds", "none")
    if code not in holdings.CODES:
        return None
    with session.desk.read() as connection:
        return holdings.held(connection, code)


def words(held: Held | None) -> str:
    """"600 records, the oldest from Tue 24 Nov 2026"."""
    if held is None:
        return ""
    if not held.count:
        return tr("Nothing at present")
    counted = trn("{n} record", "{n} records", held.count)
    return tr("{counted}, the oldest from {day}", counted=counted, day=day(held.oldest)) if held.oldest else counted


def told(session: Session, shown: Shown) -> str:
    """What is so now of a processing activity: what the desk holds, and how long the policy keeps it; "" of anything else."""
    if shown.register.code != "processing":
        return ""
    rule = session.policy.rule_for(shown.duty.values.get("rule", ""))
    kept = rule_sentence(rule, session.policy.months_of(rule)) if rule is not None else ""
    held = words(of(session, shown))
    return " ".join(filter(None, (tr("{held}.", held=held) if held else "", kept)))
