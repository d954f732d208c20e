"""`dpdesk desk …`: create a desk, look at it, check it, and look after its keys and settings."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli import backups
from dpdesk.cli.audit import verdict_shown
from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs
from dpdesk.cli.passphrases import Usage, founding_passphrase, new_passphrase, passphrase, recovery_key
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Role
from dpdesk.services.words import day, place_warning, role_name, span, tr


def declare(grammar) -> None:
    """The verbs of `desk`."""
    verbs = grammar.noun("desk", tr("the desk itself: create, look, check, keys, settings"))
    create = grammar.verb(verbs, "create", _create, tr("make a desk; shows its recovery key once"))
    create.add_argument("--officer", required=True, metavar="NAME", help=tr("your name"))
    create.add_argument("--branch", required=True, metavar="NAME", help=tr("the branch the desk is for"))
    create.add_argument("--policy", required=True, metavar="CODE", help=tr("green, labour, cooperative or generic"))
    create.add_argument("--role", default=Role.ACCOUNTABLE.value, choices=[r.value for r in Role],
                        help=tr("your role; the first officer is the accountable person unless you say otherwise"))
    create.add_argument("--kit", type=Path, metavar="FILE.pdf", help=tr("also write the recovery kit, to print"))
    grammar.verb(verbs, "info", _info, tr("branch, policy, officers, number of people"))
    grammar.verb(verbs, "verify", _verify, tr("check the database and the audit log"))
    grammar.verb(verbs, "rekey", _rekey, tr("write the desk anew under a new key"))
    recover = grammar.verb(verbs, "recover", _recover, tr("open with the recovery key and set a new passphrase"))
    recover.add_argument("--recovery-key-fd", type=int, metavar="N",
                         help=tr("read the recovery key from open file N (or DPDESK_RECOVERY_KEY)"))
    backups.declare(grammar, verbs)
    grammar.verb(verbs, "passphrase", _passphrase, tr("change your passphrase"))
    settings = grammar.verb(verbs, "settings", _settings, tr("show the desk’s settings, or change them"))
    settings.add_argument("--lock-minutes", type=int, metavar="N", help=tr("lock the window after N idle minutes"))
    settings.add_argument("--policy", metavar="CODE", help=tr("the party’s data policy"))


def known_policy(code: str) -> str:
    """`code`, or wrong usage where dpdesk brings no such policy."""
    from dpdesk.services.settings import policies
    codes = [known for known, _name in policies()]
    if code not in codes:
        raise Usage(tr("There is no policy “{code}”. Choose one of: {codes}.", code=code, codes=", ".join(codes)))
    return code


def _create(call: Call) -> int:
    from dpdesk.services.desks import Founding
    args = call.args
    known_policy(args.policy)
    desks = call.desks
    folder = Path(args.desk).expanduser().absolute() if args.desk else desks.suggested_folder(args.branch)
    founding = Founding(name=args.officer, role=Role(args.role), policy_code=args.policy, branch=args.branch,
                        passphrase=founding_passphrase(args), key_label=args.key or "")
    place = accepted(call, args.kit.absolute(), CopyKind.KIT) if args.kit else ""
    session, key = desks.create(folder, founding)
    try:
        call.out.note(session.policy.policy_text)
        call.out.note(tr("Creating a desk records that you have read and accept this policy ({name}, {version}).",
                         name=session.policy.name, version=day(session.policy.version)))
        if args.kit:
            from dpdesk.services.officers import recovery_kit
            recovery_kit(session, key, args.kit.absolute(), accepted=place)
        data = {"folder": str(folder), "desk": session.desk_id, "branch": session.branch, "officer": session.officer.id,
                "recovery_key": key.text(), "kit": str(args.kit) if args.kit else None}
        call.out.result(data, "\n".join((
            pairs([(tr("Desk"), folder), (tr("Branch"), session.branch), (tr("Officer"), session.officer.name),
                   (tr("Recovery key"), key.text())]),
            tr("The recovery key is shown this once. Write it down and keep it away from this machine."))))
        return 0
    finally:
        session.close()


def _info(call: Call) -> int:
    folder = call.folder()
    card = call.desks.examine(folder)
    with call.session() as session:
        from dpdesk.domain.roles import Right
        from dpdesk.services import members
        counts = members.counts(session) if session.may(Right.MEMBERS_SEE) and session.acknowledged else None
        data = {"folder": str(folder), "desk": session.desk_id, "branch": session.branch,
                "policy": session.policy.code, "policy_version": session.policy.version,
                "officer": session.officer.name, "role": session.officer.role.value,
                "acknowledged": session.acknowledged, "read_only": session.read_only,
                "lock_minutes": session.lock_minutes, "keys": [key.label for key in card.keys],
                "warnings": list(card.place), "members": counts and counts.members,
                "contacts": counts and counts.contacts, "by_status": counts and dict(counts.by_status)}
        call.out.result(data, pairs([
            (tr("Desk"), folder), (tr("Branch"), session.branch), (tr("Data policy"), session.policy.name),
            (tr("Officer"), f"{session.officer.name}, {role_name(session.officer.role.value)}"),
            (tr("Policy read"), tr("yes") if session.acknowledged else tr("not yet: dpdesk officers acknowledge")),
            (tr("Members"), counts and f"{counts.members:,}"), (tr("Contacts"), counts and f"{counts.contacts:,}"),
            (tr("Locks after"), span(60 * session.lock_minutes)),
            *((tr("Place"), place_warning(code)) for code in card.place)]))
    return 0


def _verify(call: Call) -> int:
    from dpdesk.services import audit
    with call.session() as session:
        return verdict_shown(call, audit.verify(session, progress=call.out.progress(tr("Checking"))))


def _rekey(call: Call) -> int:
    from dpdesk.services import officers
    with call.session() as session:
        officers.rekey(session, progress=call.out.progress(tr("Writing anew")))
        call.out.result({"rekeyed": True}, tr("The desk is written anew under a new key. Old copies stay as they were."))
    return 0


def _recover(call: Call) -> int:
    key, new = recovery_key(call.args), new_passphrase(call.args)
    session, fresh = call.desks.recover(call.folder(), key, new)
    try:
        data = {"officer": session.officer.id, "recovery_key": fresh.text()}
        call.out.result(data, "\n".join((
            tr("The desk is open again, and the new passphrase holds."),
            pairs([(tr("New recovery key"), fresh.text())]),
            tr("The old recovery key is used up. This one is shown this once: write it down."))))
    finally:
        session.close()
    return 0


def _passphrase(call: Call) -> int:
    from dpdesk.services import officers
    old = passphrase(call.args)
    with call.session_with(old) as session:
        officers.change_passphrase(session, old, new_passphrase(call.args))
        call.out.result({"changed": True}, tr("The new passphrase holds from now on."))
    return 0


def _settings(call: Call) -> int:
    from dpdesk.services import settings
    with call.session() as session:
        if call.args.lock_minutes is not None:
            settings.set_lock_minutes(session, call.args.lock_minutes)
        if call.args.policy is not None:
            settings.set_policy(session, known_policy(call.args.policy))
        call.out.result({"lock_minutes": session.lock_minutes, "policy": session.policy.code,
                         "policy_version": session.policy.version},
                        pairs([(tr("Locks after"), span(60 * session.lock_minutes)), (tr("Data policy"), session.policy.name)]))
    return 0
