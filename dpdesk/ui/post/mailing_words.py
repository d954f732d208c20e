"""A mailing in words: where it stands in one sentence, and the facts of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dpdesk.domain.post_states import RETRY_AFTER, Mailing, Outcome, State
from dpdesk.ui.post.going import still
from dpdesk.ui.words import _, moment, trn

if TYPE_CHECKING:
    from dpdesk.services.post_mailings import Got


def standing(mailing: Mailing, *, running: bool = False) -> str:
    """Where it stands: "Paused: the line broke. 12 people are still to get it."."""
    from dpdesk.services.post_names import mailing_state_name, pause_name
    left = still(mailing)
    if running:
        return _("Being sent. You can go on working; locking pauses it.")
    if mailing.state is State.SENDING:
        said = _("Interrupted.")
    elif mailing.state is State.PAUSED and mailing.pause:
        said = _("Paused: {why}.", why=pause_name(mailing.pause))
    else:
        said = f"{mailing_state_name(mailing.state.value)}."
    if left and mailing.state not in (State.CANCELLED, State.DONE):
        said += " " + trn("{n} person is still to get it.", "{n} people are still to get it.", left)
    if unknown := mailing.counts.get("unknown", 0):
        said += " " + trn("Of {n} person it is not known whether they got it.", "Of {n} people it is not known whether they got it.",
                         unknown)
    return said


def next_try(people: Sequence[Got]) -> str:
    """From when the first of those the server put off is tried again (UTC); "" where somebody can be written to now."""
    if any(each.outcome is Outcome.WAITING for each in people):
        return ""
    times = [datetime.fromisoformat(each.at) + timedelta(seconds=RETRY_AFTER[min(max(each.tries, 1), len(RETRY_AFTER)) - 1])
             for each in people if each.outcome is Outcome.DEFERRED and each.at]
    first = min(times, default=None)
    return first.isoformat() if first is not None and first > datetime.now(UTC) else ""


def in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts by outcome, those done first and those unknown last but for who was left out."""
    places = {code: at for at, code in enumerate(("sent", "drafted", "listed", "exported", "waiting", "in_flight", "deferred", "failed"))}
    return sorted(counts.items(), key=lambda each: places.get(each[0], len(places)))


def facts(mailing: Mailing, officers: Mapping[str, str]) -> list[tuple[str, str]]:
    """The record: purpose, basis, way, sender, who wrote and approved it and when."""
    from dpdesk.services.post_names import basis_name, purpose_name, route_name

    def by(officer: str, at: str) -> str:
        return _("{moment} by {name}", moment=moment(at), name=officers.get(officer) or _("somebody no longer listed"))
    found = [(_("For"), _("{purpose}. {basis}", purpose=purpose_name(mailing.purpose), basis=basis_name(mailing.basis))),
             (_("Way"), route_name(mailing.route)), (_("From"), mailing.sender_address),
             (_("Prepared"), by(mailing.made_by, mailing.made_at))]
    if mailing.approved_by:
        found.append((_("Approved"), _("by {name}", name=officers.get(mailing.approved_by) or _("somebody no longer listed"))))
    found += [(name, moment(at)) for name, at in ((_("Begun"), mailing.started_at), (_("Ended"), mailing.ended_at)) if at]
    return found
