"""`dpdesk campaigns|sessions|sheets` through a whole Saturday: planned, printed, handed out, one page lost, shredded, certified."""

from __future__ import annotations

import io
import os
import sys
from datetime import timedelta

import pypdfium2
import pytest

from dpdesk.services.session import today
from tests.services import registers
from tests.services.canvassing import STREET


@pytest.fixture
def street(dpdesk, tmp_path):
    """A desk with a register of one street and a campaign."""
    path = registers.write(tmp_path, registers.xpress(STREET))
    assert dpdesk("register", "import", path, "--apply", "--supplier", "Anytown Council").status == 0
    add = ("campaigns", "add", "Spring election", "--why", "Assessed", "--question", "Q=Poster?", "--codes")
    assert dpdesk(*add, "labour").status == 1, "nine codes have boxes already"
    assert dpdesk(*add, "knocking_up").status == 0
    return dpdesk


@pytest.fixture
def planned(street):
    day = (today() + timedelta(days=2)).isoformat()
    told = street("sessions", "plan", "Spring election", "--day", day, "--starts", "10:30", "--back", "13:00", "--place", "The hall",
                  "--storage", "Steel cabinet", "--senior", "Sylvia Senior", "--responsible", "Rhys Responsible", "--json")
    assert told.status == 0, told.err
    return told.data["id"]


def test_codes_are_read_by_their_campaign(street):
    assert street("campaigns", "codes", "Spring election", "--read", "v", "--json").data["voted"]
    told = street("campaigns", "codes", "Spring election", "--read", "ON")
    assert told.status == 1 and "contradict" in told.out
    assert {each["preset"] for each in street("campaigns", "codes", "--json").data} >= {"labour", "green", "liberal_democrat", "generic"}
    assert "Will vote later" in street("campaigns", "codes", "Spring election").out
    (listed,) = street("campaigns", "list", "--json").data
    assert (listed["name"], listed["columns"], listed["assessment"]) == ("Spring election", ["absent"], "")


def test_the_briefing_has_versions(street, tmp_path):
    assert "most senior individual" in street("campaigns", "briefing").out
    (tmp_path / "told.txt").write_text("Bring every page back.", "utf-8")
    assert [each["version"] for each in street("campaigns", "briefing", "--set", tmp_path / "told.txt", "--json").data] == [1]
    (tmp_path / "told.txt").write_text("Bring every page back at once.", "utf-8")
    assert street("campaigns", "briefing", "--set", tmp_path / "told.txt", "--json").data[0]["version"] == 2


def test_a_whole_saturday(street, planned, tmp_path, monkeypatch):
    sheet = drawn(street, planned, tmp_path)
    handed_out(street, planned, sheet["id"])
    handed_in(street, planned, sheet, monkeypatch)
    assert street("sessions", "cover", planned, "--out", tmp_path / "cover.pdf").status == 0
    entered(street, sheet["id"])
    told = street("sheets", "lost", f"{sheet['id']}/3/1", "--how", "Left on the bus", "--json")
    (lost,) = told.data
    assert [each["number"] for each in lost["people"]] == [f"CV-{n}" for n in (11, 12, 7, 8, 3, 4)], "odd numbers up, even ones back"
    assert lost["loss"]["incident"]
    assert street("sessions", "close", planned).status == 0
    destroyed(street, planned, lost["loss"]["id"], tmp_path)
    shown = street("sheets", "show", sheet["id"])
    assert "Destroyed" in shown.out and "Rhys Responsible" in shown.out
    assert street("audit", "verify").status == 0


def drawn(street, planned, tmp_path) -> dict:
    """Allot a street and write its sheet to a PDF; returns what is told of it."""
    allotted = street("sessions", "allot", planned, "--district", "CV", "--street", "Weir Lane", "--to", "Rhys Responsible", "--json")
    assert allotted.status == 0, allotted.err
    pdf = tmp_path / "sheets.pdf"
    told = street("sheets", "print", "--session", planned, "--out", pdf, "--json")
    assert told.status == 0, told.err
    (sheet,) = told.data["sheets"]
    assert [(page["page"], page["copy"], len(page["lines"])) for page in sheet["pages"]] == [(1, 1, 12), (2, 1, 12), (3, 1, 6)]
    assert sheet["pages"][0]["lines"][0]["name"] == "Ada Resident1"
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 3
    document.close()
    assert street("sheets", "print", "--session", planned, "--out", pdf).status == 2, "all is printed"
    return sheet


def handed_out(street, planned, sheet: str) -> None:
    """Only with the authorisation, the newest briefing, and a PIN that fits or the lead's word."""
    issue = ("sheets", "issue", sheet, "--to", "Rhys Responsible", "--briefing")
    told = street(*issue, 1)
    assert told.status == 1 and "authorised" in told.err
    assert street("sessions", "authorise", planned).status == 0
    assert street(*issue, 7).status == 1
    read, write = os.pipe()
    os.write(write, b"4071\n")
    os.close(write)
    assert street(*issue, 1, "--pin-fd", read).status == 1
    os.close(read)
    assert street(*issue, 1).status == 0
    assert street("sessions", "begin", planned).status == 0
    assert street("sheets", "list", "--state", "out", "--json").data[0]["id"] == sheet


def handed_in(street, planned, sheet: dict, monkeypatch) -> None:
    """Two of three pages by the numbers on them."""
    numbers = [page["number"] for page in sheet["pages"]]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{numbers[0]}\n\n{numbers[1].lower()}\n"))
    told = street("sheets", "return", "--session", planned, "-", "--json")
    assert [each["came"] for each in told.data["shown"]] == ["in", "in"]
    assert told.data["missing"] == [[sheet["id"], 3, 1]]
    assert street("sheets", "return", "--session", planned, numbers[0][:-1] + "?").status == 1
    assert "1 page is not back" in street("sessions", "show", planned).out
    assert street("sessions", "close", planned).status == 1


def entered(street, sheet: str) -> None:
    """The first page, line by line, and nobody home on the rest."""
    enter = ("sheets", "enter", sheet, 1)
    assert street(*enter, "3=W", "4=V Q: wants a poster", "1=ZZ").status == 1, "all of them or none"
    told = street(*enter, "3=W", "4=V Q: wants a poster", "--rest-not-home", "--done", "--json")
    assert told.status == 0, told.err
    assert (told.data["left"], [row["raw"] for row in told.data["rows"]][:4]) == ([], ["O", "O", "W", "V"])
    assert street(*enter, "x").status == 2


def destroyed(street, planned, loss: str, tmp_path) -> None:
    """Refused while a page is lost; then with a reason, and certified."""
    destroy = ("sheets", "destroy", "--session", planned)
    assert [each["code"] for each in street(*destroy, "--json").data["sheets"][0]["hindrances"]] == ["not_verified", "not_entered", "lost"]
    shred = ("--method", "shredded", "--class", "P-4", "--place", "Office", "--by", "Sylvia Senior", "--witness", "Cara",
             "--reason", "Drill")
    assert street(*destroy, *shred).status == 1
    assert street("sheets", "write-off", loss, "--why", "Not handed in to the bus company", "--yes").status == 0
    told = street(*destroy, *shred, "--certificate", tmp_path / "certificate.pdf", "--json")
    assert told.status == 0, told.err
    assert told.data["destroyed"]["pages"] == 2
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert [each["pages"] for each in street("sheets", "destructions", "--json").data] == [2]


def test_wrong_names_are_told(street, planned):
    assert street("sessions", "show", "2020-01-01").status == 1
    assert street("sheets", "show", "K7QX2-9M4TB").status == 1
    assert street("sheets", "void", "K7QX2/a", "--why", "x").status == 1
    assert street("sessions", "allot", planned, "--walk", "1", "--district", "CV").status == 2
    assert "no such street" in street("sessions", "allot", planned, "--district", "CV", "--street", "Nowhere").err
    assert street("sessions", "allot", planned, "--district", "cv", "--title", "All").status == 0
    assert "Rhys Responsible" in street("sessions", "give", planned, "all", "--to", "Rhys Responsible").out
    assert "no holder" in street("sessions", "give", planned, "all").out
    assert street("sessions", "unallot", planned, "all").status == 0
    assert street("sessions", "unallot", planned, "all").status == 1
    assert street("sheets", "destroy").status == 2
    assert street("campaigns", "close", "Spring election").status == 1
