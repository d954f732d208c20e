"""Spans of the calendar, for every rule that counts in months, and British time: instants are UTC, days are London's."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later; the month's last day where it has no such day (31 January + 1 = 28 February)."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, likewise."""
    return months_after(day, -months)


def british(iso: str) -> datetime:
    """The moment `iso` (UTC unless it says otherwise) by the clocks of the United Kingdom.

    The rule is written out (last Sundays of March and October, 01:00 UTC): Windows brings no time zones with it.
    """
    instant = datetime.fromisoformat(iso)
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    summer = _last_sunday(instant.year, 3) <= instant < _last_sunday(instant.year, 10)
    return (instant + timedelta(hours=summer)).replace(tzinfo=None)


def utc_of(day: str) -> str:
    """The moment a British day begins, or the moment of a British clock ("2026-11-24T21:05"), as stored: UTC, ISO, milliseconds.

    Where the clock shows a time twice, in October, the first is meant: a clock that starts there then ends earlier.
    """
    shown = datetime.fromisoformat(day).replace(tzinfo=UTC)
    summer = british((shown - timedelta(hours=1)).isoformat()) == shown.replace(tzinfo=None)
    return (shown - timedelta(hours=summer)).isoformat("T", "milliseconds").replace("+00:00", "Z")


def utc_at(day: str, time: str) -> str:
    """The moment when British clocks show `time` (HH:MM) on a day, as stored."""
    naive = datetime.fromisoformat(f"{day}T{time}")
    early = (naive - timedelta(hours=1)).replace(tzinfo=UTC)
    found = early if british(early.isoformat()) == naive else naive.replace(tzinfo=UTC)
    return found.isoformat("T", "milliseconds").replace("+00:00", "Z")


def _last_sunday(year: int, month: int) -> datetime:
    """01:00 UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)
