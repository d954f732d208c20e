"""What one register's entries can do beside the rest, such as an incident's packs: by the register's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from dpdesk.ui.duties.entry import DutyPage


def block(page: DutyPage) -> QWidget | None:
    """The block for the entry in front, None where its register has none."""
    return None
