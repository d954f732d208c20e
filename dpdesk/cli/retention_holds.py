"""`dpdesk retention hold|holds|release|keep`: what must stay for now, and what the accountable person lets stay longer."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import table
from dpdesk.cli.people import find
from dpdesk.domain.retention import CATEGORIES
from dpdesk.services.policy_words import category_name
from dpdesk.services.words import day, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs about holds, among those of `retention`."""
    hold = grammar.verb(verbs, "hold", _hold, tr("keep a person, or a whole category, from being erased"))
    hold.add_argument("--person", default="", metavar="ID|NUMBER")
    hold.add_argument("--category", default="", choices=["", *CATEGORIES], metavar="CATEGORY")
    hold.add_argument("--reason", required=True, metavar="TEXT")
    hold.add_argument("--review", required=True, type=typed_day, metavar="DAY", help=tr("when it is looked at again"))
    grammar.verb(verbs, "holds", _holds, tr("every hold, and every approval of longer keeping"))
    release = grammar.verb(verbs, "release", _release, tr("end a hold"))
    release.add_argument("hold", metavar="ID")
    keep = grammar.verb(verbs, "keep", _keep, tr("approve that something is kept longer, in writing"))
    keep.add_argument("category", choices=CATEGORIES, metavar="CATEGORY")
    keep.add_argument("item", nargs="*", metavar="ID", help=tr("without one, the whole category"))
    keep.add_argument("--until", required=True, type=typed_day, metavar="DAY")
    keep.add_argument("--reason", required=True, metavar="TEXT")


def _hold(call: Call) -> int:
    from dpdesk.services import holds
    args = call.args
    with call.session() as session:
        person = find(session, args.person).id if args.person else ""
        made = holds.place(session, args.reason, args.review, person=person, category=args.category)
    call.out.result({"id": made.id, "category": made.category, "person": made.subject, "review_on": made.review_on},
                    tr("Held until it is ended; looked at again on {day}.", day=day(made.review_on)))
    return 0


def _holds(call: Call) -> int:
    from dpdesk.services import holds
    with call.session() as session:
        found, longer = holds.listing(session), holds.longer(session)
    rows = [(category_name(each.category) if each.category else tr("a person"), tr("held: {reason}", reason=each.reason),
             day(each.review_on), each.placed_by, each.id) for each in found]
    rows += [(category_name(each.category), tr("kept longer: {reason}", reason=each.reason), day(each.until), each.approved_by, each.id)
             for each in longer]
    if not rows:
        call.out.result({"holds": [], "longer": []}, tr("Nothing is held, and nothing is kept longer."))
        return 0
    call.out.result({"holds": [each.__dict__ for each in found], "longer": [each.__dict__ for each in longer]},
                    table((tr("What"), tr("Why"), tr("Until or review"), tr("By"), tr("Identity")), rows))
    return 0


def _release(call: Call) -> int:
    from dpdesk.services import holds
    with call.session() as session:
        holds.release(session, call.args.hold)
    call.out.result({"released": call.args.hold}, tr("The hold is ended."))
    return 0


def _keep(call: Call) -> int:
    from dpdesk.services import holds
    args = call.args
    with call.session() as session:
        made = holds.keep_longer(session, args.category, args.until, args.reason, tuple(args.item) or ("",))
    call.out.result([each.__dict__ for each in made], trn("Approved for {n} thing.", "Approved for {n} things.", len(made)))
    return 0
