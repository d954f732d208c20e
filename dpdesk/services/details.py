"""Cleans what people type or lists hold, one value at a time: the form and the import share every rule here.

`clean` gives (value, "") or ("", problem). Problems: formula, control, too_long, email_bad, phone_bad, postcode_bad,
date_bad, date_month_first, status_unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from dpdesk.domain.members import FIELD, Field, Kind, Status, problems_of
from dpdesk.domain.policies import Policy
from dpdesk.services.details_dates import plain_day, read_day
from dpdesk.services.details_phones import is_mobile, read_phone

PROBLEMS = ("formula", "control", "too_long", "email_bad", "phone_bad", "postcode_bad", "date_bad", "date_month_first",
            "status_unknown", "number_mangled")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_GUARDED = re.compile(r"'(?=[=+\-@])")  # how spreadsheets and our own export keep a formula from running
_DASHES = frozenset("-–—. ")
_NOTHING = frozenset({"n/a", "na", "none", "null", "nil", "unknown", "not known", "not given", "not supplied", "tbc", "tba",
                      "#n/a", "(none)", "(null)", "?"})
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\u2060"))
_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029\x0b\x0c]+\s*")
# The shape alone: which areas exist changes, and an invented postcode in an exercise is no harm.
_POSTCODE = re.compile(r"GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]{4} 1ZZ|BFPO \d{1,4}")
_MAIL = re.compile(r"([A-Za-z0-9_+-]+(?:[.'][A-Za-z0-9_+-]+)*)@([A-Za-z0-9.-]{4,200})")
_STATUS = {
    Status.CURRENT: ("new", "current", "active", "paid", "paid up", "live", "member", "full", "valid", "grace", "yes",
                     "in good standing", "good standing", "full member", "renewed", "joined", "accepted"),
    Status.PENDING: ("pending", "applied", "applicant", "application", "provisional", "awaiting payment", "on hold",
                     "awaiting approval", "prospective"),
    Status.ARREARS: ("arrears", "in arrears", "overdue", "unpaid", "owing", "late", "payment due", "behind"),
    Status.LAPSED: ("lapsed", "expired", "ex member", "former", "former member", "inactive", "ended", "past"),
    Status.RESIGNED: ("resigned", "cancelled", "canceled", "left", "withdrawn", "terminated", "resignation", "expelled",
                      "leaver"),
    Status.DECEASED: ("deceased", "died", "dead", "rip", "passed away"),
}
_STATUS_BY_WORD = {word: status.value for status, words in _STATUS.items() for word in words}

Cleaned = tuple[str, str]


def clean(field: Field, text: str, today: date | None = None) -> Cleaned:
    """One value as it is stored, or the code of what is wrong with it."""
    return _CLEANERS[field.kind](field, text, today or _today())


def _today() -> date:
    from dpdesk.services.session import today
    return today()


def _open(text: str, *, plus: bool = False) -> Cleaned:
    """A value without spaces around, invisible characters and stand-ins for nothing; formulas and controls refused."""
    if text.isascii() and text.isprintable() and text[:1].isalnum():  # the most, and nothing to do for them
        plain = " ".join(text.split())
        return (plain, "")
    text = _GUARDED.sub("", text, 1)
    if text.startswith(_FORMULA):
        if _DASHES.issuperset(text):
            return "", ""
        if not (plus and text[0] == "+"):
            return "", "formula"
    plain = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()
    plain = " ".join(_BREAKS.sub("\n", plain).replace("\t", " ").split(" ")) if "\n" in plain or "\r" in plain else plain
    plain = "\n".join(" ".join(line.split()) for line in plain.split("\n"))
    if plain.startswith(_FORMULA) and not (plus and plain[0] == "+") and not _DASHES.issuperset(plain):
        return "", "formula"
    if not plain.replace("\n", "").isprintable():
        return "", "control"
    return ("", "") if _DASHES.issuperset(plain) else (plain, "")


def _filled(text: str) -> Cleaned:
    """As `_open`, where words such as "unknown" stand for nothing. Not for names: there are people called Null."""
    value, problem = _open(text)
    return ("", "") if value.casefold() in _NOTHING else (value, problem)


def _fitting(field: Field, value: str) -> Cleaned:
    return (value, "") if len(value) <= field.longest else ("", "too_long")


def _text(field: Field, text: str, today: date) -> Cleaned:
    value, problem = _filled(text)
    return ("", problem) if problem else _fitting(field, ", ".join(filter(None, (p.strip(", ") for p in value.split("\n")))))


def _name(field: Field, text: str, today: date) -> Cleaned:
    value, problem = _open(text)
    return ("", problem) if problem else _fitting(field, "" if value in ("N/A", "n/a", "?", "#N/A") else value.replace("\n", " "))


_SHORTENED = re.compile(r"\d[.,]\d+E[+-]?\d+|\dE[+-]\d+", re.IGNORECASE)  # what a spreadsheet makes of a long number


def _number(field: Field, text: str, today: date) -> Cleaned:
    if text.isascii() and text.isdigit() and len(text) <= field.longest:
        return text, ""
    value, problem = _filled(text)
    if problem:
        return "", problem
    if _SHORTENED.fullmatch(value):
        return "", "number_mangled"
    return _fitting(field, re.sub(r"^(\d+)\.0+$", r"\1", value.replace("\n", " ")))


def _email(field: Field, text: str, today: date) -> Cleaned:
    match = _MAIL.fullmatch(text)
    if match and len(match[1]) <= 64 and len(text) <= field.longest and (host := _host(match[2].lower())):
        return f"{match[1]}@{host}", ""
    value, problem = _filled(text)
    if problem or not value:
        return "", problem
    value = re.sub(r"^(?:mailto:\s*|.*<\s*)|\s*>$", "", value, flags=re.IGNORECASE)
    return _fitting(field, value) if "@" in value and (value := _by_library(value)) else ("", "email_bad")


@lru_cache(maxsize=4096)
def _host(host: str) -> str:
    """The part after the @ as it is stored, "" where it cannot be one."""
    return _by_library(f"x@{host}").removeprefix("x@")


def _by_library(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return ""


def _phone(field: Field, text: str, today: date) -> Cleaned:
    if not text.isascii() or not text.isprintable() or not text[:1].isdigit():
        text, problem = _open(text, plus=True)
        if problem:
            return "", problem
    return ("", "") if not text or text.casefold() in _NOTHING | {"ex-directory", "ex directory"} else read_phone(text)


def _postcode(field: Field, text: str, today: date) -> Cleaned:
    if _POSTCODE.fullmatch(text):
        return text, ""
    value, problem = _filled(text)
    if problem or not value:
        return "", problem
    tight = re.sub(r"[^A-Z0-9]", "", value.upper())
    if tight.startswith("BFPO"):
        value = f"BFPO {tight[4:]}"
    elif 5 <= len(tight) <= 7:
        value = f"{tight[:-3]} {tight[-3:].replace('O', '0', 1) if tight[-3] == 'O' else tight[-3:]}"
    return (value, "") if _POSTCODE.fullmatch(value) else ("", "postcode_bad")


def _day(field: Field, text: str, today: date) -> Cleaned:
    if len(text) == 10 and (day := plain_day(text)):
        return day, ""
    value, problem = _filled(text)
    if problem or not value:
        return "", problem
    return read_day(value, today, birth=field.code == "date_of_birth")


def _status(field: Field, text: str, today: date) -> Cleaned:
    value, problem = _filled(text)
    if problem or not value:
        return "", problem
    words = " ".join(re.findall(r"[^\W_]+", value.casefold()))
    found = words if words in set(Status) else _STATUS_BY_WORD.get(words, "")
    return (found, "") if found else ("", "status_unknown")


_CLEANERS: dict[str, Callable[[Field, str, date], Cleaned]] = {
    "text": _text, "name": _name, "number": _number, "email": _email, "phone": _phone, "postcode": _postcode,
    "date": _day, "status": _status}


def split_name(text: str) -> tuple[str, str]:
    """(forename, surname) of a name in one piece: "Lee, Ann", or the last word with its particles as surname."""
    if "," in text:
        surname, _, forename = text.partition(",")
        return forename.strip(), surname.strip()
    words = text.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in ("van", "der", "de", "den", "von", "la", "le", "di", "da", "st", "mac", "ap"):
        at -= 1
    return (" ".join(words[:at]), " ".join(words[at:])) if at > 0 else ("", text.strip())


def settle_phones(mobile: str, landline: str) -> tuple[str, str]:
    """(mobile, landline) put right where a mobile stands as landline or the other way round."""
    if landline and is_mobile(landline) and (not mobile or not is_mobile(mobile)):
        return landline, mobile
    if mobile and not landline and mobile.startswith("+44") and not is_mobile(mobile):
        return "", mobile
    return mobile, landline


def tidy(values: Mapping[str, str], kind: Kind, policy: Policy, today: date | None = None
         ) -> tuple[dict[str, str], dict[str, str]]:
    """What an officer typed, cleaned, and the problems: field code -> problem code."""
    now = today or _today()
    cleaned: dict[str, str] = {}
    problems: dict[str, str] = {}
    for code, text in values.items():
        cleaned[code], problem = clean(FIELD[code], text, now)
        if problem:
            problems[code], cleaned[code] = problem, text
    if "mobile" in cleaned and "landline" in cleaned and not problems.keys() & {"mobile", "landline"}:
        cleaned["mobile"], cleaned["landline"] = settle_phones(cleaned["mobile"], cleaned["landline"])
    if kind is Kind.CONTACT:
        cleaned.update({code: "" for code in ("status",) if code in cleaned})
        problems.pop("status", None)
    sound = {code: value for code, value in cleaned.items() if code not in problems}
    rules = problems_of(sound, now, kind=kind, parental_consent_under=policy.parental_consent_under)
    names = {"forename", "surname"} & problems.keys()
    return cleaned, {**{c: p for c, p in rules.items() if not (c == "surname" and names)}, **problems}


class Columns:
    """Cleans whole columns; a text that was seen before costs a look-up. Forgotten with the import."""

    _MOST = 200_000

    def __init__(self, today: date, fields: Mapping[str, Field] = FIELD) -> None:
        self._today, self._fields = today, fields
        self._known: dict[str, dict[str, str]] = {}
        self._bad: dict[str, dict[str, str]] = {}

    def clean(self, code: str, texts: Sequence[str]) -> tuple[list[str], dict[int, str]]:
        """The values of one column, "" where there is a problem; and the problems by place."""
        known, bad = self._known.setdefault(code, {}), self._bad.setdefault(code, {})
        if len(known) > self._MOST:
            known.clear()
            bad.clear()
        self._learn(self._fields[code], known, bad, set(texts).difference(known))
        values = list(map(known.__getitem__, texts))
        if not bad:
            return values, {}
        return values, {at: bad[text] for at, text in enumerate(texts) if text in bad}

    def _learn(self, field: Field, known: dict[str, str], bad: dict[str, str], fresh: Iterable[str]) -> None:
        cleaner, today = _CLEANERS[field.kind], self._today
        for text in fresh:
            known[text], problem = cleaner(field, text, today)
            if problem:
                bad[text] = problem
