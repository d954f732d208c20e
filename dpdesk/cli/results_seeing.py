"""`dpdesk results figures|over-time|elector|leave-alone …`: what canvassing found, and who is to be left alone."""

from __future__ import annotations

from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.days import typed as typed_day
from dpdesk.cli.output import pairs, table
from dpdesk.domain.leaving_alone import CHANNELS, UNTIL
from dpdesk.services.results_words import (
    channel_name,
    figure,
    intention_name,
    left_alone_words,
    outcome_name,
    rate_words,
    source_name,
)
from dpdesk.services.words import day, tr, trn


def declare(grammar, verbs) -> None:
    """The verbs that look."""
    figures = grammar.verb(verbs, "figures", _figures, tr("contact rate and intentions by district or walk; small figures are hidden"))
    figures.add_argument("--campaign", default="", help=tr("only this one"))
    figures.add_argument("--pd", default="", metavar="PD", help=tr("by walk, of this polling district"))
    over = grammar.verb(verbs, "over-time", _over, tr("calls by week and answers by month"))
    over.add_argument("--campaign", default="")
    report = grammar.verb(verbs, "report", _report, tr("save the results as PDF; it goes on the list of copies"))
    report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    report.add_argument("--campaign", default="")
    report.add_argument("--pd", default="", metavar="PD", help=tr("also by walk, of this polling district"))
    elector = grammar.verb(verbs, "elector", _elector, tr("what one elector said, and whether they are to be left alone"))
    elector.add_argument("elector", metavar="NUMBER")
    alone = grammar.verb(verbs, "leave-alone", _leave_alone, tr("note that somebody does not want to be contacted"))
    alone.add_argument("elector", metavar="NUMBER")
    alone.add_argument("--household", action="store_true", help=tr("everybody at that home"))
    alone.add_argument("--channel", default=CHANNELS[0], choices=CHANNELS)
    alone.add_argument("--until", default=UNTIL[0], choices=UNTIL)
    alone.add_argument("--day", default="", type=typed_day, metavar="DAY")
    alone.add_argument("--why", default="")
    lift = grammar.verb(verbs, "lift", _lift, tr("they may be contacted again"))
    lift.add_argument("wish", metavar="ID")
    lift.add_argument("--why", required=True)


def _campaign(session, wanted: str) -> str:
    from dpdesk.services import campaigns
    return campaigns.get(session, wanted).id if wanted else ""


def _figures(call: Call) -> int:
    from dpdesk.services import results
    args = call.args
    with call.session() as session:
        campaign = _campaign(session, args.campaign)
        found = results.figures(session, campaign, "walk" if args.pd else "district", args.pd)
        paper, asked = results.outstanding(session, campaign), results.questions(session, campaign)
    columns = [intention_name(code, found.words) for code in found.columns]
    rows = [(each.name or tr("in no walk"), each.electors, figure(found.called(at)), figure(found.reached(at)), rate_words(found.rate(at)),
             *(figure(found.shown(at, column)) for column in range(len(columns)))) for at, each in enumerate(found.groups)]
    data = {"by": found.by, "least": found.least, "columns": list(found.columns), "groups": [
        {"name": each.name, "electors": each.electors, "called": found.called(at), "reached": found.reached(at),
         "intentions": [found.shown(at, column) for column in range(len(columns))]} for at, each in enumerate(found.groups)],
        "totals": [found.shown(len(found.groups), column) for column in range(len(columns) + 1)] if found.groups else [], "pages": paper,
            "questions": [{"question": each.text, "campaign": each.campaign, "yes": each.yes} for each in asked]}
    call.out.result(data, "\n".join((
        table((tr("Where"), tr("Electors"), tr("Called on"), tr("Reached"), tr("Rate"), *columns), rows),
        table((tr("Question"), tr("Campaign"), tr("Yes")),
              [(each.text, each.campaign, figure(each.yes)) for each in asked]) if asked else "",
        tr("A figure of fewer than {least} people is hidden (–), with what would tell it.", least=found.least))))
    return 0


def _over(call: Call) -> int:
    from dpdesk.services import results
    with call.session() as session:
        campaign = _campaign(session, call.args.campaign)
        weeks, over = results.weeks(session, campaign), results.over_time(session, campaign)
    columns = [intention_name(code, over.words) for code in over.columns]
    answers = [[over.shown(at, column) for column in range(len(columns))] for at in range(len(over.months))]
    by_month = table((tr("Month"), *columns), [(month, *map(figure, line)) for month, line in zip(over.months, answers, strict=True)])
    by_week = table((tr("Week of"), tr("Called on"), tr("Reached")), [
        (day(each.begins), figure(each.called), figure(each.reached)) for each in weeks])
    call.out.result({"weeks": [each.__dict__ for each in weeks], "months": list(over.months), "columns": list(over.columns),
                     "answers": answers}, "\n\n".join((by_week, by_month)))
    return 0


def _report(call: Call) -> int:
    from dpdesk.services import results_report
    args = call.args
    with call.session() as session:
        copy = results_report.write(session, args.out.absolute(), _campaign(session, args.campaign), args.pd)
    call.out.result({"copy": copy.id, "file": str(args.out)}, tr("Saved. It is on the list of copies."))
    return 0


def _contact(each) -> tuple[str, ...]:
    fact = each.fact
    return day(fact.taken_on), outcome_name(fact.outcome.value), each.words, source_name(fact.source.value), each.campaign


def _elector(call: Call) -> int:
    from dpdesk.services import results
    with call.session() as session:
        found = results.of_elector(session, call.args.elector)
    call.out.result({"contacts": [
        {"on": each.fact.taken_on, "outcome": each.fact.outcome.value, "raw": each.fact.raw, "words": each.words, "age": each.age.value,
         "intention": each.fact.intention, "source": each.fact.source.value, "campaign": each.campaign, "note": each.fact.note,
         "verified": bool(each.fact.verified_at)} for each in found.contacts], "expired": found.expired,
        "left_alone": [{"id": each.id, "channel": each.channel, "household": each.household, "until": each.until, "why": each.why,
                        "lifted": bool(each.lifted)} for each in found.left_alone]}, "\n\n".join(filter(None, (
                            table((tr("Day"), tr("What came of it"), tr("Said"), tr("Source"), tr("Campaign")),
                                  map(_contact, found.contacts)),
                            trn("{n} contact is too old to be shown.", "{n} contacts are too old to be shown.", found.expired)
                            if found.expired else "",
                            pairs([(each.id, left_alone_words(each)) for each in found.left_alone])))))
    return 0


def _leave_alone(call: Call) -> int:
    from dpdesk.services import leaving_alone
    args = call.args
    with call.session() as session:
        made = leaving_alone.note(session, args.elector, household=args.household, channel=args.channel, until=args.until, day=args.day,
                                  why=args.why)
    call.out.result({"id": made.id, "channel": made.channel, "household": made.household, "until": made.until},
                    tr("It is noted for {channel}. No later file undoes it.", channel=channel_name(made.channel)))
    return 0


def _lift(call: Call) -> int:
    from dpdesk.services import leaving_alone
    with call.session() as session:
        leaving_alone.lift(session, call.args.wish, call.args.why)
    call.out.result({"lifted": call.args.wish}, tr("They may be contacted again."))
    return 0
