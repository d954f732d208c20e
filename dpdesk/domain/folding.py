"""Folding names and addresses so that case, accents and plus-tags do not tell people apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
                          "’": "'", "‘": "'", "`": "'"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_memo: dict[str, str] = {}
_MEMO_MOST = 200_000


def fold(text: str) -> str:
    """Lower case without accents, apostrophes dropped, everything else not a letter or digit a single space."""
    known = _memo.get(text)
    if known is not None:
        return known
    lowered = text.casefold().translate(_LETTERS)
    if not lowered.isascii():
        lowered = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    folded = _NOT_WORD.sub(" ", lowered.replace("'", "")).strip()
    if len(_memo) < _MEMO_MOST:
        _memo[text] = folded
    return folded


def forget() -> None:
    """Empty the memo of folded names (locking does)."""
    _memo.clear()


def sort_name(surname: str, forename: str) -> str:
    """What lists are ordered by: folded surname, then forename."""
    return f"{fold(surname)}\x1f{fold(forename)}" if surname else fold(forename)


def plain_email(email: str) -> str:
    """An address as one mailbox: lower case, plus-tag dropped, googlemail as gmail."""
    local, _, host = email.strip().casefold().rpartition("@")
    host = "gmail.com" if host == "googlemail.com" else host
    return f"{local.partition('+')[0]}@{host}"


def _mailboxes(mail: str) -> list[str]:
    """A mailbox as it is written, and as Gmail reads it: without the dots."""
    local, _, host = mail.partition("@")
    plain = local.replace(".", "")
    return [mail] if host != "gmail.com" or plain == local else [mail, f"{plain}@{host}"]


def stop_keys(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """By what a stop recognises a person: (basis, normalised text) pairs, `record`, `email`, `phone`, `person`, `number`."""
    keys = []
    if record := values.get("record"):
        keys.append(("record", "record:" + record))
    if email := values.get("email"):
        keys += [("email", "email:" + one) for one in _mailboxes(plain_email(email))]
    for code in ("mobile", "landline"):
        digits = "".join(c for c in values.get(code) or "" if c.isdigit())
        if digits:
            keys.append(("phone", "phone:" + (f"44{digits[1:]}" if digits.startswith("0") else digits)))
    name, postcode = fold(f"{values.get('forename') or ''} {values.get('surname') or ''}"), values.get("postcode")
    if name and postcode:
        keys.append(("person", f"person:{name}|{fold(postcode).replace(' ', '')}"))
    if number := values.get("number"):
        keys.append(("number", "number:" + fold(number).replace(" ", "")))
    return keys


def stop_texts(bases: Container[str], mail: str, mobile: str, landline: str, name: str, postcode: str, number: str) -> list[str]:
    """What `stop_keys` gives of a person for some bases, from the folded columns of the store (`plain_email`, `sort_name`).

    For asking about everybody at once: it folds no name again.
    """
    found = []
    if mail and "email" in bases:
        found += ["email:" + one for one in _mailboxes(mail)]
    if "phone" in bases:
        found += [text for _, text in stop_keys({"mobile": mobile, "landline": landline})]
    if postcode and "person" in bases:
        surname, _, forename = name.rpartition("\x1f")
        if spoken := f"{forename} {surname}".strip():
            found.append(f"person:{spoken}|{_tight(postcode)}")
    if number and "number" in bases:
        found.append("number:" + _tight(number))
    return found


def _tight(text: str) -> str:
    plain = text.replace(" ", "")
    return plain.lower() if plain.isascii() and plain.isalnum() else fold(text).replace(" ", "")


# A stop recognised by an address concerns that address alone; recognised by person or number, the whole person.
_REACHES = {"email": {"email"}, "phone": {"phone", "sms"}}


def stopped_channels(channel: str, basis: str) -> frozenset[str]:
    """The channels a stop on `channel` closes for a person recognised by `basis`."""
    wanted = {"email", "phone", "sms", "post"} if channel == "all" else {channel}
    return frozenset(wanted & _REACHES.get(basis, wanted))


_BASIS_FIELDS = {"email": ("email",), "phone": ("mobile", "landline")}


def followed(bases: Iterable[str], values: Mapping[str, str]) -> dict[str, str]:
    """By which of a person's new values a stop recognises them from now on: one known by addresses alone follows to the new
    ones of their kind, one known by person or number to everything."""
    return {code: values[code] for basis in bases for code in _BASIS_FIELDS.get(basis, tuple(values))}
