"""How the command line is told of a letter, shows who would get it, and prepares a mailing or goes on with one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.people import find
from dpdesk.cli.post_record import find_mailing, mailing_data
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.mail_addresses import BadAddress
from dpdesk.domain.members import Confidentiality, Kind
from dpdesk.domain.post import GROUNDS, Purpose
from dpdesk.domain.post_states import Route
from dpdesk.services.post_names import basis_name, left_out_name, purpose_name, remark_sentence
from dpdesk.services.words import tr, trn


def add_letter(parser) -> None:
    """The options of a letter."""
    parser.add_argument("mailing", nargs="?", default="", metavar="MAILING",
                        help=tr("one that was prepared before, to go on with; instead of a new letter"))
    parser.add_argument("--audience", action="append", default=[], metavar="all-members|all-contacts|ID|NUMBER",
                        help=tr("whom it is for; may be given several times"))
    parser.add_argument("--purpose", choices=[each.value for each in Purpose])
    parser.add_argument("--subject", default="", metavar="TEXT")
    parser.add_argument("--body", type=Path, metavar="FILE", help=tr("the letter in Markdown, with fields like {{forename|friend}}"))
    parser.add_argument("--attach", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--class", dest="classification", choices=("ordinary", "confidential"), default="ordinary",
                        help=tr("confidential letters go to members alone"))
    parser.add_argument("--from", dest="sender", default="", metavar="ADDRESS", help=tr("the branch’s own address"))


def letter(call: Call, session):
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
    return post.Letter(Purpose(args.purpose), args.subject, body, audience, tuple(map(post.attach, args.attach)),
                       Confidentiality(args.classification))


def sender_of(session, address: str, name: str = ""):
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


@contextmanager
def prepared(call: Call, session, route: Route, account: str = "", sender=None) -> Iterator:
    """The mailing that was named, or a new one; where it waits for a second officer, that is said and nothing goes out."""
    from dpdesk.services import post_mailings
    if call.args.mailing:
        yield post_mailings.get(session, find_mailing(session, call.args.mailing))
        return
    what = letter(call, session)
    made, planned = post_mailings.prepare(session, what, route, sender or sender_of(session, call.args.sender), account=account)
    call.out.note(plan_words(planned))
    yield made


def awaits(call: Call, made) -> int:
    """Say that a second officer has to approve a mailing; nothing went out."""
    call.out.result(mailing_data(made), tr("{mailing} waits for a second officer: “dpdesk post approve {mailing}” with their own key.",
                                           mailing=made.id[-8:]))
    return 1
