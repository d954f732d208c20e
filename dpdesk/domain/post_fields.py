"""Merge fields of a letter, `{{forename|friend}}`, and the words by which a service message gives itself away as campaigning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dpdesk.domain.folding import fold
from dpdesk.domain.mail_addresses import shown_name
from dpdesk.domain.members import Member

FIELDS = ("first_name", "forename", "surname", "name", "title", "number", "branch", "ward", "renewal_on", "joined_on")
"""What a letter may say of the person it goes to; contact details and birthdays may not stand in an e-mail."""
_FIELD = re.compile(r"\{\{\s*([A-Za-z_]+)\s*(?:\|([^{}]*))?\}\}")
_STRAY = re.compile(r"\{[^{}\n]{1,40}\}|\[[^\[\]\n]{1,40}\](?!\()|%[a-z_ ]{1,40}%|<<[^<>\n]{1,40}>>|«[^«»\n]{1,40}»|"
                    r"\*\|[^|\n]{1,40}\|\*", re.IGNORECASE)
_OTHERS = frozenset({"firstname", "fname", "lastname", "lname", "fullname", "email", "mobile", "phone", "address", "postcode"})
_OPEN, _SHUT = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_SHUT}")


@dataclass(frozen=True, slots=True)
class Field:
    """One merge field: its code and what stands where the person has no such value."""

    code: str
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text whose fields have become marks that no rendering changes; `fields` in order of the marks' numbers."""

    text: str
    fields: tuple[Field, ...]


def mark(text: str, known: Sequence[Field] = ()) -> Marked:
    """`text` with its fields as marks; `known` are fields that have their numbers already."""
    fields = list(known)

    def numbered(match: re.Match) -> str:
        found = Field(match[1], (match[2] or "").strip())
        if found not in fields:
            fields.append(found)
        return mark_of(fields.index(found))
    clean = text.replace(_OPEN, "").replace(_SHUT, "")
    return Marked(_FIELD.sub(numbered, clean), tuple(fields))


def mark_of(number: int) -> str:
    """The mark of a field by its number."""
    return f"{_OPEN}{number}{_SHUT}"


def problems(fields: Iterable[Field]) -> list[str]:
    """Codes of fields that there are not."""
    return sorted({each.code for each in fields if each.code not in FIELDS})


def marks_in(text: str) -> Counter[int]:
    """How often each mark stands in a text."""
    return Counter(map(int, _MARK.findall(text)))


@dataclass(frozen=True, slots=True)
class Pieces:
    """A rendered text cut at its marks: fixed parts, and between them the numbers of the fields."""

    parts: tuple[str, ...]
    numbers: tuple[int, ...]

    def filled(self, values: Sequence[str]) -> str:
        """The text with the values in their places."""
        if not self.numbers:
            return self.parts[0]
        out = [self.parts[0]]
        for number, part in zip(self.numbers, self.parts[1:], strict=True):
            out += (values[number], part)
        return "".join(out)


def cut(text: str) -> Pieces:
    """A text with marks in pieces."""
    found = _MARK.split(text)
    return Pieces(tuple(found[::2]), tuple(map(int, found[1::2])))


_READS: Mapping[str, Callable[[Member], str]] = {"first_name": lambda p: p.known_as or p.forename, "name": lambda p: p.name}


def values_of(person: Member, fields: Sequence[Field], day: Callable[[str], str] = str) -> list[str]:
    """What the fields say of a person, each with its fallback; a value on one line and free of addresses."""
    found = []
    for each in fields:
        raw = _READS[each.code](person) if each.code in _READS else getattr(person, each.code)
        value = shown_name(day(raw) if raw and each.code.endswith("_on") else raw)
        found.append(value or each.fallback)
    return found


def stray_fields(text: str) -> list[str]:
    """What looks like a field of another program, such as `{forename}` or `*|FNAME|*`: everybody would read it as it stands."""
    found = _STRAY.findall(_FIELD.sub(" ", text))
    names = {name.replace("_", "") for name in FIELDS} | _OTHERS
    return list(dict.fromkeys(each for each in found if re.sub(r"[^a-z]", "", each.partition("|" if each[0] != "*" else "}")[0].casefold())
                              in names))


def campaign_words(text: str, words: Iterable[str]) -> list[str]:
    """Which of the policy's campaign words stand in a text: a service message must not ask for votes, money or help."""
    padded = f" {fold(text)} "
    return [word for word in words if f" {fold(word)} " in padded]
