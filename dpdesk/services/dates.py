"""Days and moments as an officer reads them: "Tue 24 Nov 2026", "in 6 days", in British time on every machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from dpdesk.services.translation import marked, tr, trn

_WEEKDAYS = (marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"), marked("Sun"))
_MONTHS = (marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
           marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"))


def day(value: date | str) -> str:
    """`value` (a date, or ISO text of a day or moment) as "Tue 24 Nov 2026"; "" for an unknown day."""
    if not value:
        return ""
    if isinstance(value, str):
        if len(value) > 10:
            return day(british(value))
        value = date.fromisoformat(value)
    return f"{tr(_WEEKDAYS[value.weekday()])} {value.day} {tr(_MONTHS[value.month - 1])} {value.year}"


def moment(iso: str) -> str:
    """A UTC moment in ISO text as "Tue 24 Nov 2026 at 21:05", British time; "" for an unknown one."""
    if not iso:
        return ""
    local = british(iso)
    return tr("{day} at {time}", day=day(local), time=f"{local:%H:%M}")


def british(iso: str) -> datetime:
    """The moment `iso` (UTC unless it says otherwise) by the clocks of the United Kingdom.

    The rule is written out (last Sundays of March and October, 01:00 UTC): Windows brings no time zones with it.
    """
    instant = datetime.fromisoformat(iso)
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    summer = _last_sunday(instant.year, 3) <= instant < _last_sunday(instant.year, 10)
    return (instant + timedelta(hours=summer)).replace(tzinfo=None)


def utc_of(day: str) -> str:
    """The moment a British day begins, as stored: UTC, ISO, milliseconds."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
    summer = british((midnight - timedelta(hours=1)).isoformat()) == midnight.replace(tzinfo=None)
    return (midnight - timedelta(hours=summer)).isoformat("T", "milliseconds").replace("+00:00", "Z")


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


def away(value: date | str, today: date) -> str:
    """How far `value` lies from `today`: "in 6 days", "tomorrow", "today", "yesterday", "6 days ago"."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    days = (value - today).days
    near = {0: marked("today"), 1: marked("tomorrow"), -1: marked("yesterday")}
    if days in near:
        return tr(near[days])
    return trn("in {n} day", "in {n} days", days) if days > 0 else trn("{n} day ago", "{n} days ago", -days)


def due(value: date | str, today: date) -> str:
    """A day with its distance: "Tue 24 Nov 2026, in 6 days"."""
    return tr("{day}, {away}", day=day(value), away=away(value, today))


def span(seconds: float) -> str:
    """A length of time rounded up: "12 seconds", "3 minutes", "2 hours"."""
    whole = max(1, int(-(-seconds // 1)))
    if whole < 90:
        return trn("{n} second", "{n} seconds", whole)
    if whole < 90 * 60:
        return trn("{n} minute", "{n} minutes", -(-whole // 60))
    return trn("{n} hour", "{n} hours", -(-whole // 3600))
