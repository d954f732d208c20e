"""`dpdesk register info|list|show|purpose|polling-day`: what is on the register, and whether a use is allowed."""

from __future__ import annotations

from dataclasses import asdict

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed
from dpdesk.cli.output import pairs, table
from dpdesk.domain.electors import VALUES
from dpdesk.domain.register_files import Purpose
from dpdesk.services.register_words import absent_name, elector_kind_name, markers_words, purpose_name, vote_name
from dpdesk.services.words import day, field_name, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs that only look, and the polling day."""
    grammar.verb(verbs, "info", _info, tr("how many electors, in which districts, and what is to be done"))
    listing = grammar.verb(verbs, "list", _list, tr("electors, by district and number"))
    listing.add_argument("--search", default="", metavar="WORDS", help=tr("number, postcode, or words of name and address"))
    listing.add_argument("--pd", default="", metavar="PD", help=tr("only this polling district"))
    listing.add_argument("--flag", default="", choices=("", "attainers", "absent", "other", "anonymous"))
    listing.add_argument("--limit", type=int, default=100)
    show = grammar.verb(verbs, "show", _show, tr("one elector, by number or identity"))
    show.add_argument("elector", metavar="NUMBER|ID")
    use = grammar.verb(verbs, "may", _may, tr("whether the register may be used for a purpose"))
    use.add_argument("purpose", choices=[each.value for each in Purpose])
    use.add_argument("--for", dest="whom", default="branch", metavar="BODY", help=tr("for whom; without it, for the branch itself"))
    polling = grammar.verb(verbs, "polling-day", _polling_day, tr("show or set the polling day electors are shown for"))
    polling.add_argument("day", nargs="?", type=typed, metavar="DAY|none")


def _info(call: Call) -> int:
    from dpdesk.services import electors
    with call.session() as session:
        counts = electors.counts(session)
    call.out.result(asdict(counts), "\n\n".join((pairs((
        (tr("Electors"), f"{counts.electors:,}"), (tr("Attainers"), counts.attainers), (tr("Absent voters"), counts.absent),
        (tr("Anonymous entries"), counts.anonymous), (tr("Without address"), counts.other), (tr("Too young to be shown"), counts.hidden),
        (tr("Pairs to confirm"), counts.uncertain), (tr("Files to destroy"), counts.due), (tr("Polling day"), day(counts.polling_day)))),
        table((tr("District"), tr("Electors")), [(name, f"{n:,}") for name, n in counts.districts.items()]))))
    return 0


def _list(call: Call) -> int:
    from dpdesk.services import electors
    args = call.args
    with call.session() as session:
        spine = electors.spine(session, electors.Query(args.pd, args.flag, text=args.search))
        rows = electors.rows(session, list(spine)[:max(0, args.limit)])
    call.out.result({"count": len(spine), "electors": [_plain(row) for row in rows]}, "\n".join((
        table((tr("Number"), tr("Name"), tr("Address"), tr("Markers")), [
            (row.elector.key, row.elector.name or elector_kind_name(row.elector.kind), row.elector.home,
             row.elector.markers) for row in rows]),
        trn("{n} elector.", "{n} electors.", len(spine)))))
    return 0


def _plain(row) -> dict:
    return {"id": row.elector.id, "elector_number": str(row.elector.key), **dict(zip(VALUES, row.elector.values(), strict=True)),
            "absent": list(row.absent), "attainer": row.attainer}


def _show(call: Call) -> int:
    from dpdesk.services import electors
    with call.session() as session:
        record = electors.get(session, call.args.elector)
    elector = record.row.elector
    earlier = [{"number": str(number), "year": year} for number, year in record.earlier]
    data = _plain(record.row) | {"earlier": earlier, "votes": [list(vote) for vote in record.votes], "person": record.person}
    call.out.result(data, pairs((
        (tr("Elector number"), elector.key), (field_name("name"), elector.name or elector_kind_name(elector.kind)),
        (field_name("address"), elector.home), (field_name("markers"), markers_words(elector.markers)),
        (field_name("attains_on"), day(elector.attains_on) if record.row.attainer else ""),
        (tr("Votes"), ", ".join(map(absent_name, record.row.absent))),
        (tr("Earlier numbers"), ", ".join(tr("{number} in {year}", **each) for each in earlier)),
        (tr("Voted"), ", ".join(f"{day(when)}: {vote_name(mark)}" for when, mark in record.votes)),
        (tr("On the desk as"), record.person_name))))
    return 0


def _may(call: Call) -> int:
    from dpdesk.services import register
    with call.session() as session:
        files = register.require_use(session, Purpose(call.args.purpose), whom=call.args.whom)
    call.out.result({"allowed": True, "purpose": call.args.purpose, "files": [each.seq for each in files]},
                    tr("Yes: {purpose}, under {n} files in force.", purpose=purpose_name(call.args.purpose), n=len(files)))
    return 0


def _polling_day(call: Call) -> int:
    from dpdesk.services import electors
    with call.session() as session:
        if call.args.day:
            electors.set_polling_day(session, "" if call.args.day == "none" else call.args.day)
        kept = session.desk.setting("polling_day")
    call.out.result({"polling_day": kept}, day(kept) or tr("None is set: electors are shown for today."))
    return 0
