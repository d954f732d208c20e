"""`dpdesk post …`: letters to members that show nobody's address: preview, drafts, sending, approval; records lie in post_record.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dpdesk.cli import post_accounts, post_record
from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.cli.post_record import mailing_data, mailing_words
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.mail_addresses import BadAddress
from dpdesk.domain.members import Kind
from dpdesk.domain.post import GROUNDS, Purpose
from dpdesk.domain.post_states import Route, State
from dpdesk.services.post_names import basis_name, left_out_name, pause_name, purpose_name, remark_sentence
from dpdesk.services.words import day, moment, tr, trn


def declare(grammar) -> None:
    """The verbs of `post`."""
    verbs = grammar.noun("post", tr("e-mail to members that shows nobody’s address"))
    preview = grammar.verb(verbs, "preview", _preview, tr("who would get a letter, who would not and why, and how it reads"))
    preview.add_argument("--as", dest="reader", metavar="ID|NUMBER", help=tr("show it as this person reads it"))
    preview.add_argument("--source", action="store_true", help=tr("show the whole message as it would be sent"))
    drafts = grammar.verb(verbs, "drafts", _drafts, tr("write drafts for your own mail program; they count as copies"))
    drafts.add_argument("--route", choices=("each", "bcc"), default="each", help=tr("one draft per person, or everybody hidden in Bcc"))
    drafts.add_argument("--out", type=Path, required=True, metavar="DIR", help=tr("a new folder for the drafts"))
    drafts.add_argument("--per-message", type=int, default=0, metavar="N", help=tr("with bcc: at most N people in one draft"))
    send = grammar.verb(verbs, "send", _send, tr("send a letter, one message per person, over verified TLS"))
    post_accounts.add_server(send)
    for parser in (preview, drafts, send):
        _add_letter(parser)
    approve = grammar.verb(verbs, "approve", _approve, tr("let a mailing to many people go out; not by who wrote it"))
    approve.add_argument("mailing", metavar="MAILING")
    post_accounts.declare(grammar, verbs)
    post_record.declare(grammar, verbs)


def _add_letter(parser) -> None:
    parser.add_argument("mailing", nargs="?", default="", metavar="MAILING",
                        help=tr("one that was prepared before, to go on with; instead of a new letter"))
    parser.add_argument("--audience", action="append", default=[], metavar="all-members|all-contacts|ID|NUMBER",
                        help=tr("whom it is for; may be given several times"))
    parser.add_argument("--purpose", choices=[each.value for each in Purpose])
    parser.add_argument("--subject", default="", metavar="TEXT")
    parser.add_argument("--body", type=Path, metavar="FILE", help=tr("the letter in Markdown, with fields like {{forename|friend}}"))
    parser.add_argument("--attach", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--from", dest="sender", default="", metavar="ADDRESS", help=tr("the branch’s own address"))


def _letter(call: Call, session):
    """The letter the arguments describe."""
    from dpdesk.services import members, post
    args = call.args
    missing = [name for name, given in (("--audience", args.audience), ("--purpose", args.purpose), ("--body", args.body)) if not given]
    if missing:
        raise Usage(tr("Still needed: {options}.", options=", ".join(missing)))
    kinds = {"all-members": Kind.MEMBER, "all-contacts": Kind.CONTACT}
    queries = [members.Query(kind=kinds[word], sort="number") for word in args.audience if word in kinds]
    if len(queries) > 1:
        raise Usage(tr("Take all-members or all-contacts, not both."))
    people = tuple(find(session, word).id for word in args.audience if word not in kinds)
    body = post.attach(args.body).content.decode("utf-8-sig", "replace")
    audience = post.Audience(queries[0] if queries else None, people)
    return post.Letter(Purpose(args.purpose), args.subject, body, audience, tuple(map(post.attach, args.attach)))


def _sender(session, address: str, name: str = ""):
    """Who it comes from: as given, else the branch's address as it is kept."""
    from dpdesk.services import post_press, post_settings
    try:
        wanted = address or post_settings.get(session).address
        if not wanted:
            raise MailingRefused("no_sender")
        return post_press.sender_of(session, wanted, name)
    except BadAddress as problem:
        raise Usage(tr("“{address}” is not an e-mail address.", address=address)) from problem


def plan_data(planned) -> dict:
    """A plan for machines."""
    return {"people": len(planned.people), "recipients": [person.id for person in planned.people],
            "left_out": [{"id": each.person, "reason": each.reason.value} for each in planned.left_out],
            "reasons": {reason.value: n for reason, n in planned.reasons.items()}, "approval": planned.approval,
            "warnings": [{"code": each.code, "count": each.count, "words": list(each.words)} for each in planned.warnings],
            "template": planned.letter.template}


def plan_words(planned) -> str:
    """A plan for people."""
    purpose = planned.letter.purpose
    facts = [(tr("Purpose"), purpose_name(purpose.value)), (tr("Lawful basis"), basis_name(GROUNDS[purpose].art6)),
             (tr("Goes to"), trn("{n} person", "{n} people", len(planned.people)))]
    facts += [(tr("Left out"), f"{n:,}: {left_out_name(reason.value)}") for reason, n in planned.reasons.items()]
    facts += [(tr("Look at"), remark_sentence(each)) for each in planned.warnings]
    if planned.approval:
        facts.append((tr("Approval"), tr("a second officer has to approve it")))
    size = sum(len(each.content) for each in planned.letter.attachments)
    facts += [(tr("Attached"), f"{each.name} ({len(each.content):,} B)") for each in planned.letter.attachments] if size else []
    return pairs(facts)


def _preview(call: Call) -> int:
    from dpdesk.services import post_plan, post_preview
    with call.session() as session:
        letter = _letter(call, session)
        planned = post_plan.plan(session, letter)
        reader = find(session, call.args.reader) if call.args.reader else planned.people[0] if planned.people else None
        shown = post_preview.as_read(session, letter, _sender(session, call.args.sender or "branch@example.org"), reader)
        text = shown.source if call.args.source else f"{shown.subject}\n\n{shown.text}"
        names = [f"{each.name}: {left_out_name(each.reason.value)}" for each in planned.left_out[:20]]
        more = len(planned.left_out) - len(names)
        call.out.result(plan_data(planned) | {"subject": shown.subject, "text": shown.text, "html": shown.html, "bytes": shown.size},
                        "\n\n".join(filter(None, (plan_words(planned), "\n".join(names), tr("… and {n} more", n=more) if more > 0 else "",
                                                  text))))
    return 0


@contextmanager
def _prepared(call: Call, session, route: Route, account: str = "", sender=None) -> Iterator:
    """The mailing that was named, or a new one; where it waits for a second officer, that is said and nothing goes out."""
    from dpdesk.services import post_mailings
    if call.args.mailing:
        yield post_mailings.get(session, post_record.find_mailing(session, call.args.mailing))
        return
    letter = _letter(call, session)
    made, planned = post_mailings.prepare(session, letter, route, sender or _sender(session, call.args.sender), account=account)
    call.out.note(plan_words(planned))
    yield made


def _awaits(call: Call, made) -> int:
    call.out.result(mailing_data(made), tr("{mailing} waits for a second officer: “dpdesk post approve {mailing}” with their own key.",
                                           mailing=made.id[-8:]))
    return 1


def _drafts(call: Call) -> int:
    from dpdesk.services import post_drafts
    args = call.args
    path = args.out.expanduser().absolute()
    with call.session() as session, stoppable() as stopped, _prepared(call, session, Route(args.route)) as made:
        if made.state is State.AWAITING:
            return _awaits(call, made)
        place = accepted(call, path, CopyKind.DRAFTS)
        written = post_drafts.write(session, made.id, path, per_message=args.per_message or post_drafts.PER_MESSAGE, accepted=place,
                                    progress=call.out.progress(tr("Writing")), cancelled=stopped)
    call.out.result(
        {"mailing": made.id, "folder": str(path), "files": written.files, "people": written.people, "dropped": written.dropped,
         "copy": written.copy.id, "delete_by": written.copy.delete_by},
        tr("{drafts} for {people} in {folder}. They are not encrypted: send them and delete them, by {day} at the latest. Open them only "
           "in a program that shows them as drafts.", drafts=trn("{n} draft", "{n} drafts", written.files),
           people=trn("{n} person", "{n} people", written.people), folder=path, day=day(written.copy.delete_by)))
    return 0


def _send(call: Call) -> int:
    from dpdesk.services import post_send
    with call.session() as session, stoppable() as stopped:
        account, secret = post_accounts.chosen(call, session)
        sender = _sender(session, account.sender_address, account.sender_name) if account else None
        with _prepared(call, session, Route.SMTP, account.id if account else "", sender) as made:
            if made.state is State.AWAITING:
                return _awaits(call, made)
            show = call.out.progress(tr("Sending"))
            hands = post_send.Hands(progress=lambda each: show(each.done, each.total), cancelled=stopped)
            run = post_send.send(session, made.id, secret, hands)
        words = mailing_words(session, run.mailing)
    if run.pause:
        words += "\n" + tr("Paused: {why}. Go on with “dpdesk post send {mailing}”.", why=pause_name(run.pause), mailing=made.id[-8:])
        if run.resume_at:
            words += " " + tr("Not before {moment}.", moment=moment(run.resume_at))
    call.out.result(mailing_data(run.mailing) | {"pause": run.pause, "resume_at": run.resume_at, "bounced": run.bounced}, words)
    return 0 if run.mailing.state is State.DONE else 1


def _approve(call: Call) -> int:
    from dpdesk.services import post_mailings
    with call.session() as session:
        found = post_mailings.approve(session, post_record.find_mailing(session, call.args.mailing))
        call.out.result(mailing_data(found), mailing_words(session, found))
    return 0
