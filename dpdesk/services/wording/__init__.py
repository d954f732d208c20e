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
    "transfers",
)


def joined(table: str, first: Mapping[str, Told]) -> dict[str, Told]:
    """`first` and that table of every capability that has one; a code named twice is a mistake of ours."""
    found = dict(first)
    for feature in FEATURES:
        more = getattr(import_module(f"dpdesk.services.wording.{feature}"), table, {})
        assert not found.keys() & more.keys(), (feature, table)
        found |= more
    return found
