"""Saying that pages are lost: the loss is kept, and an incident opened with exactly whose data was on them (S0 l.11; S1 §27.11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.custody import Piece
from dpdesk.domain.sessions import Loss
from dpdesk.services import incidents, sheet_loss
from dpdesk.services.session import Session


@dataclass(frozen=True)
class Lost:
    """A loss and the identity of the incident it became."""

    loss: Loss
    incident: str


def lose(session: Session, pieces: Sequence[Piece], how: str, missed_at: str = "") -> list[Lost]:
    """Report pages as lost, one loss and one incident a sheet; raises as `sheet_loss.report`."""
    return [Lost(each, incidents.lost_sheet(session, each.id).duty.id) for each in sheet_loss.report(session, pieces, how, missed_at)]


def open_incident(session: Session, loss: str) -> str:
    """The incident of a loss that has none yet; returns its identity."""
    return incidents.lost_sheet(session, loss).duty.id
