"""Leaving office or replacing a device (S1 §27.9): the steps in their order, what each still needs, and who may sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class HandoverKind(StrEnum):
    """Why a device is left."""

    LEAVING = "leaving"
    REPLACING = "replacing"


class Step(StrEnum):
    """What is done, in this order."""

    SUCCESSOR = "successor"
    SHEETS = "sheets"
    COPIES = "copies"
    DESK = "desk"
    WIPE = "wipe"
    SIGN = "sign"


STEPS = tuple(Step)
WIPES = ("desk_erased", "disk_erased", "device_reset", "device_destroyed")
"""How a device was wiped: the desk's keys and files, the whole disk, reset to new, or destroyed."""


@dataclass(frozen=True)
class Handover:
    """One handover. `steps` maps a step that was done to what is known of it (moments, codes, numbers)."""

    id: str
    device: str
    officer: str
    kind: HandoverKind
    successor: str
    steps: Mapping[str, Mapping[str, object]]
    begun_at: str
    signed_by: str = ""
    signed_at: str = ""
    disposal: str = ""
    ended_at: str = ""

    def next_step(self) -> Step | None:
        """The first step not done; None once all are."""
        return next((step for step in STEPS if step.value not in self.steps), None)


def may_sign(handover: Handover, officer: str) -> bool:
    """Whoever leaves does not sign for themselves; replacing one's own device, another officer is asked all the same."""
    return officer != handover.officer


def blocked(step: Step, *, successor: str, sheets: int, copies: int, backup_days: int | None, every: int) -> str:
    """Why a step cannot be done yet: a code, or ""."""
    if step is Step.SUCCESSOR and not successor:
        return "no_successor"
    if step is Step.SHEETS and sheets:
        return "sheets_out"
    if step is Step.COPIES and copies:
        return "copies_open"
    if step is Step.DESK and (backup_days is None or backup_days > every):
        return "no_fresh_backup"
    return ""
