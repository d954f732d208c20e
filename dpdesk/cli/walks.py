"""`dpdesk walks`: walks of the polling districts, proposed or made by hand, and who is on the sheets of one."""

from __future__ import annotations

from dataclasses import asdict, replace

from dpdesk.cli.call import Call
from dpdesk.cli.output import pairs, table
from dpdesk.cli.passphrases import Usage
from dpdesk.domain.register_files import Purpose
from dpdesk.domain.walks import Side, Walk, Way
from dpdesk.services.walks_filters import CONTACTED, POSTAL, Filters
from dpdesk.services.walks_words import blank_reason, extent, marker_name, side_of, stretch, summary, way_name
from dpdesk.services.words import tr, trn


def declare(grammar) -> None:
    """The noun `walks`."""
    verbs = grammar.noun("walks", tr("walks: which doors are walked together, and who is on their sheets"))
    _district(grammar.verb(verbs, "list", _list, tr("walks with their doors and electors")))
    propose = grammar.verb(verbs, "propose", _propose, tr("propose walks of about so many doors; without --apply only a preview"))
    propose.add_argument("--doors", type=int, default=60, metavar="N", help=tr("about how many doors a walk has"))
    propose.add_argument("--pd", action="append", default=[], metavar="PD", help=tr("only this polling district; may be repeated"))
    propose.add_argument("--way", default=Way.BACK.value, choices=[each.value for each in Way], help=tr("in which order doors are walked"))
    propose.add_argument("--apart", action="store_true", help=tr("walk the sides of long streets apart"))
    propose.add_argument("--apply", action="store_true", help=tr("carry it out; walks of these districts give way"))
    show = grammar.verb(verbs, "show", _show, tr("one walk: its streets, and with --lines who is on its sheets"))
    show.add_argument("walk", metavar="WALK", help=tr("district and number such as AN1/3, or the identity"))
    show.add_argument("--lines", action="store_true", help=tr("list the electors in walking order"))
    _filters(show)
    streets = grammar.verb(verbs, "streets", _streets, tr("streets of a polling district, and those in no walk"))
    streets.add_argument("pd", metavar="PD")
    _rule(grammar.verb(verbs, "make", _make, tr("make a walk by hand, or add to one; other walks give up its doors")))
    divide = grammar.verb(verbs, "divide", _divide, tr("make two walks of one: a door, those after it and the streets after it"))
    divide.add_argument("walk", metavar="WALK")
    divide.add_argument("--street", required=True, help=tr("the street, as on the register"))
    divide.add_argument("--door", required=True,
                        help=tr("the first door of the new walk, such as 12 or “Flat 3”, as “show --lines” has it"))
    remove = grammar.verb(verbs, "remove", _remove, tr("take a walk away"))
    remove.add_argument("walk", metavar="WALK")


def _district(parser) -> None:
    parser.add_argument("--pd", default="", metavar="PD", help=tr("only this polling district"))


def _filters(parser) -> None:
    parser.add_argument("--contacted", default="", choices=CONTACTED[1:], help=tr("only those nobody spoke to: never, or within --months"))
    parser.add_argument("--months", type=int, default=0, metavar="N")
    parser.add_argument("--postal", default="", choices=POSTAL[1:], help=tr("postal voters alone, or all others"))
    parser.add_argument("--intention", action="append", default=[], metavar="CODE",
                        help=tr("only those whose last intention it was: party:strength, party, :strength, any or none; may be repeated"))
    parser.add_argument("--for", dest="purpose", default=Purpose.CANVASSING.value, choices=[each.value for each in Purpose])


def _rule(parser) -> None:
    parser.add_argument("pd", metavar="PD")
    parser.add_argument("--street", required=True, help=tr("the street, as on the register"))
    parser.add_argument("--side", default=Side.ALL.value, choices=[each.value for each in Side])
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="N", help=tr("from this house number"))
    parser.add_argument("--to", dest="last", type=int, default=0, metavar="N", help=tr("to this house number"))
    parser.add_argument("--numbered-only", action="store_true", help=tr("without houses that have no number"))
    parser.add_argument("--way", default=Way.BACK.value, choices=[each.value for each in Way])
    parser.add_argument("--name", default="", help=tr("what the walk is called; without it, by its streets"))
    parser.add_argument("--add-to", default="", metavar="WALK", help=tr("add to this walk rather than make a new one"))


def _list(call: Call) -> int:
    from dpdesk.services import walks
    with call.session() as session:
        found = walks.walks(session, call.args.pd)
        left = [each for name in sorted({each.walk.district for each in found} | ({call.args.pd} - {""}))
                for each in walks.unwalked(session, name)]
    doors = sum(each.doors for each in left)
    said = [table((tr("Walk"), tr("Doors"), tr("Electors"), tr("What it has")), [
        (each.walk.title, each.doors, each.electors, summary(each)) for each in found]), trn("{n} walk.", "{n} walks.", len(found))]
    if doors:
        said.append(trn("{n} door is in no walk: “walks streets PD”.", "{n} doors are in no walk: “walks streets PD”.", doors))
    call.out.result({"walks": [_data(each) for each in found], "unwalked_doors": doors}, "\n".join(said))
    return 0


def _data(each) -> dict:
    walk = each.walk
    return {"id": walk.id, "district": walk.district, "number": walk.number, "name": walk.name, "doors": each.doors,
            "electors": each.electors, "parts": [
                {"street": part.street, "side": part.side.value, "low": part.low, "high": part.high, "unnumbered": part.unnumbered,
                 "way": part.way.value, "doors": len(there), "extent": extent(there) if there else ""}
                for part, there in zip(walk.parts, each.stretches, strict=False)],
            "joined": len(each.joined)}


def _propose(call: Call) -> int:
    from dpdesk.services import walks_make
    args = call.args
    with call.session() as session:
        proposal = walks_make.proposed(session, args.doors, args.pd, way=Way(args.way), apart=args.apart)
        if args.apply:
            if proposal.replaced and not call.confirmed(trn("{n} walk gives way.", "{n} walks give way.", proposal.replaced)):
                return 1
            walks_make.make(session, proposal)
    sizes = sorted(each.doors for each in proposal.overviews)
    said = [table((tr("Walk"), tr("Doors"), tr("Electors"), tr("What it has")), [
        (each.walk.title, each.doors, each.electors, summary(each)) for each in proposal.overviews]),
        tr("{n} walks of {least} to {most} doors in {districts} districts.", n=len(sizes), least=sizes[0], most=sizes[-1],
           districts=len(proposal.districts)),
        tr("They are made.") if args.apply else tr("This is a preview: nothing was changed. Add --apply to make them.")]
    call.out.result({"applied": args.apply, "districts": list(proposal.districts), "replaced": proposal.replaced,
                     "walks": [_data(each) for each in proposal.overviews]}, "\n".join(said))
    return 0


def _show(call: Call) -> int:
    from dpdesk.services import walks
    args = call.args
    with call.session() as session:
        found = walks.get(session, args.walk)
        lines = walks.lines(session, found.id, Filters(args.contacted, args.months, args.postal, tuple(args.intention)),
                            purpose=Purpose(args.purpose)) if args.lines else []
    said = [pairs(((tr("Walk"), found.walk.title), (tr("Doors"), found.doors), (tr("Electors"), found.electors))), table(
        (tr("Street"), tr("Doors"), tr("Side"), tr("Order")), [
            (stretch(part, there), len(there), side_of(part) if part else tr("new: by postcode"), way_name(part.way.value) if part else "")
            for part, there in zip([*found.walk.parts, None], found.stretches, strict=False)])]
    if args.lines:
        said.append(table((tr("Number"), tr("Name"), tr("Door"), tr("Postcode"), tr("Markers")), [
            (line.number, blank_reason(line.reason) if line.blank else line.name or tr("anonymous"), f"{line.label} {line.street}".strip(),
             line.postcode, ", ".join(map(marker_name, line.markers))) for line in lines]))
        said.append(trn("{n} line.", "{n} lines.", len(lines)))
    call.out.result(_data(found) | ({"lines": [_line(line) for line in lines]} if args.lines else {}), "\n\n".join(said))
    return 0


def _line(line) -> dict:
    """A line as JSON; a blank one does not tell whom it stands for."""
    return asdict(replace(line, elector="")) if line.blank else asdict(line)


def _streets(call: Call) -> int:
    from dpdesk.services import walks
    with call.session() as session:
        there = walks.streets(session, call.args.pd)
        left = {each.street_key: each.doors for each in walks.unwalked(session, call.args.pd)}
        homeless = walks.without_home(session, call.args.pd)
    rows = [(doors[0].street or tr("no street"), len(doors), sum(len(door.electors) for door in doors), extent(doors), left.get(key, 0))
            for key, doors in there.items()]
    said = [table((tr("Street"), tr("Doors"), tr("Electors"), tr("From and to"), tr("In no walk")), rows)]
    if homeless:
        said.append(trn("{n} elector has no address and is on no walk.", "{n} electors have no address and are on no walk.", homeless))
    call.out.result({"streets": [{"street": name, "doors": doors, "electors": people, "extent": said_of, "unwalked": n}
                                 for name, doors, people, said_of, n in rows], "without_address": homeless}, "\n".join(said))
    return 0


def _make(call: Call) -> int:
    from dpdesk.domain.folding import fold
    from dpdesk.services import walks, walks_make
    args = call.args
    with call.session() as session:
        streets = walks.streets(session, args.pd)
        doors = next((each for key, each in streets.items() if fold(args.street) in (key, fold(each[0].street))), None)
        if doors is None:
            raise Usage(tr("There is no street “{street}” in {district}: “walks streets” lists them.", street=args.street,
                           district=args.pd))
        parts = walks_make.parts(doors, side=Side(args.side), first=args.first, last=args.last, unnumbered=not args.numbered_only,
                                 way=Way(args.way))
        before = walks.get(session, args.add_to).walk if args.add_to else Walk("", args.pd, 0, "", ())
        kept = walks_make.save(session, replace(before, name=args.name or before.name, parts=(*before.parts, *parts)))
        found = walks.get(session, kept.id)
    call.out.result(_data(found), tr("{walk}: {summary}", walk=found.walk.title, summary=summary(found)))
    return 0


def _divide(call: Call) -> int:
    from dpdesk.domain.folding import fold
    from dpdesk.services import walks, walks_make
    args = call.args
    with call.session() as session:
        found = walks.get(session, args.walk)
        at = next(((place, door) for place, there in enumerate(found.stretches[:len(found.walk.parts)]) for door in there
                   if fold(door.street) == fold(args.street) and fold(door.label) == fold(args.door)), None)
        if at is None:
            raise Usage(tr("{walk} has no door “{door}” in {street}: “walks show --lines” lists them.", walk=found.walk.title,
                           door=args.door, street=args.street))
        new = walks.get(session, walks_make.divide(session, found.id, *at).id)
        kept = walks.get(session, found.id)
    call.out.result({"kept": _data(kept), "made": _data(new)}, "\n".join(
        tr("{walk}: {summary}", walk=each.walk.title, summary=summary(each)) for each in (kept, new)))
    return 0


def _remove(call: Call) -> int:
    from dpdesk.services import walks, walks_make
    with call.session() as session:
        found = walks.get(session, call.args.walk)
        walks_make.remove(session, found.id)
    call.out.result({"removed": found.id}, tr("{walk} is taken away; its doors are in no walk now.", walk=found.walk.title))
    return 0
