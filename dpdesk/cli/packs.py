"""`dpdesk packs …`: a session's sheets go sealed to a lead's own desk and come back with results; then the lead's copy is erased."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.sealed import package_data
from dpdesk.domain.packages import Step
from dpdesk.services.transfers_words import conflict_name, pack_step_name
from dpdesk.services.words import moment, tr, trn


def declare(grammar) -> None:
    """The verbs of `packs`."""
    verbs = grammar.noun("packs", tr("canvass packs: sheets for a lead to work with offline, and their return"))
    grammar.verb(verbs, "list", _list, tr("packs at this desk and where they have come to"))
    out = grammar.verb(verbs, "out", _out, tr("seal a session’s walks, sheets and electors to a lead’s card"))
    out.add_argument("session", metavar="SESSION")
    out.add_argument("--to", required=True, metavar="NAME|ID")
    out.add_argument("--days", type=int, default=30, metavar="N")
    back = grammar.verb(verbs, "back", _back, tr("at the lead’s desk: seal what came of a pack to the branch"))
    back.add_argument("pack", metavar="ID")
    for parser in (out, back):
        parser.add_argument("--queue", nargs="+", default=[], metavar="DESTINATION", help=tr("put it into the outbox"))
        parser.add_argument("--out", type=Path, metavar="FILE", help=tr("also write it to a file, to be carried"))
    take = grammar.verb(verbs, "in", _in, tr("take in a pack, its return, or what follows; a return is only shown until --apply"))
    take.add_argument("package", metavar="FILE|ID")
    take.add_argument("--apply", action="store_true", help=tr("take the return in, with the conflicts that were shown"))
    take.add_argument("--queue", nargs="+", default=[], metavar="DESTINATION", help=tr("put the answer into the outbox"))
    take.add_argument("--out", type=Path, metavar="FILE", help=tr("write the answer to a file"))


def _list(call: Call) -> int:
    from dpdesk.services import packs
    with call.session() as session:
        found = packs.listing(session)
    ways = {"out": tr("out"), "in": tr("in")}
    call.out.result([{"id": each.id, "way": each.way, "session": each.session, "step": each.step.value, "out_at": each.out_at,
                      "returned_at": each.returned_at, "taken_at": each.taken_at, "erased_at": each.erased_at} for each in found], table(
        (tr("ID"), tr("Way"), tr("State"), tr("Sent or came"), tr("Erased"), tr("Place")),
        [(each.id[-8:], ways[each.way], pack_step_name(each.step.value), moment(each.out_at), moment(each.erased_at), each.title)
         for each in found]))
    return 0


def _leave(call: Call, session, package) -> None:
    """Where the package goes: into the outbox, to a file, both, or neither yet."""
    from dpdesk.cli.leaving import accepted
    from dpdesk.domain.copies import CopyKind
    from dpdesk.services import outbox, packages
    if call.args.out:
        path = call.args.out.expanduser().absolute()
        packages.save(session, package.id, path, accepted(call, path, CopyKind.SEALED))
    if call.args.queue:
        outbox.queue(session, package.id, call.args.queue)
    if not (call.args.out or call.args.queue):
        call.out.note(tr("It is sealed as {id}; send it with “portal queue”, or write it with “sealed save”.", id=package.id[-8:]))


def _out(call: Call) -> int:
    from dpdesk.services import packs
    with call.session() as session:
        made = packs.out(session, _session(session, call.args.session), call.args.to, days=call.args.days)
        _leave(call, session, made)
    call.out.result(package_data(made), tr("The pack is sealed. It holds the sheets, and the least of their electors."))
    return 0


def _session(session, wanted: str) -> str:
    from dpdesk.services import sessions
    found = [each.id for each in sessions.listing(session) if wanted and each.id.endswith(wanted)]
    if len(found) != 1:
        raise Usage(tr("Which session? Name the last characters of its identity, as “sessions list” shows them."))
    return found[0]


def _back(call: Call) -> int:
    from dpdesk.services import packs
    with call.session() as session:
        made = packs.give_back(session, call.args.pack)
        _leave(call, session, made)
    call.out.result(package_data(made), tr("The return is sealed: results, the custody of the paper, pictures."))
    return 0


def _in(call: Call) -> int:
    from dpdesk.cli.sealed import _path
    from dpdesk.services import packs
    with call.session() as session:
        seen = packs.look(session, _path(session, call.args.package))
        steps = {Step.OUT: _take, Step.RETURNED: _take_back, Step.TAKEN: _erase, Step.ERASED: _erased}
        return steps[seen.step](call, session, seen)


def _take(call: Call, session, seen) -> int:
    from dpdesk.services import packs
    taken = packs.take(session, seen)
    call.out.result({"pack": taken.id, "step": taken.step.value, "session": taken.session}, tr(
        "The pack is here: print its sheets, walk, take in what comes back. Then: dpdesk packs back {id}", id=taken.id[-8:]))
    return 0


def _take_back(call: Call, session, seen) -> int:
    from dpdesk.services import packs_back
    found = packs_back.preview(session, seen)
    said = [trn("{n} new answer.", "{n} new answers.", found.answers),
            trn("{n} movement of paper.", "{n} movements of paper.", found.movements), trn("{n} picture.", "{n} pictures.", found.pictures)]
    said += [f"{each.where}: {conflict_name(each.kind)}" for each in found.conflicts]
    data = {"pack": found.pack.id, "answers": found.answers, "movements": found.movements, "pictures": found.pictures, "known": found.known,
            "conflicts": [{"kind": each.kind, "subject": each.subject, "where": each.where} for each in found.conflicts]}
    if not call.args.apply:
        call.out.result(data | {"applied": False}, "\n".join([*said, tr("Nothing is taken in yet: add --apply.")]))
        return 0
    _done, word = packs_back.take_back(session, seen)
    _leave(call, session, word)
    call.out.result(data | {"applied": True, "answer": word.id}, "\n".join([*said, tr("It is taken in. Send the lead the word to erase.")]))
    return 0


def _erase(call: Call, session, seen) -> int:
    from dpdesk.services import packs
    if not call.confirmed(tr("The branch has all of it. Erase what the pack brought and what came of it here?")):
        return 1
    word = packs.erase(session, seen)
    _leave(call, session, word)
    call.out.result({"pack": seen.pack, "step": "erased", "answer": word.id}, tr("It is erased here. Send the branch the word of it."))
    return 0


def _erased(call: Call, session, seen) -> int:
    from dpdesk.services import packs
    found = packs.erased(session, seen)
    call.out.result({"pack": found.id, "step": found.step.value}, tr("The lead’s copy is erased."))
    return 0
