"""Days and moments as an officer reads them: "Tue 24 Nov 2026", "in 6 days", in British time on every machine."""

from __future__ import annotations

from datetime import date

from dpdesk.domain.clocks import british, utc_at, utc_of
from dpdesk.services.translation import marked, tr, trn

__all__ = ["away", "british", "day", "due", "moment", "span", "utc_at", "utc_of"]

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
