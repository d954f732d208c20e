"""`dpdesk desk backup|check-backup|restore`: one encrypted file out, checked, and a desk made of it again."""

from __future__ import annotations

import os
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs
from dpdesk.cli.passphrases import Usage, new_passphrase, passphrase, recovery_key
from dpdesk.domain.copies import CopyKind
from dpdesk.services.words import moment, tr


def declare(grammar, verbs) -> None:
    """The verbs about backups, among those of `desk`."""
    backup = grammar.verb(verbs, "backup", _backup, tr("write the whole desk, checked, to one encrypted file"))
    backup.add_argument("file", type=Path, metavar="FILE.dpdesk")
    check = grammar.verb(verbs, "check-backup", _check, tr("unpack a backup in a throw-away place and check everything in it"))
    check.add_argument("file", type=Path, metavar="FILE.dpdesk")
    restore = grammar.verb(verbs, "restore", _restore, tr("make the desk of a backup in the new folder --desk DIR"))
    restore.add_argument("file", type=Path, metavar="FILE.dpdesk")
    restore.add_argument("--recovery-key-fd", type=int, metavar="N",
                         help=tr("open with the recovery key, read from open file N (or DPDESK_RECOVERY_KEY)"))


def _shown(backup) -> tuple[dict, str]:
    data = {"file": str(backup.path), "made": backup.at, "entries": backup.entries, "head_code": backup.head_code,
            "people": backup.people, "bytes": backup.size}
    return data, pairs([(tr("Made"), moment(backup.at)), (tr("People"), f"{backup.people:,}"),
                        (tr("Audit log"), tr("{n} entries, head code {code}", n=f"{backup.entries:,}", code=backup.head_code)),
                        (tr("Size"), tr("{size} MB", size=f"{backup.size / 1e6:,.1f}"))])


def _backup(call: Call) -> int:
    from dpdesk.services import backups
    path = call.args.file.expanduser().absolute()
    with call.session() as session:
        if path.exists() and not call.confirmed(tr("“{name}” is there already. Replace it?", name=path.name)):
            return 1
        place = accepted(call, path, CopyKind.BACKUP)
        data, words = _shown(backups.back_up(session, path, call.out.progress(tr("Backing up")), accepted=place))
        call.out.result(data, tr("The backup is made and was checked.") + "\n" + words)
    return 0


def _check(call: Call) -> int:
    from dpdesk.services import backups
    with call.session() as session:
        data, words = _shown(backups.check(session, call.args.file.expanduser().absolute()))
        call.out.result(data | {"whole": True}, tr("The backup is whole and can be restored.") + "\n" + words)
    return 0


def _restore(call: Call) -> int:
    from dpdesk.services import backups
    args, desks = call.args, call.desks
    if not args.desk:
        raise Usage(tr("Where to? Name a new folder with --desk."))
    path, folder = args.file.expanduser().absolute(), Path(args.desk).expanduser().absolute()
    fresh = None
    if args.recovery_key_fd is not None or "DPDESK_RECOVERY_KEY" in os.environ:
        session, fresh, found = backups.restore_with_recovery(desks, path, folder, recovery_key(args), new_passphrase(args))
    else:
        key = next((k.id for k in backups.keys(path) if args.key in (k.label, k.id)), None) if args.key else None
        session, found = backups.restore(desks, path, folder, passphrase(args), key)
    session.close()
    data, words = _shown(found)
    said = [tr("The desk is restored in {folder}, and was checked.", folder=folder), words]
    if fresh is not None:
        data["recovery_key"] = fresh.text()
        said.append(tr("New recovery key, shown this once: {key}", key=fresh.text()))
    call.out.result(data | {"folder": str(folder)}, "\n".join(said))
    return 0
