"""`dpdesk contacts …`: people beside the members, their capacities, joining and leaving; their enquiries lie in `enquiries.py`."""

from __future__ import annotations

from dpdesk.cli import enquiries
from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.cli.people import add_set, as_data, find, record_shown
from dpdesk.domain.capacities import Capacity, Held
from dpdesk.domain.errors import NotFound
from dpdesk.domain.members import Kind
from dpdesk.services.words import capacity_name, channel_name, day, tr


def declare(grammar) -> None:
    """The verbs of `contacts`."""
    verbs = grammar.noun("contacts", tr("supporters, volunteers, elected representatives, enquirers"))
    listing = grammar.verb(verbs, "list", _list, tr("contacts, one a line"))
    listing.add_argument("--capacity", choices=[c.value for c in Capacity], default="")
    listing.add_argument("--kind", choices=[k.value for k in Kind], default=Kind.CONTACT.value,
                         help=tr("with “member”: the members who hold it"))
    listing.add_argument("--limit", type=int, default=100, metavar="N", help=tr("at most N (100); 0 for all"))
    listing.add_argument("--offset", type=int, default=0, metavar="N", help=tr("leave out the first N"))
    add = grammar.verb(verbs, "add", _add, tr("add a contact with their capacity"))
    add.add_argument("--capacity", choices=[c.value for c in Capacity], required=True)
    add_set(add, required=True)
    grammar.verb(verbs, "show", _show, tr("one person, with capacities, enquiries and history")).add_argument(
        "who", metavar="ID|NUMBER")
    capacity = grammar.verb(verbs, "capacity", _capacity, tr("record, end or take back a capacity of a person"))
    capacity.add_argument("who", metavar="ID|NUMBER")
    capacity.add_argument("capacity", choices=[c.value for c in Capacity])
    which = capacity.add_mutually_exclusive_group()
    which.add_argument("--end", action="store_true", help=tr("it is over, on the day of --until or today"))
    which.add_argument("--take-back", action="store_true", help=tr("it was recorded by mistake"))
    for parser in (add, capacity):
        parser.add_argument("--detail", default="", metavar="TEXT", help=tr("office and area, or what they do"))
        parser.add_argument("--since", default="", metavar="DAY")
        parser.add_argument("--until", default="", metavar="DAY")
    join = grammar.verb(verbs, "join", _join, tr("a contact has joined: the same record, of a member"))
    join.add_argument("who", metavar="ID|NUMBER")
    add_set(join, required=True)
    leave = grammar.verb(verbs, "leave", _leave, tr("a member has left and stays known: the same record, of a contact"))
    leave.add_argument("who", metavar="ID|NUMBER")
    leave.add_argument("--capacity", choices=[c.value for c in Capacity], help=tr("in which they stay known"))
    leave.add_argument("--detail", default="", metavar="TEXT")
    enquiries.declare(grammar, verbs)


def _list(call: Call) -> int:
    from dpdesk.services import members
    args = call.args
    with call.session() as session:
        spine = members.spine(session, members.Query(kind=Kind(args.kind), capacity=args.capacity))
        rows = members.rows(session, spine[args.offset:args.offset + args.limit if args.limit else None])
    call.out.result([as_data(row) | {"capacities": list(row.capacities), "last_contact": row.last_contact} for row in rows], table(
        (tr("ID"), tr("Name"), tr("Capacities"), tr("Postcode"), tr("Last contact"), tr("Stopped")), [
            (row.member.id, row.member.name, ", ".join(map(capacity_name, row.capacities)), row.member.postcode,
             day(row.last_contact), ", ".join(map(channel_name, sorted(row.stopped)))) for row in rows]))
    if len(rows) < len(spine):
        call.out.note(tr("{shown} of {total}.", shown=f"{len(rows):,}", total=f"{len(spine):,}"))
    return 0


def _given(args):
    from dpdesk.services.capacities import Given
    return Given(args.capacity, args.detail, getattr(args, "since", ""), getattr(args, "until", ""))


def _add(call: Call) -> int:
    from dpdesk.services import capacities
    with call.session() as session:
        person = capacities.add_contact(session, dict(call.args.values), _given(call.args))
        return record_shown(call, session, person)


def _show(call: Call) -> int:
    with call.session() as session:
        return record_shown(call, session, find(session, call.args.who))


def _capacity(call: Call) -> int:
    from dpdesk.services import capacities
    args = call.args
    with call.session() as session:
        person = find(session, args.who)
        if args.end:
            capacities.end(session, _standing(session, person.id, args).id, args.until)
        elif args.take_back:
            capacities.take_back(session, _standing(session, person.id, args).id)
        else:
            capacities.add(session, person.id, _given(args))
        return record_shown(call, session, person)


def _standing(session, person: str, args) -> Held:
    """The one that is meant: of that capacity, and of that detail where one is given."""
    from dpdesk.services import capacities
    from dpdesk.services.session import today
    found = [each for each in capacities.of(session, person) if each.capacity.value == args.capacity
             and each.stands(today().isoformat()) and args.detail in ("", each.detail)]
    if len(found) != 1:
        raise NotFound("capacity", args.capacity)
    return found[0]


def _join(call: Call) -> int:
    from dpdesk.services import joining
    with call.session() as session:
        return record_shown(call, session, joining.join(session, find(session, call.args.who).id, dict(call.args.values)))


def _leave(call: Call) -> int:
    from dpdesk.services import joining
    with call.session() as session:
        given = _given(call.args) if call.args.capacity else None
        return record_shown(call, session, joining.leave(session, find(session, call.args.who).id, given))
