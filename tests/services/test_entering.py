"""Entering sheets row by row: what boxes mean, undoing, whole pages, second persons, and custody that moves on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.domain.campaigns import Outcome, Strength
from dpdesk.domain.custody import State
from dpdesk.domain.errors import Declined, Invalid, NotAllowed, NotFound
from dpdesk.domain.results import Check, Source
from dpdesk.domain.roles import Role
from dpdesk.services import audit, checking, custody, entering, sheets
from dpdesk.services.session import today
from tests.services import canvassing, entered
from tests.services.entered import enter, second_officer, whole


@pytest.fixture
def sheet(session, tmp_path):
    return entered.back(session, tmp_path)


def fact(session, sheet, page, line):
    return entered.row(session, sheet, page, line).fact


def works(session, sheet):
    return [each.work for each in custody.copies_of(session, sheet.id)]


def test_rows_stand_as_they_are_printed(session, sheet):
    found = entering.rows(session, sheet.id)
    assert [(row.page, row.line) for row in found] == [(row.page, row.line) for row in sorted(found, key=lambda row: (row.page, row.line))]
    assert len(found) == 30
    assert found[0].elector.surname == "Resident1"
    assert all(row.fact is None for row in found)


@pytest.mark.parametrize(("boxes", "outcome", "party", "strength", "scale", "wont", "voted"), [
    (("L",), Outcome.SPOKE, "labour", Strength.DEFINITE, 0, (), False),
    (("O",), Outcome.NOT_HOME, "", Strength.NONE, 0, (), False),
    (("D9/T",), Outcome.SPOKE, "", Strength.UNDECIDED, 9, ("conservative",), False),
    (("V", "L"), Outcome.SPOKE, "labour", Strength.DEFINITE, 0, (), True),
    (("NV",), Outcome.SPOKE, "", Strength.NON_VOTER, 0, (), False),
    (("M",), Outcome.MOVED, "", Strength.NONE, 0, (), False),
    ((), Outcome.NOT_ATTEMPTED, "", Strength.NONE, 0, (), False),
])
def test_what_boxes_mean_is_kept_with_the_code_as_it_was_written(session, sheet, boxes, outcome, party, strength, scale, wont, voted):
    enter(session, sheet, 1, 1, *boxes)
    found = fact(session, sheet, 1, 1)
    assert (found.outcome, found.party, found.strength, found.scale, found.wont, found.voted) == (
        outcome, party, strength, scale, wont, voted)
    assert found.raw == " ".join(boxes)
    assert (found.codes, found.source, found.entered_by, found.district) == (sheet.codes, Source.SHEET, session.officer.id, "CV")
    assert found.taken_on > today().isoformat()


@pytest.mark.parametrize(("boxes", "problem"), [
    (("Q",), "code_unknown"), (("L", "T"), "code_two_intentions"), (("M", "B"), "code_two_outcomes"), (("O", "L"), "code_contradicts"),
    (("V", "X"), "code_contradicts"), (("3", "9"), "code_two_intentions")])
def test_what_cannot_be_meant_is_refused(session, sheet, boxes, problem):
    with pytest.raises(Invalid) as refused:
        enter(session, sheet, 1, 1, *boxes)
    assert refused.value.problems == {"boxes": problem}
    assert fact(session, sheet, 1, 1) is None


def test_two_letters_that_are_a_code_together_are_not_read_as_one(session, tmp_path):
    """N and V ticked side by side are two boxes, not the code NV."""
    sheet = entered.back(session, tmp_path)
    with pytest.raises(Invalid):
        enter(session, sheet, 1, 1, "N", "V")


def test_a_correction_takes_the_place_of_what_was_there_and_undo_brings_it_back(session, sheet):
    first = enter(session, sheet, 1, 1, "L")
    second = enter(session, sheet, 1, 1, "T", note="Not any more")
    assert second.before == first.id
    assert fact(session, sheet, 1, 1) == second
    assert [each.id for each in entering.undo(session, sheet.id, 1)] == [second.id]
    assert fact(session, sheet, 1, 1).id == first.id
    entering.undo(session, sheet.id, 1)
    assert fact(session, sheet, 1, 1) is None
    with pytest.raises(Declined):
        entering.undo(session, sheet.id, 1)
    assert audit.verify(session).whole


def test_nobody_home_for_the_rest_of_the_page_is_one_step_and_one_undo(session, sheet):
    enter(session, sheet, 1, 1, "L")
    lines = len(entering.rows(session, sheet.id, 1))
    assert len(entering.rest_not_home(session, sheet.id, 1, 3)) == lines - 2
    assert entering.open_rows(session, sheet.id, 1) == [2]
    assert len(entering.undo(session, sheet.id, 1)) == lines - 2
    assert fact(session, sheet, 1, 1).raw == "L"


def test_a_page_moves_on_once_every_row_has_its_answer(session, sheet):
    with pytest.raises(Declined) as left:
        entering.finish(session, sheet.id, 1)
    assert left.value.reason == "results.rows_open"
    whole(session, sheet, 1)
    assert works(session, sheet)[:2] == ["entered", ""]
    with pytest.raises(Declined) as done:
        entering.finish(session, sheet.id, 1)
    assert done.value.reason == "results.page_done"
    with pytest.raises(Declined):
        entering.undo(session, sheet.id, 1)
    enter(session, sheet, 1, 1, "L")
    enter(session, sheet, 2, 1, "L")
    entering.finish(session, sheet.id, 2, rest_not_visited=True)
    assert fact(session, sheet, 2, 5).outcome is Outcome.NOT_ATTEMPTED
    whole(session, sheet, 3)
    found = sheets.get(session, sheet.id)
    assert (found.state, bool(found.entered_at)) == (State.ENTERED, True)


def test_nothing_is_entered_from_paper_that_is_still_out(session, tmp_path):
    sheet = canvassing.out(session, canvassing.planned(session, tmp_path))
    with pytest.raises(Declined) as refused:
        enter(session, sheet, 1, 1, "L")
    assert refused.value.reason == "results.not_back"


def test_scanning_enters_a_page_in_one_change_or_not_at_all(session, sheet):
    ticked = [entering.Ticked(line, ("L",) if line % 2 else ("O",)) for line in range(1, 6)]
    made = entering.enter_page(session, sheet.id, 1, ticked, Source.SCAN)
    assert {each.source for each in made} == {Source.SCAN} and len({each.seq for each in made}) == 1
    with pytest.raises(Invalid):
        entering.enter_page(session, sheet.id, 1, [entering.Ticked(6, ("L",)), entering.Ticked(7, ("Q",))], Source.SCAN)
    assert fact(session, sheet, 1, 6) is None
    with pytest.raises(NotFound):
        entering.enter_page(session, sheet.id, 1, [entering.Ticked(99, ("L",))])
    [last] = entering.enter_page(session, sheet.id, 1, [entering.Ticked(8, ("L",)), entering.Ticked(8, ("T",))], Source.SCAN)
    assert fact(session, sheet, 1, 8) == last and last.raw == "T"


def test_a_second_person_looks(session, sheet, reopen):
    whole(session, sheet, 1)
    with pytest.raises(Declined) as refused:
        checking.look(session, sheet.id, 1)
    assert refused.value.reason == "results.same_person"
    with pytest.raises(Declined) as refused:
        checking.look(session, sheet.id, 2)
    assert refused.value.reason == "results.not_entered"
    other = second_officer(session, reopen)
    assert checking.waiting(other) == [(sheet.id, 1)]
    checking.look(other, sheet.id, 1)
    assert works(other, sheet)[0] == "verified"
    assert (fact(other, sheet, 1, 1).verified_by, fact(other, sheet, 1, 1).verified_how) == (other.officer.id, "look")
    with pytest.raises(NotAllowed):
        enter(other, sheet, 1, 1, "L")


@pytest.fixture
def blind(session, sheet, reopen):
    """A page entered by one officer, open as another under a policy that asks for a blind second entry."""
    entering.enter_page(session, sheet.id, 3, [entering.Ticked(line, ("L",)) for line in entering.open_rows(session, sheet.id, 3)])
    entering.finish(session, sheet.id, 3)
    other = second_officer(session, reopen)
    other.policy = replace(other.policy, results_check=Check.BLIND)
    return other


def test_a_second_person_enters_again_without_seeing_the_first_entry(blind, sheet):
    with pytest.raises(Declined) as refused:
        checking.look(blind, sheet.id, 3)
    assert refused.value.reason == "results.blind_asked"
    rows = checking.rows_again(blind, sheet.id, 3)
    assert all(row.fact is None and second is None for row, second in rows)
    for row, _second in rows[:-1]:
        checking.enter_again(blind, row, ("L",))
    with pytest.raises(Declined):
        checking.finish_again(blind, sheet.id, 3)
    assert checking.differences(blind) == []
    checking.enter_again(blind, rows[-1][0], ("L",))
    assert checking.finish_again(blind, sheet.id, 3) == 0
    assert works(blind, sheet)[-1] == "verified"
    assert fact(blind, sheet, 3, 1).verified_how == "blind"


@pytest.mark.parametrize(("kept", "boxes", "raw"), [("first", (), "L"), ("second", (), "T"), ("other", ("G",), "G")])
def test_differences_are_shown_and_settled(blind, sheet, kept, boxes, raw):
    rows = checking.rows_again(blind, sheet.id, 3)
    for row, _second in rows:
        checking.enter_again(blind, row, ("T",) if row.line == 2 else ("L",))
    assert checking.finish_again(blind, sheet.id, 3) == 1
    assert works(blind, sheet)[-1] == "entered"
    [found] = checking.differences(blind)
    assert (found.row.line, found.row.fact.raw, found.second.raw, found.second_by) == (2, "L", "T", "Dee Sample")
    checking.settle(blind, found.second.id, kept=kept, boxes=boxes)
    assert checking.differences(blind) == []
    assert fact(blind, sheet, 3, 2).raw == raw
    assert works(blind, sheet)[-1] == "verified"
    with pytest.raises(NotFound):
        checking.settle(blind, found.second.id, kept="first")


def test_an_answer_taken_on_the_phone_is_noted_by_hand(session, sheet):
    campaign = sheet.campaign
    made = entering.by_hand(session, "CV-1", campaign, ("S",), source=Source.PHONE, taken_on=today().isoformat())
    assert (made.party, made.source, made.sheet) == ("liberal_democrat", Source.PHONE, "")
    for boxes, day, field in (((), "", "boxes"), (("Q",), "", "boxes"), (("S",), "2999-01-01", "taken_on"), (("S",), "soon", "taken_on")):
        with pytest.raises(Invalid) as refused:
            entering.by_hand(session, "CV-1", campaign, boxes, taken_on=day)
        assert field in refused.value.problems


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.tuples(st.integers(1, 6), st.sampled_from(("L", "O", "T", ""))), st.just("undo"), st.just("rest")),
                max_size=10))
def test_whatever_is_entered_and_undone_the_page_says_what_a_model_says(session, sheet, steps):
    """Rows as a model keeps them: each step is undone whole, the last one first."""
    done: list[dict[int, str | None]] = []
    now: dict[int, str] = {}
    lines = range(1, 7)
    for step in steps:
        if step == "undo":
            if not done:
                with pytest.raises(Declined):
                    entering.undo(session, sheet.id, 3)
                continue
            entering.undo(session, sheet.id, 3)
            for line, before in done.pop().items():
                now.pop(line)
                now |= {line: before} if before is not None else {}
        elif step == "rest":
            if not set(lines) - now.keys():
                continue
            entering.rest_not_home(session, sheet.id, 3)
            done.append(dict.fromkeys(set(lines) - now.keys()))
            now |= dict.fromkeys(set(lines) - now.keys(), "O")
        else:
            line, box = step
            enter(session, sheet, 3, line, *filter(None, (box,)))
            done.append({line: now.get(line)})
            now[line] = box
        assert {row.line: row.fact.raw for row in entering.rows(session, sheet.id, 3) if row.fact} == now
    while done:
        entering.undo(session, sheet.id, 3)
        done.pop()
    assert entering.open_rows(session, sheet.id, 3) == list(lines)


def test_who_may_not_enter(session, sheet, reopen):
    other = second_officer(session, reopen, Role.AUDITOR)
    with pytest.raises(NotAllowed):
        entering.rows(other, sheet.id)


def test_what_a_second_person_read_goes_with_the_name(blind, sheet):
    from dpdesk.store import results
    for row, _second in checking.rows_again(blind, sheet.id, 3):
        checking.enter_again(blind, row, ("L",))
    elector = entered.row(blind, sheet, 3, 1).elector.id
    with blind.change("results.undone") as unit:
        assert results.make_nameless(unit.connection, electors=[elector]) == 1
        unit.facts(rows=1)
    with blind.desk.read() as connection:
        assert [each.line for each in results.seconds(connection, sheet.id, 3)] == [2, 3, 4, 5, 6]
    assert fact(blind, sheet, 3, 1) is None
