"""`dpdesk members …`: find, show, add, edit, undo, stop and export people; the import lies in `imports.py`."""

from __future__ import annotations

from dpdesk.cli import bulk, consents, duplicates, erasing, exports, imports, imports_kept, queries, sharing
from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.people import add_set, as_data, find, record_shown, row_cells, row_headings
from dpdesk.cli.queries import add_query, query_of
from dpdesk.domain.contacting import ALL_CHANNELS, Channel, StopReason
from dpdesk.domain.members import Kind
from dpdesk.services.words import channel_name, tr, trn


def declare(grammar) -> None:
    """The verbs of `members`."""
    verbs = grammar.noun("members", tr("members and contacts"))
    imports.declare(grammar, verbs)
    imports_kept.declare(grammar, verbs)
    erasing.declare(grammar, verbs)
    duplicates.declare(grammar, verbs)
    queries.declare(grammar, verbs)
    bulk.declare(grammar, verbs)
    listing = grammar.verb(verbs, "list", _list, tr("people, one a line"))
    add_query(listing)
    listing.add_argument("--limit", type=int, default=100, metavar="N", help=tr("at most N (100); 0 for all"))
    listing.add_argument("--offset", type=int, default=0, metavar="N", help=tr("leave out the first N"))
    search = grammar.verb(verbs, "search", _search, tr("find people by name, place, postcode, e-mail, phone or number"))
    search.add_argument("text", nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=int, default=10, metavar="N")
    show = grammar.verb(verbs, "show", _show, tr("one person, with stops, consents and history"))
    show.add_argument("who", metavar="ID|NUMBER")
    add = grammar.verb(verbs, "add", _add, tr("add a person"))
    add.add_argument("--kind", choices=[k.value for k in Kind], default=Kind.MEMBER.value)
    edit = grammar.verb(verbs, "edit", _edit, tr("change a person’s details"))
    edit.add_argument("who", metavar="ID|NUMBER")
    for parser in (add, edit):
        add_set(parser, required=True)
    grammar.verb(verbs, "undo", _undo, tr("undo an edit")).add_argument(
        "seq", type=int, metavar="SEQ", help=tr("the edit’s number, as `show` tells it"))
    stop = grammar.verb(verbs, "stop", _stop, tr("record that a person does not want to be contacted"))
    stop.add_argument("who", metavar="ID|NUMBER")
    stop.add_argument("--channel", choices=[ALL_CHANNELS, *(c.value for c in Channel)], default=ALL_CHANNELS)
    stop.add_argument("--reason", choices=[r.value for r in StopReason], default=StopReason.OPT_OUT.value)
    stop.add_argument("--source", required=True, metavar="TEXT", help=tr("how you know: “e-mail of 3 May”"))
    exports.declare(grammar, verbs)
    consents.declare(grammar, verbs)
    sharing.declare(grammar, verbs)


def _shown(call: Call, rows, total: int) -> int:
    """Rows of people; where not all are shown, how many there are goes beside."""
    call.out.result([as_data(row) for row in rows], table(row_headings(), [row_cells(row) for row in rows]))
    if len(rows) < total:
        call.out.note(tr("{shown} of {total}.", shown=f"{len(rows):,}", total=f"{total:,}"))
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import members
    from dpdesk.services.queries import describe
    args = call.args
    with call.session() as session:
        query = query_of(args, session)
        spine = members.spine(session, query)
        if query.narrows():
            call.out.note(tr("{sentence}: {people}.", sentence=describe(query, session.policy),
                             people=trn("{n} person", "{n} people", len(spine))))
        wanted = spine[args.offset:args.offset + args.limit if args.limit else None]
        rows = []
        for at in range(0, len(wanted), 500):
            rows += members.rows(session, wanted[at:at + 500])
        return _shown(call, rows, len(spine))


def _search(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        rows = members.search(session, " ".join(call.args.text), call.args.limit)
        if not rows:
            call.out.note(tr("Nobody fits that."))
        return _shown(call, rows, len(rows))


def _show(call: Call) -> int:
    with call.session() as session:
        return record_shown(call, session, find(session, call.args.who))


def _add(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        person = members.add(session, Kind(call.args.kind), dict(call.args.values))
        return record_shown(call, session, person)


def _edit(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        seen = find(session, call.args.who)
        return record_shown(call, session, members.edit(session, seen.id, dict(call.args.values), seen))


def _undo(call: Call) -> int:
    from dpdesk.services import members
    with call.session() as session:
        return record_shown(call, session, members.undo(session, call.args.seq))


def _stop(call: Call) -> int:
    from dpdesk.services import contacting
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        contacting.stop(session, person.id, args.channel, StopReason(args.reason), args.source)
        call.out.result({"id": person.id, "channel": args.channel, "reason": args.reason}, tr(
            "Stopped for {name}: {channel}. No import and no edit lifts this.", name=person.name,
            channel=channel_name(args.channel)))
    return 0
