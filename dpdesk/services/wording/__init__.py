"""The words each capability brings: one module per capability, with any of the tables that `joined` is asked for.

A module may hold ACTIONS, FIELDS, KINDS, RIGHTS, PROBLEMS, TODAY and COPY_KINDS, each from codes to marked words, and FAILURES, from
"<capability>.<code>" to what happened, what is safe and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TypeVar

Told = TypeVar("Told")

FEATURES: tuple[str, ...] = (
    "walks",
    "results",
    "retention",
    "scans",
    "sessions",
    "duties",
    "device",
    "transfers",
)


def joined(table: str, first: Mapping[str, Told]) -> dict[str, Told]:
    """`first` and that table of every capability. Where two name a code, a test sees to it that they agree."""
    found = dict(first)
    for feature in FEATURES:
        found = getattr(import_module(f"dpdesk.services.wording.{feature}"), table, {}) | found
    return found
