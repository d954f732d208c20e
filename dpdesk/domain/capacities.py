"""Capacities: in what a branch knows a person beside their membership. One person may hold several, and is one person (S2 l.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

DETAIL_LONGEST = 200


class Capacity(StrEnum):
    """What somebody is to the branch: the first four as every branch knows them, the last two as S2 l.3 names them."""

    SUPPORTER = "supporter"
    VOLUNTEER = "volunteer"
    ELECTED = "elected_representative"
    ENQUIRER = "enquirer"
    ADMINISTRATOR = "electoral_administrator"
    CAMPAIGNER = "registered_campaigner"


ORDER = {capacity.value: at for at, capacity in enumerate(Capacity)}


@dataclass(frozen=True)
class Held:
    """One capacity of one person. `since` and `until` are ISO days, "" where not known or not ended; on `until` it is over.

    `detail` says more: office and area of an elected representative, what a volunteer does.
    """

    id: str
    person: str
    capacity: Capacity
    since: str = ""
    until: str = ""
    detail: str = ""
    seq: int = 0

    def stands(self, today: str) -> bool:
        """Whether it is held on `today` (ISO)."""
        return not self.until or self.until > today


def in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Each capacity once, in the order they are told."""
    return tuple(sorted(set(codes), key=lambda code: ORDER.get(code, len(ORDER))))


def problems_of(values: Mapping[str, str], today: str) -> dict[str, str]:
    """What is wrong with a capacity about to be recorded: field code -> problem code. Days are ISO or ""."""
    found: dict[str, str] = {}
    capacity, since, until = values.get("capacity", ""), values.get("since", ""), values.get("until", "")
    if capacity not in set(Capacity):
        found["capacity"] = "unknown" if capacity else "missing"
    if capacity == Capacity.ELECTED and not values.get("detail", "").strip():
        found["detail"] = "office_missing"
    if len(values.get("detail", "")) > DETAIL_LONGEST:
        found["detail"] = "too_long"
    if since > today:
        found["since"] = "in_future"
    if until and until < since:
        found["until"] = "before_start"
    return found
