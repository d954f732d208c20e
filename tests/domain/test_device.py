"""How points stand: a fail is never attested away, nobody's guess passes, and 27.6 follows its permission and controls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.device import (
    CHECKS,
    CODES,
    CONTROLS,
    POINT,
    POINTS,
    Allowance,
    Attestation,
    Outcome,
    Result,
    State,
    standing,
    standings,
    worse,
)
from dpdesk.domain.handovers import STEPS, Handover, HandoverKind, Step, blocked, kept_from_erasing, may_sign, to_sign

DAY = date(2026, 11, 26)
WORD = Attestation("1" * 32, "d", "27.2", "o", "2026-11-01T10:00:00.000Z", "2027-01-30", "")
ALLOWED = Allowance("2" * 32, "d", "No server", ("27.10", "27.3a"), "", "a", "2026-11-01T10:00:00.000Z", "2027-05-01")


def saw(check: str, outcome: Outcome = Outcome.PASS, *, mild: bool = False) -> Result:
    return Result(check, outcome, "x", {}, mild)


def everything(outcome: Outcome = Outcome.PASS) -> list[Result]:
    return [saw(check, outcome) for check in CHECKS]


def test_there_are_sixteen_points_in_the_paper_s_order():
    assert len(POINTS) == 16
    assert [code for code in CODES if code.startswith("27.3")] == ["27.3a", "27.3b"]
    assert POINT["27.3a"].clause == POINT["27.3b"].clause == "S1 §27.3"
    assert set(CONTROLS) < set(CODES)


looked = [each for each in CHECKS if each != "exception"]  # which is worked out from the permission, and never seen
results = st.lists(st.builds(saw, st.sampled_from(looked), st.sampled_from(list(Outcome)), mild=st.booleans()), max_size=40)
words = st.lists(st.builds(lambda code, until: replace(WORD, point=code, until=until), st.sampled_from(CODES),
                           st.sampled_from(["2026-11-25", "2026-11-26", "2027-01-30"])), max_size=6)


@given(results, words, st.sampled_from([None, ALLOWED, replace(ALLOWED, until="2026-11-25")]))
def test_whatever_was_seen_nothing_is_called_well_that_was_not(seen, given_words, allowance):
    for each in standings(seen, given_words, allowance, DAY):
        mine = [result for result in seen if result.check in each.point.checks]
        if any(result.outcome is Outcome.FAIL for result in mine):
            assert each.state is State.FAIL
        if each.state is State.PASS:
            assert not each.point.word
            assert {result.check for result in mine} == set(each.point.checks)
            assert all(result.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE) for result in mine)
        if each.state is State.ATTESTED and each.allowance is None:
            assert each.attestation is not None and each.attestation.holds(DAY)
        if each.state is State.FAIL and each.mild:
            assert each.rank == 2


@pytest.mark.parametrize(("seen", "word", "state"), [
    ((saw("password"), saw("autologin")), None, State.CANNOT_TELL),          # strength and sharing nobody can see
    ((saw("password"), saw("autologin")), WORD, State.ATTESTED),             # attested, never passed
    ((saw("password", Outcome.CANNOT_TELL), saw("autologin")), WORD, State.ATTESTED),
    ((saw("password", Outcome.FAIL), saw("autologin")), WORD, State.FAIL),   # a word does not undo what was seen
    ((saw("password"),), WORD, State.ATTESTED),
    ((), None, State.CANNOT_TELL)])
def test_a_point_that_needs_a_word(seen, word, state):
    assert standing(POINT["27.2"], seen, [word] if word else [], DAY).state is state


def test_a_word_runs_out_after_its_last_day():
    assert WORD.holds(date(2027, 1, 30)) and not WORD.holds(date(2027, 1, 31))
    assert not replace(WORD, ended_at="2026-11-02T10:00:00.000Z").holds(DAY)


def test_what_does_not_apply():
    off = [saw("wifi_saved", Outcome.NOT_APPLICABLE), saw("wifi_now", Outcome.NOT_APPLICABLE)]
    assert standing(POINT["27.13"], off, [], DAY).state is State.NOT_APPLICABLE
    assert standing(POINT["27.13"], off[:1], [], DAY).state is State.CANNOT_TELL
    assert standing(POINT["27.3b"], [saw("lid", Outcome.NOT_APPLICABLE)], [], DAY).state is State.CANNOT_TELL


def of(found, code):
    return next(each for each in found if each.point.code == code)


def test_data_on_a_personal_device_fails_unless_permitted_and_its_controls_hold():
    well = everything()
    assert of(standings(well, [], None, DAY), "27.6").state is State.FAIL
    permitted = of(standings(well, [], ALLOWED, DAY), "27.6")
    assert (permitted.state, permitted.allowance) == (State.ATTESTED, ALLOWED)
    assert of(standings(well, [], replace(ALLOWED, until="2026-11-25"), DAY), "27.6").state is State.FAIL
    broken = [saw("encryption", Outcome.FAIL) if result.check == "encryption" else result for result in well]
    found = of(standings(broken, [], ALLOWED, DAY), "27.6")
    assert (found.state, found.results[0].facts["points"]) == (State.FAIL, ["27.10"])
    unseen = [saw("autolock", Outcome.CANNOT_TELL) if result.check == "autolock" else result for result in well]
    assert of(standings(unseen, [], ALLOWED, DAY), "27.6").state is State.CANNOT_TELL
    assert of(standings(well, [], None, DAY, personal=False), "27.6").state is State.NOT_APPLICABLE


def test_worse_is_told_by_rank_and_a_new_point_is_not_worse():
    well, mild = everything(), [saw("autolock", Outcome.FAIL, mild=True)]
    before = standings(well, [], None, DAY)
    after = standings([*(each for each in well if each.check != "autolock"), *mild], [], None, DAY)
    assert [each.point.code for each in worse(before, after)] == ["27.3a"]
    assert worse(after, before) == ()
    assert worse((), after) == ()


def test_only_points_that_count_are_shown():
    assert [each.point.code for each in standings(everything(), [], None, DAY, ("27.10", "27.1"))] == ["27.1", "27.10"]


def test_a_handover_goes_step_by_step_and_nobody_signs_for_themselves():
    handover = Handover("h", "d", "leaver", HandoverKind.LEAVING, "next", {}, "2026-11-26T10:00:00.000Z")
    done: dict = {}
    for step in STEPS:
        assert replace(handover, steps=done).next_step() is step
        done = {**done, step.value: {}}
    assert replace(handover, steps=done).next_step() is None
    assert may_sign(handover, "next") and not may_sign(handover, "leaver")
    fine = {"successor": "next", "sheets": 0, "copies": 0, "backed_up": True}
    assert not any(blocked(step, **fine) for step in STEPS)
    assert blocked(Step.SHEETS, **{**fine, "sheets": 2}) == "sheets_out"
    assert blocked(Step.COPIES, **{**fine, "copies": 1}) == "copies_open"
    assert blocked(Step.DESK, **{**fine, "backed_up": False}) == "no_fresh_backup"
    assert blocked(Step.SUCCESSOR, **{**fine, "successor": ""}) == "no_successor"


def test_a_desk_restored_since_is_handed_over_and_nothing_else_is_signed_early():
    begun = Handover("h", "d", "leaver", HandoverKind.LEAVING, "next", {}, "2026-11-26T10:00:00.000Z")
    said = replace(begun, steps={step: {"at": "2026-11-26T11:00:00.000Z"} for step in ("successor", "sheets", "copies", "wipe")})
    assert not to_sign(begun, "2026-11-27T10:00:00.000Z") and not to_sign(said, "") and not to_sign(said, "2026-11-26T10:30:00.000Z")
    assert to_sign(said, "2026-11-26T12:00:00.000Z") and to_sign(replace(said, steps={**said.steps, "desk": {}}), "")
    assert not to_sign(replace(said, ended_at="2026-11-26T12:00:00.000Z"), "2026-11-26T12:00:00.000Z")


def test_a_desk_is_erased_only_once_it_is_handed_over_and_held_by_a_backup():
    handed = Handover("h", "d", "leaver", HandoverKind.LEAVING, "next", {"desk": {}}, "2026-11-26T10:00:00.000Z")
    assert kept_from_erasing(handed, "leaver", backed_up=True, later=0) == ""
    for found, officer in ((None, "leaver"), (handed, "next"), (replace(handed, steps={}), "leaver")):
        assert kept_from_erasing(found, officer, backed_up=True, later=0) == "erase_not_handed_over"
    assert kept_from_erasing(handed, "leaver", backed_up=False, later=0) == "no_fresh_backup"
    assert kept_from_erasing(handed, "leaver", backed_up=True, later=3) == "erase_not_in_backup"
