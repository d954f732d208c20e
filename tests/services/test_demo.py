"""The demo branch: the people it promises, real history, the same each time, and nothing outside its folder."""

from __future__ import annotations

import re
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from dpdesk.domain.capacities import Capacity
from dpdesk.domain.folding import fold
from dpdesk.domain.members import Kind
from dpdesk.services import audit, capacities, contacting, demo, demo_people, duplicates, enquiries_due, members, notes, scans
from dpdesk.services.session import today as this_day

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    before = set(Path(tempfile.gettempdir()).glob("dpdesk-demo-*"))
    began = time.monotonic()
    passphrase, session = demo.create(tmp_path_factory.mktemp("demo") / "Anytown")
    yield session, passphrase, time.monotonic() - began
    session.close()
    assert set(Path(tempfile.gettempdir()).glob("dpdesk-demo-*")) <= before


def test_the_branch_is_as_promised(made):
    session, passphrase, seconds = made
    counts = members.counts(session)
    assert (session.branch, passphrase) == ("Anytown", demo.PASSPHRASE)
    assert (counts.members, counts.contacts) == (600, 40)
    assert counts.under_18 >= 5
    assert set(counts.by_status) == {"current", "arrears", "lapsed", "pending", "resigned"}
    assert counts.email_consents > 300
    assert seconds < 90  # 5 s alone; the tests may share the machine


def test_the_log_is_real(made):
    session = made[0]
    assert audit.verify(session).whole
    assert {"members.imported", "member.edited", "member.undone", "stop.set", "consent.given", "sharing.permitted",
            "consent.asked", "wording.changed", "note.added", "officer.added", "officer.acknowledged"} <= set(audit.actions(session))
    assert {line.officer for line in audit.listing(session, audit.Filter(action="member.edited"))} == {
        "Marian Example", "Idris Sample"}


def test_some_may_be_one_person(made):
    session = made[0]
    pairs = [pair for pair in duplicates.find(session) if Kind.CONTACT in {members.get(session, each).kind for each in (pair.a, pair.b)}]
    assert len(pairs) >= 4


def test_some_are_stopped_and_some_have_notes(made):
    session = made[0]
    rows = members.rows(session, members.spine(session, members.Query()))
    stopped = [row.member for row in rows if row.stopped]
    assert len(stopped) > 12
    assert contacting.stops(session, stopped[0].id)
    assert sum(len(notes.listing(session, row.member.id)) for row in rows) == 6
    assert any("child" in row.flags or "under_18" in row.flags for row in rows)


def test_contacts_hold_capacities_and_some_asked(made):
    session = made[0]
    held = capacities.counts(session, Kind.CONTACT)
    assert set(held) == {each.value for each in Capacity} and sum(held.values()) > 40
    assert set(capacities.counts(session, Kind.MEMBER)) == {"elected_representative", "volunteer", "enquirer"}
    due = enquiries_due.due(session)
    assert due.expired == () and len(due.held) == 1 and len(due.open) == 5
    assert min(each.kept_until for each in due.open) == (this_day() + timedelta(days=6)).isoformat()


def test_scanned_pages_were_really_read_and_a_row_or_two_wait(made):
    session = made[0]
    [pile] = scans.batches(session)
    assert (pile.via, pile.fates) == ("scanner", {"taken": 3})
    waits = scans.counts(session)
    assert (waits["waiting"], waits["strip"], waits["unchecked"]) == (1, 1, 1)
    [standing] = scans.of_batch(session, pile.id)
    assert standing.here == (1, 2, 3) and len(scans.picture(session, scans.of_sheet(session, standing.sheet.id)[0].id)) > 50_000


def test_everybody_is_invented(made):
    session = made[0]
    for kind in Kind:
        for row in members.rows(session, members.spine(session, members.Query(kind=kind))):
            person = row.member
            assert re.fullmatch(r"(\S+@example\.org)?", person.email)
            assert re.fullmatch(r"(\+447700900\d{3})?", person.mobile)
            assert re.fullmatch(r"(\+441632960\d{3})?", person.landline)
            assert re.fullmatch(r"(AN[1-4] \d[A-Z]{2})?", person.postcode)


def test_the_names_are_of_many_kinds():
    people = list(demo_people.members(Random("Anytown"), TODAY, 600))
    names = [f"{p['forename']} {p['surname']}" for p in people]
    assert len(set(names)) > 550
    assert any("-" in p["surname"] for p in people)
    assert any(not p["surname"] for p in people)
    assert any(" " in p["surname"] for p in people)
    assert sum(fold(name) != name.casefold() for name in names) > 40
    assert len({p["number"] for p in people}) == 600


def test_the_same_people_each_time():
    assert list(demo_people.members(Random("x"), TODAY, 50)) == list(demo_people.members(Random("x"), TODAY, 50))
    assert list(demo_people.contacts(Random("x"), 9)) == list(demo_people.contacts(Random("x"), 9))


def test_days_make_sense_in_any_year():
    for today in (TODAY, date(2028, 2, 29), date(2031, 1, 1)):
        for person in demo_people.members(Random("x"), today, 300):
            assert person["date_of_birth"] < person["joined_on"] <= today.isoformat()
