"""Monthly updates, new registers that renumber, lists, taking back and destroying."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpdesk.domain.errors import ImportRefused, RollBackRefused
from dpdesk.domain.register_files import FileKind, FileState
from dpdesk.services import electors, register, register_files, register_follows
from dpdesk.services import today as todays
from dpdesk.services.session import today
from tests.services import registers
from tests.services.registers import PEOPLE, everybody, look, state, take, write

YEAR = today().year


def person(number: int, surname: str, forename: str, home: str = "1 High St", postcode: str = "AN1 2AB", district: str = "AN-1") -> tuple:
    return (district, str(number), "0", "", "", surname, forename, postcode, home, "Anytown" if home else "")


SMITH, EVANS, KHAN = person(1, "Smith", "Ann", "1 High St"), person(2, "Evans", "Siân", "2 High St"), person(3, "Khan", "Sara", "3 High St")


def test_a_monthly_file_adds_changes_deletes_and_leaves_alone(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS, KHAN)))
    moved = person(2, "Evans", "Siân", "22 Mill Lane")
    rows = registers.monthly(("3", "0", "0", person(4, "New", "Nia")), ("0", "3", "0", moved), ("0", "0", "3", KHAN),
                             ("2", "0", "3", person(5, "Brief", "Ben")), ("0", "0", "3", person(99, "Who", "Ever")), ("0", "0", "0", SMITH))
    shown = look(session, write(tmp_path, rows, "cp1252"))
    assert shown.draft.layout == "xpress_monthly" and shown.taking.kind is FileKind.UPDATE
    assert (shown.counts.new, shown.counts.changed, shown.counts.left) == (1, 1, 1)
    assert shown.problems == {"delete_unknown": 1, "created_deleted": 1}
    assert [(row.row, row.reason) for row in shown.remarked] == [(6, "delete_unknown")]
    register.apply(session, shown, registers.supply(session))
    assert {n: row.elector.name for n, row in everybody(session).items()} == {"AN-1-1": "Ann Smith", "AN-1-2": "Siân Evans",
                                                                              "AN-1-4": "Nia New"}
    assert everybody(session)["AN-1-2"].elector.address == "22 Mill Lane\nAnytown"


def test_the_same_file_twice_changes_nothing(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS, KHAN)))
    rows = registers.status(("A", person(4, "New", "Nia")), ("M", person(2, "Evans", "Siân", "22 Mill Lane")), ("D", KHAN))
    take(session, tmp_path, rows, name="u.csv")
    before = state(session)
    shown = look(session, write(tmp_path, rows, name="u.csv"))
    assert shown.known and (shown.counts.new, shown.counts.changed, shown.counts.left) == (0, 0, 0)
    assert shown.problems == {"already_gone": 1}
    register.apply(session, shown, registers.supply(session))
    assert state(session) == before


def test_words_for_status_and_what_is_none(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS)))
    rows = registers.status(("Deleted", SMITH), ("amended", person(2, "Evans", "Sian")), ("new", KHAN), ("perhaps", person(7, "Odd",
                                                                                                                           "Otto")))
    shown = look(session, write(tmp_path, rows))
    assert (shown.counts.new, shown.counts.changed, shown.counts.left, shown.counts.refused) == (1, 1, 1, 1)
    assert [row.reason for row in shown.refused] == ["status_bad"]
    with pytest.raises(ImportRefused) as refused:
        look(session, write(tmp_path, registers.xpress((SMITH,)), name="f.csv"), FileKind.UPDATE)
    assert refused.value.reason == "no_status_column"


def test_who_is_deleted_and_added_under_another_number_stays_the_same_elector(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS)))
    before = everybody(session)["AN-1-1"].elector.id
    take(session, tmp_path, registers.status(("D", SMITH), ("A", person(50, "Smith", "Ann", "1 High St"))), name="u.csv")
    assert everybody(session)["AN-1-50"].elector.id == before
    assert [str(number) for number, _ in electors.get(session, "AN-1-50").earlier] == ["AN-1-1"]


def test_who_left_and_comes_back_is_the_same_elector_still(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS)), year=YEAR)
    before = everybody(session)["AN-1-1"].elector
    take(session, tmp_path, registers.status(("D", SMITH)), name="out.csv")
    take(session, tmp_path, registers.status(("A", SMITH)), name="back.csv")
    assert everybody(session)["AN-1-1"].elector.id == before.id
    again = look(session, write(tmp_path, registers.xpress((SMITH, EVANS)), name="full.csv"), year=YEAR)
    assert (again.counts.same, again.counts.new, again.counts.left) == (2, 0, 0)


def test_a_number_given_to_somebody_else_is_somebody_else(session, tmp_path):
    take(session, tmp_path, registers.xpress((SMITH, EVANS)))
    before = everybody(session)["AN-1-1"].elector.id
    take(session, tmp_path, registers.status(("D", SMITH), ("A", person(1, "Okafor", "Ngozi", "9 High St"))), name="u.csv")
    now = everybody(session)["AN-1-1"].elector
    assert now.surname == "Okafor" and now.id != before


OLD = [person(1, "Smith", "Ann", "1 High St"), person(2, "Smith", "Ann", "9 Mill Lane", "AN1 2ZZ"), person(3, "Evans", "Siân", "2 High St"),
       person(4, "Jones", "Mary", "3 High St"), person(5, "Gone", "Gary", "4 High St"), person(6, "Okafor", "Ngozi", "5 High St")]
NEW = [person(11, "Evans", "Siân", "2 High St"), person(12, "Smith", "Ann", "9 Mill Lane", "AN1 2ZZ"), person(13, "Smith", "Ann",
                                                                                                              "1 High St"),
       person(14, "Brown", "Mary", "3 High St"), person(15, "Okafor", "Ngozi", "77 Far Road", "AN9 9ZZ"), person(16, "Fresh", "Freda",
                                                                                                                 "6 High St")]


def test_a_new_register_renumbers_and_history_follows_the_person(session, tmp_path):
    take(session, tmp_path, registers.xpress(OLD), year=YEAR)
    before = {row.elector.address.split("\n")[0]: row.elector.id for row in everybody(session).values()}
    result = take(session, tmp_path, registers.xpress(NEW), name="new.csv", year=YEAR + 1)
    assert (result.counts.changed, result.counts.following, result.counts.new, result.counts.left, result.counts.uncertain) == (3, 3, 3,
                                                                                                                                3, 2)
    found = everybody(session)
    assert list(found) == [f"AN-1-{n}" for n in range(11, 17)]
    for number, home in (("AN-1-11", "2 High St"), ("AN-1-12", "9 Mill Lane"), ("AN-1-13", "1 High St")):
        assert found[number].elector.id == before[home]
    assert [(str(n), year) for n, year in electors.get(session, "AN-1-13").earlier] == [("AN-1-1", YEAR)]
    pairs = register_follows.listing(session)
    assert {(pair.old.name, pair.new.name) for pair in pairs} == {("Mary Jones", "Mary Brown"), ("Ngozi Okafor", "Ngozi Okafor")}
    assert "electors_uncertain" in {item.code for item in todays.items(session)}
    mary = next(pair for pair in pairs if pair.new.surname == "Brown")
    register_follows.answer(session, mary.follow.id, same=True)
    now = everybody(session)["AN-1-14"].elector
    assert now.id == before["3 High St"] and now.surname == "Brown"
    assert [str(n) for n, _ in electors.get(session, "AN-1-14").earlier] == ["AN-1-4"]
    other = next(pair for pair in pairs if pair.new.surname == "Okafor")
    register_follows.answer(session, other.follow.id, same=False)
    assert everybody(session)["AN-1-15"].elector.id != before["5 High St"] and not register_follows.listing(session)
    assert len(everybody(session)) == 6 and electors.search(session, "brown")[0].elector.id == now.id


def test_the_property_number_tells_people_where_the_address_is_spelt_anew(session, tmp_path):
    def ttw(number: str, home: str) -> list[list[str]]:
        rows = registers.ttw([person(int(number), "Smith", "Ann", home, "")])
        rows[1][rows[0].index("UPRN")] = "100012345678"
        return rows
    take(session, tmp_path, ttw("1", "Flat 1, 20 Long Street"), year=YEAR)
    before = everybody(session)["AN-1-1"].elector.id
    take(session, tmp_path, ttw("9", "20 Long Street First Floor"), name="new.csv", year=YEAR + 1)
    assert everybody(session)["AN-1-9"].elector.id == before


def test_a_full_file_of_one_district_leaves_the_others_unless_it_is_the_whole(session, tmp_path):
    take(session, tmp_path, registers.xpress(PEOPLE))
    shown = look(session, write(tmp_path, registers.xpress([p for p in PEOPLE if p[0] == "AN-1"]), name="part.csv"))
    assert (shown.counts.left, shown.counts.elsewhere, shown.counts.same) == (0, 2, 3)
    whole = look(session, write(tmp_path, registers.xpress([p for p in PEOPLE if p[0] == "AN-1"]), name="part.csv"), whole=True)
    assert (whole.counts.left, whole.counts.elsewhere) == (2, 0)


def test_a_replaced_register_comes_up_and_is_destroyed(session, tmp_path):
    from sqlalchemy import text
    take(session, tmp_path, registers.xpress(OLD), year=YEAR)
    take(session, tmp_path, registers.status(("M", person(3, "Evans", "Sioned", "2 High St"))), name="u.csv")
    assert not register_files.due(session)
    result = take(session, tmp_path, registers.xpress(NEW), name="new.csv", year=YEAR + 1)
    assert result.superseded == 2
    assert {each.file for each in register_files.due(session)} == {"register.csv", "u.csv"}
    (item,) = [item for item in todays.items(session) if item.code == "registers_due"]
    assert item.facts["count"] == 2 and item.page == "register_files"
    done = register_files.destroy(session, register_files.due(session)[-1].id)
    assert set(done.files) == {"register.csv", "u.csv"} and done.rows and len(done.copies) == 2
    with session.desk.read() as connection:
        left = [tuple(row) for row in connection.execute(text("SELECT surname FROM elector"))]
        kept = connection.execute(text("SELECT count(*) FROM elector_before")).scalar()
    assert len(left) == 6 and ("Gone",) not in left and kept == 0
    assert not register_files.due(session) and not register_follows.listing(session)
    assert [str(n) for n, _ in electors.get(session, "AN-1-13").earlier] == ["AN-1-1"]
    with pytest.raises(RollBackRefused) as refused:
        register_files.roll_back(session, result.file_id)
    assert refused.value.reason == "destroyed_before"
    with pytest.raises(RollBackRefused) as refused:
        register_files.destroy(session, result.file_id)
    assert refused.value.reason == "not_due"


def test_a_file_past_its_day_is_due_and_takes_its_electors_with_it(session, tmp_path, monkeypatch):
    from datetime import date
    result = take(session, tmp_path, registers.xpress(OLD))
    late = date.fromisoformat(register.last_day(session)).replace(year=YEAR + 3)
    monkeypatch.setattr(register_files, "today", lambda: late)
    assert [each.id for each in register_files.due(session)] == [result.file_id]
    register_files.destroy(session, result.file_id)
    assert not everybody(session)
    assert [each.state for each in register_files.listing(session)] == [FileState.DESTROYED]


def test_each_kind_of_file_is_taken_back_as_if_it_had_never_come(session, tmp_path):
    take(session, tmp_path, registers.xpress(OLD), year=YEAR)
    take(session, tmp_path, absent_rows("Postal", OLD[0]), FileKind.ABSENT, name="a.csv")
    files = [
        (registers.status(("A", person(9, "New", "Nia")), ("M", person(3, "Evans", "Sioned", "2 High St")), ("D", OLD[4])), None, {}),
        (registers.xpress(NEW), None, {"year": YEAR + 1}), (absent_rows("Postal", OLD[1], OLD[2]), FileKind.ABSENT, {}),
        (marked_rows(OLD[0]), FileKind.MARKED, {"given": {"polling_day": f"{YEAR}-05-07"}})]
    for rows, kind, how in files:
        before, found = whole_state(session), electors.search(session, "evans")
        result = take(session, tmp_path, rows, kind, name="x.csv", **how)
        assert whole_state(session) != before
        assert register_files.plan_back(session, result.file_id).possible
        register_files.roll_back(session, str(result.seq))
        assert whole_state(session) == before and electors.search(session, "evans") == found
        assert not electors.search(session, "Sioned") and not electors.search(session, "Freda")
        assert not register_follows.listing(session) and not register_files.due(session)
        with pytest.raises(RollBackRefused):
            register_files.roll_back(session, result.file_id)


def whole_state(session) -> dict:
    return {n: (row.elector.id, row.elector.values(), row.elector.register, row.absent, electors.get(session, n).votes)
            for n, row in everybody(session).items()}


def test_a_file_others_depend_on_stays(session, tmp_path):
    first = take(session, tmp_path, registers.xpress(OLD), year=YEAR)
    second = take(session, tmp_path, registers.status(("A", person(9, "New", "Nia")), ("M", person(3, "Evans", "Sioned"))), name="u.csv")
    plan = register_files.plan_back(session, first.file_id)
    assert not plan.possible and plan.depending == 2
    before = state(session)
    with pytest.raises(RollBackRefused) as refused:
        register_files.roll_back(session, first.file_id)
    assert refused.value.reason == "depending" and state(session) == before
    register_files.roll_back(session, second.file_id)
    register_files.roll_back(session, first.file_id)
    assert not everybody(session)


def absent_rows(way: str, *people: tuple) -> list[list[str]]:
    return [["Elector Number Prefix", "Elector Number", "Elector Number Suffix", "Elector Surname", "Elector Forename", "Absent Vote Type"],
            *([p[0], p[1], p[2], p[5], p[6], way] for p in people)]


def marked_rows(*people: tuple, mark: str = "V") -> list[list[str]]:
    return [["Elector Number Prefix", "Elector Number", "Elector Number Suffix", "Elector Surname", "Marked"],
            *([p[0], p[1], p[2], p[5], mark] for p in people)]


def test_absent_voters_are_matched_by_number_and_conflicts_are_shown(session, tmp_path):
    take(session, tmp_path, registers.xpress((*OLD[:3], PEOPLE[2])), year=YEAR)
    rows = absent_rows("Postal", OLD[0], person(2, "Wrong", "Wendy"), person(99, "Who", "Ever"), PEOPLE[2]) + [
        ["AN-1", "3", "0", "Evans", "S.", "Proxy"]]
    shown = look(session, write(tmp_path, rows))
    assert shown.taking.kind is FileKind.ABSENT
    assert shown.problems == {"not_found": 1, "name_other": 1} and (shown.counts.new, shown.counts.conflicts) == (3, 1)
    (conflict,) = shown.plan.conflicts
    assert (conflict.number, conflict.register_name, conflict.list_name) == ("AN-1-2", "Ann Smith", "Wendy Wrong")
    register.apply(session, shown, registers.supply(session))
    found = everybody(session)
    assert {n: row.absent for n, row in found.items() if row.absent} == {"AN-1-1": ("postal",), "AN-1-3": ("proxy",),
                                                                         "AN-1-3/1": ("postal",)}
    assert list(everybody(session, flag="absent")) == ["AN-1-1", "AN-1-3", "AN-1-3/1"]
    take(session, tmp_path, absent_rows("Postal", OLD[1]), FileKind.ABSENT, name="newer.csv")
    assert {n: row.absent for n, row in everybody(session).items() if row.absent} == {"AN-1-2": ("postal",), "AN-1-3": ("proxy",)}


def test_a_list_of_one_district_leaves_the_other_districts_alone(session, tmp_path):
    other = person(1, "Pugh", "Siôn", "1 Far Road", district="BN-1")
    take(session, tmp_path, registers.xpress((*OLD[:2], other)), year=YEAR)
    take(session, tmp_path, absent_rows("Postal", OLD[0], other), FileKind.ABSENT, name="a.csv")
    take(session, tmp_path, absent_rows("Postal", OLD[1]), FileKind.ABSENT, name="b.csv")
    assert [n for n, row in everybody(session).items() if row.absent] == ["AN-1-2", "BN-1-1"]
    assert electors.counts(session).absent == 2
    take(session, tmp_path, registers.status(("D", other)), name="u.csv")
    assert electors.counts(session).absent == 1


def test_a_marked_register_says_who_voted_at_which_election(session, tmp_path):
    take(session, tmp_path, registers.xpress(OLD), year=YEAR)
    rows = marked_rows(OLD[0]) + marked_rows(OLD[1], mark="A")[1:] + marked_rows(OLD[2], mark="")[1:]
    take(session, tmp_path, rows, FileKind.MARKED, given={"polling_day": f"{YEAR}-05-07"}, name="m.csv")
    assert electors.get(session, "AN-1-1").votes == ((f"{YEAR}-05-07", "voted"),)
    assert electors.get(session, "AN-1-2").votes == ((f"{YEAR}-05-07", "absent"),)
    assert electors.get(session, "AN-1-3").votes == ()
    take(session, tmp_path, marked_rows(OLD[2]), FileKind.MARKED, given={"polling_day": f"{YEAR - 1}-05-07"}, name="older.csv")
    assert electors.get(session, "AN-1-1").votes and electors.get(session, "AN-1-3").votes == ((f"{YEAR - 1}-05-07", "voted"),)


NAMES = st.sampled_from([("Smith", "Ann"), ("Evans", "Siân"), ("Khan", "Sara"), ("Jones", "Bob"), ("", "")])
PERSON = st.builds(lambda number, name, home: person(number, *name, home if name[0] else "", "AN1 2AB" if name[0] else ""),
                   st.integers(1, 6), NAMES, st.sampled_from(["1 High St", "2 High St", "3 Mill Lane"]))
REGISTER = st.lists(PERSON, max_size=6, unique_by=lambda each: each[1])
CHANGES = st.lists(st.tuples(st.sampled_from("AMD"), PERSON), max_size=8)


@pytest.fixture(scope="module")
def two_desks():
    """Two desks that are emptied of their register between examples."""
    from dpdesk.domain.roles import Role
    from dpdesk.domain.secret import Secret
    from dpdesk.services.desks import Desks, Founding
    from dpdesk.services.machine import Machine
    from dpdesk.store import keys
    with tempfile.TemporaryDirectory() as place:
        made = [Desks(Machine(path=Path(place) / f"{n}.json"), keys.least()).create(Path(place) / str(n), Founding(
            "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret("the ferret sang on tuesday")))[0] for n in (1, 2)]
        yield Path(place), made
        for each in made:
            each.close()


def emptied(session) -> None:
    from sqlalchemy import text
    with session.desk.jot() as connection:
        for table in ("elector", "elector_before", "elector_number", "elector_follow", "register_file", "elector_search"):
            connection.execute(text(f"DELETE FROM {table}"))


MONTHS = {"A": ("3", "0", "0"), "M": ("0", "3", "0"), "D": ("0", "0", "3")}
FORMS = {"status": lambda changes: registers.status(*changes),
         "monthly": lambda changes: registers.monthly(*((*MONTHS[op], each) for op, each in changes))}


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=REGISTER, changes=CHANGES)
def test_a_register_and_its_updates_end_as_the_register_of_the_end(two_desks, form, start, changes):
    """Full register, then updates, is the full register of the end state; the updates again change nothing."""
    folder, (one, other) = two_desks
    end = {each[1]: each for each in start}
    for op, each in changes:
        if op == "D":
            end.pop(each[1], None)
        else:
            end[each[1]] = each
    for desk, rows in ((one, start), (other, list(end.values()))):
        emptied(desk)
        if rows:
            take(desk, folder, registers.xpress(rows), FileKind.FULL, name="full.csv")
    if changes:
        take(one, folder, FORMS[form](changes), FileKind.UPDATE, name="update.csv")
    assert state(one) == state(other)
    if changes:
        shown = look(one, folder / "update.csv", FileKind.UPDATE)
        assert (shown.counts.new, shown.counts.changed, shown.counts.left) == (0, 0, 0)
        register.apply(one, shown, registers.supply(one))
        assert state(one) == state(other)
