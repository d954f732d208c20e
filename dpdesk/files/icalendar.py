"""Dated duties as an iCalendar file (RFC 5545): lines folded at 75 octets, text escaped, all-day events and moments in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Event:
    """`due` is an ISO day or a UTC moment; `uid` lasting; `alarms` days (or hours, for a moment) before it."""

    uid: str
    due: str
    summary: str
    alarms: tuple[int, ...] = ()


def write(events: Sequence[Event], stamp: str) -> bytes:
    """The calendar; `stamp` is the UTC moment it is written."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dpdesk//duties//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for each in events:
        lines += ["BEGIN:VEVENT", f"UID:{each.uid}", f"DTSTAMP:{_utc(stamp)}", *_when(each.due), f"SUMMARY:{_text(each.summary)}",
                  "TRANSP:TRANSPARENT", "CLASS:CONFIDENTIAL"]
        for before in each.alarms:
            span = f"-PT{before}H" if len(each.due) > 10 else f"-P{before}D"
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{span}", f"DESCRIPTION:{_text(each.summary)}", "END:VALARM"]
        lines.append("END:VEVENT")
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line)).encode()


def _when(due: str) -> list[str]:
    if len(due) > 10:
        return [f"DTSTART:{_utc(due)}", f"DTEND:{_utc(due)}"]
    day = date.fromisoformat(due)
    return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]


def _utc(iso: str) -> str:
    return iso[:19].replace("-", "").replace(":", "") + "Z"


def _text(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(line: str) -> list[str]:
    """Pieces of at most 75 octets, later ones begun with a blank, no letter cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > 75:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]
