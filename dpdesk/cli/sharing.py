"""`dpdesk members sharing|wordings|attach|evidence`: whom we may share with and why not, the words, the files that prove it."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.consents import known_purpose, of_person, one
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import as_data, find, row_cells, row_headings
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.members import Kind
from dpdesk.domain.sharing import ENDING, Ground
from dpdesk.services.asking_words import purpose_words
from dpdesk.services.words import day, ground_name, tr


def declare(grammar, verbs) -> None:
    """The verbs, among those of `members`."""
    sharing = grammar.verb(verbs, "sharing", _sharing, tr("whom we may share with a body or reach by a channel, and why not"))
    sharing.add_argument("purpose", metavar="CHANNEL|share:BODY")
    sharing.add_argument("--kind", choices=[k.value for k in Kind], default=Kind.MEMBER.value)
    sharing.add_argument("--reason", choices=[*(g.value for g in Ground), ENDING], default="", help=tr("list the people of one reason"))
    sharing.add_argument("--limit", type=int, default=100, metavar="N", help=tr("at most N (100); 0 for all"))
    wordings = grammar.verb(verbs, "wordings", _wordings, tr("the words people are asked with; with --for and --text, a new version"))
    wordings.add_argument("--for", dest="purpose", default="", metavar="CHANNEL|share:BODY")
    wordings.add_argument("--text", default="", metavar="TEXT")
    attach = of_person(grammar, verbs, "attach", _attach, tr("keep a file that proves a consent or permission, encrypted in the desk"))
    attach.add_argument("given", metavar="ID", help=tr("the consent, as `consents` shows it, or its last characters"))
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("--delete", action="store_true", help=tr("delete the file itself once it is in the desk"))
    proof = of_person(grammar, verbs, "evidence", _evidence, tr("save an attached file (--out) or take it out of the desk (--remove)"))
    proof.add_argument("evidence", metavar="ID")
    group = proof.add_mutually_exclusive_group(required=True)
    group.add_argument("--out", type=Path, metavar="FILE")
    group.add_argument("--remove", action="store_true")
    proof.add_argument("--why", required=True, metavar="TEXT")


def _sharing(call: Call) -> int:
    from dpdesk.services import members, sharing
    args = call.args
    with call.session() as session:
        found = sharing.survey(session, known_purpose(session, args.purpose), Kind(args.kind))
        counts = {code: found.count(code) for code in (*Ground, ENDING)}
        rows = members.rows(session, sharing.page(found, args.reason, 0, args.limit or found.count(args.reason))) if args.reason else []
        words = purpose_words(session, args.purpose)
    data = {"purpose": args.purpose, "kind": args.kind, "counts": {str(code): n for code, n in counts.items()}}
    if not args.reason:
        call.out.result(data, table((words, tr("People")), [(ground_name(code), f"{n:,}") for code, n in counts.items() if n]))
        return 0
    call.out.result({**data, "reason": args.reason, "people": [as_data(row) for row in rows]},
                    table(row_headings(), [row_cells(row) for row in rows]))
    if len(rows) < counts[args.reason]:
        call.out.note(tr("{shown} of {total}.", shown=f"{len(rows):,}", total=f"{counts[args.reason]:,}"))
    return 0


def _wordings(call: Call) -> int:
    from dpdesk.services import asking
    args = call.args
    if args.text and not args.purpose:
        raise Usage(tr("Say with --for what the words are for."))
    with call.session() as session:
        if args.text:
            asking.word(session, known_purpose(session, args.purpose), args.text)
        found = asking.wordings(session, args.purpose)
        names = {each.purpose: purpose_words(session, each.purpose) for each in found}
    call.out.result([{"id": w.id, "purpose": w.purpose, "version": w.version, "since": w.since, "text": w.text} for w in found], table(
        (tr("For what"), tr("Version"), tr("Since"), tr("Words")), [(names[w.purpose], w.version, day(w.since), w.text) for w in found]))
    return 0


def _attach(call: Call) -> int:
    from dpdesk.services import contacting, copies, evidence
    args = call.args
    path = args.file.expanduser().absolute()
    with call.session() as session:
        person = find(session, args.who)
        given = one([*contacting.consents(session, person.id), *contacting.sharings(session, person.id)], args.given)
        attached = evidence.attach(session, given.id, path)
        if args.delete:
            copies.delete(session, attached.source.id)
    left = tr("The file itself is deleted.") if args.delete else tr(
        "The file itself still lies at {file}. It is on the list of copies: delete it by {day}.", file=path,
        day=day(attached.source.delete_by))
    call.out.result({"id": attached.evidence.id, "media_type": attached.evidence.media_type, "size": attached.evidence.size,
                     "sha256": attached.evidence.digest, "copy": attached.source.id, "deleted": args.delete},
                    tr("Attached: {name}. {left}", name=attached.evidence.name, left=left))
    return 0


def _evidence(call: Call) -> int:
    from dpdesk.services import evidence
    args = call.args
    with call.session() as session:
        found = one(evidence.listing(session, find(session, args.who).id), args.evidence)
        if args.remove:
            evidence.remove(session, found.id, args.why)
            call.out.result({"id": found.id, "removed": True}, tr("Taken out of the desk."))
            return 0
        path = args.out.expanduser().absolute()
        if path.exists():
            raise Usage(tr("{file} is there already; name another.", file=path))
        copy = evidence.save(session, found.id, path, args.why, accepted=accepted(call, path, CopyKind.EVIDENCE))
    call.out.result({"id": found.id, "file": str(path), "copy": copy.id, "delete_by": copy.delete_by}, tr(
        "Saved to {file}. This file is not encrypted: delete it by {day}.", file=path, day=day(copy.delete_by)))
    return 0
