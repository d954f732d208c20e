"""Spans of the calendar, for every rule that counts in months: the same day of another month, or that month's last."""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later; the month's last day where it has no such day (31 January + 1 = 28 February)."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, likewise."""
    return months_after(day, -months)
