"""What leaves the desk: a copy with an owner and a day by which it is deleted, and whether its place is fit for it.

The guard has three answers; what cannot be told is never called fine (S1 §23.5, §27.6, §27.15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dpdesk.domain.members import Confidentiality

WITHIN = "branch"
"""`whom` for use inside the branch; otherwise the code of one of the policy's recipient bodies."""


class CopyKind(StrEnum):
    """What kind of thing left the desk."""

    MEMBERS = "members"
    LOG = "log"
    BACKUP = "backup"
    KIT = "kit"
    SOURCE = "source"
    CERTIFICATE = "certificate"
    EVIDENCE = "evidence"
    DRAFTS = "drafts"
    PRINT = "print"
    REGISTER = "register"
    PACK = "pack"
    PORTABLE = "portable"
    SCAN = "scan"
    SHEETS = "sheets"
    COVER = "cover"
    DUTIES = "duties"
    RESULTS = "results"
    DEVICE = "device"
    SEALED = "sealed"
    RECEIVED = "received"
    CARD = "card"
    SENT = "sent"


OF_THE_LIST = frozenset({CopyKind.MEMBERS, CopyKind.SOURCE, CopyKind.DRAFTS, CopyKind.PRINT})
"""Kinds that show the membership list as it was: a newer list makes them due (S1 §27.8)."""
OF_THE_REGISTER = frozenset({CopyKind.REGISTER, CopyKind.SHEETS})
"""Kinds that show the electoral register as it was: a newer register makes them due (S1 §19)."""
ENCRYPTED = frozenset({CopyKind.BACKUP, CopyKind.SEALED, CopyKind.SENT, CopyKind.CARD})
"""Kinds that are encrypted in themselves, or (a card) made to be handed out."""
KEPT = frozenset({CopyKind.BACKUP, CopyKind.CERTIFICATE, CopyKind.COVER, CopyKind.SEALED, CopyKind.CARD})
"""Kinds that have no day of deletion: encrypted, or naming nobody."""


class CopyState(StrEnum):
    """Where a copy stands: there; seen to be gone; gone by an officer's word, where nobody could look."""

    OPEN = "open"
    DELETED = "deleted"
    DECLARED = "declared"


class Look(StrEnum):
    """What looking for a copy found."""

    THERE = "there"
    CHANGED = "changed"
    IN_WASTEBASKET = "in_wastebasket"
    GONE = "gone"
    OUT_OF_SIGHT = "out_of_sight"


@dataclass(frozen=True)
class Copy:
    """A copy that left the desk. Days are ISO, `made_at` and `closed_at` UTC; `place` is the guard's code, `digest` SHA-256."""

    id: str
    kind: CopyKind
    path: str
    title: str
    whom: str
    why: str
    classification: Confidentiality
    columns: tuple[str, ...]
    people: int
    owner: str
    made_at: str
    delete_by: str
    place: str
    digest: str
    state: CopyState
    closed_at: str = ""
    closed_by: str = ""
    closed_how: str = ""

    def days_left(self, today: date) -> int | None:
        """Days until it is to be deleted, negative once that day has passed; None for one that may stay."""
        return (date.fromisoformat(self.delete_by) - today).days if self.delete_by else None

    def is_due(self, today: date) -> bool:
        """Whether it is open and its day has come (S1 §27.8, §8.5.d)."""
        left = self.days_left(today)
        return self.state is CopyState.OPEN and left is not None and left <= 0


@dataclass(frozen=True)
class Place:
    """What is known of the place a file would lie in; None where this machine does not say."""

    synced: str = ""
    network: bool = False
    removable: bool | None = None
    encrypted: bool | None = None


class Answer(StrEnum):
    """The guard's answer."""

    FINE = "fine"
    CANNOT_TELL = "cannot_tell"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Verdict:
    """The guard's answer about a place and why: `code` such as "synced" or "removable_plain", `name` the service's."""

    answer: Answer
    code: str
    name: str = ""


def judge(place: Place, *, encrypted_itself: bool = False) -> Verdict:
    """Whether a copy may lie there (S1 §23.5, §27.6, §27.15): plain data not in a synced folder or on a plain drive.

    What is encrypted in itself may lie on any drive; in a synced folder the officer is asked, for nobody can delete it there.
    """
    if place.synced:
        return Verdict(Answer.CANNOT_TELL if encrypted_itself else Answer.STOPPED, "synced", place.synced)
    if place.encrypted:
        return Verdict(Answer.FINE, "encrypted")
    if encrypted_itself:
        return Verdict(Answer.FINE, "encrypted_itself")
    if place.network:
        return Verdict(Answer.CANNOT_TELL, "network")
    if place.removable is None:
        return Verdict(Answer.CANNOT_TELL, "volume_unknown")
    if not place.removable:
        return Verdict(Answer.FINE, "own_disk")
    if place.encrypted is None:
        return Verdict(Answer.CANNOT_TELL, "removable_unknown")
    return Verdict(Answer.STOPPED, "removable_plain")
