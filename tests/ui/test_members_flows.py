"""A person's page in two flows where there is room, with any number of blocks, and who changed each field beside it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.services import members
from dpdesk.ui.members.flows import Flows
from dpdesk.ui.widgets.parts import text
from tests.ui.people_stage import empty_stage, people_desks, person, stage

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.mark.parametrize(("size", "two"), [((1366, 768), True), ((1280, 800), True), ((1000, 700), False)])
def test_two_flows_where_there_is_room(stage, size, two):
    stage.window.resize(*size)
    page = stage.go("member", {"id": person(stage, "smyth").id})
    assert page.flows.two is two
    left, right = page.blocks["details"], page.blocks["history"]
    beside = right.mapTo(page, right.rect().topLeft()).x() > left.mapTo(page, left.rect().topRight()).x()
    assert beside is two
    assert left.mapTo(page, left.rect().topLeft()).y() < (200 if two else 300)


def test_what_is_known_and_who_changed_it_is_seen_without_scrolling(stage):
    found = person(stage, "smyth")
    members.edit(stage.session, found.id, {"ward": "North", "town": "Anytown", "known_as": "Kat", "membership_type": "Standard",
                                           "branch": "Anytown", "renewal_on": "2027-01-01", "date_of_birth": "1980-02-03"}, found)
    stage.window.resize(1366, 768)
    page = stage.go("member", {"id": found.id})
    for code in ("details", "membership"):
        block = page.blocks[code]
        assert block.mapTo(page, block.rect().bottomLeft()).y() <= 768
    history = page.blocks["history"]
    assert history.mapTo(page, history.rect().topLeft()).y() <= 500
    assert stage.reads("Membership type, Branch, Ward, Renewal due: changed by Jane Example, ")


def test_any_number_of_blocks_flows(qtbot):
    flows = Flows()
    qtbot.addWidget(flows)
    for at in range(9):
        flows.add(text(f"block {at}"), beside=at % 3 == 0)
    flows.resize(1200, 600)
    flows.show()
    qtbot.waitUntil(lambda: flows.two)
    QApplication.processEvents()
    xs = [w.mapTo(flows, w.rect().topLeft()).x() for w in flows.findChildren(QWidget) if w.property("text")]
    assert xs.count(0) == 6 and len(set(xs)) == 2
    flows.resize(600, 600)
    qtbot.waitUntil(lambda: not flows.two)
    QApplication.processEvents()
    ys = [(w.mapTo(flows, w.rect().topLeft()).y(), w.text()) for w in flows.findChildren(QWidget) if w.property("text")]
    assert [words for _y, words in sorted(ys)] == [f"block {at}" for at in range(9)]
