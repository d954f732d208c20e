"""What an officer types for the fields of a register: each kind of each register can be typed, and what cannot be read is named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from dpdesk.domain import registers
from dpdesk.domain.clocks import british
from dpdesk.domain.errors import Invalid
from dpdesk.domain.registers.declaring import Kind, problems_of, rows_of
from dpdesk.services import duties, duty_typed
from dpdesk.services.session import today

RISKS = registers.get("dpias").field("risks")


def typed(field):
    """What somebody might type."""
    if field.choices:
        return field.choices[-1][1].upper() if field.kind is Kind.CHOICE else ", ".join(words for _code, words in field.choices[-2:])
    return {Kind.DAY: "yesterday", Kind.MOMENT: "yesterday 21:05", Kind.NUMBER: "1,200", Kind.TICK: "Yes"}.get(field.kind, "Some words")


@pytest.mark.parametrize("register", registers.every(), ids=lambda each: each.code)
def test_every_field_of_every_register_can_be_typed(register):
    given = {each.code: typed(each) for each in register.fields if each.kind not in (Kind.ROWS, Kind.ENTRY)}
    found, problems = duty_typed.read(register, given)
    assert not problems
    for field in register.fields:
        if field.kind is Kind.ROWS:
            row, wrong = duty_typed.row(field, [typed(each) for each in duty_typed.row_columns(field)])
            assert not wrong and set(row) == {each.code for each in field.columns}
            found[field.code] = json.dumps([row])
    wrong = problems_of(register, found, today().isoformat(), duties.stored(duties.utc_now()))
    assert not {code: what for code, what in wrong.items() if what != "before_start"}


def test_a_choice_is_known_by_its_words_or_as_far_as_no_other_begins_so():
    kind = registers.get("incidents").field("type")
    for words in ("lost_device", "A device is gone", "a DEVICE  is", "lost_d"):
        assert duty_typed.stored(kind, words) == ("lost_device", "")
    for words in ("lost", "a", "gone"):  # two begin so; too short; none
        assert duty_typed.stored(kind, words) == (words, "")


def test_several_choices_by_their_words_which_may_hold_blanks():
    data = registers.get("incidents").field("data")
    for words in ("name contact", "names, e-mail and phone", "name,contact,name"):
        assert duty_typed.stored(data, words) == ("name contact", "")


@pytest.mark.parametrize(("words", "stored"), [("yes", "yes"), ("Y", "yes"), ("1", "yes"), ("No", ""), ("", "")])
def test_a_tick_is_yes_or_no(words, stored):
    tick = registers.get("complaints").field("policy_sent")
    assert duty_typed.stored(tick, words) == (stored, "")
    assert duty_typed.stored(tick, "maybe")[1] == "tick_bad"


def test_days_and_moments_near_by():
    assert duty_typed.day_of("Yesterday") == (today() - timedelta(days=1)).isoformat()
    moment, wrong = duty_typed.read_moment("yesterday at 21.05")
    assert not wrong and british(moment).strftime("%H:%M") == "21:05" and british(moment).date() == today() - timedelta(days=1)
    assert british(duty_typed.read_moment("00:01")[0]).date() == today() and duty_typed.read_moment("now")[0].endswith("Z")
    assert duty_typed.read_moment("10.11")[1] == duty_typed.read_moment("tomorrow 9:00")[1] == "moment_bad"


def test_a_row_by_its_order_or_by_its_columns():
    by_order = duty_typed.row(RISKS, ["A stick is lost", "poss", "Severe", "Encrypted = no harm"])
    by_name = duty_typed.row(RISKS, ["risk=A stick is lost", "measure=Encrypted = no harm", "severity=severe", "likelihood=possible"])
    assert by_order == by_name == ({"risk": "A stick is lost", "likelihood": "possible", "severity": "severe",
                                    "measure": "Encrypted = no harm"}, {})


@pytest.mark.parametrize(("cells", "problems"), [
    (["x"], {"likelihood": "missing", "severity": "missing"}), (["x", "often", "severe"], {"likelihood": "unknown"}),
    (list("abcdefgh"), {"": "row_too_long"})])
def test_a_row_that_does_not_hold(cells, problems):
    assert duty_typed.row(RISKS, cells)[1] == problems


@pytest.mark.parametrize("value", ["hello", "{}", '["x"]', '[{"colour": "red"}]', '[{"risk": 7}]', "[" * 50_000])
def test_what_is_no_list_of_rows_is_refused(session, value):
    with pytest.raises(Invalid) as caught:
        duties.add(session, "dpias", {"name": "x", "risks": value})
    assert caught.value.problems == {"risks": "rows_bad"}
    kept = duties.add(session, "dpias", {"name": "x", "risks": '[{"risk": "a", "likelihood": "remote", "severity": "severe"}]'})
    assert rows_of(kept.duty.values["risks"])[0]["risk"] == "a"


def test_an_entry_does_not_point_to_itself(session):
    shown = duties.add(session, "complaints", {"who": "A. Example", "issue": "other", "received_on": today().isoformat()})
    with pytest.raises(Invalid) as caught:
        duties.change(session, shown.duty.id, {"appeal_of": shown.duty.id})
    assert caught.value.problems == {"appeal_of": "entry_itself"}
