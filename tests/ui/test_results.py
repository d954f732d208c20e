"""The page of results: charts with their figures said, tables one key away, small figures hidden, saved through the copies door."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from dpdesk.domain.results import Source
from dpdesk.services import copies, entering
from dpdesk.services.session import today
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.charts import Bars, Columns
from tests.services import canvassing, registers
from tests.services.registers import take
from tests.ui.people_stage import Stage, empty_stage, people_desks  # noqa: F401 - fixtures


@pytest.fixture
def canvassed(empty_stage, tmp_path) -> Stage:  # noqa: F811
    """A street of which twenty people said something."""
    session = empty_stage.session
    take(session, tmp_path, registers.xpress(canvassing.STREET))
    campaign = canvassing.campaign(session)
    for n in range(1, 21):
        entering.by_hand(session, f"CV-{n}", campaign.id, ("L" if n < 12 else "T" if n < 19 else "G",), source=Source.PHONE,
                         taken_on=(today() - timedelta(days=7 * (n % 3))).isoformat())
    return empty_stage


def charts(desk: Stage, kind: type) -> dict[str, str]:
    return {chart.accessibleName(): chart.accessibleDescription() for chart in desk.shown(kind)}


def test_an_empty_page_says_what_it_is_for(empty_stage):  # noqa: F811
    empty_stage.go("results")
    assert empty_stage.reads("No results yet") and empty_stage.reads("none points at anybody")


def test_charts_and_tables_say_the_same_and_hide_the_same(canvassed):
    page = canvassed.go("results")
    assert canvassed.reads("20 people called on, 20 reached.")
    bars = charts(canvassed, Bars)
    assert bars["Contact rate"] == "CV: 67 %"
    assert "Labour: 11" in bars["What people said"] and "Green: –" in bars["What people said"]
    assert len(charts(canvassed, Columns)["Calls by week"].split(",")) == 3
    page.turn.setFocus()
    canvassed.qtbot.keyClick(page.turn, Qt.Key.Key_T)
    canvassed.settle()
    table = next(each for each in canvassed.shown(type(page._slot.itemAt(1).widget())) if each.accessibleName() == "What people said")
    cells = [table.topLevelItem(0).text(column) for column in range(table.columnCount())]
    assert cells[:3] == ["CV", "30", "20"] and cells[-1] == "–"
    canvassed.press("Show as charts")
    assert charts(canvassed, Bars)


def test_results_are_saved_through_the_copies_door(canvassed, tmp_path, monkeypatch):
    canvassed.go("results")
    monkeypatch.setattr(ask, "choose_save", lambda _parent, _title, _name, _names, then: then(Path(tmp_path / "results.pdf")))
    canvassed.press("Save as PDF…")
    assert "Saved as “results.pdf”" in canvassed.told()
    assert (tmp_path / "results.pdf").stat().st_size > 1_000
    assert "results" in {each.copy.kind.value for each in copies.listing(canvassed.session)}
