"""`dpdesk portal …`: the outbox, collecting and receipts; destinations lie in portal_destinations.py."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from dpdesk.cli import portal_destinations
from dpdesk.cli.call import Call
from dpdesk.cli.days import typed
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import table
from dpdesk.cli.sealed import package_data
from dpdesk.services.transfers_words import size, transfer_state_name
from dpdesk.services.words import moment, sentence, tr, trn


def declare(grammar) -> None:
    """The verbs of `portal`."""
    verbs = grammar.noun("portal", tr("where sealed packages are left and fetched"))
    portal_destinations.declare(grammar, verbs)
    queue = grammar.verb(verbs, "queue", _queue, tr("put a sealed package into the outbox"))
    queue.add_argument("package", metavar="ID")
    queue.add_argument("--to", nargs="+", required=True, metavar="DESTINATION")
    grammar.verb(verbs, "outbox", _outbox, tr("what waits, what was sent, what is receipted"))
    send = grammar.verb(verbs, "send", _send, tr("send what waits, and go on where a line broke"))
    send.add_argument("transfer", nargs="?", default="", metavar="ID")
    send.add_argument("--due", action="store_true", help=tr("leave out what is to be tried again later"))
    for name, run, about in (("pause", _turn, tr("let a transfer rest")), ("resume", _turn, tr("let it go on")),
                             ("cancel", _cancel, tr("give it up, and take away what lies on the server"))):
        grammar.verb(verbs, name, run, about).add_argument("transfer", metavar="ID")
    collect = grammar.verb(verbs, "collect", _collect, tr("fetch what lies there for you, verify it whole, leave receipts"))
    collect.add_argument("destination", metavar="DESTINATION")
    receipts = grammar.verb(verbs, "receipts", _receipts, tr("fetch receipts for what was sent, and list them"))
    receipts.add_argument("destination", nargs="?", default="", metavar="DESTINATION")
    receipts.add_argument("--offline", action="store_true", help=tr("only list those that are here"))
    confirm = grammar.verb(verbs, "confirm", _confirm, tr("record headquarters’ word that it is there, where no receipts come"))
    confirm.add_argument("transfer", metavar="ID")
    confirm.add_argument("--by", default="", metavar="NAME")
    confirm.add_argument("--on", default="", type=typed, metavar="DAY", help=tr("such as 24/11/2026; today without it"))
    confirm.add_argument("--how", default="", metavar="TEXT", help=tr("such as: e-mail with its reference"))


@contextlib.contextmanager
def _hands(call: Call, title: str) -> Iterator:
    """Progress, and Ctrl+C as a stop that keeps what was sent; pressed again it breaks off."""
    from dpdesk.services.outbox import Hands
    with stoppable() as cancelled:
        yield Hands(call.out.progress(title), cancelled)


def transfer_data(row) -> dict:
    """A transfer for scripts."""
    each = row.transfer
    return {"id": each.id, "package": each.package, "purpose": row.purpose, "destination": row.destination, "state": each.state.value,
            "done": each.done, "size": each.size, "problem": each.problem, "tries": each.tries, "next_try": each.next_try,
            "sent_at": each.sent_at, "ended_at": each.ended_at}


def _queue(call: Call) -> int:
    from dpdesk.services import outbox
    with call.session() as session:
        made = outbox.queue(session, call.args.package, call.args.to)
    call.out.result([each.id for each in made], trn("It waits in the outbox.", "It waits in the outbox for {n} destinations.", len(made)))
    return 0


def _outbox(call: Call) -> int:
    from dpdesk.services import outbox
    with call.session() as session:
        found = outbox.rows(session)
    call.out.result([transfer_data(row) for row in found], table(
        (tr("ID"), tr("State"), tr("There"), tr("Size"), tr("To"), tr("Tried again"), tr("Purpose")),
        [(row.transfer.id[-8:], transfer_state_name(row.transfer.state.value), size(row.transfer.done), size(row.transfer.size),
          row.destination, moment(row.transfer.next_try), row.purpose) for row in found]))
    return 0


def _send(call: Call) -> int:
    from dpdesk.services import outbox
    with call.session() as session, _hands(call, tr("Sending")) as hands:
        run = outbox.send(session, hands, wanted=call.args.transfer, due_only=call.args.due)
    for said in dict.fromkeys(str(sentence(problem)) for _transfer, problem in run.failed):
        call.out.note(said)
    call.out.result({"sent": list(run.sent), "failed": [{"transfer": each, "reason": getattr(problem, "reason", "")}
                                                        for each, problem in run.failed]},
                    trn("{n} package was sent and is there whole.", "{n} packages were sent and are there whole.", len(run.sent)))
    return 1 if run.failed else 0


def _turn(call: Call) -> int:
    from dpdesk.services import outbox
    with call.session() as session:
        found = getattr(outbox, call.args.verb)(session, call.args.transfer)
    call.out.result({"id": found.id, "state": found.state.value}, transfer_state_name(found.state.value))
    return 0


def _cancel(call: Call) -> int:
    from dpdesk.services import outbox, taking_back
    with call.session() as session, _hands(call, tr("Taking away")) as hands:
        found = outbox.cancel(session, call.args.transfer)
        _went, failed = taking_back.take_back(session, hands)
        lies = any(each.id == found.id for each in taking_back.left(session))
    for place, problem in failed:
        call.out.note(tr("{place}: {said}", place=place, said=sentence(problem)))
    said = transfer_state_name(found.state.value)
    if lies:
        said += ". " + tr("What lies on the server is taken away with the next sending.")
    call.out.result({"id": found.id, "state": found.state.value, "lies_there": lies}, said)
    return 0


def _collect(call: Call) -> int:
    from dpdesk.services import collecting
    with call.session() as session, _hands(call, tr("Fetching")) as hands:
        got = collecting.collect(session, call.args.destination, hands)
    bad = [each for each in got.found if each.problem is not None]
    for each in bad:
        call.out.note(tr("{transfer}: {said}", transfer=each.transfer[-8:], said=sentence(each.problem)))
    came = [each.package for each in got.found if each.package is not None]
    said = [trn("{n} package came in and is receipted.", "{n} packages came in and are receipted.", len(came))]
    said += [f"{each.id[-8:]}  {each.purpose}" for each in came]
    if got.known:
        said.append(trn("{n} was here already.", "{n} were here already.", got.known))
    if got.others:
        said.append(trn("{n} is for somebody else.", "{n} are for somebody else.", got.others))
    call.out.result({"came": [package_data(each) for each in came], "known": got.known, "others": got.others,
                     "refused": [{"transfer": each.transfer, "reason": getattr(each.problem, "reason", "")} for each in bad]},
                    "\n".join(said))
    return 1 if bad else 0


def _receipts(call: Call) -> int:
    from dpdesk.services import cards, receipts
    with call.session() as session:
        came, failed = ([], []) if call.args.offline else receipts.fetch(session, call.args.destination)
        found = receipts.listing(session)
        names = {each.id: each.card.name for each in cards.listing(session)}
    for place, problem in failed:
        call.out.note(tr("{place}: {said}", place=place, said=sentence(problem)))
    ways = {"in": tr("got"), "out": tr("given")}
    call.out.result({"came": [each.id for each in came], "receipts": [
        {"id": each.id, "way": each.way, "package": each.package, "transfer": each.transfer, "by": names.get(each.by, each.by),
         "at": each.at, "how": each.how, "code": receipts.code_of(each)} for each in found]}, table(
        (tr("Code"), tr("Way"), tr("Package"), tr("By"), tr("When")),
        [(receipts.code_of(each), ways[each.way], each.package[-8:], each.how or names.get(each.by, ""), moment(each.at))
         for each in found]))
    return 1 if failed else 0


def _confirm(call: Call) -> int:
    from dpdesk.services import receipts
    from dpdesk.services.session import today
    with call.session() as session:
        found = receipts.confirm(session, call.args.transfer, call.args.by, call.args.on or today().isoformat(), call.args.how)
    call.out.result({"id": found.id, "state": found.state.value}, transfer_state_name(found.state.value))
    return 0
