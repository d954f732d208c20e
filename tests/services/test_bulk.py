"""A field of many people changed at once: the plan, the refusals, one entry, and the undo that leaves later changes alone."""

from __future__ import annotations

import pytest

from dpdesk.domain import bulk as rules
from dpdesk.domain.errors import Cancelled, CannotUndo, Invalid, NotAllowed
from dpdesk.domain.folding import stop_keys
from dpdesk.domain.members import CODES, Kind, Member
from dpdesk.domain.roles import Role
from dpdesk.services import audit, bulk, erasing, members
from dpdesk.services.members import Query

PEOPLE = (
    {"forename": "Ada", "surname": "Able", "number": "1", "ward": "North", "status": "current", "date_of_birth": "1980-05-01"},
    {"forename": "Ben", "surname": "Baker", "number": "2", "ward": "South", "status": "current"},
    {"forename": "Cleo", "surname": "Carr", "number": "3", "status": "deceased"},
)


@pytest.fixture
def people(session):
    return {values["forename"]: members.add(session, Kind.MEMBER, values) for values in PEOPLE}


@pytest.fixture
def rows(session, people):
    return members.spine(session, Query())


def values(session, people, code: str) -> list[str]:
    return [getattr(members.get(session, person.id), code) for person in people.values()]


def test_the_plan_tells_who_changes_and_writes_nothing(session, people, rows):
    head = session.desk.head()
    plan = bulk.plan(session, rows, {"ward": "North"})
    assert (plan.total, plan.outcome) == (3, (2, 1, 0))
    assert [(one.name, one.changes) for one in plan.sample] == [
        ("Ben Baker", (("ward", "South", "North"),)), ("Cleo Carr", (("ward", "", "North"),))]
    assert session.desk.head() == head
    assert values(session, people, "ward") == ["North", "South", ""]


def test_one_unit_changes_all_and_search_and_history_follow(session, people, rows):
    wanted = {"ward": "Priory", "branch": "Harbour"}
    done = bulk.apply(session, rows, wanted, bulk.plan(session, rows, wanted))
    assert values(session, people, "ward") == ["Priory"] * 3
    (line,) = audit.listing(session, limit=1)
    assert (line.seq, line.action, line.subject, line.fields) == (done.seq, "members.edited", "", ("ward", "branch"))
    assert line.facts == {"people": 3, "refused": 0}
    assert len(members.search(session, "priory")) == 3
    assert members.history(session, people["Ben"].id)[0].fields == (("ward", "South", "Priory"), ("branch", "", "Harbour"))
    assert audit.verify(session).whole


def test_who_is_refused_is_named_with_the_reason(session, people, rows):
    plan = bulk.plan(session, rows, {"status": "lapsed", "joined_on": "1/5/1970"})
    assert plan.outcome == (1, 0, 2)
    assert {one.name: one.codes for one in plan.refused} == {"Ada Able": ("before_birth",), "Cleo Carr": ("deceased",)}
    contact = members.add(session, Kind.CONTACT, {"forename": "Una", "surname": "Friend"})
    assert bulk.plan(session, [contact.row, 999], {"status": "current"}).why == {"contact_status": 1, "gone": 1}
    bulk.apply(session, rows, {"status": "lapsed", "joined_on": "1/5/1970"}, plan)
    assert values(session, people, "status") == ["current", "lapsed", "deceased"]


@pytest.mark.parametrize(("given", "problems"), [
    ({}, {"values": "missing"}), ({"email": "x@example.org"}, {"email": "not_in_bulk"}), ({"number": "7"}, {"number": "not_in_bulk"}),
    ({"date_of_birth": "1/1/1980"}, {"date_of_birth": "not_in_bulk"}), ({"status": ""}, {"status": "missing"}),
    ({"status": "asleep"}, {"status": "status_unknown"}), ({"ward": "=1+1"}, {"ward": "formula"}),
    ({"joined_on": "1/1/2035"}, {"joined_on": "in_future"}), ({"ward": "x" * 121, "town": "y"}, {"ward": "too_long"})])
def test_a_value_that_cannot_be_is_refused_whole(session, rows, given, problems):
    with pytest.raises(Invalid) as refused:
        bulk.plan(session, rows, given)
    assert refused.value.problems == problems


def test_a_value_is_taken_away(session, people, rows):
    bulk.apply(session, rows, {"ward": ""})
    assert values(session, people, "ward") == ["", "", ""]
    with pytest.raises(Invalid) as refused:
        bulk.apply(session, rows, {"ward": ""})
    assert refused.value.problems == {"values": "already_so"}


def test_people_who_changed_since_the_plan_stop_it_whole(session, people, rows):
    plan = bulk.plan(session, rows, {"ward": "Priory"})
    members.edit(session, people["Ben"].id, {"ward": "Priory"}, people["Ben"])
    with pytest.raises(Invalid) as refused:
        bulk.apply(session, rows, {"ward": "Priory"}, plan)
    assert refused.value.problems == {"values": "changed_meanwhile"}
    assert values(session, people, "ward") == ["North", "Priory", ""]


def test_stopping_half_way_leaves_everything(session, people, rows, monkeypatch):
    monkeypatch.setattr(bulk, "_BATCH", 1)
    head, asked = session.desk.head(), []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2
    with pytest.raises(Cancelled):
        bulk.apply(session, rows, {"ward": "Priory"}, cancelled=cancelled)
    assert session.desk.head() == head
    assert values(session, people, "ward") == ["North", "South", ""]


def test_undo_puts_back_what_nobody_changed_since_and_tells_the_rest(session, people, rows):
    done = bulk.apply(session, rows, {"ward": "Priory", "branch": "Harbour"})
    now = members.get(session, people["Ben"].id)
    members.edit(session, now.id, {"ward": "Abbey"}, now)
    erasing.erase(session, [people["Cleo"].id], "asked for it")
    plan = bulk.plan_undo(session, done.seq)
    assert (plan.back, plan.left_count, plan.officer) == (2, 2, "Jane Example")
    undone = bulk.undo(session, done.seq)
    assert {(one.name, one.codes) for one in undone.left} == {("Ben Baker", ("ward",)), ("", ("gone",))}
    ada, ben = (members.get(session, people[name].id) for name in ("Ada", "Ben"))
    assert (ada.ward, ada.branch, ben.ward, ben.branch) == ("North", "", "Abbey", "")
    assert audit.listing(session, limit=1)[0].facts == {"undoes": done.seq, "people": 2, "left": 2}
    with pytest.raises(CannotUndo) as refused:
        bulk.undo(session, done.seq)
    assert refused.value.reason == "already_undone"
    assert audit.verify(session).whole


def test_only_a_bulk_edit_is_undone_so(session, people, rows):
    for seq in (1, people["Ada"].added, 999):
        with pytest.raises(CannotUndo) as refused:
            bulk.plan_undo(session, seq)
        assert refused.value.reason == "not_an_edit"


def test_undo_with_nothing_left_to_put_back_is_refused(session, people, rows):
    done = bulk.apply(session, rows, {"ward": "Priory"})
    bulk.apply(session, rows, {"ward": "Abbey"})
    with pytest.raises(CannotUndo) as refused:
        bulk.undo(session, done.seq)
    assert refused.value.reason == "changed_since"


def test_history_is_written_in_pieces_and_still_verifies(session, people, rows, monkeypatch):
    from dpdesk.store import unit
    monkeypatch.setattr(unit, "_HELD", 2)
    done = bulk.apply(session, rows, {"ward": "Priory"})
    assert audit.verify(session).whole
    assert bulk.plan_undo(session, done.seq).back == 3


def test_no_bulk_field_is_one_by_which_a_stop_recognises_a_person():
    person = Member("0" * 32, 1, Kind.MEMBER, **dict.fromkeys(CODES, "1"))
    assert stop_keys({**person.values(), **dict.fromkeys(rules.FIELDS, "2")}) == stop_keys(person.values())


def test_every_reason_has_its_words():
    from dpdesk.services.happenings import BULK_REASONS, bulk_reason
    assert set(rules.REASONS) <= BULK_REASONS.keys()
    assert bulk_reason("ward") == "Ward was changed since"


def test_who_may_not_edit_may_not_edit_many(session, people, rows, monkeypatch):
    from dataclasses import replace
    monkeypatch.setattr(session, "officer", replace(session.officer, role=Role.AUDITOR))
    for act in (lambda: bulk.plan(session, rows, {"ward": "x"}), lambda: bulk.apply(session, rows, {"ward": "x"}),
                lambda: bulk.undo(session, 1)):
        with pytest.raises(NotAllowed):
            act()
