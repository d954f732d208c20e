"""`dpdesk requests`: all that is held on a person, the pack for them, who was told, restriction, and their data for somebody else."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import NotFound
from dpdesk.domain.subjects import RestrictionGround
from dpdesk.services.subject_words import section_name
from dpdesk.services.words import day, moment, tr, trn

_WHY = "Every place where this desk keeps data was searched, by identity, links, name and address"


def declare(grammar) -> None:
    """The noun `requests`."""
    verbs = grammar.noun("requests", tr("what is held on a person, the pack for them, restriction, and who was told"))
    search = grammar.verb(verbs, "search", _search, tr("search everything for a person, and keep that it was done"))
    pack = grammar.verb(verbs, "pack", _pack, tr("build the pack: PDF, JSON and CSV in one archive"))
    for parser in (search, pack):
        parser.add_argument("who", metavar="WHO", help=tr("a request (RQ-7), a person by ID or number, or an elector"))
        parser.add_argument("--why", default=tr(_WHY), metavar="TEXT", help=tr("why this is a reasonable and proportionate search"))
        parser.add_argument("--words", default="", metavar="TEXT", help=tr("what they asked for, where they narrowed it"))
    pack.add_argument("--out", type=Path, required=True, metavar="FILE", help=tr("a .zip archive; with --to, a sealed package (.age)"))
    pack.add_argument("--to", nargs="+", default=[], metavar="NAME|ID", help=tr(
        "seal it to whose verified card: an officer’s, or their own age key (“cards add --name … --age-key …”)"))
    pack.add_argument("--reviewed", action="store_true",
                      help=tr("you looked through what may be about others; what was proposed is blacked out"))
    pack.add_argument("--leave-out", action="append", default=[], metavar="RECORD", help=tr("a record that does not go out"))
    portable = grammar.verb(verbs, "portable", _portable, tr("a person’s data for another controller, as JSON"))
    portable.add_argument("who", metavar="ID|NUMBER")
    portable.add_argument("--out", type=Path, required=True, metavar="FILE.json")
    told = grammar.verb(verbs, "told", _told, tr("who was given a person’s data, and is to be told of a correction"))
    told.add_argument("who", metavar="ID|NUMBER")
    told.add_argument("--letters", type=Path, metavar="FILE.pdf", help=tr("write a letter to each body outside the branch, as one PDF"))
    told.add_argument("--how", choices=("corrected", "erased", "restricted"), default="corrected", help=tr("what became of the data"))
    told.add_argument("--what", default="", metavar="TEXT", help=tr("what is right now, or which data"))
    told.add_argument("--request", default="", metavar="RQ-N", help=tr("the request that is told who is written to"))
    nameless = grammar.verb(verbs, "nameless", _nameless, tr("take the name off what somebody said at the door"))
    nameless.add_argument("--why", required=True, metavar="TEXT")
    restrict = grammar.verb(verbs, "restrict", _restrict, tr("restrict the use of a person’s data, everywhere at once"))
    restrict.add_argument("--ground", choices=[each.value for each in RestrictionGround], required=True)
    free = grammar.verb(verbs, "free", _free, tr("end a restriction, once the person was told"))
    nameless.add_argument("who", metavar="WHO")
    for parser in (restrict, free):
        parser.add_argument("who", metavar="ID|NUMBER")
        parser.add_argument("--reason", required=True, metavar="TEXT")


def _subject(session, who: str):
    """The person, the elector of that number, or whoever an entry of the register (RQ-7) is about."""
    from dpdesk.services import electors, subject_requests, subject_search
    if subject_requests.is_reference(who):
        return subject_requests.subject_of(session, who)
    try:
        return subject_search.subject(session, person=find(session, who).id)
    except NotFound:
        return subject_search.subject(session, elector=electors.get(session, who).row.elector.id)


def _found(session, args):
    from dpdesk.services import subject_requests, subject_search
    found = subject_search.search(session, _subject(session, args.who), args.why, args.words)
    if subject_requests.is_reference(args.who) and not session.read_only:
        subject_requests.searched(session, args.who, found, args.why)
    return found


def _searched(found) -> tuple[dict[str, object], str]:
    data = {"person": found.subject.person, "electors": list(found.subject.electors), "found": found.counts, "search": found.search,
            "maybe": [dict(each.values) for each in found.maybe],
            "to_review": [{"section": code, "record": record.id, **dict(record.values)} for code, record in found.to_review()]}
    text = table((tr("Where"), tr("Records")), [(section_name(code), n) for code, n in found.counts.items()])
    if found.maybe:
        text += "\n\n" + trn("{n} other of the same name: is it the same person?", "{n} others of the same name: are they the same person?",
                             len(found.maybe)) + "\n" + "\n".join(" ".join(v for _n, v in each.values) for each in found.maybe)
    return data, text


def _search(call: Call) -> int:
    with call.session() as session:
        found = _found(session, call.args)
    call.out.result(*_searched(found))
    return 0


def _pack(call: Call) -> int:
    from dpdesk.domain.subjects import Fate, Review
    from dpdesk.services import subject_pack, subject_requests, subject_search
    args, path = call.args, call.args.out.expanduser().absolute()
    with call.session() as session:
        found = _found(session, args)
        proposed = subject_search.proposal(session, found)
        waiting = found.to_review()
        if waiting and not args.reviewed:
            rows = [(section_name(code), record.id, " / ".join(proposed.words[record.id].values())[:90]) for code, record in waiting]
            call.out.result({"written": False, "to_review": _searched(found)[0]["to_review"]}, "\n\n".join((
                table((tr("Where"), tr("Record"), tr("As it would go out")), rows),
                tr("Look through these: they may be about others too. Then add --reviewed, and --leave-out for what does not go out."))))
            return 1
        unknown = set(args.leave_out) - {record.id for _code, record in waiting}
        if unknown:
            raise Usage(tr("There is no such record to leave out: {ids}.", ids=", ".join(sorted(unknown))))
        settled = subject_search.settled(found, proposed)
        review = Review({**settled.fates, **dict.fromkeys(args.leave_out, Fate.LEFT_OUT)}, settled.words)
        kind = CopyKind.SEALED if args.to else CopyKind.PACK
        done = subject_pack.write(session, found, review, path, accepted=accepted(call, path, kind), to=args.to)
        if subject_requests.is_reference(args.who):
            subject_requests.packed(session, args.who, done)
    call.out.result({"written": True, "file": str(path), "records": done.records, "files": done.files, "left_out": done.left_out,
                     "copy": done.copy.id, "package": done.package, "found": found.counts},
                    trn("Written to {path}: {n} record.", "Written to {path}: {n} records.", done.records, path=path)
                    + ("\n" + tr("It is sealed: only who it is for can open it. Without dpdesk: age -d -i key.txt {file} | tar x",
                                 file=path.name) if done.package else ""))
    return 0


def _portable(call: Call) -> int:
    from dpdesk.services import subject_portable
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        copy = subject_portable.write(session, find(session, call.args.who).id, path, accepted=accepted(call, path, CopyKind.PORTABLE))
    call.out.result({"file": str(path), "copy": copy.id}, tr("Written to {path}.", path=path))
    return 0


def _told(call: Call) -> int:
    from dpdesk.services import subject_letters, subject_pack
    args = call.args
    with call.session() as session:
        person = find(session, args.who).id
        found = subject_pack.recipients(session, person)
        if args.letters:
            path = args.letters.expanduser().absolute()
            copy = subject_letters.save(session, person, args.how, args.what, path, request=args.request,
                                        accepted=accepted(call, path, CopyKind.DUTIES))
            call.out.result({"file": str(path), "copy": copy.id, "bodies": len(subject_letters.outside(session, person))},
                            tr("Saved to {file}.", file=path))
            return 0
    call.out.result([each.__dict__ for each in found], table((tr("Whom"), tr("When"), tr("Still there"), tr("Copy")), [
        (each.body, day(each.on), tr("yes") if each.open else "", each.copy) for each in found]) if found else tr("Nobody was told."))
    return 0


def _nameless(call: Call) -> int:
    from dpdesk.services import subject_nameless
    with call.session() as session:
        who = _subject(session, call.args.who)
        if not call.confirmed(tr("This cannot be undone. Go on?")):
            return 1
        n = subject_nameless.make(session, who, call.args.why)
    call.out.result({"nameless": n}, trn("{n} answer is nameless.", "{n} answers are nameless.", n))
    return 0


def _restrict(call: Call) -> int:
    from dpdesk.services import restrictions
    with call.session() as session:
        made = restrictions.restrict(session, _subject(session, call.args.who).key, call.args.ground, call.args.reason)
    call.out.result({"id": made.id, "since": made.since}, pairs([(tr("Restricted since"), moment(made.since) if "T" in made.since
                                                                  else day(made.since))]))
    return 0


def _free(call: Call) -> int:
    from dpdesk.services import restrictions
    with call.session() as session:
        restrictions.free(session, _subject(session, call.args.who).key, call.args.reason)
    call.out.result({"restricted": False}, tr("The restriction is ended."))
    return 0
