"""What counts of consents and permissions on a day: not withdrawn, and not ended. Every question in SQL asks it here."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, or_


def standing(table: Table, today: str) -> tuple[ColumnElement[bool], ...]:
    """Conditions on `consent` or `sharing`: those in force on `today` (ISO)."""
    return table.c.withdrawn_on == "", or_(table.c.expires_on == "", table.c.expires_on > today)
