"""How the command line finds one person, and shows a row of a list and a whole record."""

from __future__ import annotations

import argparse
import re

from dpdesk.cli.call import Call
from dpdesk.cli.enquiry_lines import data_of, lines_of
from dpdesk.cli.output import pairs, table
from dpdesk.domain.members import FIELD, Member
from dpdesk.services.words import (
    action_name,
    capacity_name,
    channel_name,
    day,
    field_name,
    flag_name,
    kind_name,
    moment,
    reach_name,
    reason_name,
    status_name,
    tr,
)


def find(session, who: str) -> Member:
    """The person of that identity or membership number."""
    from dpdesk.services import members
    if re.fullmatch(r"[0-9a-f]{32}", who):
        return members.get(session, who)
    return members.numbered(session, who)


def assignment(text: str) -> tuple[str, str]:
    """FIELD=VALUE as the two; raises where it is not."""
    code, equals, value = text.partition("=")
    if not equals or code not in FIELD:
        raise argparse.ArgumentTypeError(tr("“{text}” is not FIELD=VALUE with one of: {fields}", text=text,
                                            fields=", ".join(FIELD)))
    return code, value


def add_set(parser, *, required: bool) -> None:
    """`--set FIELD=VALUE`, any number of times."""
    parser.add_argument("--set", dest="values", action="append", required=required, default=None if required else [],
                        type=assignment, metavar="FIELD=VALUE", help=", ".join(FIELD))


def as_data(row) -> dict:
    """A row of a list for machines: what is known, and what is stopped."""
    person = row.member
    known = {code: value for code, value in person.values().items() if value}
    return {"id": person.id, "kind": person.kind.value, **known, "stopped": sorted(row.stopped), "flags": list(row.flags)}


def row_headings() -> tuple[str, ...]:
    """The columns of a list of people."""
    return (tr("Number"), tr("Name"), tr("Postcode"), tr("Status"), tr("Stopped"), tr("Note"))


def row_cells(row) -> tuple[str, ...]:
    """A person as a row."""
    person = row.member
    return (person.number, person.name, person.postcode,
            status_name(person.status) if person.status else kind_name(person.kind.value),
            ", ".join(map(channel_name, sorted(row.stopped))), ", ".join(map(flag_name, row.flags)))


_NAMES = {"kind": kind_name, "capacity": capacity_name}


def shown_value(code: str, value: object) -> str:
    """A field's value as read by people."""
    kind = FIELD[code].kind if code in FIELD else ""
    text = "" if value is None else str(value)
    if code in _NAMES:
        return _NAMES[code](text)
    return day(text) if kind == "date" else status_name(text) if kind == "status" else text


def record_shown(call: Call, session, person: Member) -> int:
    """Print one person: details, by which channels they may be reached, stops, history."""
    from dpdesk.services import capacities, contacting, enquiries, members
    row = members.row(session, person.id)
    held, asked = capacities.of(session, person.id), enquiries.of(session, person.id)
    stops, reaches = contacting.stops(session, person.id), contacting.reaches(session, person.id)
    history = members.history(session, person.id)
    data = as_data(row) | {
        "reaches": {reach.channel.value: {"allowed": reach.allowed, "why": reach.why} for reach in reaches},
        "stops": [{"channel": s.channel, "reason": s.reason.value, "since": s.since, "matched": s.matched, "closes": sorted(s.closes)}
                  for s in stops],
        "capacities": [{"id": h.id, "capacity": h.capacity.value, "detail": h.detail, "since": h.since, "until": h.until} for h in held],
        "enquiries": [data_of(each) for each in asked],
        "history": [{"seq": c.seq, "at": c.at, "officer": c.officer, "action": c.action, "undoable": c.undoable,
                     "fields": [list(f) for f in c.fields]} for c in history]}
    parts = [pairs([(tr("ID"), person.id), (tr("Kind"), kind_name(row.member.kind.value)),
                    *((field_name(code), shown_value(code, value)) for code, value in row.member.values().items()),
                    (tr("Note"), ", ".join(map(flag_name, row.flags)))]),
             pairs([(channel_name(r.channel.value), tr("yes: {why}", why=reach_name(r.why)) if r.allowed
                     else tr("no: {why}", why=reach_name(r.why))) for r in reaches])]
    if stops:
        parts.append(table((tr("Stop"), tr("Why"), tr("Since")), [
            (channel_name(s.channel), reason_name(s.reason.value), day(s.since)) for s in stops]))
    if held:
        parts.append(table((tr("Capacity"), tr("In detail"), tr("Since"), tr("Until")), [
            (capacity_name(h.capacity.value), h.detail, day(h.since), day(h.until)) for h in held]))
    if asked:
        parts.append(lines_of(asked))
    parts.append(table((tr("No."), tr("When"), tr("Officer"), tr("What"), tr("Fields"), tr("Undo")), [
        (c.seq, moment(c.at), c.officer, action_name(c.action), ", ".join(field_name(f[0]) for f in c.fields[:6]),
         tr("can be undone") if c.undoable else "") for c in history]))
    call.out.result(data, "\n\n".join(parts))
    return 0
