"""`dpdesk post …`: letters to members that show nobody's address: preview, drafts, sending, approval; records lie in post_record.py."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli import post_accounts, post_lists, post_record
from dpdesk.cli.call import Call
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.people import find
from dpdesk.cli.post_letter import add_letter, awaits, letter, plan_data, plan_words, prepared, sender_of
from dpdesk.cli.post_record import mailing_data, mailing_words
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.post_states import Route, State
from dpdesk.services.post_names import left_out_name, pause_name
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
        add_letter(parser)
    approve = grammar.verb(verbs, "approve", _approve, tr("let a mailing to many people go out; not by who wrote it"))
    approve.add_argument("mailing", metavar="MAILING")
    post_lists.declare(grammar, verbs)
    post_accounts.declare(grammar, verbs)
    post_record.declare(grammar, verbs)


def _preview(call: Call) -> int:
    from dpdesk.services import post_plan, post_preview
    with call.session() as session:
        what = letter(call, session)
        planned = post_plan.plan(session, what)
        reader = find(session, call.args.reader) if call.args.reader else planned.people[0] if planned.people else None
        shown = post_preview.as_read(session, what, sender_of(session, call.args.sender or "branch@example.org"), reader)
        text = shown.source if call.args.source else f"{shown.subject}\n\n{shown.text}"
        names = [f"{each.name}: {left_out_name(each.reason.value)}" for each in planned.left_out[:20]]
        more = len(planned.left_out) - len(names)
        call.out.result(plan_data(planned) | {"subject": shown.subject, "text": shown.text, "html": shown.html, "bytes": shown.size},
                        "\n\n".join(filter(None, (plan_words(planned), "\n".join(names), tr("… and {n} more", n=more) if more > 0 else "",
                                                  text))))
    return 0


def _drafts(call: Call) -> int:
    from dpdesk.services import post_drafts
    args = call.args
    path = args.out.expanduser().absolute()
    place = accepted(call, path, CopyKind.DRAFTS)
    with call.session() as session, stoppable() as stopped, prepared(call, session, Route(args.route)) as made:
        if made.state is State.AWAITING:
            return awaits(call, made)
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
        origin = sender_of(session, account.sender_address, account.sender_name) if account else None
        with prepared(call, session, Route.SMTP, account.id if account else "", origin) as made:
            if made.state is State.AWAITING:
                return awaits(call, made)
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
