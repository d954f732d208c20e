"""`dpdesk officers …`: who may come in, in which role, until when; and one's own acknowledgement and recovery kit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage, new_passphrase
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import NotFound
from dpdesk.domain.roles import Role
from dpdesk.services.words import day, role_name, standing_name, tr


def declare(grammar) -> None:
    """The verbs of `officers`."""
    verbs = grammar.noun("officers", tr("who may come in, and in which role"))
    grammar.verb(verbs, "list", _list, tr("officers with role and standing"))
    add = grammar.verb(verbs, "add", _add, tr("add an officer, with a first passphrase"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, choices=[r.value for r in Role])
    add.add_argument("--ends-on", type=_day, metavar="DAY", help=tr("the last day of access"))
    add.add_argument("--label", default="", help=tr("the name of their key, shown before unlocking"))
    for name, run, about in (("suspend", _suspend, tr("suspend an officer’s access")),
                             ("reinstate", _reinstate, tr("end a suspension")),
                             ("remove", _remove, tr("remove an officer; then consider `dpdesk desk rekey`"))):
        grammar.verb(verbs, name, run, about).add_argument("who", metavar="NAME|ID")
    end = grammar.verb(verbs, "end", _end, tr("set an officer’s last day of access"))
    end.add_argument("who", metavar="NAME|ID")
    end.add_argument("on", type=_day_or_none, metavar="DAY|never")
    grammar.verb(verbs, "acknowledge", _acknowledge, tr("read the data policy and record that you have"))
    kit = grammar.verb(verbs, "recovery-kit", _kit, tr("make a new recovery key and write its kit; the old key ends"))
    kit.add_argument("file", type=Path, metavar="FILE.pdf")


def _day(text: str) -> date:
    return date.fromisoformat(typed(text))


def _day_or_none(text: str) -> date | None:
    return None if text == "never" else date.fromisoformat(typed(text))


def _as_data(officer) -> dict:
    return {"id": officer.id, "name": officer.name, "role": officer.role.value, "standing": officer.standing.value,
            "ends_on": officer.ends_on.isoformat() if officer.ends_on else None,
            "acknowledged_version": officer.acknowledged_version or None, "key_label": officer.key_label}


def _found(session, who: str):
    """The one officer of that name or identity."""
    from dpdesk.services import officers
    everyone = officers.listing(session)
    found = [o for o in everyone if who == o.id] or [o for o in everyone if o.name.casefold() == who.casefold()]
    if not found:
        raise NotFound("officer", who)
    if len(found) > 1:
        raise Usage(tr("Several officers are called “{who}”. Name the one you mean by its ID.", who=who))
    return found[0]


def _list(call: Call) -> int:
    from dpdesk.services import officers
    with call.session() as session:
        everyone = officers.listing(session)
        call.out.result([_as_data(o) for o in everyone], table(
            (tr("Name"), tr("Role"), tr("Standing"), tr("Last day"), tr("Policy read")),
            [(o.name, role_name(o.role.value), standing_name(o.standing.value), day(o.ends_on or ""),
              day(o.acknowledged_at) or tr("not yet")) for o in everyone]))
    return 0


def _add(call: Call) -> int:
    from dpdesk.services import officers
    args = call.args
    with call.session() as session:
        added = officers.add(session, args.name, Role(args.role), new_passphrase(args, args.name), args.ends_on,
                             args.label)
        call.out.result(_as_data(added), tr("{name} can come in now, as {role}.", name=added.name,
                                            role=role_name(added.role.value)))
    return 0


def _changed(call: Call, verb) -> int:
    """Carry out `verb(session, officer)` and show the officer as they are then."""
    from dpdesk.services import officers
    with call.session() as session:
        officer = _found(session, call.args.who)
        verb(session, officer)
        now = next((o for o in officers.listing(session) if o.id == officer.id), officer)
        call.out.result(_as_data(now), pairs([
            (tr("Name"), now.name), (tr("Standing"), standing_name(now.standing.value)),
            (tr("Last day"), day(now.ends_on or ""))]))
    return 0


def _suspend(call: Call) -> int:
    from dpdesk.services import officers
    return _changed(call, lambda session, officer: officers.suspend(session, officer.id))


def _reinstate(call: Call) -> int:
    from dpdesk.services import officers
    return _changed(call, lambda session, officer: officers.reinstate(session, officer.id))


def _remove(call: Call) -> int:
    from dpdesk.services import officers
    status = _changed(call, lambda session, officer: officers.remove(session, officer.id))
    call.out.note(tr("If they may have kept a copy of the desk, re-key it now: dpdesk desk rekey"))
    return status


def _end(call: Call) -> int:
    from dpdesk.services import officers
    return _changed(call, lambda session, officer: officers.set_end(session, officer.id, call.args.on))


def _acknowledge(call: Call) -> int:
    from dpdesk.services import officers
    with call.session() as session:
        call.out.note(session.policy.policy_text)
        if not call.confirmed(tr("Have you read this policy, and will you keep to it?")):
            raise Usage(tr("Nothing was recorded."))
        officers.acknowledge(session)
        call.out.result({"policy": session.policy.code, "version": session.policy.version, "acknowledged": True},
                        tr("It is recorded that you have read {name} of {version}.", name=session.policy.name,
                           version=day(session.policy.version)))
    return 0


def _kit(call: Call) -> int:
    from dpdesk.services import officers
    with call.session() as session:
        path = call.args.file.expanduser().absolute()
        place = accepted(call, path, CopyKind.KIT)
        key = officers.new_recovery(session)
        officers.recovery_kit(session, key, path, accepted=place)
        call.out.result({"file": str(call.args.file), "recovery_key": key.text()},
                        tr("The recovery kit is in {file}. Print it, keep it away from this machine, and delete the file.",
                           file=call.args.file))
    return 0
