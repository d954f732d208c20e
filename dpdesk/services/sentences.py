"""Every failure in words: what happened, what is safe, what to do. One table for the window and the command line.

A test walks `DeskError` and every code its fields may hold, so that none lacks its sentence. Never blames, never jokes.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from dpdesk.domain import errors as e
from dpdesk.services import failings as f
from dpdesk.services.dates import day, moment, span
from dpdesk.services.happenings import problem
from dpdesk.services.names import field_name, kind_name, right_name, role_name
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Said:
    """A failure in words. `safe` and `do` may be empty; each part is one or two whole sentences."""

    what: str
    safe: str = ""
    do: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


def sentence(error: Exception) -> Said:
    """What to tell the officer about `error`; something that is no `DeskError` is said to be our mistake."""
    for kind in type(error).__mro__:
        if kind in _SAYS:
            return _SAYS[kind](error)
    return _bug(error)


def _by_code(table: f.Table, code: str, **facts: object) -> Said:
    """The sentence of `code` in `table`; "" holds the one for a code the table does not know."""
    what, safe, do = table.get(code) or table[""]
    return Said(*(tr(part, **facts) if part and facts else tr(part) if part else "" for part in (what, safe, do)))


def listed(words: tuple[str, ...] | list[str]) -> str:
    """"A, B or C"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} or {last}", some=", ".join(words[:-1]), last=words[-1])


def _not_allowed(error: e.NotAllowed) -> Said:
    roles = listed([role_name(role) for role in error.roles])
    return Said(tr("Your role may not {right}.", right=right_name(error.right)), tr("Nothing was changed."),
                tr("Ask someone with one of these roles: {roles}.", roles=roles) if roles else "")


def _not_acknowledged(error: e.NotAcknowledged) -> Said:
    return Said(tr("The data policy has to be read first."), "",
                tr("Read it and confirm that you have; it takes a few minutes."))


def _not_active(error: e.OfficerNotActive) -> Said:
    since = day(error.since) if error.since else ""
    return _by_code(f.NOT_ACTIVE, error.status, since=since) if since else _by_code(f.NOT_ACTIVE_UNDATED, error.status)


def _invalid(error: e.Invalid) -> Said:
    return Said(tr("Not saved yet. {each}.", each=_problems(error)), tr("What you entered is still here."),
                tr("Put these right and save again."))


def invalid_command(error: e.Invalid) -> Said:
    """The same where nothing stays to be put right: a command is typed anew."""
    return Said(tr("This cannot be done as it was asked. {each}.", each=_problems(error)), tr("Nothing was changed."),
                tr("Put it right and give the command again."))


def _problems(error: e.Invalid) -> str:
    return "; ".join(f"{field_name(code)}: {problem(why)}" for code, why in error.problems.items())


def _weak(error: e.WeakPassphrase) -> Said:
    return _by_code(f.WEAK, error.reason)


def _cannot_undo(error: e.CannotUndo) -> Said:
    fields = ", ".join(field_name(code) for code in error.fields)
    return _by_code(f.UNDO, error.reason, fields=fields or tr("this"))


def _import_refused(error: e.ImportRefused) -> Said:
    said = _by_code(f.IMPORT, error.reason, columns=", ".join(f"“{column}”" for column in error.columns))
    return Said(said.what, said.safe or tr("Nothing was changed."), said.do)


def _wrong(error: e.WrongPassphrase) -> Said:
    do = tr("Check Caps Lock and the keyboard’s language, and try again.")
    if error.wait > 0:
        do = tr("Check Caps Lock and the keyboard’s language, and try again in {span}.", span=span(error.wait))
    return Said(tr("This passphrase does not open the desk."), tr("Everything in it is safe."), do)


def _in_use(error: e.DeskInUse) -> Said:
    facts = {"host": error.host or tr("this machine"), "since": moment(error.since), "pid": error.pid}
    what = (tr("This desk is already open on {host}, since {since} (process {pid}).", **facts) if error.since
            else tr("This desk is already open on {host} (process {pid}).", **facts))
    return Said(what, tr("Nothing was changed."), tr("Close it there, or open it here for reading only."))


def _taken(error: e.FolderTaken) -> Said:
    return _by_code(f.TAKEN, error.holds, folder=error.folder)


def _unreadable(error: e.Unreadable) -> Said:
    said = _by_code(f.UNREADABLE, error.reason, name=error.name, detail=error.detail)
    return Said(said.what, tr("Nothing was changed."), said.do)


def _not_found(error: e.NotFound) -> Said:
    return Said(tr("There is no such record here ({kind} {key}).", kind=kind_name(error.kind), key=error.key), "",
                tr("It may have been removed since; look at the list again."))


def _rolled_back(error: e.RolledBack) -> Said:
    return _by_code(f.ROLLED_BACK, error.cause, expected=f"{error.expected:,}", found=f"{error.found:,}")


def _database(error: e.DatabaseDamaged) -> Said:
    pages = ", ".join(str(page) for page in error.pages[:5])
    return _by_code(f.DATABASE, error.what, pages=f" ({tr('pages')} {pages})" if pages else "")


def _bug(error: Exception) -> Said:
    return Said(tr("Something went wrong that is dpdesk’s fault, not yours."),
                tr("What was saved before is safe, and this step was not saved."),
                tr("Try again; if it happens again, report the code shown with it. It holds nothing personal."))


def trace_code(error: BaseException) -> str:
    """Where `error` came from, for a report: its type and frames, innermost first, and nothing it says."""
    frames = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_globals.get("__name__", "?").removeprefix("dpdesk.")
        frames.append(f"{name}.{frame.f_code.co_name}:{line}")
    return " < ".join([type(error).__name__, *reversed(frames[-6:])])


def _plain(table_code: str) -> Callable[[e.DeskError], Said]:
    """The sentence of an error without codes of its own; its fields fill the placeholders."""
    return lambda error: _by_code(f.PLAIN, table_code, **vars(error))


_SAYS: dict[type, Callable] = {
    e.NotAllowed: _not_allowed,
    e.NotAcknowledged: _not_acknowledged,
    e.OfficerNotActive: _not_active,
    e.Invalid: _invalid,
    e.WeakPassphrase: _weak,
    e.LastAccountable: _plain("last_accountable"),
    e.StopHolds: lambda error: _by_code(f.STOP_HOLDS, error.reason),
    e.CannotUndo: _cannot_undo,
    e.ImportRefused: _import_refused,
    e.EraseRefused: lambda error: _by_code(f.ERASE, error.reason, count=f"{error.count:,}"),
    e.RollBackRefused: lambda error: _by_code(f.ROLL_BACK, error.reason, count=f"{error.count:,}"),
    e.UseRefused: lambda error: _by_code(f.USE, error.reason),
    e.PlaceRefused: lambda error: _by_code(f.PLACE, error.reason, name=error.name),
    e.CopyStays: lambda error: _by_code(f.COPY_STAYS, error.reason, path=error.path),
    e.NobodyToWrite: lambda error: _by_code(f.NOBODY, error.reason, count=f"{error.count:,}"),
    e.MailingRefused: lambda error: _by_code(f.MAILING, error.reason, columns=", ".join(error.columns), count=f"{error.count:,}"),
    e.Declined: lambda error: _by_code(f.CAPABILITIES, error.reason, **error.facts),
    e.ReadOnly: _plain("read_only"),
    e.Refused: _plain("refused"),
    e.NoDesk: _plain("no_desk"),
    e.FolderTaken: _taken,
    e.WrongPassphrase: _wrong,
    e.DeskInUse: _in_use,
    e.NotWritable: _plain("not_writable"),
    e.DiskFull: _plain("disk_full"),
    e.Unreadable: _unreadable,
    e.TooNew: _plain("too_new"),
    e.NotFound: _not_found,
    e.MailServer: lambda error: _by_code(f.SERVER, error.reason, host=error.host or tr("the server"), detail=error.detail or "-"),
    e.MailboxFailed: lambda error: _by_code(f.MAILBOX, error.reason, host=error.host, name=error.name),
    e.Hindered: lambda error: _by_code(f.CAPABILITIES, error.reason, **error.facts),
    e.NoScreen: _plain("no_screen"),
    e.Cancelled: _plain("cancelled"),
    e.NotPossible: _plain("not_possible"),
    e.HeaderDamaged: lambda error: _by_code(f.HEADER, error.what),
    e.HeaderAltered: lambda error: _by_code(f.ALTERED, error.what),
    e.ForeignHeader: _plain("foreign_header"),
    e.DatabaseDamaged: _database,
    e.RolledBack: _rolled_back,
    e.BackupDamaged: lambda error: _by_code(f.BACKUP, error.what),
    e.Damaged: _plain("damaged"),
    e.Bug: _bug,
}
