"""The copies door: judged, noted, looked for, closed only when gone; who holds whose data can be told."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dpdesk.domain.copies import WITHIN, CopyKind, CopyState, Look, Place
from dpdesk.domain.errors import Broken, CopyStays, Invalid, NotAllowed, NotFound, PlaceRefused
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import audit, copies, exports, members, officers, places
from dpdesk.services import today as todays
from dpdesk.services.session import today
from dpdesk.store import keys

SECOND = "pepper lantern walks uphill"


@pytest.fixture
def people(session):
    return [members.add(session, Kind.MEMBER, {"number": str(at), "surname": name, "status": "current"})
            for at, name in enumerate(("Lee", "Moss", "Nash"), 1)]


def write(session, path, **more):
    return exports.members(session, exports.Wish(path, ("surname",), members.Query(), WITHIN, "Badges", **more)).copy


def lies(monkeypatch, **facts) -> None:
    """Every file lies in such a place."""
    monkeypatch.setattr(places, "place_of", lambda path: Place(**facts))


def second(session, reopen, role: Role):
    officers.add(session, "Sam Sample", role, Secret(SECOND), kdf=keys.least())
    session.close()
    opened = reopen(SECOND)
    officers.acknowledge(opened)
    return opened


def test_a_copy_is_on_the_register_with_owner_and_last_day(session, people, tmp_path):
    made = write(session, tmp_path / "list.csv")
    seen = copies.listing(session, look=True)[0]
    assert seen.copy == made == copies.get(session, made.id).copy
    assert (seen.owner, seen.look, made.people, made.place) == ("Jane Example", Look.THERE, 3, "own_disk")
    assert made.delete_by == (today() + timedelta(days=session.policy.copies_deleted_after_days)).isoformat()
    assert made.digest == hashlib.sha256((tmp_path / "list.csv").read_bytes()).hexdigest()
    assert "Lee" not in made.title


def test_who_holds_whose_data(session, people, tmp_path):
    made = write(session, tmp_path / "list.csv")
    later = members.add(session, Kind.MEMBER, {"surname": "Otter", "status": "current"})
    assert copies.holding(session, people[1].id) == [made]
    assert copies.holding(session, later.id) == []


@pytest.mark.parametrize(("facts", "code", "final"), [
    ({"synced": "Dropbox"}, "synced", True), ({"removable": True, "encrypted": False}, "removable_plain", True),
    ({"removable": True}, "removable_unknown", False), ({}, "volume_unknown", False),
    ({"network": True}, "network", False)])
def test_the_guard_stops_or_asks_before_anything_is_written(session, people, tmp_path, monkeypatch, facts, code, final):
    lies(monkeypatch, **facts)
    entries = len(audit.listing(session))
    with pytest.raises(PlaceRefused) as problem:
        write(session, tmp_path / "list.csv")
    assert (problem.value.reason, problem.value.final) == (code, final)
    assert not (tmp_path / "list.csv").exists() and copies.listing(session) == []
    assert len(audit.listing(session)) == entries
    if final:
        with pytest.raises(PlaceRefused):
            write(session, tmp_path / "list.csv", accepted=code)
        return
    with pytest.raises(PlaceRefused):
        write(session, tmp_path / "list.csv", accepted="another_doubt")
    assert write(session, tmp_path / "list.csv", accepted=code).place == code
    assert audit.listing(session, limit=1)[0].facts["accepted"] == code


def test_deleted_is_checked_by_looking(session, people, tmp_path):
    made = write(session, tmp_path / "list.csv")
    with pytest.raises(CopyStays) as problem:
        copies.close(session, made.id)
    assert problem.value.reason == "there"
    (tmp_path / "list.csv").write_text("something else")
    assert copies.get(session, made.id).look is Look.CHANGED
    with pytest.raises(CopyStays):
        copies.delete(session, made.id)
    (tmp_path / "list.csv").unlink()
    assert copies.close(session, made.id).state is CopyState.DELETED
    seen = copies.listing(session, closed=True)[0]
    assert (seen.copy.state, seen.closed_by, seen.look) == (CopyState.DELETED, "Jane Example", None)
    assert copies.listing(session) == []
    with pytest.raises(CopyStays):
        copies.close(session, made.id)


def test_the_wastebasket_is_no_deletion(session, people, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    basket = tmp_path / "data/Trash/files"
    basket.mkdir(parents=True)
    made = write(session, tmp_path / "list.csv")
    (basket / "list.csv").write_text("an older one of that name")
    shutil.move(tmp_path / "list.csv", basket / "list.2.csv")
    assert copies.get(session, made.id).look is Look.IN_WASTEBASKET
    with pytest.raises(CopyStays):
        copies.close(session, made.id)
    (basket / "list.2.csv").unlink()
    assert copies.close(session, made.id).state is CopyState.DELETED


def test_where_nobody_can_look_an_officer_must_say_how(session, people, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    made = write(session, stick / "list.csv")
    shutil.rmtree(stick)
    with pytest.raises(Invalid):
        copies.close(session, made.id)
    with pytest.raises(CopyStays):
        copies.delete(session, made.id)
    closed = copies.close(session, made.id, "Stick wiped and broken")
    assert (closed.state, closed.closed_how) == (CopyState.DECLARED, "Stick wiped and broken")
    assert audit.listing(session, limit=1)[0].facts["state"] == "declared"


def test_deleting_from_the_list(session, people, tmp_path):
    made = write(session, tmp_path / "list.csv")
    assert copies.delete(session, made.id).state is CopyState.DELETED
    assert not (tmp_path / "list.csv").exists()


def test_today_asks_for_what_is_due(session, people, tmp_path, monkeypatch):
    write(session, tmp_path / "list.csv", keep_days=3)
    assert copies.count_due(session) == 0
    later = today() + timedelta(days=3)
    monkeypatch.setattr(copies, "today", lambda: later)
    assert copies.count_due(session) == 1
    assert ("copies_due", {"count": 1}) in [(item.code, item.facts) for item in todays.items(session)]


def test_a_copy_may_stay_longer_for_a_reason_within_the_policy(session, people, tmp_path):
    made = write(session, tmp_path / "list.csv", keep_days=0)
    assert made.is_due(today())
    wanted = (today() + timedelta(days=5)).isoformat()
    for day, why in ((wanted, " "), ("soon", "x"), ("2020-01-01", "x"), ((today() + timedelta(days=400)).isoformat(), "x")):
        with pytest.raises(Invalid):
            copies.keep_until(session, made.id, day, why)
    assert copies.keep_until(session, made.id, wanted, "The meeting moved").delete_by == wanted
    assert copies.get(session, made.id).copy.delete_by == wanted
    with pytest.raises(Invalid):
        write(session, tmp_path / "other.csv", keep_days=9999)


def test_a_newer_list_makes_older_copies_due_today(session, people, tmp_path):
    old = write(session, tmp_path / "old.csv")
    with session.change("members.imported") as unit:
        unit.facts(total=0)
        assert copies.newer_list(session, unit) == 1
    new = write(session, tmp_path / "new.csv")
    due = {seen.copy.id: seen.copy.is_due(today()) for seen in copies.listing(session)}
    assert due == {old.id: True, new.id: False}


def test_a_door_that_notes_nothing_is_a_bug_and_leaves_nothing(session, tmp_path):
    leaving = copies.Leaving(CopyKind.MEMBERS, tmp_path / "x.csv", "People", "Badges")
    with pytest.raises(Broken), copies.door(session, leaving) as out:
        out.write(b"Lee")
    with pytest.raises(Invalid), copies.door(session, replace(leaving, why="")):
        pytest.fail("the door opened")
    assert list(tmp_path.glob("*.csv")) == []


def test_an_officer_without_the_right_sees_and_closes_only_their_own(session, people, tmp_path, reopen):
    made = write(session, tmp_path / "list.csv")
    entry = second(session, reopen, Role.DATA_ENTRY)
    assert copies.listing(entry) == []
    with pytest.raises(NotFound):
        copies.close(entry, made.id)


def test_who_reads_the_register_may_not_close(session, people, tmp_path, reopen):
    made = write(session, tmp_path / "list.csv")
    auditor = second(session, reopen, Role.AUDITOR)
    assert [seen.copy.id for seen in copies.listing(auditor)] == [made.id]
    (tmp_path / "list.csv").unlink()
    with pytest.raises(NotAllowed):
        copies.close(auditor, made.id)


def test_backups_logs_and_kits_are_copies_too(session, founded, tmp_path):
    from dpdesk.services import backups
    officers.recovery_kit(session, founded[1], tmp_path / "kit.pdf")
    backups.back_up(session, tmp_path / "out.dpdesk")
    audit.export(session, tmp_path / "log.csv")
    found = {seen.copy.kind: seen for seen in copies.listing(session, look=True)}
    assert set(found) == {CopyKind.KIT, CopyKind.BACKUP, CopyKind.LOG}
    assert found[CopyKind.KIT].copy.is_due(today()) and found[CopyKind.BACKUP].copy.delete_by == ""
    assert {seen.look for seen in found.values()} == {Look.THERE}
    assert Path(found[CopyKind.LOG].copy.path).read_bytes()
