"""`dpdesk demo`: a throw-away desk with the invented branch "Anytown", with or without the window."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs
from dpdesk.domain.errors import NoScreen
from dpdesk.services.words import tr


def declare(grammar) -> None:
    """The command `demo`."""
    parser = grammar.lone("demo", _demo, tr("a throw-away desk with an invented branch, to look around"))
    parser.add_argument("--folder", type=Path, metavar="DIR", help=tr("keep the demo desk in this empty folder"))
    parser.add_argument("--window", action="store_true",
                        help=tr("open it in the window; without --folder it is removed when the window closes"))


def _demo(call: Call) -> int:
    folder, window = call.args.folder, call.args.window
    if not window:
        return _made(call, folder.expanduser().absolute() if folder else _throw_away())
    if call.args.open_window is None:
        raise NoScreen()
    if folder:
        return _opened(call, folder.expanduser().absolute())
    from dpdesk.services import demo
    with demo.throw_away() as place:
        return _opened(call, place / "Anytown")


def _throw_away() -> Path:
    return Path(tempfile.mkdtemp(prefix="dpdesk-demo-")) / "Anytown"


def _made(call: Call, folder: Path) -> int:
    """Make the demo desk and say how to open it."""
    from dpdesk.services import demo, members
    call.out.note(tr("Making the demo branch …"))
    passphrase, session = demo.create(folder)
    try:
        counts = members.counts(session)
    finally:
        session.close()
    call.out.result(
        {"folder": str(folder), "passphrase": passphrase, "members": counts.members, "contacts": counts.contacts},
        pairs([(tr("Desk"), folder), (tr("Passphrase"), passphrase), (tr("Members"), counts.members),
               (tr("Contacts"), counts.contacts)]) + "\n" + tr("Everybody in it is invented. Delete the folder when done."))
    return 0


def _opened(call: Call, folder: Path) -> int:
    """Make the demo desk and open the window on it; the window tells the passphrase."""
    from dpdesk.services import demo
    call.out.note(tr("Making the demo branch …"))
    passphrase, session = demo.create(folder)
    session.close()
    call.out.note(tr("Everybody in it is invented. The passphrase is: {passphrase}", passphrase=passphrase))
    return call.args.open_window(folder, passphrase)
