"""The results of a campaign as a PDF that leaves through the copies door. Small figures are hidden in it as they are in the window."""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.roles import Right
from dpdesk.files.results import Bar, Report, Section, render
from dpdesk.services import copies, results
from dpdesk.services.dates import day
from dpdesk.services.results import Figures, Over
from dpdesk.services.results_words import figure, intention_name, rate_words, state_name
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr


def write(session: Session, path: Path, campaign: str = "", district: str = "", *, accepted: str = "") -> Copy:
    """Save the report: contact rate, intentions by district, by month, and by walk of one district, and pages outstanding."""
    session.require(Right.RESULTS_SEE)
    content = render(report(session, campaign, district))
    leaving = copies.Leaving(CopyKind.RESULTS, path, tr("Results of canvassing"), tr("To work with the results"), accepted=accepted)
    with copies.door(session, leaving) as out:
        out.write(content)
        return out.note("results.printed", tell=lambda unit: unit.facts(campaign=campaign, by_walk=bool(district)))


def report(session: Session, campaign: str = "", district: str = "") -> Report:
    """What the report says."""
    from dpdesk.services import campaigns
    named = next((each.name for each in campaigns.listing(session) if each.id == campaign), "") if campaign else ""
    least = session.policy.results_least_count
    sections = [_figures(tr("By polling district"), tr("District"), results.figures(session, campaign))]
    if district:
        sections.append(_figures(tr("By walk, in {district}", district=district), tr("Walk"),
                                 results.figures(session, campaign, "walk", district)))
    over = results.over_time(session, campaign, district)
    if over.months:
        sections.append(_months(over))
    weeks = results.weeks(session, campaign)
    if weeks:
        most = max(each.called or 0 for each in weeks) or 1
        sections.append(Section(tr("Calls by week"), [[tr("Week of"), tr("Called on"), tr("Reached")], *(
            [day(each.begins), figure(each.called), figure(each.reached)] for each in weeks)],
            [Bar(day(each.begins), (each.called or 0) / most, figure(each.called)) for each in weeks]))
    asked = results.questions(session, campaign)
    if asked:
        sections.append(Section(tr("Yes to questions"), [[tr("Question"), tr("Campaign"), tr("Yes")], *(
            [each.text, each.campaign, figure(each.yes)] for each in asked)]))
    paper = results.outstanding(session, campaign)
    if paper:
        sections.append(Section(tr("Pages of sheets"), [[tr("Where they stand"), tr("Pages")],
                                                       *([state_name(state), f"{n:,}"] for state, n in sorted(paper.items()))]))
    return Report(tr("Results of canvassing"), [named or tr("All campaigns"), tr("{branch}, {day}", branch=session.branch,
                                                                              day=day(today().isoformat()))], sections,
                  tr("A dash stands for a figure of fewer than {least} people, or for one that would tell it. Figures are of electors of "
                     "today’s register, each with the newest they said.", least=least))


def _figures(heading: str, what: str, found: Figures) -> Section:
    columns = [intention_name(code, found.words) for code in found.columns]
    lines = [[each.name or tr("In no walk"), figure(found.called(at)), figure(found.reached(at)), rate_words(found.rate(at)),
              *(figure(found.shown(at, column)) for column in range(len(columns)))] for at, each in enumerate(found.groups)]
    if found.groups:
        together = len(found.groups)
        lines.append([tr("Together"), "", figure(found.reached(together)), "",
                      *(figure(found.shown(together, column)) for column in range(len(columns)))])
    bars = [Bar(each.name or tr("In no walk"), found.rate(at) or 0.0, rate_words(found.rate(at))) for at, each in enumerate(found.groups)]
    return Section(heading, [[what, tr("Called on"), tr("Reached"), tr("Rate"), *columns], *lines], bars)


def _months(over: Over) -> Section:
    columns = [intention_name(code, over.words) for code in over.columns]
    return Section(tr("Answers by month"), [[tr("Month"), *columns], *(
        [month, *(figure(over.shown(at, column)) for column in range(len(columns)))] for at, month in enumerate(over.months))])
