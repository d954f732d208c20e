"""Days as people and programs write them, read day first, as ISO text; what cannot be a day says why."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_DAY_MONTH = re.compile(r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]*(?:of )?([a-z]{3,9})\.?[ \-/.,]*(\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[ \-]*(\d{1,2})(?:st|nd|rd|th)?,?[ \-]+(\d{4})")
_TIME = re.compile(r"[T ,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?([AaPp][Mm])?( ?(Z|UTC|GMT|BST|[+-]\d{2}:?\d{2}))?$")
_NONE = frozenset({"0000-00-00", "00/00/0000", "0", "1900-01-00"})
_MONTHS = {name[:3]: at for at, name in enumerate(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december"), 1)}
_FULL = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "sept", "october",
         "november", "december")
_EXCEL_START = date(1899, 12, 30)


def plain_day(text: str) -> str:
    """The ISO day of `dd/mm/yyyy`, written just so; "" for all else."""
    if text[2] == "/" == text[5] and text.isascii() and (text[:2] + text[3:5] + text[6:]).isdigit():
        with suppress(ValueError):
            year = int(text[6:])
            return date(year, int(text[3:5]), int(text[:2])).isoformat() if 1800 <= year <= 2200 else ""
    return ""


def read_day(text: str, today: date, *, birth: bool = False) -> tuple[str, str]:
    """(ISO day, "") or ("", problem): `date_bad`, or `date_month_first` where only the month can come first.

    A year of two digits is the latest one that has come (for a birth) or comes within ten years.
    """
    plain = _TIME.sub("", " ".join(text.split()))
    if plain in _NONE:
        return "", ""
    if match := _NUMBERS.fullmatch(plain):
        day, month, year = match.groups()
        return _made(_year(year, today, birth), int(month), int(day))
    if match := _ISO.fullmatch(plain):
        year, month, day = match.groups()
        found, _ = _made(int(year), int(month), int(day))
        return found, "" if found else "date_bad"
    if re.fullmatch(r"[12]\d{7}", plain):
        found, _ = _made(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
        return found, "" if found else "date_bad"
    if re.fullmatch(r"[1-7]\d{4}(\.\d+)?", plain):
        return (_EXCEL_START + timedelta(days=int(plain[:5]))).isoformat(), ""
    return _in_words(plain.casefold(), today, birth)


def is_ambiguous(text: str) -> bool:
    """Whether the day and the month of `text` could change places and give another day."""
    match = _NUMBERS.match(text.strip())
    return bool(match) and match[1] != match[2] and int(match[1]) <= 12 and int(match[2]) <= 12


def _in_words(plain: str, today: date, birth: bool) -> tuple[str, str]:
    if match := _DAY_MONTH.fullmatch(plain):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(plain):
        name, day, year = match.groups()
    else:
        return "", "date_bad"
    month = _MONTHS.get(name[:3], 0) if name in _FULL or len(name) == 3 else 0
    found, _ = _made(_year(year, today, birth), month, int(day)) if month else ("", "")
    return found, "" if found else "date_bad"


def _year(year: str, today: date, birth: bool) -> int:
    if len(year) == 4:
        return int(year)
    full = today.year // 100 * 100 + int(year)
    return full - 100 if full > today.year + (0 if birth else 10) else full


def _made(year: int, month: int, day: int) -> tuple[str, str]:
    if 1800 <= year <= 2200:
        try:
            return date(year, month, day).isoformat(), ""
        except ValueError:
            if month > 12 >= day and month <= 31:
                return "", "date_month_first"
    return "", "date_bad"
