"""Results: contact rate, what people said by district or walk and over time, paper still outstanding; a table is one key away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.campaigns import Campaign
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.roles import Right
from dpdesk.services.results import Asked, Figures, Over, Week
from dpdesk.services.results_words import figure, intention_name, rate_words, state_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.charts import Bar, Bars, Column, Columns
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import Choice, button, empty_out, text
from dpdesk.ui.words import _, day, trn


@dataclass(frozen=True)
class Seen:
    """All the page shows."""

    campaigns: list[Campaign]
    districts: list[str]
    figures: Figures
    over: Over
    weeks: list[Week]
    paper: dict[str, int]
    asked: list[Asked]


class ResultsPage(Page):
    """Campaign, district, and whether tables are shown, are its place."""

    code = "results"
    title = marked("Results")
    icon = "badge-check"
    right = Right.RESULTS_SEE
    wide = True
    chapter = "results"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Results"))
        self.tables = False
        self._wanted = ("", "")
        self._seen: Seen | None = None
        self._save = self.header.set_main(_("Save as PDF…"), self.save, icon="download")
        self.campaign = Choice([("", _("All campaigns"))], name=_("Campaign"))
        self.where = Choice([("", _("By polling district"))], name=_("By district or walk"))
        self.turn = button(_("Show as tables"), self.turn_round, tip=_("T"), icon="list")
        for each in (self.campaign, self.where):
            each.activated.connect(lambda _at: self._choose())
        self._bar = flow(self.campaign, self.where, self.turn)
        self.body.addWidget(self._bar)
        self._slot = QVBoxLayout()
        self._slot.setSpacing(theme.SPACE)
        self.body.addLayout(self._slot)
        self.empty = EmptyState("badge-check", _("No results yet"), _(
            "Here stands what canvassing found, once sheets are entered: how many were reached, and what they said. No figure of a few "
            "people is shown, so that none points at anybody."))
        self.empty.hide()
        self.body.addWidget(self.empty)
        self.body.addStretch(1)
        QShortcut(QKeySequence("T"), self, self.turn_round).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def place(self) -> dict[str, Any]:
        """What is shown, and how."""
        return {"campaign": self._wanted[0], "district": self._wanted[1], "tables": self.tables}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another campaign or district."""
        self._wanted = (str(place.get("campaign", self._wanted[0])), str(place.get("district", self._wanted[1])))
        self.tables = bool(place.get("tables", self.tables))
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        session, wanted = self.context.session, self._wanted
        self.context.jobs.run("read", lambda: _read(session, *wanted), owner=self, done=self._show, failed=self._failed)

    def _choose(self) -> None:
        self._wanted = (self.campaign.code(), self.where.code())
        self.refresh()

    def turn_round(self) -> None:
        """Charts to tables, and back."""
        self.tables = not self.tables
        if self._seen is not None:
            self._show(self._seen)

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.campaign.offer([("", _("All campaigns")), *((each.id, each.name) for each in seen.campaigns)])
        self.campaign.choose(self._wanted[0])
        self.where.offer([("", _("By polling district")), *((each, _("By walk, in {district}", district=each)) for each in seen.districts)])
        self.where.choose(self._wanted[1])
        self.turn.setText(_("Show as charts") if self.tables else _("Show as tables"))
        groups = seen.figures.groups
        called, said = sum(each.called for each in groups), seen.figures.called(len(groups))
        reached = seen.figures.reached(len(seen.figures.groups)) if seen.figures.groups else None
        self.header.set_state(_("{called}, {reached} reached.", called=_("Few people called on") if said is None else
                                trn("{n} person called on", "{n} people called on", said),
                                reached=figure(reached)) if called else "")
        empty_out(self._slot)
        anything = bool(called or seen.weeks or seen.paper)
        self.empty.setVisible(not anything)
        self._bar.setVisible(anything)
        self._save.setVisible(bool(called))
        if anything:
            for each in (self._as_tables(seen) if self.tables else self._as_charts(seen)):
                self._slot.addWidget(each)
            self._slot.addWidget(text(_("A figure of fewer than {least} people is hidden (–), and so is what would tell it. Each elector "
                                        "of today’s register counts once, with the newest they said.", least=seen.figures.least), "small"))

    def _as_charts(self, seen: Seen) -> list[QWidget]:
        found, made = seen.figures, []
        if any(each.called for each in found.groups):
            rates = Bars(_("Contact rate"))
            rates.show_bars([Bar(each.name or _("In no walk"), found.rate(at) or 0.0, rate_words(found.rate(at)), found.rate(at) is None)
                             for at, each in enumerate(found.groups) if each.called or found.by == "district"])
            made += [text(_("Reached, of all electors"), "heading"), rates]
        if found.columns:
            total = len(found.groups)
            most = max((found.shown(total, at) or 0 for at in range(len(found.columns))), default=0) or 1
            said = Bars(_("What people said"))
            said.show_bars([Bar(intention_name(code, found.words), (found.shown(total, at) or 0) / most, figure(found.shown(total, at)),
                                found.shown(total, at) is None) for at, code in enumerate(found.columns)])
            made += [text(_("What people said"), "heading"), said]
        if seen.asked:
            most = max((each.yes or 0 for each in seen.asked), default=0) or 1
            yes = Bars(_("Yes to questions"))
            yes.show_bars([Bar(each.text, (each.yes or 0) / most, figure(each.yes), each.yes is None) for each in seen.asked])
            made += [text(_("Yes to questions"), "heading"), yes]
        if seen.weeks:
            weeks = Columns(_("Calls by week"), _("called on"), _("reached"))
            weeks.show_columns([Column(day(each.begins).rpartition(" ")[0].partition(" ")[2], each.called, each.reached)
                                for each in seen.weeks])
            made += [text(_("Calls by week"), "heading"), weeks]
        if seen.paper:
            most = max(seen.paper.values())
            paper = Bars(_("Pages of sheets"))
            paper.show_bars([Bar(state_name(state), n / most, f"{n:,}") for state, n in sorted(seen.paper.items())])
            made += [text(_("Pages of sheets"), "heading"), paper]
        return made

    def _as_tables(self, seen: Seen) -> list[QWidget]:
        found = seen.figures
        columns = [intention_name(code, found.words) for code in found.columns]
        rows = [[each.name or _("In no walk"), f"{each.electors:,}", figure(found.called(at)), figure(found.reached(at)),
                 rate_words(found.rate(at)), *(figure(found.shown(at, column)) for column in range(len(columns)))]
                for at, each in enumerate(found.groups)]
        if rows:
            total = len(found.groups)
            rows.append([_("Together"), f"{sum(each.electors for each in found.groups):,}",
                         figure(found.called(total)), figure(found.reached(total)), "",
                         *(figure(found.shown(total, column)) for column in range(len(columns)))])
        made = [*_table(_("What people said"), (_("Where"), _("Electors"), _("Called on"), _("Reached"), _("Rate"), *columns), rows)]
        if seen.over.months:
            words = [intention_name(code, seen.over.words) for code in seen.over.columns]
            made += _table(_("Answers by month"), (_("Month"), *words), [
                [month, *(figure(seen.over.shown(at, column)) for column in range(len(words)))]
                for at, month in enumerate(seen.over.months)])
        made += _table(_("Yes to questions"), (_("Question"), _("Campaign"), _("Yes")),
                       [[each.text, each.campaign, figure(each.yes)] for each in seen.asked])
        made += _table(_("Calls by week"), (_("Week of"), _("Called on"), _("Reached")),
                       [[day(each.begins), figure(each.called), figure(each.reached)] for each in seen.weeks])
        made += _table(_("Pages of sheets"), (_("Where they stand"), _("Pages")),
                       [[state_name(state), f"{n:,}"] for state, n in sorted(seen.paper.items())])
        return made

    def save(self) -> None:
        """Ask where, and save what is shown as a PDF."""
        leaving.choose(self, self.context.jobs, CopyKind.RESULTS, leaving.Chooser(_("Save the results"), "results.pdf", _("PDF (*.pdf)")),
                       self._write, self._failed)

    def _write(self, path: Path, accepted: str) -> None:
        from dpdesk.services import results_report
        session, (campaign, district) = self.context.session, self._wanted

        def done(copy) -> None:
            self.context.changed("copies")
            self.context.say("done", _("Saved as “{file}”. Delete it by {day}.", file=path.name, day=day(copy.delete_by)),
                             (_("Show the copies"), lambda: self.context.go("copies", {})))
        self.context.jobs.run("other", lambda: results_report.write(session, path, campaign, district, accepted=accepted), owner=self,
                              done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


def _table(heading: str, headings: tuple[str, ...], rows: list[list[str]]) -> list[QWidget]:
    if not rows:
        return []
    made = Ordered(headings, heading, movable=False)
    made.show_rows([(str(at), line) for at, line in enumerate(rows)])
    made.fit_rows(14)
    return [text(heading, "heading"), made]


def _read(session, campaign: str, district: str) -> Seen:
    from dpdesk.services import campaigns, electors, results
    districts = list(electors.counts(session).districts) if session.may(Right.REGISTER_SEE) else []
    there = campaigns.listing(session) if session.may(Right.SHEETS_SEE) else []
    district = district if district in districts else ""
    return Seen(there, districts, results.figures(session, campaign, "walk" if district else "district", district),
                results.over_time(session, campaign, district), results.weeks(session, campaign), results.outstanding(session, campaign),
                results.questions(session, campaign))
