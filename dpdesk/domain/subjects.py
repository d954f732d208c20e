"""All that is held on a person: sections of records, what is somebody else's in them, and what an answer must tell (UK GDPR Art 15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BLACK = "█"


class RestrictionGround(StrEnum):
    """Why the use of somebody's data is restricted (UK GDPR Art 18(1); S1 §8.3.d.v)."""

    ACCURACY = "accuracy_disputed"
    UNLAWFUL = "unlawful_but_kept"
    CLAIMS = "needed_for_claims"
    OBJECTION = "objection_pending"
    OTHER = "other"


@dataclass(frozen=True)
class Subject:
    """Who is searched for: a person of the desk, an elector, or both; with what they are recognised by in other people's records.

    `names` are whole names, `marks` addresses, numbers and the like that are theirs, folded or tight as they are compared.
    """

    person: str = ""
    electors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What they are kept under: the person, else the elector."""
        return self.person or next(iter(self.electors), "")

    @property
    def label(self) -> str:
        """What they are called, for the pack."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class Record:
    """One thing held: values by name in words, the day it is of (ISO), `file` the bytes of one and its name.

    `shared` says that it may hold other people's data and is to be looked at before it goes out.
    """

    id: str
    values: tuple[tuple[str, str], ...]
    on: str = ""
    shared: bool = False
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Section:
    """What one source holds, under its code; an empty one was searched, too."""

    code: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Found:
    """The whole search: its sections in order, when and by whom, and who else might be meant (not searched)."""

    subject: Subject
    sections: tuple[Section, ...]
    at: str
    by: str
    maybe: tuple[Record, ...] = ()
    search: str = ""

    @property
    def total(self) -> int:
        """How many records."""
        return sum(len(each.records) for each in self.sections)

    @property
    def counts(self) -> dict[str, int]:
        """How many by source, those with nothing too: what was searched."""
        return {each.code: len(each.records) for each in self.sections}

    def to_review(self) -> list[tuple[str, Record]]:
        """(section, record) of everything that may hold other people's data."""
        return [(each.code, record) for each in self.sections for record in each.records if record.shared]


class Fate(StrEnum):
    """What becomes of a record that may hold other people's data."""

    AS_IS = "as_is"
    BLACKED = "blacked"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Review:
    """What an officer decided by eye: a fate by record, and for those blacked the words that may be shown, by value name."""

    fates: Mapping[str, Fate] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def complete(self, found: Found) -> bool:
        """Whether everything that is to be looked at was."""
        return all(record.id in self.fates for _code, record in found.to_review())

    def of(self, record: Record) -> Record | None:
        """The record as it goes out, or None where it is left out."""
        fate = self.fates.get(record.id, Fate.AS_IS)
        if fate is Fate.LEFT_OUT:
            return None
        shown = self.words.get(record.id, {}) if fate is Fate.BLACKED else {}
        file = None if fate is Fate.BLACKED else record.file
        return Record(record.id, tuple((name, shown.get(name, value)) for name, value in record.values), record.on, record.shared, file)


_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)\(?\+?\d[\d ()-]{8,14}\d(?!\w)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def tight(text: str) -> str:
    """Letters and digits alone, small: how addresses and numbers are compared."""
    return "".join(each for each in text.casefold() if each.isalnum())


def blacked(text: str, own: Iterable[str], others: Iterable[str] = ()) -> str:
    """`text` with addresses, numbers, postcodes and the names of others blacked out; what is the person's `own` stays.

    `own` and `others` are names and marks; a proposal, which somebody looks at: not every name can be known.
    """
    mine = {tight(each) for each in own}
    spans = [match.span() for shape in (_MAIL, _PHONE, _POSTCODE) for match in shape.finditer(text) if tight(match[0]) not in mine]
    for name in others:
        if tight(name) in mine or len(name) < 3:
            continue
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    out, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            out.append(text[at:max(start, at)] + BLACK * (end - max(start, at)))
            at = end
    return "".join(out) + text[at:]


STATUTORY = ("confirmation", "purposes", "categories", "recipients", "kept", "source", "automated", "transfers", "rights", "complaint")
"""What an answer tells besides the data itself (UK GDPR Art 15(1)-(2); S1 §8.3; complaint also to us: DUAA s.103)."""
