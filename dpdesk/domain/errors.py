"""Everything that can go wrong, as types with typed fields and no prose; `services/words.py` says each in a sentence.

    DeskError
    ├── Refused           a rule says no
    │   ├── NotAllowed            this role may not
    │   ├── NotAcknowledged       the data policy has not been read yet
    │   ├── OfficerNotActive      suspended, not begun or ended
    │   ├── Invalid               fields with problems
    │   ├── WeakPassphrase        too easy to guess
    │   ├── LastAccountable       someone must stay accountable
    │   ├── StopHolds             an opt-out is not lifted by this
    │   ├── CannotUndo            changed again since, or not an edit
    │   ├── ImportRefused         the list as a whole cannot come in
    │   ├── EraseRefused          somebody must stay for now
    │   ├── RollBackRefused       something depends on the list
    │   ├── UseRefused            the register may not be used so
    │   ├── PlaceRefused          a copy may not lie there
    │   ├── CopyStays             a copy is not gone yet
    │   ├── NobodyToWrite         a list for somebody would be empty
    │   ├── MailingRefused        a mailing may not go out like that
    │   ├── Declined              a rule of one capability says no, and why
    │   └── ReadOnly              the desk is open for reading only
    ├── NotPossible       the environment does not allow it
    │   ├── NoDesk                no desk in that folder
    │   ├── FolderTaken           the folder holds something else
    │   ├── WrongPassphrase       no key opens with it
    │   ├── DeskInUse             another process has it open
    │   ├── NotWritable           the folder or file cannot be written
    │   ├── DiskFull              no space left
    │   ├── Unreadable            a file from outside cannot be read, and why
    │   ├── TooNew                written by a newer dpdesk
    │   ├── NotFound              no such record
    │   ├── MailServer            a mail server cannot be used, and why
    │   ├── MailboxFailed         mail cannot be fetched from its server
    │   ├── Hindered              one capability cannot go on here and now, and why
    │   ├── NoScreen              a window needs a screen
    │   └── Cancelled             the officer stopped it
    ├── Damaged           what was stored is not what was written
    │   ├── HeaderDamaged         the header cannot be read
    │   ├── HeaderAltered         the header was changed by something else
    │   ├── ForeignHeader         header and database are not of one desk
    │   ├── DatabaseDamaged       the database is missing, empty, cut or altered
    │   ├── RolledBack            the database is older than the header says
    │   └── BackupDamaged         a backup is not what was written, or none at all
    └── Bug               we made a mistake
        ├── NothingRecorded       a change that recorded nothing
        └── Broken                anything else that should not be
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class DeskError(Exception):
    """The root of every failure dpdesk knows by name."""

    def __str__(self) -> str:
        return type(self).__name__


class Refused(DeskError):
    """A rule says no."""


@dataclass
class NotAllowed(Refused):
    """The officer's role lacks `right` (a `roles.Right` value); `roles` are the role codes that have it."""

    right: str
    roles: tuple[str, ...]


@dataclass
class NotAcknowledged(Refused):
    """S1 §23: no access before the data policy of `version` has been read and acknowledged."""

    policy: str
    version: str


@dataclass
class OfficerNotActive(Refused):
    """The officer is `suspended`, `ended` or `removed`; `since` is an ISO date or empty."""

    status: str
    since: str = ""


@dataclass
class Invalid(Refused):
    """Values that break rules: field code -> problem code (see `domain/members.py`)."""

    problems: Mapping[str, str]


@dataclass
class WeakPassphrase(Refused):
    """The passphrase is too easy to guess: `reason` is `short`, `common`, `guessable` or `personal`."""

    reason: str
    score: int = 0


@dataclass
class LastAccountable(Refused):
    """The desk would be left without an active accountable person (S1 3.15, 12.2)."""


@dataclass
class StopHolds(Refused):
    """A stop on contact is lifted by fresh, evidenced consent alone (S1 13.3); `reason` says what was missing."""

    reason: str


@dataclass
class CannotUndo(Refused):
    """`reason` is `not_an_edit`, `changed_since`, `erased`, `already_undone` or `stop`; `fields` those changed since."""

    reason: str
    fields: tuple[str, ...] = ()


@dataclass
class ImportRefused(Refused):
    """The list as a whole cannot come in: `reason` is a code; `columns` the headers it speaks of."""

    reason: str
    columns: tuple[str, ...] = ()


@dataclass
class EraseRefused(Refused):
    """People cannot be erased now: `reason` is `held` (a regulated hold on `count` of them)."""

    reason: str
    count: int = 0


@dataclass
class RollBackRefused(Refused):
    """A list cannot be taken back: `reason` is `depending` (on `count` people), `superseded`, `rolled_back` or `destroyed`.

    Of the register also `destroyed_before`, and `not_due` where a file in force was to be destroyed.
    """

    reason: str
    count: int = 0


@dataclass
class UseRefused(Refused):
    """The electoral register may not be used so (S1 §19): `reason` is a code of `register_files.REFUSALS`."""

    reason: str
    purpose: str = ""


@dataclass
class PlaceRefused(Refused):
    """A copy may not lie there: `reason` is the guard's code, `name` a service; not `final`: the officer may accept it."""

    reason: str
    name: str = ""
    final: bool = True


@dataclass
class CopyStays(Refused):
    """A copy cannot be taken off the list: `reason` is a `Look` value, or `closed`."""

    reason: str
    path: str = ""


@dataclass
class NobodyToWrite(Refused):
    """A list for somebody would be empty: `reason` is `nobody`, or `no_permission` where `count` people gave none (S3 l.22)."""

    reason: str
    count: int = 0


@dataclass
class MailingRefused(Refused):
    """A mailing may not go out like that: `reason` is a code; `columns` the words it speaks of; `count` how many people."""

    reason: str
    columns: tuple[str, ...] = ()
    count: int = 0


@dataclass
class Declined(Refused):
    """A rule of one capability says no: `reason` is "<capability>.<code>", said by its module in `services/wording/`."""

    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass
class ReadOnly(Refused):
    """The desk is open for reading only."""


class NotPossible(DeskError):
    """The environment does not allow it."""


@dataclass
class NoDesk(NotPossible):
    """No desk lies in `folder`."""

    folder: str


@dataclass
class FolderTaken(NotPossible):
    """`folder` already holds a desk (`desk`) or something else (`other`)."""

    folder: str
    holds: str


@dataclass
class WrongPassphrase(NotPossible):
    """No key opened; the next attempt is taken after `wait` seconds."""

    wait: float = 0.0


@dataclass
class DeskInUse(NotPossible):
    """Process `pid` on `host` has the desk open since `since` (UTC, ISO)."""

    pid: int
    host: str
    since: str


@dataclass
class NotWritable(NotPossible):
    """`path` cannot be written."""

    path: str


@dataclass
class DiskFull(NotPossible):
    """No space left at `path`; nothing was changed."""

    path: str


@dataclass
class Unreadable(NotPossible):
    """A file from outside cannot be read; `reason` is a code of `files/tables.py`, `detail` a number or header."""

    name: str
    reason: str
    detail: str = ""


@dataclass
class TooNew(NotPossible):
    """The desk was written by a newer dpdesk (format or schema `found`)."""

    found: str


@dataclass
class NotFound(NotPossible):
    """No record `key` of `kind`."""

    kind: str
    key: str


@dataclass
class MailServer(NotPossible):
    """The mail server `host` cannot be used: `reason` is a code, `detail` its answer's number."""

    reason: str
    host: str
    detail: str = ""


@dataclass
class MailboxFailed(NotPossible):
    """Mail cannot be fetched from `host`: `reason` is `no_server`, `no_answer`, `no_tls`, `certificate`, `login`, `no_folder`
    (`name`), `cut` or `not_imap`."""

    host: str
    reason: str
    name: str = ""


@dataclass
class Hindered(NotPossible):
    """One capability cannot go on here and now: `reason` as in `Declined`, facts for its sentence (nothing personal)."""

    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass
class NoScreen(NotPossible):
    """A window was asked for where there is no screen."""


@dataclass
class Cancelled(NotPossible):
    """The officer stopped it; nothing was changed."""


class Damaged(DeskError):
    """What was stored is not what was written."""


@dataclass
class HeaderDamaged(Damaged):
    """The header cannot be read: `what` is `missing`, `unreadable` or `checksum`."""

    what: str


@dataclass
class HeaderAltered(Damaged):
    """The header reads well but was not written by dpdesk: `what` is `mac`, `parameters` or `epoch`."""

    what: str


@dataclass
class ForeignHeader(Damaged):
    """The header belongs to another desk than the database."""


@dataclass
class DatabaseDamaged(Damaged):
    """`what` is `missing`, `empty`, `cut`, `pages` or `unreadable`; `pages` those named by the check."""

    what: str
    pages: tuple[int, ...] = ()


@dataclass
class RolledBack(Damaged):
    """The header has seen entry `expected`, the database ends at `found`.

    `cause` is `older_copy`, `wal_missing`, `wal_damaged` or `forked`.
    """

    expected: int
    found: int
    cause: str


@dataclass
class BackupDamaged(Damaged):
    """A file is no whole backup: `what` is `not_one`, `cut`, `altered`, `facts`, `pages`, `chain`, `counts` or `other_key`."""

    what: str


class Bug(DeskError):
    """We made a mistake."""


@dataclass
class NothingRecorded(Bug):
    """A unit of work for `action` ended without recording what it changed."""

    action: str


@dataclass
class Broken(Bug):
    """Something that should not be: `what` is a code, `facts` non-personal details."""

    what: str
    facts: Mapping[str, object] = field(default_factory=dict)
