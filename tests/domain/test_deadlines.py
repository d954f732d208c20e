"""The clocks of data-protection law: the worked examples of DOMAIN.md §7, every branch, and what holds for every case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.domain.clocks import british, months_after, utc_of
from dpdesk.domain.deadlines import (
    Request,
    Run,
    again_on,
    complaint_acknowledged_by,
    complaint_outcome_by,
    extension_holds,
    first_month,
    hours_after,
    paused_days,
    request_due,
)
from dpdesk.domain.working_days import Nation, WorkingDays, changed
from dpdesk.files import bank_holidays

CALENDARS = {nation: WorkingDays(nation, bank_holidays.load(nation)) for nation in Nation}
ENGLAND, SCOTLAND, ULSTER = CALENDARS[Nation.ENGLAND_WALES], CALENDARS[Nation.SCOTLAND], CALENDARS[Nation.NORTHERN_IRELAND]
NO_HOLIDAYS = WorkingDays()
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("received", "due", "calendar"), [
    ("2025-01-31", "2025-02-28", ENGLAND), ("2028-01-31", "2028-02-29", ENGLAND), ("2026-11-30", "2026-12-30", ENGLAND),
    ("2026-09-03", "2026-10-05", ENGLAND),  # 3 October is a Saturday
    ("2026-03-03", "2026-04-07", ENGLAND), ("2026-03-03", "2026-04-06", SCOTLAND),  # Good Friday; Easter Monday is no holiday in Scotland
    ("2025-12-02", "2026-01-05", SCOTLAND), ("2025-12-02", "2026-01-02", ENGLAND),  # 2 January
    ("2026-06-12", "2026-07-14", ULSTER), ("2026-06-12", "2026-07-13", ENGLAND),  # 13 July, in place of Sunday the 12th
    ("2026-11-25", "2026-12-29", ENGLAND), ("2026-10-31", "2026-11-30", ENGLAND), ("2026-10-31", "2026-12-01", SCOTLAND)])
def test_a_month_from_receipt(received, due, calendar):
    assert request_due(Request(d(received)), calendar) == d(due)


def test_it_starts_with_the_latest_of_receipt_identity_and_fee():
    asked = Request(d("2026-01-05"), id_asked=d("2026-01-06"), id_received=d("2026-01-12"), fee_asked=d("2026-01-06"),
                    fee_paid=d("2026-01-20"))
    assert asked.starts == d("2026-01-20") and request_due(asked, ENGLAND) == d("2026-02-20")
    assert Request(d("2026-01-05"), id_asked=d("2026-01-06"), id_received=d("2026-01-12")).starts == d("2026-01-12")
    for waiting in (Request(d("2026-01-05"), id_asked=d("2026-01-06")), Request(d("2026-01-05"), fee_asked=d("2026-01-06"))):
        assert waiting.starts is None and request_due(waiting, ENGLAND) is None and first_month(waiting, ENGLAND) is None
    again = Request(d("2026-01-05"), id_asked=d("2026-01-20"), id_received=d("2026-01-12"))
    assert again.starts is None, "what came before it was asked for does not answer"
    unasked = Request(d("2026-01-05"), id_received=d("2026-01-12"), fee_paid=d("2026-01-12"))
    assert unasked.starts == d("2026-01-05"), "proof nobody asked for starts nothing"


def test_a_question_stops_the_clock_over_the_end_of_a_month():
    asked = Request(d("2026-10-20"), pauses=((d("2026-10-26"), d("2026-11-05")),))
    assert request_due(asked, ENGLAND) == d("2026-11-30")
    assert request_due(Request(d("2026-10-20"), pauses=((d("2026-10-26"), None),)), ENGLAND) is None
    twice = ((d("2026-10-26"), d("2026-11-05")), (d("2026-11-01"), d("2026-11-06")))
    assert paused_days(twice, d("2026-10-20")) == 11, "days that overlap count once"
    assert paused_days(((d("2026-10-10"), d("2026-10-22")),), d("2026-10-20")) == 2, "before the start nothing is paused"


@pytest.mark.parametrize(("told", "holds", "due"), [
    ("2026-01-07", True, "2026-04-07"), ("2026-02-09", True, "2026-04-07"), ("2026-02-10", False, "2026-02-09"),
    ("2026-02-08", True, "2026-04-07")])
def test_more_time_only_where_told_within_the_first_month(told, holds, due):
    request = Request(d("2026-01-07"), extended=d(told))
    assert extension_holds(request, ENGLAND) is holds and request_due(request, ENGLAND) == d(due)


def test_told_on_day_32_is_too_late():
    assert not extension_holds(Request(d("2026-03-02"), extended=d("2026-03-02") + timedelta(days=32)), ENGLAND)
    assert not extension_holds(Request(d("2026-03-02")), ENGLAND)


def test_an_open_question_leaves_room_for_the_extension():
    request = Request(d("2026-01-07"), pauses=((d("2026-01-08"), d("2026-01-18")), (d("2026-02-17"), None)), extended=d("2026-02-17"))
    assert extension_holds(request, ENGLAND)
    waiting = Request(d("2026-01-07"), id_asked=d("2026-01-08"), extended=d("2026-01-09"))
    assert extension_holds(waiting, ENGLAND), "before the clock starts it can be told"


@pytest.mark.parametrize(("received", "by", "calendar"), [
    ("2026-07-04", "2026-08-03", ENGLAND), ("2026-07-04", "2026-08-04", SCOTLAND),  # a Saturday; 3 August is a holiday in Scotland
    ("2026-11-25", "2026-12-29", ENGLAND), ("2026-06-19", "2026-07-20", ENGLAND)])
def test_complaints_count_from_the_day_after(received, by, calendar):
    assert complaint_acknowledged_by(d(received), calendar) == d(by)
    assert complaint_outcome_by(d(received), calendar) >= d(received) + timedelta(days=60)


@pytest.mark.parametrize(("aware", "until"), [
    ("2026-11-27T17:00", "2026-11-30T17:00"),  # Friday to Monday
    ("2026-10-23T17:00", "2026-10-26T16:00"),  # the clocks go back: 72 hours by the law, 73 on the wall would be late
    ("2026-03-27T17:00", "2026-03-30T18:00")])
def test_72_hours_run_through_weekends_and_changes_of_the_clocks(aware, until):
    assert british(hours_after(utc_of(aware), 72)).strftime("%Y-%m-%dT%H:%M") == until


@given(st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)), st.integers(1, 100))  # noqa: DTZ001 - the zone is put on below
def test_hours_are_hours(aware, hours):
    iso = aware.replace(tzinfo=UTC).isoformat()
    passed = datetime.fromisoformat(hours_after(iso, hours)) - datetime.fromisoformat(iso)
    assert abs(passed - timedelta(hours=hours)) < timedelta(milliseconds=1)
    assert hours_after(iso[:19], hours)[:19] == hours_after(iso, hours)[:19], "without a zone it is UTC"


@given(days, st.sampled_from(list(Nation)))
def test_an_answer_is_never_due_on_a_day_off_nor_early(received, nation):
    calendar = CALENDARS[nation]
    due = request_due(Request(received), calendar)
    assert calendar.works(due) and months_after(received, 1) <= due <= months_after(received, 1) + timedelta(days=5)
    assert request_due(Request(received), NO_HOLIDAYS) <= due


@given(days, st.integers(0, 27), st.integers(0, 200))
def test_a_pause_moves_the_day_by_as_much_as_it_lasted(received, after, lasted):
    asked = received + timedelta(days=after)
    request = Request(received, pauses=((asked, asked + timedelta(days=lasted)),))
    assert request_due(request, NO_HOLIDAYS) == NO_HOLIDAYS.next(months_after(received, 1) + timedelta(days=lasted))


@given(days, st.integers(0, 120))
def test_an_extension_gives_three_months_or_nothing(received, after):
    request = Request(received, extended=received + timedelta(days=after))
    months = 3 if received + timedelta(days=after) <= first_month(request, ENGLAND) else 1
    assert request_due(request, ENGLAND) == ENGLAND.next(months_after(received, months))


@given(days)
def test_a_later_receipt_is_never_due_earlier(received):
    assert request_due(Request(received), ENGLAND) <= request_due(Request(received + timedelta(days=1)), ENGLAND)


@pytest.mark.parametrize(("last", "months", "due"), [
    ("2026-02-28", 12, "2027-02-28"), ("2028-02-29", 12, "2029-02-28"), ("2026-11-26", 24, "2028-11-26"), ("2026-08-31", 6, "2027-02-28")])
def test_yearly_duties(last, months, due):
    assert again_on(d(last), months) == d(due)


def test_how_a_clock_stands():
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    run = Run("2026-11-16", "2026-11-26")
    assert run.share(now) == 1.0 and not run.overdue(now) and run.overdue(now + timedelta(days=1)) and not run.by_hours
    assert Run("2026-11-16", "2026-11-26", "2026-11-27").late and not Run("2026-11-16", "2026-11-26", "2026-11-26").late
    assert not Run("2026-11-16", "2026-11-26", "2026-11-27").overdue(now + timedelta(days=9))
    assert Run("2026-11-16", "").share(now) == 0.0 and not Run("2026-11-16", "").overdue(now)
    hours = Run("2026-11-26T00:00:00.000Z", "2026-11-27T00:00:00.000Z")
    assert hours.by_hours and hours.share(now) == 0.5 and hours.overdue(now + timedelta(hours=13))
    assert Run("2026-11-26", "2026-11-26").share(now) == 1.0, "due on the day it starts"
    late_in_summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # the 2nd in London
    assert Run("2026-06-02", "2026-07-01").overdue(late_in_summer)


def test_bank_holidays_a_branch_adds_and_takes_out():
    bundled = {d("2026-12-25"): "Christmas Day", d("2026-11-30"): "Saint Andrew's Day"}
    own = changed(bundled, {d("2027-06-04"): "A jubilee"}, frozenset({d("2026-11-30")}))
    assert list(own) == [d("2026-12-25"), d("2027-06-04")]
    assert WorkingDays(Nation.SCOTLAND, own).works(d("2026-11-30")) and not WorkingDays(Nation.SCOTLAND, own).works(d("2027-06-04"))
    assert WorkingDays(Nation.SCOTLAND, own).known_until == 2027 and NO_HOLIDAYS.known_until == 0


@pytest.mark.parametrize(("nation", "part"), [(Nation.ENGLAND_WALES, "ENG"), (Nation.ENGLAND_WALES, "WLS"), (Nation.SCOTLAND, "SCT"),
                                              (Nation.NORTHERN_IRELAND, "NIR")])
def test_the_bundled_days_are_those_of_the_maintained_library(nation, part):
    import holidays
    known = bank_holidays.load(nation)
    found = holidays.country_holidays("GB", subdiv=part, years=range(2024, max(day.year for day in known) + 1))
    assert set(known) == set(found)
    assert max(day.year for day in known) >= 2035


@pytest.mark.parametrize(("clock", "utc"), [
    ("2026-11-24T21:05", "2026-11-24T21:05:00.000Z"), ("2026-07-01T00:30", "2026-06-30T23:30:00.000Z"),
    ("2026-10-25T01:30", "2026-10-25T00:30:00.000Z"), ("2026-07-01", "2026-06-30T23:00:00.000Z")])
def test_a_british_clock_as_a_moment(clock, utc):
    assert utc_of(clock) == utc
