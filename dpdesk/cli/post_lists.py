"""`dpdesk post test|list|hand-over|processor`: a test to oneself, addresses for Bcc, and lists for bulk mailers with an agreement."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli import post_accounts
from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.imports import stoppable
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.cli.passphrases import Usage
from dpdesk.cli.post_letter import add_letter, awaits, letter, prepared
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import NotFound
from dpdesk.domain.post_states import Outcome, Route, State
from dpdesk.services.post_names import outcome_name
from dpdesk.services.words import day, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs of the other ways."""
    test = grammar.verb(verbs, "test", _test, tr("send the letter to your own address, filled in for an invented person"))
    post_accounts.add_server(test)
    listing = grammar.verb(verbs, "list", _list, tr("the addresses for the Bcc field of your own mail program, in batches"))
    listing.add_argument("--per-message", type=int, default=0, metavar="N")
    hand = grammar.verb(verbs, "hand-over", _hand_over, tr("a CSV file for a bulk mailer with whom an agreement is on record"))
    hand.add_argument("--processor", required=True, metavar="NAME|ID")
    hand.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    hand.add_argument("--columns", default="", metavar="FIELD,FIELD", help=tr("without it: e-mail, forename and surname"))
    for parser in (test, listing, hand):
        add_letter(parser)
    agreement = grammar.verb(verbs, "processor", _processor, tr("agreements with bulk mailers: list, add, end"))
    agreement.add_argument("action", choices=("list", "add", "end"))
    agreement.add_argument("name", nargs="?", default="", metavar="NAME|ID")
    agreement.add_argument("--agreed", default="", type=typed_day, metavar="DAY")
    agreement.add_argument("--ends", default="", type=typed_day, metavar="DAY")
    agreement.add_argument("--evidence", default="", metavar="TEXT", help=tr("where the signed agreement is kept"))


def _test(call: Call) -> int:
    from dpdesk.services import post_preview
    with call.session() as session:
        what = letter(call, session)
        account, secret = post_accounts.chosen(call, session)
        answer = post_preview.to_oneself(session, what, account.id, secret)
    call.out.result({"outcome": answer.outcome.value, "code": answer.code, "to": account.sender_address},
                    tr("To {address}: {outcome} {code}", address=account.sender_address, outcome=outcome_name(answer.outcome.value),
                       code=answer.code))
    return 0 if answer.outcome is Outcome.SENT else 1


def _list(call: Call) -> int:
    from dpdesk.services import post_drafts, post_lists
    with call.session() as session, prepared(call, session, Route.LIST) as made:
        if made.state is State.AWAITING:
            return awaits(call, made)
        found = post_lists.bcc(session, made.id, per_message=call.args.per_message or post_drafts.PER_MESSAGE)
    call.out.note(tr("To: {address}. Put these into Bcc, never into To or Cc, one line for each message.", address=found.to))
    call.out.result({"mailing": made.id, "to": found.to, "batches": list(found.batches), "people": found.people, "link": found.link},
                    "\n".join(found.batches))
    return 0


def _found(session, wanted: str):
    from dpdesk.services import post_lists
    fitting = [each for each in post_lists.processors(session) if wanted in (each.id, each.name) and not each.ended_on]
    if not fitting:
        raise NotFound("processor", wanted)
    return fitting[0]


def _hand_over(call: Call) -> int:
    from dpdesk.services import post_lists
    args = call.args
    path = args.out.expanduser().absolute()
    if path.exists():
        raise Usage(tr("{file} is there already.", file=path))
    with call.session() as session, stoppable() as stopped:
        agreement = _found(session, args.processor)
        with prepared(call, session, Route.PROCESSOR) as made:
            if made.state is State.AWAITING:
                return awaits(call, made)
            handed = post_lists.hand_over(session, made.id, agreement.id, path, tuple(filter(None, args.columns.split(",")))
                                          or post_lists.COLUMNS, accepted=accepted(call, path, CopyKind.MEMBERS),
                                          progress=call.out.progress(tr("Writing")), cancelled=stopped)
    call.out.result({"mailing": made.id, "file": str(path), "people": handed.people, "dropped": handed.dropped, "copy": handed.copy.id,
                     "delete_by": handed.copy.delete_by},
                    tr("{people} for {name} in {file}. It is not encrypted: delete it by {day}.", name=agreement.name, file=path,
                       people=trn("{n} person", "{n} people", handed.people), day=day(handed.copy.delete_by)))
    return 0


def _processor(call: Call) -> int:
    from dpdesk.services import post_lists
    args = call.args
    with call.session() as session:
        if args.action == "add":
            post_lists.add_processor(session, args.name, tr("Bulk e-mail"), args.agreed, args.evidence, args.ends)
        elif args.action == "end":
            post_lists.end_processor(session, _found(session, args.name).id)
        found = post_lists.processors(session)
    call.out.result([each.__dict__ for each in found], table(
        (tr("ID"), tr("Name"), tr("Agreed"), tr("Ends"), tr("Kept")),
        [(each.id[-8:], each.name, day(each.agreed_on), day(each.ended_on or each.ends_on), each.evidence) for each in found]))
    return 0
