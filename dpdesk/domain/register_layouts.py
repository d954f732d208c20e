"""The layouts electoral registers come in, as data, and what a column may become (DOMAIN.md §4.3).

They are presets, never the only headers accepted: any column can be matched by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dpdesk.domain.errors import ImportRefused
from dpdesk.domain.headings import CAMEL, header_words

TARGETS = ("district", "number", "suffix", "full_number", "markers", "surname", "forename", "middle", "full_name", "born_on",
           "attains_on", "address", "postcode", "uprn", "street", "house_prefix", "house_number", "status", "created", "changed",
           "deleted", "absent", "vote")
"""All a column may become; "" leaves it out. Several columns may be `address`, in their order."""
SEVERAL = frozenset({"address", "middle"})

_XPRESS = {"elector number prefix": "district", "elector number": "number", "elector number suffix": "suffix",
           "elector markers": "markers", "elector dob": "born_on", "elector surname": "surname", "elector forename": "forename",
           "elector name": "full_name", "postcode": "postcode", "post code": "postcode", **{f"address {n}": "address" for n in range(1, 7)}}
_MONTHLY = {"district ref": "district", "elector number": "number", "elector forename": "forename", "elector surname": "surname",
            "elector dob": "born_on", "street name": "street", "property address prefix": "house_prefix",
            "property address number": "house_number", "property post code": "postcode", "elector created month": "created",
            "elector changed month": "changed", "elector deleted month": "deleted", "markers register text": "markers",
            "company name": "", "company opcsref": "", "company opcs ref": "", "record count": "", "record total": "",
            "current register month": "", **{f"property address {n}": "address" for n in range(1, 6)}}
_SCOTTISH = {"eno": "full_number", "first names": "forename", "initials": "", "surname": "surname", "suffix": "suffix",
             "postcode": "postcode", **{f"address {n}": "address" for n in range(1, 10)}}
_TTW = {"elector no prefix": "district", "elector no": "number", "elector no suffix": "suffix", "full elector no": "",
        "forename": "forename", "middle names": "middle", "surname": "surname", "post code": "postcode", "uprn": "uprn",
        "date of attainment": "attains_on", "green voting intention": "", "party": "", "voted": "", "postal voter": "",
        **{f"address {n}": "address" for n in range(1, 7)}}
_GENERIC: dict[str, tuple[str, ...]] = {
    "district": ("polling district", "pd", "district", "elector number prefix", "register prefix", "pd code", "polling district code",
                 "elector prefix", "prefix", "pd ref", "elector no prefix", "district ref"),
    "full_number": ("elector id", "full elector number", "electoral number", "roll number", "eno", "full elector no",
                    "electoral roll number",
                    "electoral no", "poll number"),
    "number": ("elector number", "number", "elector no", "register number", "no", "electors number", "elector"),
    "suffix": ("suffix", "elector number suffix", "number suffix", "elector suffix", "elector no suffix"),
    "markers": ("markers", "marker", "franchise", "elector markers", "flag", "franchise marker", "elector marker", "franchise flag",
                "register markers"),
    "surname": ("surname", "last name", "elector surname", "family name"),
    "forename": ("forename", "first name", "elector forename", "forenames", "first names", "given names"),
    "middle": ("middle name", "middle names"),
    "full_name": ("elector name", "name", "full name"),
    "born_on": ("date of birth", "dob", "elector dob", "birth date"),
    "attains_on": ("date of attainment", "attainment date", "dom", "date of majority", "attains on", "date attains 18", "attainer date",
                   "attainment"),
    "postcode": ("postcode", "post code", "elector postcode", "property post code"),
    "uprn": ("uprn", "unique property reference number", "property uprn"),
    "status": ("status", "change type", "action", "amendment", "amendment type", "update type", "a m d", "amd"),
    "absent": ("absent vote type", "vote type", "absent voter", "postal voter", "absent vote", "absent voting type", "voting method"),
    "vote": ("voted", "mark", "marked", "vote", "has voted"),
}
_ADDRESSES = ("address", *(f"{words} {n}" for words in ("address", "address line", "elector address", "registered address",
                                                        "property address", "qualifying address") for n in range(1, 10)))


@dataclass(frozen=True)
class Layout:
    """A layout: its code, what its headers become, and the headers that give it away."""

    code: str
    headers: Mapping[str, str]
    marks: frozenset[str]


LAYOUTS = (
    Layout("xpress_monthly", _MONTHLY, frozenset({"district ref", "elector number", "elector created month", "elector deleted month"})),
    Layout("xpress_14", _XPRESS, frozenset({"elector number prefix", "elector number", "elector surname"})),
    Layout("xpress_13", _XPRESS, frozenset({"elector number prefix", "elector number", "elector name"})),
    Layout("ttw", _TTW, frozenset({"elector no prefix", "elector no", "surname"})),
    Layout("scottish", _SCOTTISH, frozenset({"eno", "surname"})),
)
LAYOUT_CODES = (*(layout.code for layout in LAYOUTS), "generic")


def plain(header: str) -> str:
    """A header as the tables above spell it: words in lower case, "ElectorDOB" and "Address1" apart."""
    return " ".join(header_words(CAMEL.sub(" ", header)))


def layout_of(headers: Sequence[str]) -> str:
    """The code of the layout that the headers give away, else "generic"."""
    there = set(map(plain, headers))
    return next((layout.code for layout in LAYOUTS if layout.marks <= there), "generic")


def propose(headers: Sequence[str], code: str) -> dict[int, str]:
    """What each column becomes: as the layout has it, else by the generic words, the first of a kind winning."""
    known = next((layout.headers for layout in LAYOUTS if layout.code == code), {})
    names = list(map(plain, headers))
    found = {at: known[name] for at, name in enumerate(names) if name in known}
    taken = set(found.values()) - SEVERAL
    for target, words in _GENERIC.items():
        if target in taken or (target == "full_number" and {"district", "number"} <= taken):
            continue
        at = next((names.index(word) for word in words if word in names and names.index(word) not in found), None)
        if at is not None:
            found[at] = target
            taken.add(target)
    if "number" in taken and "district" not in taken and "full_number" not in taken:
        found = {at: "full_number" if target == "number" else target for at, target in found.items()}
    if {"surname"} <= taken and "full_name" in taken:
        found = {at: "" if target == "full_name" else target for at, target in found.items()}
    return {at: found.get(at, "address" if name in _ADDRESSES else "") for at, name in enumerate(names)}


def check_mapping(headers: Sequence[str], mapping: Mapping[int, str], refused: Mapping[int, object], *, district: str = "",
                  names: bool = True) -> None:
    """Raise `ImportRefused` for a mapping that cannot be followed; a list of absent voters needs no `names`."""
    used: dict[str, list[int]] = {}
    for column, target in mapping.items():
        if not 0 <= column < len(headers) or (target and target not in TARGETS):
            raise ImportRefused("unknown_target", (headers[column] if 0 <= column < len(headers) else target,))
        if target and column in refused:
            raise ImportRefused("refused_column", (headers[column],))
        if target:
            used.setdefault(target, []).append(column)
    for target, columns in used.items():
        if len(columns) > 1 and target not in SEVERAL:
            raise ImportRefused("field_twice", tuple(headers[column] for column in columns))
    if not ("full_number" in used or ("number" in used and ("district" in used or district))):
        raise ImportRefused("no_number_column")
    if names and not used.keys() & {"surname", "full_name"}:
        raise ImportRefused("no_name_column")
