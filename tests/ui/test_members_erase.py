"""Archiving and erasing in the window: one from their page, several from the list, the plan first, the certificate last."""

from __future__ import annotations

import pytest

from dpdesk.services import contacting, members
from dpdesk.ui.members.selection import SelectionBar
from tests.ui.people_stage import empty_stage, people_desks, stage

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture
def everybody(stage):
    return [row.member for row in members.rows(stage.session, members.spine(stage.session, members.Query()))]


def test_one_is_put_aside_and_taken_back(stage, everybody):
    stage.go("member", {"id": everybody[0].id})
    stage.settle()
    stage.press("Archive and erase")
    stage.press("Put into the archive…")
    stage.press("Put into the archive")
    assert stage.reads("This is needed")
    stage.enter("Why", "Moved abroad")
    stage.press("Put into the archive")
    stage.settle()
    assert stage.reads("Moved abroad")
    assert members.counts(stage.session).archived == 1
    stage.go("members", {"reset": True})
    stage.settle()
    stage.press("Archive · 1")
    stage.settle()
    assert len(stage.listed()) == 1
    stage.go("member", {"id": everybody[0].id})
    stage.settle()
    stage.press("Take back from the archive")
    assert members.counts(stage.session).archived == 0


def test_one_is_erased_with_the_plan_first(stage, everybody, tmp_path):
    gone = everybody[0]
    contacting.stop(stage.session, gone.id, "email", contacting.StopReason.OPT_OUT, "Letter")
    stage.go("erase", {"ids": [gone.id]})
    stage.settle()
    assert stage.reads("What goes") and stage.reads("What stays, and why") and stage.reads("The opt-out of 1 of them stays")
    stage.press("Erase 1 person…")
    assert stage.reads("This is needed")
    stage.enter("Why", "Asked to be forgotten")
    stage.press("Erase 1 person…")
    stage.agree("Erase")
    assert stage.reads("1 person is erased. Certificate")
    assert gone.id not in [row.member.id for row in members.rows(stage.session, members.spine(stage.session, members.Query()))]
    stage.page.write(tmp_path / "certificate.pdf")
    stage.settle()
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")


def test_several_chosen_in_the_list(stage, everybody):
    stage.go("members", {"reset": True})
    stage.settle()
    (bar,) = stage.page.findChildren(SelectionBar)
    assert not bar.isVisible()
    stage.page.table.selectAll()
    stage.settle()
    assert bar.isVisible() and stage.reads(f"{len(everybody)} chosen")
    stage.press("Erase…")
    stage.settle()
    assert stage.page.code == "erase" and stage.page.people == [each.id for each in everybody]
    assert stage.button(f"Erase {len(everybody)} people…")


def test_several_go_into_the_archive_from_the_list(stage, everybody):
    stage.go("members", {"reset": True})
    stage.settle()
    stage.page.table.selectAll()
    stage.press("Put into the archive…")
    stage.enter("Why", "Lapsed for years")
    stage.press("Put into the archive")
    stage.settle()
    assert members.counts(stage.session).archived == len(everybody)


def test_who_was_erased_by_another_is_told(stage, everybody):
    stage.go("erase", {"ids": ["0" * 32]})
    stage.settle()
    assert "no such record" in stage.told()
