"""Which people a command is about, in which order: filters, a saved search, words to search by; `members searches` keeps them."""

from __future__ import annotations

from dataclasses import replace

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.domain.contacting import Channel
from dpdesk.domain.members import Kind, Status
from dpdesk.domain.queries import DAYS, FILTERS, FLAGS, SORTS, Query
from dpdesk.services.words import tr, trn

_CHOICES = {"status": [s.value for s in Status], "flag": FLAGS, "consent": [c.value for c in Channel],
            "no_consent": [c.value for c in Channel]}


def _helps() -> dict[str, str]:
    return {
        "ward": tr("in that ward; “-” for none on record"), "branch": tr("of that branch; “-” for none on record"),
        "membership_type": tr("of that membership type; “-” for none on record"),
        "town": tr("in that town; “-” for none on record"), "postcode": tr("postcodes beginning so"),
        "capacity": tr("who stand in that capacity now"), "consent": tr("with a consent for that channel that stands"),
        "no_consent": tr("without one"), "shares_with": tr("who permit sharing with that body of the policy"),
        "joined_since": tr("joined on that day or later"), "joined_until": tr("joined on that day or earlier"),
        "renewal_before": tr("renewal due before that day"), "changed_since": tr("record changed on that day or later"),
        "quiet_since": tr("neither written to nor in touch about an enquiry on that day or later")}


def add_query(parser) -> None:
    """The arguments that say which people, in which order."""
    helps = _helps()
    parser.add_argument("--saved", metavar="NAME", help=tr("begin with the saved search of that name"))
    parser.add_argument("--kind", choices=[k.value for k in Kind])
    for code in FILTERS:
        option = f"--{code.replace('_', '-')}"
        if code in _CHOICES:
            parser.add_argument(option, choices=_CHOICES[code], help=helps.get(code))
        else:
            parser.add_argument(option, metavar="DAY" if code in DAYS else "TEXT", help=helps.get(code))
    parser.add_argument("--text", metavar="WORDS", help=tr("found by these words; the best fits"))
    parser.add_argument("--sort", choices=SORTS)
    parser.add_argument("--descending", action="store_true", default=None)


def query_of(args, session) -> Query:
    """The query that those arguments ask; raises `NotFound` for an unknown search and `Invalid` for a bad value."""
    from dpdesk.services import queries, saved
    base = saved.get(session, args.saved).query if args.saved else Query()
    plain = {code: value for code in ("text", "sort", "descending") if (value := getattr(args, code)) is not None}
    if args.kind:
        plain["kind"] = Kind(args.kind)
    typed = {code: value for code in FILTERS if (value := getattr(args, code)) is not None}
    return queries.read(typed, replace(base, **plain))


def declare(grammar, verbs) -> None:
    """The verb `searches` of `members`."""
    searches = grammar.verb(verbs, "searches", _searches, tr("your saved searches; save, rename or delete one"))
    act = searches.add_mutually_exclusive_group()
    act.add_argument("--save", metavar="NAME", help=tr("keep these filters under that name"))
    act.add_argument("--rename", nargs=2, metavar=("NAME", "NEW"))
    act.add_argument("--delete", metavar="NAME")
    searches.add_argument("--overwrite", action="store_true", help=tr("replace a search of that name"))
    add_query(searches)


def _searches(call: Call) -> int:
    from dpdesk.services import queries, saved
    args = call.args
    with call.session() as session:
        if args.save:
            saved.save(session, args.save, query_of(args, session), replacing=args.overwrite)
        elif args.rename:
            saved.rename(session, *args.rename)
        elif args.delete:
            saved.delete(session, args.delete)
        found = saved.listing(session)
        said = {one.name: queries.describe(one.query, session.policy) for one in found}
        call.out.result([{"name": one.name, "query": one.query.to_dict(), "columns": list(one.columns), "says": said[one.name]}
                         for one in found], table((tr("Search"), tr("Whom it finds")), list(said.items())) if found else
                        tr("No search is saved yet."))
        call.out.note(trn("{n} saved search.", "{n} saved searches.", len(found)))
    return 0
