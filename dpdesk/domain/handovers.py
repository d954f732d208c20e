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
    """What is done, in this order: how the device will be wiped is said before the backup that tells the successor of it."""

    SUCCESSOR = "successor"
    SHEETS = "sheets"
    COPIES = "copies"
    WIPE = "wipe"
    DESK = "desk"
    SIGN = "sign"


STEPS = tuple(Step)
WIPES = ("desk_erased", "disk_erased", "device_reset", "device_destroyed")
"""How a device was wiped: the desk's keys and files, the whole disk, reset to new, or destroyed."""

LONGEST = 200


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


def to_sign(handover: Handover, restored_at: str) -> bool:
    """Whether only the signature is left: a desk restored since the wiping was said is handed over by being open here."""
    step = handover.next_step()
    if handover.ended_at or step not in (Step.DESK, Step.SIGN):
        return False
    return step is Step.SIGN or restored_at > str(handover.steps[Step.WIPE.value].get("at", ""))


def blocked(step: Step, *, successor: str, sheets: int, copies: int, backed_up: bool) -> str:
    """Why a step cannot be done yet: a code, or ""; `backed_up` since the step before."""
    if step is Step.SUCCESSOR and not successor:
        return "no_successor"
    if step is Step.SHEETS and sheets:
        return "sheets_out"
    if step is Step.COPIES and copies:
        return "copies_open"
    if step is Step.DESK and not backed_up:
        return "no_fresh_backup"
    return ""


LATER = frozenset({"desk.backed_up", "desk.backup_checked", "desk.attempts", "handover.step_done", "handover.signed", "device.checked",
                   "copy.closed", "desk.erasing"})
"""Entries of the log that may stand after the last backup when a desk is erased: nothing of the branch's work is lost with them."""


def kept_from_erasing(handover: Handover | None, officer: str, *, backed_up: bool, later: int) -> str:
    """Why a desk may not be erased from its device: a code, or "" (S1 §27.9). `later` counts what the last backup does not hold."""
    if handover is None or handover.officer != officer or Step.DESK.value not in handover.steps:
        return "erase_not_handed_over"
    if not backed_up:
        return "no_fresh_backup"
    return "erase_not_in_backup" if later else ""
