"""`dpdesk replies …`: mail that came back is taken in, and what it asks for is listed, confirmed or dismissed."""

from __future__ import annotations

import sys
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage, asked_secret
from dpdesk.cli.people import find
from dpdesk.domain.errors import DeskError, NotFound, Unreadable
from dpdesk.domain.replies import TO_READ, Kind, State
from dpdesk.services.words import day, mail_reason, reply_name, reply_state_name, sentence, tr, trn

_MOST_PIPED = 256 << 20


def declare(grammar) -> None:
    """The verbs of `replies`."""
    verbs = grammar.noun("replies", tr("mail that came back: who wants no more, which addresses fail or have changed"))
    take = grammar.verb(verbs, "take", _take, tr("take in .eml and mbox files (or - for one from the terminal); nothing is applied yet"))
    take.add_argument("files", nargs="+", metavar="FILE")
    grammar.verb(verbs, "fetch", _fetch, tr("take in what is new in the mailbox; it is only read"))
    listing = grammar.verb(verbs, "list", _list, tr("what waits for a yes or no"))
    listing.add_argument("--all", action="store_true", help=tr("what was decided too"))
    confirm = grammar.verb(verbs, "confirm", _confirm, tr("do what replies ask"))
    confirm.add_argument("--person", default="", metavar="WHO", help=tr("whose it is, where nobody was found: identity or number"))
    confirm.add_argument("--as", dest="kind", default="", choices=["stop_mail", "stop_all", "dead_address"],
                         help=tr("what an unclear one asks"))
    dismiss = grammar.verb(verbs, "dismiss", _dismiss, tr("say that nothing is to be done"))
    works = grammar.verb(verbs, "works", _works, tr("say that somebody’s address works again; without a name, list those that do not"))
    works.add_argument("who", nargs="?", default="", metavar="WHO")
    undo = grammar.verb(verbs, "undo", _undo, tr("take a decision back; a stop is never undone"))
    for parser in (confirm, dismiss):
        parser.add_argument("--kind", dest="of_kind", default="", choices=[kind.value for kind in Kind if kind not in TO_READ
                                                                           or parser is dismiss],
                            help=tr("all that wait of this kind"))
    for parser in (confirm, dismiss, undo):
        parser.add_argument("replies", nargs="+" if parser is undo else "*", metavar="ID",
                            help=tr("its identity, or the last characters of it as `list` shows them"))
    account = grammar.verb(verbs, "mailbox", _mailbox, tr("show or set the mailbox; its password is asked for, or read from a file"))
    account.add_argument("--host", default="")
    account.add_argument("--port", type=int, default=0)
    account.add_argument("--user", default="")
    account.add_argument("--folder", default="")
    account.add_argument("--method", default="", choices=["password", "oauth2"])
    account.add_argument("--secret-fd", type=int, default=None, metavar="N", help=tr("read the password or token from open file N"))
    account.add_argument("--forget", action="store_true", help=tr("take the account out of the desk"))


def _short(identity: str) -> str:
    return identity[-8:]


def _told(call: Call, report) -> int:
    rows = [(tr("Read"), f"{report.read:,}"), *((reply_name(kind), f"{n:,}") for kind, n in report.found.items()),
            (tr("Taken in before"), f"{report.known:,}" if report.known else ""),
            (tr("Automatic answers, nothing asked"), f"{report.automatic:,}" if report.automatic else ""),
            (tr("Nobody on the desk, nothing asked"), f"{report.other:,}" if report.other else "")]
    for name, place, reason in report.refused[:20]:
        call.out.note(tr("{name}, message {place}: {reason}", name=name, place=place or "–", reason=mail_reason(reason)))
    if report.more:
        call.out.note(tr("There is more in the mailbox: fetch again."))
    call.out.result({"read": report.read, "found": dict(report.found), "known": report.known, "automatic": report.automatic,
                     "other": report.other, "refused": [list(each) for each in report.refused], "more": report.more}, pairs(rows))
    return 0


def _take(call: Call) -> int:
    from dpdesk.services import replies
    with call.session() as session, stoppable() as stopped:
        if call.args.files == ["-"]:
            raw = sys.stdin.buffer.read(_MOST_PIPED + 1)
            if len(raw) > _MOST_PIPED:
                raise Unreadable(tr("standard input"), "mail_too_big")
            return _told(call, replies.take_bytes(session, raw, tr("standard input")))
        paths = [Path(name) for name in call.args.files]
        return _told(call, replies.take_files(session, paths, None, call.out.progress(tr("Reading")), stopped))


def _fetch(call: Call) -> int:
    from dpdesk.services import mailbox
    with call.session() as session, stoppable() as stopped:
        return _told(call, mailbox.fetch(session, None, call.out.progress(tr("Fetching")), stopped))


def _data(shown) -> dict:
    each = shown.suggestion
    return {"id": each.id, "kind": each.kind.value, "person": each.person, "name": shown.name, "address": each.address,
            "new_address": each.value, "on_record": shown.on_record, "elsewhere": shown.elsewhere, "sharing": shown.sharing,
            "excerpt": each.excerpt, "wrote_on": each.wrote_on, "state": each.state.value}


def _list(call: Call) -> int:
    from dpdesk.services import replies
    with call.session() as session:
        found = replies.listing(session, tuple(State) if call.args.all else (State.OPEN,))
    rows = [(_short(each.id), reply_name(each.kind.value), shown.name or tr("nobody on the desk"), each.value or each.address,
             day(each.wrote_on), reply_state_name(each.state.value), each.excerpt.replace("\n", " / ")[:60])
            for shown in found for each in (shown.suggestion,)]
    call.out.result([_data(shown) for shown in found],
                    table((tr("ID"), tr("What it asks"), tr("Who"), tr("Address"), tr("Written"), tr("Now"), tr("Words")), rows))
    return 0


def _named(session, call: Call, states: tuple[State, ...]) -> list[str]:
    """The identities that were named, by all or the last characters of them, or by kind."""
    from dpdesk.services import replies
    there = [shown.suggestion for shown in replies.listing(session, states)]
    kind = getattr(call.args, "of_kind", "")
    found = [each.id for each in there if kind and each.kind.value == kind]
    for name in call.args.replies:
        fitting = [each.id for each in there if len(name) >= 6 and each.id.endswith(name.lower())]
        if len(fitting) != 1:
            raise NotFound("reply", name)
        found += fitting
    if not found and not kind:
        raise Usage(tr("Which? Name them, or a kind with --kind."))
    return list(dict.fromkeys(found))


def _confirm(call: Call) -> int:
    from dpdesk.services import replies_decide
    args = call.args
    with call.session() as session:
        ids = _named(session, call, (State.OPEN,))
        if (args.person or args.kind) and len(ids) != 1:
            raise Usage(tr("--person and --as go with one reply."))
        person = find(session, args.person).id if args.person else ""
        kind = Kind(args.kind) if args.kind else None
        if len(ids) == 1:
            replies_decide.confirm(session, ids[0], person, kind)
            return _done(call, 1, [])
        return _done(call, *replies_decide.confirm_many(session, ids, call.out.progress(tr("Confirming"))))


def _dismiss(call: Call) -> int:
    from dpdesk.services import replies_decide
    with call.session() as session:
        return _done(call, *replies_decide.dismiss_many(session, _named(session, call, (State.OPEN,))))


def _undo(call: Call) -> int:
    from dpdesk.services import replies_decide
    with call.session() as session:
        ids = _named(session, call, (State.CONFIRMED, State.DISMISSED))
        for identity in ids:
            replies_decide.undo(session, identity)
    return _done(call, len(ids), [])


def _works(call: Call) -> int:
    from dpdesk.services import members, replies, replies_decide
    with call.session() as session:
        if call.args.who:
            replies_decide.works_again(session, find(session, call.args.who).id)
        bad = replies.bouncing(session)
        rows = [(identity, members.get(session, identity).name, on) for identity, on in bad.items()]
    call.out.result([{"id": identity, "name": name, "since": on} for identity, name, on in rows],
                    table((tr("ID"), tr("Who"), tr("Last failed")), [(identity, name, day(on)) for identity, name, on in rows]))
    return 0


def _done(call: Call, done: int, failed: list[tuple[str, DeskError]]) -> int:
    for identity, problem in failed:
        call.out.note(f"{_short(identity)}: {sentence(problem)}")
    call.out.result({"done": done, "failed": [identity for identity, _problem in failed]}, trn("{n} done.", "{n} done.", done))
    return 1 if failed else 0


def _mailbox(call: Call) -> int:
    from dpdesk.services import mailbox
    args = call.args
    with call.session() as session:
        now = mailbox.account(session)
        if args.forget:
            mailbox.forget_account(session)
            now = None
        elif any((args.host, args.port, args.user, args.folder, args.method, args.secret_fd is not None)):
            now = _set(session, args, now)
    data = {**vars(now)} if now else None
    call.out.result(data, pairs([(tr("Mail server"), f"{now.host}:{now.port}"), (tr("User name"), now.user), (tr("Folder"), now.folder)])
                    if now else tr("No mailbox is set."))
    return 0


def _set(session, args, now):
    from dpdesk.services import mailbox
    before = now or mailbox.Account("", "")
    new = mailbox.Account(args.host or before.host, args.user or before.user, args.folder or before.folder, args.port or before.port,
                          args.method or before.method)
    renewed = now is None or args.host or args.user or args.method or args.secret_fd is not None
    secret = asked_secret(args.secret_fd, "DPDESK_MAILBOX_SECRET", tr("Password of the mailbox:"), "--secret-fd") if renewed else None
    mailbox.set_account(session, new, secret)
    return mailbox.account(session)
