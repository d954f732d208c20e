"""`dpdesk duties today|calendar|holidays`: what is due, the calendar of duties, and the bank holidays it counts with."""

from __future__ import annotations

from dpdesk.cli.call import Call
from dpdesk.cli.output import table
from dpdesk.services.words import day, moment, today_item, tr

_URGENCY = ("now", "soon", "when there is time")


def declare(grammar) -> None:
    """The noun and its verbs."""
    verbs = grammar.noun("duties", tr("what is due: the duties of every register and of the whole desk"))
    grammar.verb(verbs, "today", _today, tr("everything that needs this officer, the most urgent first"))
    grammar.verb(verbs, "due", _due, tr("everything with a day to come, the earliest first"))


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
    from dpdesk.services import duties_today
    with call.session() as session:
        found = duties_today.due_of(session)
    call.out.result([{"ref": shown.ref, "register": shown.register.code, "clock": clock, "due": due} for shown, clock, due in found],
                    table((tr("Due"), tr("Reference"), tr("What")), [
                        (moment(due) if len(due) > 10 else day(due), shown.ref, f"{tr(shown.register.one)}: {clock}")
                        for shown, clock, due in found]))
    return 0
