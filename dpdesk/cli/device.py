"""`dpdesk device …`: look at this machine by the sixteen points of the policy, give one's word, report; the inventory; handing over."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.device import CODES, CONTROLS, DeviceKind, Ownership, Standing
from dpdesk.services.words import day, moment, tr, trn


def declare(grammar) -> None:
    """The verbs of `device`."""
    verbs = grammar.noun("device", tr("the device you work on, by the personal-device policy"))
    check = grammar.verb(verbs, "check", _check, tr("look at this machine now, and keep what was seen"))
    check.add_argument("--point", choices=CODES, metavar="CODE", help=tr("only what this point rests on, such as 27.10"))
    show = grammar.verb(verbs, "show", _show, tr("how a device stands, without looking anew"))
    report = grammar.verb(verbs, "report", _report, tr("write the report of a device as PDF, or signed (.dpdevice) for another desk"))
    report.add_argument("--out", required=True, type=Path, metavar="FILE.pdf|FILE.dpdevice")
    for parser in (show, report):
        parser.add_argument("--device", default="", metavar="ID", help=tr("another device of the inventory"))
    take = grammar.verb(verbs, "take-in", _take_in, tr("take in another officer’s signed report"))
    take.add_argument("file", type=Path, metavar="FILE.dpdevice|FILE.age")
    seal = grammar.verb(verbs, "seal", _seal, tr("seal this device’s signed report to officers’ cards"))
    seal.add_argument("--to", action="append", required=True, metavar="CARD", help=tr("a verified card, by its holder’s name or identity"))
    seal.add_argument("--out", required=True, type=Path, metavar="FILE.age")
    add = grammar.verb(verbs, "add", _add, tr("enter this machine, or another device of yours, into the inventory"))
    add.add_argument("name")
    add.add_argument("--kind", choices=[each.value for each in DeviceKind], default=DeviceKind.LAPTOP.value)
    add.add_argument("--whose", choices=[each.value for each in Ownership], default=Ownership.OWN.value)
    add.add_argument("--household", action="store_true", help=tr("others at home use it"))
    add.add_argument("--other", action="store_true", help=tr("not this machine, such as your phone"))
    strays = grammar.verb(verbs, "strays", _strays, tr("look through a folder for lists that look like a register or a membership list"))
    strays.add_argument("folder", type=Path, metavar="FOLDER")
    grammar.verb(verbs, "list", _list, tr("the inventory"))
    attest = grammar.verb(verbs, "attest", _attest, tr("give your word on a point that cannot be seen"))
    attest.add_argument("point", choices=CODES)
    attest.add_argument("--said", default="", metavar="TEXT")
    grammar.verb(verbs, "retire", _retire, tr("a device is out of use, gone or lost; what was seen of it stays")).add_argument(
        "device", metavar="ID")
    allow = grammar.verb(verbs, "allow", _allow, tr("permit keeping the desk on a personal device (the accountable person)"))
    allow.add_argument("device", metavar="ID")
    allow.add_argument("--why", required=True)
    allow.add_argument("--control", action="append", default=[], choices=CONTROLS, help=tr("a point that makes up for it"))
    allow.add_argument("--more", default="", metavar="TEXT", help=tr("what else makes up for it"))
    allow.add_argument("--until", required=True, type=typed_day, metavar="DAY")


def _point(session, standing: Standing, names: dict[str, str]) -> dict:
    from dpdesk.services import device_words as words
    word, allowed = standing.attestation, standing.allowance
    return {
        "id": standing.point.code, "title": session.policy.device.title(standing.point.code), "state": standing.state.value,
        "warning": standing.mild, "clause": standing.point.clause,
        "evidence": [{"check": each.check, "outcome": each.outcome.value, "why": each.why, "warning": each.mild, "facts": dict(each.facts),
                      "said": words.seen_sentence(each)} for each in standing.results],
        "attested": {"by": names.get(word.officer, ""), "at": word.at, "until": word.until, "said": word.said} if word else None,
        "permitted": {"by": names.get(allowed.approved_by, ""), "until": allowed.until, "controls": list(allowed.controls)}
        if allowed else None}


def _shown(call: Call, session, standings, device=None, check=None, names=None) -> int:
    from dpdesk.services import device_words as words
    names = names or {}
    data = {"device": {"id": device.id, "name": device.name, "officer": names.get(device.officer, "")} if device else None,
            "at": check.at if check else "", "system": check.system if check else "", "build": check.build if check else "",
            "points": [_point(session, each, names) for each in standings]}
    lines = []
    for each in standings:
        lines.append(f"{each.point.code:<6} {words.state_name(each):<16} {session.policy.device.title(each.point.code)}")
        said = [words.seen_sentence(result) for result in each.results] if each.rank else []
        lines += [f"{'':<24}{part}" for part in (*said, words.word_sentence(each, names)) if part]
    call.out.result(data, "\n".join([*lines, "", words.summary(standings)]))
    return 0


def _check(call: Call) -> int:
    from dpdesk.domain.device import POINT
    from dpdesk.services import device
    with call.session() as session:
        if session.read_only or device.this(session) is None:
            call.out.note(tr("This device is not in the inventory, so nothing is kept. “dpdesk device add NAME” enters it.")
                          if not session.read_only else tr("The desk is open for reading only, so nothing is kept."))
            standings = device.glance(session)
            if call.args.point:
                standings = tuple(each for each in standings if each.point.code == call.args.point)
            return _shown(call, session, standings)
        if call.args.point:
            device.check(session, "one", POINT[call.args.point].checks)
        else:
            device.check(session)
        seen = device.view(session)
        wanted = tuple(each for each in seen.standings if call.args.point in (None, each.point.code))
        return _shown(call, session, wanted, seen.device, seen.check, seen.names)


def _show(call: Call) -> int:
    from dpdesk.services import device
    with call.session() as session:
        seen = device.view(session, call.args.device)
        return _shown(call, session, seen.standings, seen.device, seen.check, seen.names)


def _report(call: Call) -> int:
    from dpdesk.services import device_reports
    path = call.args.out.absolute()
    with call.session() as session:
        write = device_reports.write if path.suffix.lower() == device_reports.ENDING else device_reports.pdf
        made = write(session, path, call.args.device, accepted=accepted(call, path, CopyKind.DEVICE))
        call.out.result({"file": str(path), "copy": made.id}, tr("The report is in {file}.", file=path))
    return 0


def _seal(call: Call) -> int:
    from dpdesk.services import cards, device_reports, packages
    path = call.args.out.absolute()
    with call.session() as session:
        made = device_reports.seal(session, [cards.get(session, each).id for each in call.args.to])
        packages.save(session, made.id, path, accepted(call, path, CopyKind.SEALED))
        call.out.result({"file": str(path), "package": made.id}, tr("The report is sealed in {file}.", file=path))
    return 0


def _take_in(call: Call) -> int:
    from dpdesk.services import device_reports
    with call.session() as session:
        found = device_reports.take_in(session, call.args.file.absolute())
        call.out.result({"device": found.id, "name": found.name}, tr("The report of “{name}” is taken in.", name=found.name))
    return 0


def _add(call: Call) -> int:
    from dpdesk.services import device
    args = call.args
    with call.session() as session:
        add = device.add_other if args.other else device.add_this
        made = add(session, args.name, args.kind, args.whose, household=args.household)
        call.out.result({"device": made.id, "name": made.name}, tr("“{name}” is in the inventory.", name=made.name))
    return 0


def _strays(call: Call) -> int:
    from dpdesk.services import device_words as words
    from dpdesk.services import strays
    with call.session() as session:
        found = strays.look(session, call.args.folder)
    data = {"folder": str(found.folder), "looked": found.looked, "unread": [str(each) for each in found.unread],
            "strays": [{"file": str(each.path), "kind": each.kind.value, "bytes": each.size, "changed_at": each.changed_at,
                        "known": each.known} for each in found.strays]}
    call.out.result(data, "\n".join([
        *(tr("{file}: {looks}, {noted}", file=each.path, looks=words.stray_name(each.kind.value),
             noted=tr("on the list of copies") if each.known else tr("NOT on the list of copies")) for each in found.strays),
        *(tr("{file}: could not be read, so look at it yourself", file=each) for each in found.unread),
        trn("{n} file looked at.", "{n} files looked at.", found.looked)]))
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import device_words as words
    from dpdesk.services import devices
    with call.session() as session:
        found = devices.listing(session, retired=True)
    data = [{"id": each.device.id, "name": each.device.name, "officer": each.owner, "kind": each.device.kind.value,
             "whose": each.device.ownership.value, "household": each.device.household, "system": each.device.system,
             "here": each.here, "checked": each.check.at if each.check else "", "retired": each.device.retired_at,
             "permitted_until": each.allowance.until if each.allowance else "",
             "to_mend": each.to_mend} for each in found]
    call.out.result(data, table(
        (tr("ID"), tr("Device"), tr("Officer"), tr("Kind"), tr("Checked"), tr("To mend"), tr("Permitted until")),
        [(each.device.id, each.device.name, each.owner, words.device_kind_name(each.device.kind.value),
          moment(each.check.at) if each.check else tr("never"), each.to_mend,
          day(each.allowance.until) if each.allowance else "") for each in found]))
    return 0


def _retire(call: Call) -> int:
    from dpdesk.services import devices
    with call.session() as session:
        devices.retire(session, call.args.device)
    call.out.result({"retired": call.args.device}, tr("It is out of use."))
    return 0


def _attest(call: Call) -> int:
    from dpdesk.services import device
    from dpdesk.services import device_words as words
    with call.session() as session:
        limits = session.policy.device
        said = words.statement(call.args.point, autolock=limits.autolock_minutes, updates=limits.updates_days,
                               contact=session.policy.report_incidents_to)
        if not call.confirmed(tr("You say: {said} Is that so?", said=said)):
            return 1
        made = device.attest(session, "", call.args.point, call.args.said)
        call.out.result({"point": made.point, "until": made.until}, pairs([(tr("Attested"), said), (tr("Until"), day(made.until))]))
    return 0


def _allow(call: Call) -> int:
    from dpdesk.services import devices
    args = call.args
    with call.session() as session:
        made = devices.allow(session, args.device, args.why, tuple(args.control), args.more, args.until)
        call.out.result({"device": made.device, "until": made.until, "controls": list(made.controls)},
                        tr("Permitted until {day}.", day=day(made.until)))
    return 0
