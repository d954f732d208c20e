"""`dpdesk duties today|due|activity|calendar|pack|check-pack|lost-device|holidays|training-gate`: what is due, and the packs."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.leaving import accepted
from dpdesk.cli.output import table
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.domain.working_days import Nation
from dpdesk.services.words import day, moment, today_item, tr

_URGENCY = ("now", "soon", "when there is time")


def declare(grammar) -> None:
    """The noun and its verbs."""
    verbs = grammar.noun("duties", tr("what is due: the duties of every register and of the whole desk"))
    grammar.verb(verbs, "today", _today, tr("everything that needs this officer, the most urgent first"))
    grammar.verb(verbs, "due", _due, tr("everything with a day to come, the earliest first"))
    listed = grammar.verb(verbs, "activity", _activity, tr("what happened in every register, the newest first"))
    listed.add_argument("register", nargs="?", default="", metavar="REGISTER")
    listed.add_argument("--limit", type=int, default=50, metavar="N")
    for verb, run, about in (("calendar", _calendar, tr("the calendar of duties as an iCalendar file; it names nobody")),
                             ("pack", _pack, tr("the accountability pack: everything as one signed ZIP archive"))):
        leaves = grammar.verb(verbs, verb, run, about)
        leaves.add_argument("--out", type=Path, required=True, metavar="FILE")
        leaves.add_argument("--why", required=True, metavar="TEXT")
        if verb == "pack":
            leaves.add_argument("--no-documents", action="store_true", help=tr("leave the kept documents out"))
    grammar.verb(verbs, "check-pack", _check, tr("whether a pack is as an officer of this desk signed it")).add_argument(
        "file", type=Path, metavar="FILE")
    begun = grammar.verb(verbs, "lost-device", _device, tr("report a device that is gone, with whose data this desk held"))
    begun.add_argument("device", metavar="DEVICE")
    begun.add_argument("--how", default="", metavar="TEXT")
    begun.add_argument("--known-since", default="now", metavar="MOMENT", help=tr("when the branch learnt of it: the clocks run from here"))
    begun.add_argument("--without-desk", action="store_true", help=tr("it did not hold this desk"))
    days = grammar.verb(verbs, "holidays", _holidays, tr("where the branch is and its bank holidays; with options, change them"))
    days.add_argument("--nation", choices=[each.value for each in Nation])
    days.add_argument("--add", default="", metavar="DAY=NAME")
    days.add_argument("--remove", default="", metavar="DAY")
    gate = grammar.verb(verbs, "training-gate", _gate, tr("whether training in date opens access; with on or off, change it"))
    gate.add_argument("turn", nargs="?", choices=["on", "off"])


def _gate(call: Call) -> int:
    from dpdesk.services import training_gate
    with call.session() as session:
        if call.args.turn:
            training_gate.set_on(session, call.args.turn == "on")
        found = training_gate.is_on(session)
    call.out.result({"on": found}, tr("Training in date opens access.") if found else tr("Training does not gate access."))
    return 0


def _today(call: Call) -> int:
    from dpdesk.services import today
    words = (tr("now"), tr("soon"), tr("in time"))
    with call.session() as session:
        found = today.items(session)
    call.out.result([{"code": each.code, "urgency": _URGENCY[each.urgency], "page": each.page, "facts": dict(each.facts),
                      "words": today_item(each.code, each.facts)} for each in found],
                    table((tr("When"), tr("What")), [(words[each.urgency], today_item(each.code, each.facts)) for each in found])
                    if found else tr("Nothing needs you today."))
    return 0


def _due(call: Call) -> int:
    from dpdesk.services import duties_calendar
    with call.session() as session:
        found = duties_calendar.upcoming(session)
    call.out.result([{"due": each.due, "what": each.words, "page": each.page, **each.place} for each in found], table(
        (tr("Due"), tr("What")), [(moment(each.due) if len(each.due) > 10 else day(each.due), each.words) for each in found]))
    return 0


def _activity(call: Call) -> int:
    from dpdesk.services import activity, duties
    with call.session() as session:
        if call.args.register:
            duties.register_of(call.args.register)
        found = activity.listing(session, call.args.register, max(0, call.args.limit))
    call.out.result([{"at": each.event.at, "on": each.event.on, "register": each.register.code, "ref": each.ref, "kind": each.event.kind,
                      "move": each.event.move, "note": each.event.note, "officer": each.officer, "case_number": each.case_number}
                     for each in found],
                    table((tr("When"), tr("Reference"), tr("What happened"), tr("By")),
                          [(moment(each.event.at), each.ref, each.words, each.officer) for each in found]))
    return 0


def _calendar(call: Call) -> int:
    from dpdesk.services import duties_calendar
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        copy = duties_calendar.save(session, path, call.args.why, accepted=accepted(call, path, CopyKind.DUTIES))
    call.out.result({"file": str(path), "copy": copy.id}, tr("Saved to {file}. It names nobody.", file=path))
    return 0


def _pack(call: Call) -> int:
    from dpdesk.services import accountability
    path = call.args.out.expanduser().absolute()
    with call.session() as session:
        made = accountability.pack(session, path, call.args.why, documents=not call.args.no_documents,
                                   accepted=accepted(call, path, CopyKind.DUTIES), progress=call.out.progress(tr("Packing")))
    call.out.result({"file": str(path), "copy": made.copy.id, "registers": made.registers, "entries": made.entries, "files": made.files,
                     "head": made.head_code}, tr(
        "Saved to {file}: {registers} registers, {entries} entries, {files} files, signed. It is not encrypted and holds names: delete "
        "it by "
        "{day}.", file=path, registers=made.registers, entries=f"{made.entries:,}", files=f"{made.files:,}", day=day(made.copy.delete_by)))
    return 0


def _check(call: Call) -> int:
    from dpdesk.services import accountability
    path = call.args.file.expanduser().absolute()
    with call.session() as session:
        said = accountability.check(session, path)
    call.out.result(said, tr("It is as {officer} signed it on {moment}: {files} files, log head {code}.", officer=said["by"],
                             moment=moment(said["made_at"]), files=f"{len(said['files']):,}", code=said["log_head"]["code"]))
    return 0


def _device(call: Call) -> int:
    from dpdesk.services import duties_forwarded, duty_typed, incident_steps, incidents
    known, wrong = duty_typed.read_moment(call.args.known_since)
    if wrong:
        raise Invalid({"incidents.aware_at": wrong})
    with call.session() as session:
        shown = incidents.lost_device(session, call.args.device, call.args.how, known, this_desk=not call.args.without_desk)
        told, steps = duties_forwarded.words(session, "incidents"), incident_steps.of(shown)
    call.out.result({"ref": shown.ref, "id": shown.duty.id, "due": shown.due, "who_is_told": told,
                     "steps": [{"step": each.code, "words": each.words} for each in steps]}, "\n".join((
        tr("{ref} is reported, and the clocks run: the first until {moment}.", ref=shown.ref, moment=moment(shown.due)), told, "",
        table((tr("Step"), tr("Do this at once")), [(each.code, each.words) for each in steps]), "",
        tr("Say what is done: dpdesk registers set {ref} --set at_once=away,police", ref=shown.ref))))
    return 0


def _holidays(call: Call) -> int:
    from dpdesk.services import duty_typed, working_days
    from dpdesk.services.session import today
    args = call.args
    with call.session() as session:
        if args.nation:
            working_days.set_nation(session, args.nation)
        if args.add:
            typed, _sign, name = args.add.partition("=")
            working_days.add(session, duty_typed.day_of(typed), name)
        if args.remove:
            working_days.take_out(session, duty_typed.day_of(args.remove))
        calendar = working_days.calendar(session)
    call.out.result({"nation": calendar.nation.value, "holidays": {each.isoformat(): name for each, name in calendar.holidays.items()}},
                    table((tr("Day"), tr("Bank holiday")), [(day(each), name) for each, name in calendar.holidays.items()
                                                            if each.year >= today().year]))
    return 0
