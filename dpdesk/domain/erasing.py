"""Erasure and the artificial identifier: what goes, what stays and why (S1 §13.2, §26; S2 l.7)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dpdesk.domain.members import CODES

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


class Erasing(StrEnum):
    """The two ways a person leaves: for good, or replaced by an artificial identifier that keeps the counts."""

    ERASED = "erased"
    PSEUDONYMISED = "pseudonymised"


GOES = ("record", "note", "consent", "sharing", "capacity", "enquiry", "asking", "evidence", "reply", "history", "merge",
        "elector_link", "duty_link", "slip", "mailing", "session", "canvass", "restriction", "subject_search", "hold")
"""What is erased with a person, by the code it is told with."""


@dataclass(frozen=True)
class Erasure:
    """A person who is gone: `label` is the artificial identifier, `certificate` the number of the certificate."""

    person: str
    how: Erasing
    label: str
    on: str
    why: str
    certificate: str
    kept: Mapping[str, int]


def artificial_label() -> str:
    """An identifier that says nothing of anybody: "K7-402"."""
    return f"{secrets.choice(_LETTERS)}{secrets.randbelow(10)}-{secrets.randbelow(1000):03}"


def without_identity(values: Mapping[str, str], label: str) -> dict[str, str]:
    """A record that counts and identifies nobody: status, type, branch, ward, the year of joining, the postcode's district."""
    left = dict.fromkeys(CODES, "")
    for code in ("status", "membership_type", "branch", "ward"):
        left[code] = values.get(code, "")
    joined, postcode = values.get("joined_on", ""), values.get("postcode", "")
    left["joined_on"] = f"{joined[:4]}-01-01" if joined else ""
    left["postcode"] = postcode.split(" ")[0] if " " in postcode else ""
    left["surname"] = label
    return left
