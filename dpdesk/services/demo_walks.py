"""Walks of the demo branch: proposed for every district, and one put together by hand."""

from __future__ import annotations

from dpdesk.domain.walks import Side, Walk, Way
from dpdesk.services import walks, walks_make
from dpdesk.services.session import Session

DOORS = 60


def add(session: Session) -> None:
    """Make the walks."""
    proposal = walks_make.proposed(session, DOORS)
    walks_make.make(session, proposal)
    district = proposal.districts[0]
    street = max(walks.streets(session, district).values(), key=len)
    evens = walks_make.parts(street, side=Side.EVEN, first=2, last=20, unnumbered=False, way=Way.UP)
    walks_make.save(session, Walk("", district, 0, "The short round", evens))
