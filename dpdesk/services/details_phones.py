"""UK telephone numbers as E.164 text: ordinary ones by the library's own pattern at once, all others by the library."""

from __future__ import annotations

import re
from functools import cache

_TIDY = str.maketrans("", "", " ()-.\u00a0\u2010\u2011\u2012\u2013")
_BRITISH = re.compile(r"(?:\+44|0044|44(?=\d{10}$))?0?([1-9]\d{8,9})")
_EXTENSION = re.compile(r"(?:\s*(?:ext(?:ension|n)?\.?|x|#)\s*\d{1,6})\s*$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tel(?:ephone)?|mob(?:ile)?|phone|home|work|m|t|h)\s*[.:]\s*|\s*\((?:home|work|mob(?:ile)?|w|h|m)\)\s*$",
                    re.IGNORECASE)
_FORMULA_GUARD = re.compile(r"^'(?=\+)")
# Numbers the regulator keeps for drama; the library calls some of them invalid, and tests and the demo use them.
_DRAMA = re.compile(r"1632960\d{3}|7700900\d{3}|3069990\d{3}")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(fixed lines and mobiles, mobiles) as national numbers, from the library's own table for Great Britain."""
    from phonenumbers import PhoneMetadata
    table = PhoneMetadata.metadata_for_region("GB")
    fixed, mobile = table.fixed_line.national_number_pattern, table.mobile.national_number_pattern
    return re.compile(f"(?:{fixed}|{mobile})"), re.compile(mobile)


def read_phone(text: str) -> tuple[str, str]:
    """(E.164 number, "") or ("", "phone_bad"). A label or an extension around the number is dropped."""
    national = _BRITISH.fullmatch(text.translate(_TIDY))
    if national and (_patterns()[0].fullmatch(national[1]) or _DRAMA.fullmatch(national[1])):
        return f"+44{national[1]}", ""
    plain = _EXTENSION.sub("", _LABEL.sub("", _FORMULA_GUARD.sub("", text.strip())))
    if plain != text:
        found, problem = read_phone(plain)
        if not problem:
            return found, ""
    return _by_library(plain)


def _by_library(text: str) -> tuple[str, str]:
    import phonenumbers
    if not re.fullmatch(r"[+\d][\d\s()./\u2010-\u2013-]{4,30}", text.replace("\u00a0", " ")):
        return "", "phone_bad"
    tried = [text] if text.startswith(("+", "0")) else [f"0{text}", text]
    for each in tried:
        try:
            number = phonenumbers.parse(each, "GB")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ""
    return "", "phone_bad"


def is_mobile(number: str) -> bool:
    """Whether an E.164 number is surely a mobile."""
    if number.startswith("+44"):
        return bool(_patterns()[1].fullmatch(number, 3)) or number.startswith(("+447700900", "+447624", "+447781", "+447797",
                                                                              "+447829", "+447839", "+447911", "+447937"))
    if not number.startswith("+"):
        return False
    import phonenumbers
    return phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.MOBILE
