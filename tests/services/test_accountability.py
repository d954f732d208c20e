"""The accountability pack and the calendar file: whole, signed, noticed when altered, and the calendar names nobody."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from dpdesk.domain.errors import Cancelled, NotAllowed, Unreadable
from dpdesk.domain.roles import Role
from dpdesk.files import icalendar
from dpdesk.services import accountability, activity, copies, demo_duties, duties, duties_calendar, duties_files
from dpdesk.services.session import today


@pytest.fixture
def filled(session, tmp_path):
    """Every register holds something, and one entry a document."""
    demo_duties.add(session)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.4 invented")
    duties_files.attach(session, "RQ-1", letter)
    return session


def test_the_pack_holds_everything_and_says_so(filled, tmp_path):
    path = tmp_path / "pack.zip"
    made = accountability.pack(filled, path, "the regulator asked")
    said = accountability.check(filled, path)
    assert (made.registers, made.entries) == (18, sum(said["registers"].values())) and said["why"] == "the regulator asked"
    assert said["log_head"]["code"] == made.head_code and made.files == len(said["files"])
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        assert archive.namelist()[:2] == ["manifest.json", "manifest.sig"]
        assert {"policy.md", "activity.csv", "due.json", "log.csv", "registers/requests.csv", "registers/requests.json",
                "entries/RQ-1.pdf"} <= names
        (document,) = [name for name in names if name.startswith("documents/RQ-1/")]
        assert archive.read(document) == b"%PDF-1.4 invented"
        rows = list(csv.reader(io.StringIO(archive.read("activity.csv").decode("utf-8-sig"))))
        assert len(rows) == len(activity.listing(filled, limit=10_000)) + 1
        assert json.loads(archive.read("registers/processing.json"))[0]["ref"].startswith("PA-")
    assert copies.get(filled, made.copy.id).copy.title == "Accountability pack"


def test_an_altered_pack_is_noticed(session, tmp_path):
    duties.add(session, "requests", {"who": "A", "type": "access", "received_on": today().isoformat()})
    path, other = tmp_path / "pack.zip", tmp_path / "other.zip"
    accountability.pack(session, path, "test", documents=False)
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    first = "registers/requests.csv"
    for altered in ({**held, first: held[first] + b"x"}, {**held, "registers/more.csv": b"x"},
                    {name: content for name, content in held.items() if name != first},
                    {name: content for name, content in held.items() if name != "manifest.json"},
                    {**held, "manifest.sig": held["manifest.sig"].replace(b'"signature": "', b'"signature": "00')}):
        with zipfile.ZipFile(other, "w") as archive:
            for name, content in altered.items():
                archive.writestr(name, content)
        with pytest.raises(Unreadable):
            accountability.check(session, other)
    other.write_bytes(b"no archive")
    with pytest.raises(Unreadable):
        accountability.check(session, other)


def test_a_pack_that_is_stopped_leaves_nothing(session, tmp_path):
    duties.add(session, "requests", {"who": "A", "type": "access", "received_on": today().isoformat()})
    with pytest.raises(Cancelled):
        accountability.pack(session, tmp_path / "pack.zip", "test", cancelled=lambda: True)
    assert not (tmp_path / "pack.zip").exists()


def test_only_who_may_export_the_log_packs(session, tmp_path):
    session.officer = session.officer.__class__(**{**session.officer.__dict__, "role": Role.MEMBERSHIP})
    with pytest.raises(NotAllowed):
        accountability.pack(session, tmp_path / "pack.zip", "test")


def test_the_calendar_file_is_well_formed_and_names_nobody(filled, tmp_path):
    copy = duties_calendar.save(filled, tmp_path / "d.ics", "phone")
    raw = (tmp_path / "d.ics").read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n") and all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    found = duties_calendar.upcoming(filled)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found)
    assert len({line for line in lines if line.startswith("UID:")}) == len(found), "lasting and unlike"
    said = "\n".join(lines)
    assert "DTSTART;VALUE=DATE:" in said and "TRIGGER:-P7D" in said and "TRIGGER:-PT6H" in said and copy.people == 0
    assert not [name for name in ("Tester", "Sample", "Invented", "Idris", "Marian", "café") if name in said]
    again = duties_calendar.upcoming(filled)
    assert [each.key for each in again] == [each.key for each in found], "taken in twice it is not there twice"


def test_long_and_strange_words_in_a_calendar():
    event = icalendar.Event("1@x", "2026-12-24", "Änderung; eins, zwei\\drei\n" + "ö" * 80)
    raw = icalendar.write([event], "2026-11-26T14:00:00.000Z")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    said = raw.decode().replace("\r\n ", "")
    assert "SUMMARY:Änderung\\; eins\\, zwei\\\\drei\\n" + "ö" * 80 in said
    assert "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261225" in said and "DTSTAMP:20261126T140000Z" in said


def test_activity_goes_page_by_page(filled):
    whole = activity.listing(filled, limit=10_000)
    first = activity.listing(filled, limit=10)
    later = activity.listing(filled, limit=10, before=first[-1].event.at)
    assert [each.event.id for each in first] == [each.event.id for each in whole[:10]]
    assert later[0].event.at < first[-1].event.at
    assert {each.register.code for each in activity.listing(filled, "complaints")} == {"complaints"}
    assert all(each.words and each.officer for each in whole)


def test_what_is_dated_outside_the_registers_is_in_the_calendar(session, tmp_path):
    accountability.pack(session, tmp_path / "pack.zip", "test")
    (found,) = duties_calendar.upcoming(session)
    assert (found.page, found.words) == ("copies", "Copies outside the desk to be deleted (1)")
    assert duties_calendar.holidays(session, f"{today().year + 1}-12-31")[f"{today().year + 1}-12-25"] == "Christmas Day"
