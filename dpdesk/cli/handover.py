"""`dpdesk handover …`: leaving office or replacing a device step by step, erasing the desk from it, and signing for it."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.handovers import STEPS, WIPES, HandoverKind, Step
from dpdesk.services.words import moment, tr

WORD = "erase"


def declare(grammar) -> None:
    """The verbs of `handover`."""
    verbs = grammar.noun("handover", tr("leaving office, or replacing this device"))
    begin = grammar.verb(verbs, "begin", _begin, tr("begin to leave this device"))
    begin.add_argument("kind", choices=[each.value for each in HandoverKind])
    begin.add_argument("--device", default="", metavar="ID", help=tr("another device of yours in the inventory"))
    grammar.verb(verbs, "show", _show, tr("how far it is, and what holds up the next step"))
    successor = grammar.verb(verbs, "successor", _successor, tr("say who takes over"))
    successor.add_argument("officer", metavar="OFFICER", help=tr("another officer of the desk, by name or identity"))
    done = grammar.verb(verbs, "done", _done, tr("say that a step is done: sheets are in, copies are gone, your successor has the desk"))
    done.add_argument("step", choices=[Step.SHEETS.value, Step.COPIES.value, Step.DESK.value])
    wipe = grammar.verb(verbs, "wipe", _wipe, tr("say how the device will be wiped"))
    wipe.add_argument("how", choices=WIPES)
    wipe.add_argument("--tool", required=True, metavar="TEXT")
    wipe.add_argument("--verified", required=True, metavar="TEXT", help=tr("how it is verified"))
    erase = grammar.verb(verbs, "erase", _erase, tr("erase this desk from this device: its keys, then its files; nothing brings it back"))
    erase.add_argument("--certificate", required=True, type=Path, metavar="FILE.pdf")
    erase.add_argument("--word", default="", metavar=WORD, help=tr("type “{word}” to say that you mean it", word=WORD))
    sign = grammar.verb(verbs, "sign", _sign, tr("sign that the desk was handed over to you (the successor, or the accountable person)"))
    sign.add_argument("--certificate", default="", metavar="NUMBER", help=tr("the number of the certificate of erasing"))
    grammar.verb(verbs, "give-up", _give_up, tr("keep the device after all"))


def _open(session):
    from dpdesk.domain.errors import NotFound
    from dpdesk.services import handovers
    found = handovers.open_one(session)
    if found is None:
        raise NotFound("handover", "")
    return found


def _shown(call: Call, seen) -> int:
    from dpdesk.services import device_words as words
    made = seen.handover
    step = seen.step.value if seen.step else ""
    data = {"id": made.id, "kind": made.kind.value, "device": seen.device.name, "officer": seen.names.get(made.officer, ""),
            "successor": seen.names.get(made.successor, ""), "begun_at": made.begun_at, "step": step, "blocked": seen.blocked,
            "sheets": seen.sheets, "copies": seen.copies, "steps": {name: dict(facts) for name, facts in made.steps.items()},
            "signed_by": seen.names.get(made.signed_by, ""), "signed_at": made.signed_at, "ended_at": made.ended_at}
    lines = [(words.step_name(each.value), tr("done, {moment}", moment=moment(str(made.steps[each.value].get("at", ""))))
              if each.value in made.steps else tr("next") if each is seen.step else tr("to come")) for each in STEPS]
    call.out.result(data, pairs([(tr("Device"), seen.device.name), *lines]))
    return 0


def _begin(call: Call) -> int:
    from dpdesk.domain.errors import Declined
    from dpdesk.services import device, handovers
    with call.session() as session:
        here = device.this(session)
        if not call.args.device and here is None:
            raise Declined("device.unknown")
        made = handovers.begin(session, call.args.device or here.id, call.args.kind)
        return _shown(call, handovers.see(session, made.id))


def _show(call: Call) -> int:
    with call.session() as session:
        return _shown(call, _open(session))


def _successor(call: Call) -> int:
    from dpdesk.domain.errors import NotFound
    from dpdesk.services import handovers
    who = call.args.officer
    with call.session() as session:
        found = [identity for identity, name in handovers.candidates(session) if who == identity or who.casefold() == name.casefold()]
        if not found:
            raise NotFound("officer", who)
        if len(found) > 1:
            raise Usage(tr("Several officers are called “{who}”. Name the one you mean by its ID.", who=who))
        return _shown(call, handovers.name_successor(session, _open(session).handover.id, found[0]))


def _done(call: Call) -> int:
    from dpdesk.services import handovers
    with call.session() as session:
        return _shown(call, handovers.done(session, _open(session).handover.id, Step(call.args.step)))


def _wipe(call: Call) -> int:
    from dpdesk.services import handovers
    args = call.args
    with call.session() as session:
        return _shown(call, handovers.wiped(session, _open(session).handover.id, args.how, args.tool, args.verified))


def _erase(call: Call) -> int:
    from dpdesk.services import desk_end
    from dpdesk.services.device_words import ended_facts
    if call.args.word.casefold() != WORD:
        raise Usage(tr("This destroys the desk on this device. Add --word {word} to say that you mean it.", word=WORD))
    path = call.args.certificate.absolute()
    with call.session() as session:
        made = desk_end.erase(session, call.desks, path, accepted=accepted(call, path, CopyKind.CERTIFICATE))
    ended = made.ended
    data = {"number": made.number, "certificate": str(path), "complete": made.complete, "keys": ended.keys, "rekeyed": ended.rekeyed,
            "files": ended.files, "bytes": ended.size, "how": ended.how, "stayed": list(ended.stayed), "others": ended.others,
            "unreadable": ended.unreadable}
    call.out.result(data, pairs([(tr("Number"), made.number), *ended_facts(ended), (tr("Certificate"), str(path))]))
    return 0 if ended.unreadable and made.complete else 1


def _sign(call: Call) -> int:
    from dpdesk.services import handovers
    with call.session() as session:
        return _shown(call, handovers.sign(session, _open(session).handover.id, call.args.certificate))


def _give_up(call: Call) -> int:
    from dpdesk.services import handovers
    with call.session() as session:
        identity = _open(session).handover.id
        if not call.confirmed(tr("Keep this device after all?")):
            return 1
        handovers.give_up(session, identity)
        return _shown(call, handovers.see(session, identity))
