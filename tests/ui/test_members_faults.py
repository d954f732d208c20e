"""The inside of the pages about people, cards open and steps half-way, in large text: nothing unnamed, clipped or tiny."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.members import Confidentiality
from dpdesk.services import contacting, members, notes
from dpdesk.ui import theme
from tests.ui import walker
from tests.ui.people_stage import empty_stage, people_desks, person, stage, write_list

__all__ = ["empty_stage", "people_desks", "stage"]


@pytest.fixture(params=[(100, 1024), (200, 1024), (200, 1500)], ids=lambda p: f"{p[0]}%-{p[1]}")
def large(request, stage):
    """A tall window at a text size and width, with a person about whom much is known."""
    scale, width = request.param
    theme.apply(QApplication.instance(), "dark" if scale == 200 else "light", scale)
    stage.window.resize(width, 3600)
    who = person(stage, "smyth")
    members.edit(stage.session, who.id, {"town": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"}, who)
    contacting.stop(stage.session, who.id, "email", StopReason.OPT_OUT, "Replied stop to the newsletter of last week")
    contacting.give_consent(stage.session, who.id, contacting.Given(Channel.PHONE, "2026-01-02", Method.PAPER, "Yes", "Form 1"))
    notes.add(stage.session, who.id, "Prefers mornings", Confidentiality.CONFIDENTIAL)
    yield stage
    theme.apply(QApplication.instance(), "light", 100)


def faults(stage) -> list[str]:
    stage.settle()
    stage.qtbot.wait(30)
    return walker.faults(stage.page)


@pytest.mark.parametrize("card", ["Record a consent…", "Stop contact…", "Add a note…", "Lift the stop: Do not e-mail"])
def test_a_persons_page_with_a_card_open(large, card):
    large.go("member", {"id": person(large, "smyth").id})
    large.page.blocks["sharings"].set_open(True)
    large.press(card)
    assert faults(large) == []


def test_the_form_with_problems(large):
    large.go("member_form", {"id": person(large, "smyth").id})
    large.enter("E-mail", "no address")
    large.enter("Postcode", "nowhere")
    large.press("Save")
    assert large.page.form.problems()
    assert faults(large) == []


def test_each_step_of_an_import(large, tmp_path):
    path = write_list(tmp_path / "a list with quite a long name from headquarters.csv", *(
        {"Membership No": str(n), "First Name": "Ada", "Last Name": "Lane", "Email": "bad" if n % 2 else f"a{n}@example.org",
         "Do Not Email": "Yes", "National Insurance Number": "x", "A column nobody has ever heard of": "long " * 20,
         "Status": "current"} for n in range(300, 312)))
    found = []
    large.go("import", {})
    found += faults(large)
    large.page.look_at(path)
    large.settle()
    for label in ("Next: check the list", "Next: bring it in", ""):
        found += faults(large)
        large.press(label or large.page.next_button.text())
    found += faults(large)
    assert large.reads("The list is in.")
    assert list(dict.fromkeys(found)) == []


def test_the_export(large):
    large.go("export", {"count": 3})
    large.press("Write the file…")
    assert large.reads("What for") and faults(large) == []
