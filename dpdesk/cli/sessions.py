"""`dpdesk sessions`: canvassing sessions, who takes part, what is allotted to whom, and how issued stands against returned."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import NotFound
from dpdesk.domain.sessions import CanvassSession, Of, Part, Participant, Protected, SheetKind, Storage, Variant
from dpdesk.services.session_words import part_name, session_state_name, state_name, storage_name
from dpdesk.services.walks_filters import CONTACTED, POSTAL
from dpdesk.services.words import day, moment, tr, trn


def declare(grammar) -> None:
    """The noun `sessions`."""
    verbs = grammar.noun("sessions", tr("canvassing sessions: plan, allot walks, authorise, begin, close"))
    grammar.verb(verbs, "list", _list, tr("every session, the latest day first"))
    new = grammar.verb(verbs, "plan", _plan, tr("plan a session"))
    new.add_argument("campaign", metavar="CAMPAIGN")
    new.add_argument("--day", required=True, type=typed_day, metavar="DAY")
    new.add_argument("--starts", required=True, metavar="HH:MM")
    new.add_argument("--back", required=True, metavar="HH:MM", help=tr("when the sheets are to be back"))
    new.add_argument("--place", required=True, help=tr("where one meets"))
    new.add_argument("--storage", required=True, help=tr("where the paper lies"))
    new.add_argument("--locked", default=Storage.LOCKED_CABINET.value,
                     choices=[each.value for each in Storage])
    new.add_argument("--protected", default=Protected.UNKNOWN.value, choices=[each.value for each in Protected],
                     help=tr("whether water and fire are kept off it"))
    new.add_argument("--senior", required=True, metavar="NAME|officer:ID|member:ID")
    new.add_argument("--responsible", action="append", default=[], metavar="NAME|member:ID")
    new.add_argument("--canvasser", action="append", default=[], metavar="NAME|member:ID")
    show = grammar.verb(verbs, "show", _show, tr("one session: people, walks, sheets, what is missing"))
    allot = grammar.verb(verbs, "allot", _allot, tr("allot a walk, or a polling district or street, to somebody"))
    allot.add_argument("--walk", default="", metavar="ID")
    allot.add_argument("--district", default="")
    allot.add_argument("--street", default="")
    allot.add_argument("--title", default="")
    allot.add_argument("--to", default="", metavar="NAME|ID")
    allot.add_argument("--kind", default=SheetKind.CANVASS.value, choices=[each.value for each in SheetKind])
    allot.add_argument("--print", dest="variant", default=Variant.NORMAL.value, choices=[each.value for each in Variant])
    allot.add_argument("--contacted", default="", choices=CONTACTED)
    allot.add_argument("--months", type=int, default=6)
    allot.add_argument("--postal", default="", choices=POSTAL)
    allot.add_argument("--intention", action="append", default=[], metavar="us|PARTY[:STRENGTH]|any|none",
                       help=tr("only who said so last; “us” are those definitely or probably for the party"))
    unallot = grammar.verb(verbs, "unallot", _unallot, tr("take a walk out of a session; refused once its sheets are printed"))
    give = grammar.verb(verbs, "give", _give, tr("give an allotted walk to somebody else, or to nobody yet"))
    give.add_argument("--to", default="", metavar="NAME|ID")
    paper = grammar.verb(verbs, "authorise", _authorise, tr("record the written authorisation to take paper off the premises"))
    paper.add_argument("--by", default="", metavar="NAME", help=tr("who gave it; without it, you do"))
    paper.add_argument("--on", default="", type=typed_day, metavar="DAY")
    paper.add_argument("--where", default="", help=tr("where it is written"))
    begin = grammar.verb(verbs, "begin", _begin, tr("the session sets off: what was handed out is out"))
    close = grammar.verb(verbs, "close", _close, tr("end a session; refused while a page is away"))
    cover = grammar.verb(verbs, "cover", _cover, tr("write the cover sheet of a session: its sheets, and nobody’s name"))
    cover.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    for parser in (show, allot, unallot, give, paper, begin, close, cover):
        parser.add_argument("session", metavar="ID|DAY")
    for parser in (unallot, give):
        parser.add_argument("allotment", metavar="TITLE|ID")


def found(session, wanted: str) -> CanvassSession:
    """A session by its identity, the end of it, or its day where there is one session on it."""
    from dpdesk.services import sessions
    fitting = [each for each in sessions.listing(session) if wanted == each.on_day or (len(wanted) > 5 and each.id.endswith(wanted))]
    if len(fitting) > 1:
        raise Usage(tr("There are {n} sessions like that: name one by its identity.", n=len(fitting)))
    if not fitting:
        raise NotFound("canvass_session", wanted)
    return fitting[0]


def somebody(parent: CanvassSession, wanted: str) -> Participant:
    """A participant by identity or name."""
    fitting = [each for each in parent.people if wanted == each.id or each.name.casefold() == wanted.casefold()]
    if not fitting:
        raise NotFound("participant", wanted)
    return fitting[0]


def _named(typed: str):
    from dpdesk.services.sessions import Named
    kind, colon, identity = typed.partition(":")
    return Named(Of(kind), identity) if colon and kind in ("member", "officer") else Named(Of.NAME, name=typed)


def _list(call: Call) -> int:
    from dpdesk.services import sessions
    with call.session() as session:
        listed = sessions.listing(session)
    call.out.result([asdict(each) for each in listed], table(
        (tr("Day"), tr("At"), tr("Place"), tr("State"), tr("Identity")),
        [(day(each.on_day), each.starts, each.place, session_state_name(each.state.value), each.id) for each in listed]))
    return 0


def _plan(call: Call) -> int:
    from dpdesk.services import campaigns, sessions
    args = call.args
    values = {"on_day": args.day, "starts": args.starts, "back_time": args.back, "place": args.place, "storage": args.storage,
              "storage_kind": args.locked, "protected": args.protected}
    people = [(_named(each), Part.RESPONSIBLE) for each in args.responsible] + [(_named(each), Part.CANVASSER) for each in args.canvasser]
    with call.session() as session:
        made = sessions.add(session, campaigns.get(session, args.campaign).id, values, _named(args.senior), people)
    call.out.result(asdict(made), tr("The session is planned: {id}", id=made.id))
    return 0


def _show(call: Call) -> int:
    from dpdesk.services import allotments, hand_in, sheets
    with call.session() as session:
        parent = found(session, call.args.session)
        listed, walks = sheets.listing(session, parent.id), allotments.listing(session, parent.id)
        told = hand_in.reconcile(session, parent.id)
    names = {each.id: each.name for each in parent.people}
    data = asdict(parent) | {"allotments": [asdict(each) for each in walks], "overdue": told.overdue, "sheets": [
        {"id": each.id, "title": each.title, "state": each.state.value, "pages": each.pages, "people": each.people} for each in listed],
        "holdings": [{"who": each.who.id, "issued": len(each.issued), "missing": [list(piece) for piece in each.missing]}
                     for each in told.holdings]}
    said = [pairs([(tr("Day"), day(parent.on_day)), (tr("Meet"), f"{parent.starts}, {parent.place}"),
                   (tr("Back by"), moment(parent.back_by)),
                   (tr("State"), session_state_name(parent.state.value)),
                   (tr("Paper lies"), f"{parent.storage} ({storage_name(parent.storage_kind)})"),
                   (tr("Authorised by"), parent.authorised_by)]),
            table((tr("Who"), tr("Part"), tr("Identity")), [(each.name, part_name(each.part.value), each.id) for each in parent.people]),
            table((tr("Walk"), tr("With"), tr("Identity")), [(each.title, names.get(each.holder, ""), each.id) for each in walks]),
            table((tr("Sheet"), tr("Walk"), tr("Pages"), tr("State")), [
                (each.spoken, each.title, each.pages, state_name(each.state.value)) for each in listed])]
    if told.missing:
        said.append(trn("{n} page is not back.", "{n} pages are not back.", len(told.missing)))
    call.out.result(data, "\n\n".join(said))
    return 0


def _allot(call: Call) -> int:
    from dpdesk.services import allotments, campaigns
    from dpdesk.services.sheet_lines import for_us, wanted
    args = call.args
    if bool(args.walk) == bool(args.district):
        raise Usage(tr("Name either a walk or a polling district."))
    with call.session() as session:
        parent = found(session, args.session)
        holder = somebody(parent, args.to).id if args.to else ""
        codes = campaigns.codes(session, campaigns.get(session, parent.campaign).codes)
        said = [each for one in args.intention for each in (for_us(codes) if one == "us" else (one,))]
        spelt = wanted(args.contacted, args.months, args.postal, said)
        made = allotments.allot(session, parent.id, [allotments.Allotting(args.title, args.walk, args.district, args.street, spelt, holder,
                                                                          SheetKind(args.kind), Variant(args.variant))])
    call.out.result([asdict(each) for each in made], tr("Allotted: {id}", id=made[0].id))
    return 0


def _allotted(session, parent: CanvassSession, wanted: str):
    """What is allotted by its identity or title; one title twice needs the identity."""
    from dpdesk.services import allotments
    fitting = [each for each in allotments.listing(session, parent.id) if wanted == each.id or wanted.casefold() == each.title.casefold()]
    if len(fitting) > 1:
        raise Usage(tr("There are {n} like that: name one by its identity.", n=len(fitting)))
    if not fitting:
        raise NotFound("allotment", wanted)
    return fitting[0]


def _unallot(call: Call) -> int:
    from dpdesk.services import allotments
    with call.session() as session:
        one = _allotted(session, found(session, call.args.session), call.args.allotment)
        allotments.remove(session, one.id)
    call.out.result({"id": one.id}, tr("{title} is not walked in this session.", title=one.title))
    return 0


def _give(call: Call) -> int:
    from dpdesk.services import allotments
    with call.session() as session:
        parent = found(session, call.args.session)
        one = _allotted(session, parent, call.args.allotment)
        holder = somebody(parent, call.args.to) if call.args.to else None
        allotments.give_to(session, one.id, holder.id if holder else "")
    said = tr("{title} goes to {name}.", title=one.title, name=holder.name) if holder else tr("{title} has no holder.", title=one.title)
    call.out.result({"id": one.id, "holder": holder.id if holder else ""}, said)
    return 0


def _authorise(call: Call) -> int:
    from dpdesk.services import sessions
    with call.session() as session:
        parent = found(session, call.args.session)
        sessions.authorise(session, parent.id, by=call.args.by, on=call.args.on, where=call.args.where)
        parent = sessions.get(session, parent.id)
    call.out.result(asdict(parent), tr("Authorised by {name}.", name=parent.authorised_by))
    return 0


def _begin(call: Call) -> int:
    from dpdesk.services import sessions
    with call.session() as session:
        parent = sessions.begin(session, found(session, call.args.session).id)
    call.out.result(asdict(parent), tr("The session has begun."))
    return 0


def _close(call: Call) -> int:
    from dpdesk.services import sessions
    with call.session() as session:
        parent = sessions.close(session, found(session, call.args.session).id)
    call.out.result(asdict(parent), tr("The session is closed."))
    return 0


def _cover(call: Call) -> int:
    from dpdesk.services import sheet_cover
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        parent = found(session, call.args.session)
        place = accepted(call, path, CopyKind.COVER)
        copy = sheet_cover.save(session, parent.id, path, accepted=place)
    call.out.result({"file": str(path), "copy": copy.id}, tr("The cover sheet is written to {path}.", path=path))
    return 0
