"""A list comes in: matched, changed, refused, in one transaction, or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dpdesk.domain.copies import WITHIN
from dpdesk.domain.errors import Cancelled, DeskError, ImportRefused, NotAllowed, ReadOnly, Unreadable
from dpdesk.domain.imports import ROW_REASONS
from dpdesk.domain.members import CODES, Kind
from dpdesk.domain.roles import Role
from dpdesk.services import audit, exports, imports, members, officers
from dpdesk.store import imports as store
from dpdesk.store import search
from dpdesk.store.tables import MEMBER_INDEXES
from tests.files import samples
from tests.services.importing import bring, everybody, listed, look, of
from tests.speed.people import HEADERS, people, write_csv

FIRST = """
Membership No | Forename | Surname | Email           | Mobile       | Postcode | Date of birth | Status  | Joined
1             | Ann      | Lee     | ann@example.org | 07700 900123 | an1 1aa  | 1/2/1980      | Current | 3/4/2020
2             | Bob      | Kim     | bob@example.org | 01632 960124 | AN1 1AB  |               | Expired | 3/4/2019
"""


def table_of(session, statement: str):
    with session.desk.read() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def everything(session):
    """All that an import could write, as it is stored."""
    return {
        name: table_of(session, f"SELECT * FROM {name} ORDER BY 1")
        for name in ("member", "stop", "stop_key", "consent", "history", "audit")
    } | {
        "search": table_of(session, "SELECT rowid FROM member_search ORDER BY 1"),
        "indexes": table_of(session, "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix%' ORDER BY 1"),
    }


def test_first_list(session, tmp_path):
    result = bring(session, tmp_path, FIRST)
    assert of(result.counts, "total", "new", "changed", "lapsed", "unchanged", "refused", "missing") == (2, 2, 0, 0, 0, 0, 0)
    found = everybody(session)
    ann, bob = found["Ann Lee"].member, found["Bob Kim"].member
    assert (ann.number, ann.email, ann.mobile, ann.postcode, ann.date_of_birth, ann.status, ann.joined_on) == (
        "1",
        "ann@example.org",
        "+447700900123",
        "AN1 1AA",
        "1980-02-01",
        "current",
        "2020-04-03",
    )
    assert (bob.mobile, bob.landline, bob.status) == ("", "+441632960124", "lapsed")
    assert ann.added == ann.changed == result.seq
    assert [row.member.id for row in members.search(session, "lee 900123")] == [ann.id]
    assert audit.verify(session).report.whole


def test_the_same_list_again_changes_nothing(session, tmp_path):
    bring(session, tmp_path, FIRST)
    before = everybody(session)
    again = bring(session, tmp_path, FIRST)
    assert of(again.counts, "new", "changed", "unchanged", "missing") == (0, 0, 2, 0)
    assert everybody(session) == before
    assert audit.verify(session).report.whole


def test_changes_lapses_and_those_not_listed(session, tmp_path):
    bring(session, tmp_path, FIRST + "3 | Cy | Ray | | | AN1 1AC | | Current |\n")
    shown = look(
        session,
        tmp_path,
        """
Membership No | Forename | Surname | Email           | Postcode | Status
1             | Ann      | Lee     | new@example.org |          | Lapsed
2             | Bob      | Kimble  |                 | AN1 1AB  |
4             | Di       | Low     |                 | AN1 1AD  |
""",
    )
    assert of(shown.counts, "total", "new", "changed", "lapsed", "unchanged", "missing") == (3, 1, 1, 1, 0, 1)
    assert dict(shown.sample_changes[0].fields) == {
        "email": ("ann@example.org", "new@example.org"),
        "status": ("current", "lapsed"),
    }
    result = imports.apply(session, shown)
    found = everybody(session)
    assert set(found) == {"Ann Lee", "Bob Kimble", "Cy Ray", "Di Low"}
    ann = found["Ann Lee"].member
    assert (ann.email, ann.status, ann.mobile, ann.postcode) == ("new@example.org", "lapsed", "+447700900123", "AN1 1AA")
    assert found["Bob Kimble"].member.email == "bob@example.org"
    assert found["Di Low"].member.status == "current"
    last = members.history(session, ann.id)[0]
    assert (last.seq, last.action) == (result.seq, "members.imported")
    assert {code: (before, after) for code, before, after in last.fields} == dict(shown.sample_changes[0].fields)
    assert [row.member.number for row in members.search(session, "kimble")] == ["2"]
    assert audit.verify(session).report.whole


def test_empty_cells_and_missing_columns_erase_nothing(session, tmp_path):
    bring(session, tmp_path, FIRST)
    before = everybody(session)["Ann Lee"].member.values()
    bring(
        session,
        tmp_path,
        "Membership No | Forename | Surname | Email | Mobile | Postcode | Status | Town\n1 | Ann | Lee | n/a | - | | | \n",
    )
    assert everybody(session)["Ann Lee"].member.values() == before


REFUSED = [
    ("1 | =1+1 | Lee | | | | | |", "formula", "forename"),
    ("1 | A\u202en | Lee | | | | | |", "control", "forename"),
    ("1 | | | ann@example.org | | | | |", "name_missing", "surname"),
    ("1 | Ann | Lee | ann@ | | | | |", "email_bad", "email"),
    ("1 | Ann | Lee | | 12 | | | |", "phone_bad", "mobile"),
    ("1 | Ann | Lee | | | ZZZ | | |", "postcode_bad", "postcode"),
    ("1 | Ann | Lee | | | | 31/2/1980 | |", "date_bad", "date_of_birth"),
    ("1 | Ann | Lee | | | | | odd |", "status_unknown", "status"),
    ("1 | Ann | Lee | | | | | | 12/25/2020", "date_month_first", "joined_on"),
    ("1 | Ann | Lee | | | | | | 1/1/2099", "in_future", "joined_on"),
    ("1 | Ann | Lee | | | | 1/1/1850 | |", "too_long_ago", "date_of_birth"),
    ("1 | Ann | Lee | | | | 1/1/2000 | | 1/1/1999", "before_birth", "joined_on"),
    ("1 | Ann | Lee | | | | 1/1/2020 | |", "parent_consent_missing", "parent_consent_on"),
    (f"1 | {'x' * 130} | Lee | | | | | |", "too_long", "forename"),
    ("1 | Ann | Lee | | | | |", "ragged", ""),
    ("1 | Ann | Lee | | | | | | | extra", "ragged", ""),
]
HEADER = FIRST.strip().splitlines()[0] + "\n"


@pytest.mark.parametrize(("row", "reason", "field"), REFUSED)
def test_refused_rows(session, tmp_path, row, reason, field):
    shown = look(session, tmp_path, HEADER + "9 | Di | Low | | | | | |\n" + row)
    assert [(r.row, r.reason, r.field) for r in shown.refused] == [(3, reason, field)]
    assert reason in ROW_REASONS
    assert shown.problems_by_kind == {reason: 1}
    assert of(shown.counts, "total", "new", "refused") == (2, 1, 1)
    imports.apply(session, shown)
    assert set(everybody(session)) == {"Di Low"}


def test_values_that_cannot_be_read_may_be_left_out(session, tmp_path):
    rows = HEADER + "1 | Ann | Lee | ann@ | 12 | ZZZ | | |\n2 | Bob | Kim | | | | 31/2/1980 | |\n3 | =1 | Kim | | | | | |"
    shown = look(session, tmp_path, rows, leave_out=True)
    assert [(r.row, r.reason) for r in shown.refused] == [(3, "date_bad"), (4, "formula")]
    assert shown.problems_by_kind["left_out"] == 3
    imports.apply(session, shown)
    ann = everybody(session)["Ann Lee"].member
    assert (ann.email, ann.mobile, ann.postcode) == ("", "", "")


def test_a_child_with_a_parents_consent_comes_in(session, tmp_path):
    bring(
        session, tmp_path, "Forename | Surname | Postcode | DOB | Parental consent\nKit | Lee | AN1 1AA | 1/1/2020 | 1/6/2026\n"
    )
    assert everybody(session)["Kit Lee"].member.parent_consent_on == "2026-06-01"


def test_a_column_that_is_month_first_casts_doubt_on_its_other_days(session, tmp_path):
    shown = look(
        session,
        tmp_path,
        "No | Forename | Surname | Joined\n1 | Ann | Lee | 1/2/2020\n2 | Bob | Kim | 12/25/2020\n"
        "3 | Cy | Ray | 3/3/2020\n4 | Di | Low | 2020-01-02\n",
    )
    assert {r.row: r.reason for r in shown.refused} == {2: "date_ambiguous", 3: "date_month_first"}
    assert shown.counts.new == 2


def test_deceased_and_names_in_one_piece(session, tmp_path):
    bring(
        session,
        tmp_path,
        "Member ID | Name | Is Deceased | Address 1 | Address 3 | Address 4\n"
        "1 | Lee, Ann | Yes | 1 High St | Far End | Anyshire\n2 | Bob van der Kim | | | |\n",
    )
    found = everybody(session)
    assert found["Ann Lee"].member.status == "deceased"
    assert found["Ann Lee"].member.address3 == "Far End, Anyshire"
    assert found["Bob van der Kim"].member.surname == "van der Kim"


def test_refused_columns_are_never_stored_nor_shown(session, tmp_path):
    rows = (
        "Surname | Forename | Sort Code | NI Number | Disability | Membership No\nLee | Ann | 20-00-00 | QQ123456C | none | 5\n"
    )
    draft = imports.open_list(session, listed(tmp_path, rows))
    assert {draft.headers[c]: why[0] for c, why in draft.refused_columns.items()} == {
        "Sort Code": "bank_details",
        "NI Number": "national_insurance",
        "Disability": "health",
    }
    assert all(clause for _, clause in draft.refused_columns.values())
    assert draft.sample == (("Lee", "Ann", "", "", "", "5"),)
    assert all(draft.mapping[column] for column in range(len(draft.headers)) if column not in draft.refused_columns)
    with pytest.raises(ImportRefused) as caught:
        imports.preview(session, draft, {**draft.mapping, 3: "branch"})
    assert (caught.value.reason, caught.value.columns) == ("refused_column", ("NI Number",))
    imports.apply(session, imports.preview(session, draft))
    assert "QQ123456C" not in repr(everything(session))


def test_the_mapping_is_remembered_for_these_headers(session, tmp_path):
    rows = "Surname | Forename | Zone | Do not email\nLee | Ann | North |\n"
    draft = imports.open_list(session, listed(tmp_path, rows))
    assert (draft.mapping[2], draft.remembered) == ("", False)
    imports.apply(session, imports.preview(session, draft, {**draft.mapping, 2: "ward", 3: "stop:all"}))
    again = imports.open_list(session, listed(tmp_path, "Do Not Email | ZONE | forename | SURNAME\n | South | Ann | Lee\n"))
    assert (again.mapping, again.remembered) == ({0: "stop:all", 1: "ward", 2: "forename", 3: "surname"}, True)
    assert not imports.open_list(session, listed(tmp_path, "Surname | Forename | Zone\nLee | Ann | North\n")).remembered


def test_a_workbook(session, tmp_path):
    path = samples.xlsx(
        tmp_path / "list.xlsx",
        [["Member No", "Forename", "Surname", "Mobile", "DOB", "Email OK"], [17, "Zoë", "Lee", 7700900123, ("day", 29252), True]],
    )
    result = imports.apply(session, imports.preview(session, imports.open_list(session, path)))
    zoe = everybody(session)["Zoë Lee"].member
    assert (zoe.number, zoe.mobile, zoe.date_of_birth, result.counts.consents) == ("17", "+447700900123", "1980-02-01", 1)


def test_it_is_worked_out_anew_where_the_desk_changed_since(session, tmp_path):
    bring(session, tmp_path, FIRST)
    shown = look(
        session, tmp_path, HEADER + "1 | Ann | Lee | new@example.org | | | | |\n3 | Cy | Ray | cy@example.org | | | | |\n"
    )
    members.add(session, Kind.MEMBER, {"number": "3", "forename": "Cy", "surname": "Ray", "status": "current"})
    ann = everybody(session)["Ann Lee"].member
    members.edit(session, ann.id, {"email": "third@example.org"}, ann)
    result = imports.apply(session, shown)
    assert of(result.counts, "new", "changed") == (0, 2)
    change = members.history(session, ann.id)[0]
    assert change.fields == (("email", "third@example.org", "new@example.org"),)
    assert audit.verify(session).report.whole


def test_a_list_that_changed_meanwhile_is_refused(session, tmp_path):
    draft = imports.open_list(session, listed(tmp_path, FIRST))
    listed(tmp_path, FIRST + "3 | Cy | Ray | | | | | |\n")
    with pytest.raises(ImportRefused) as caught:
        imports.preview(session, draft)
    assert caught.value.reason == "list_changed"


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_cancelled_or_failed_nothing_is_left(session, tmp_path, after, monkeypatch):
    bring(session, tmp_path, FIRST)
    path = write_csv(tmp_path / "many.csv", 6_000)
    before = everything(session)
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > after

    with pytest.raises(Cancelled):
        draft = imports.open_list(session, path)
        shown = imports.preview(session, draft, cancelled=stop)
        imports.apply(session, shown, cancelled=stop)
    assert everything(session) == before
    shown = imports.preview(session, imports.open_list(session, path))
    monkeypatch.setattr(store, "add_consents", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imports.apply(session, shown)
    assert everything(session) == before
    assert audit.verify(session).report.whole


def test_a_broken_list_is_unreadable_and_leaves_nothing(session, tmp_path):
    before = everything(session)
    path = tmp_path / "late.csv"
    path.write_text("Forename,Surname\n" + "Ann,Lee\n" * 9 + '"never closed\n' + "a,b\n" * 60_000)
    with pytest.raises(Unreadable) as caught:
        imports.open_list(session, path)
    assert (caught.value.reason, caught.value.detail) == ("cell_too_long", "11")
    assert everything(session) == before


def test_progress_comes_at_most_ten_times_a_second_and_ends_full(session, tmp_path):
    draft = imports.open_list(session, write_csv(tmp_path / "many.csv", 11_000))
    told = []
    shown = imports.preview(session, draft, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (11_000, 11_000)
    told.clear()
    imports.apply(session, shown, progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1] == (shown.counts.new, shown.counts.new)
    assert told == sorted(told)


def test_a_large_list_is_indexed_and_searchable_as_one_by_one(session, tmp_path):
    result = imports.apply(session, imports.preview(session, imports.open_list(session, write_csv(tmp_path / "many.csv", 2_500))))
    assert result.counts.new == 2_500
    names = {name for (name,) in table_of(session, "SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {index.name for index in MEMBER_INDEXES} <= names
    rows = [tuple(values[code] for code in CODES) for values in (row.member.values() for row in everybody(session).values())]
    by_columns = zip(*store.SearchRows().columns(dict(zip(CODES, zip(*rows, strict=True), strict=True))), strict=True)
    one_by_one = (search.search_row(dict(zip(CODES, row, strict=True))) for row in rows)
    assert [[c.split() for c in row] for row in by_columns] == [[c.split() for c in row] for row in one_by_one]
    stored = table_of(session, "SELECT sort_name, match_email, surname, forename, email FROM member")
    from dpdesk.store.members import derived

    assert all(
        derived({"surname": s, "forename": f, "email": e}) == {"sort_name": name, "match_email": mail}
        for name, mail, s, f, e in stored
    )
    assert table_of(session, "SELECT count(*) FROM member_search") == [(2_500,)]
    table_of(session, "SELECT 1")
    assert not audit.verify(session).database


def test_the_entry_binds_the_values_and_holds_none(session, tmp_path):
    result = bring(session, tmp_path, FIRST)
    ((facts, fields),) = table_of(session, f"SELECT facts, fields FROM audit WHERE seq = {result.seq}")
    assert '"new": 2' in facts
    assert not any(value in facts + fields for value in ("Ann", "Lee", "example.org", "list.csv"))
    assert table_of(session, f"SELECT subject_kind FROM history WHERE seq = {result.seq}") == [("copy",)]


def test_only_those_who_may(founded, reopen, tmp_path):
    session, _ = founded
    from dpdesk.domain.secret import Secret

    officers.add(session, "Dee Entry", Role.DATA_ENTRY, Secret("nine purple kettles hum quietly"))
    path = listed(tmp_path, FIRST)
    shown = imports.preview(session, imports.open_list(session, path))
    session.close()
    entry = reopen("nine purple kettles hum quietly")
    for act in (
        lambda: imports.open_list(entry, path),
        lambda: imports.preview(entry, shown.draft),
        lambda: imports.apply(entry, shown),
    ):
        with pytest.raises(DeskError) as caught:
            act()
        assert isinstance(caught.value, NotAllowed)


def test_read_only_may_look(session, reopen, tmp_path):
    reader = reopen(read_only=True)
    shown = look(reader, tmp_path, FIRST)
    assert shown.counts.new == 2
    with pytest.raises(ReadOnly):
        imports.apply(reader, shown)


def test_the_generator_speaks_the_headers():
    rows = list(people(50))
    assert all(len(row) == len(HEADERS) for row in rows)
    assert rows == list(people(50))


def test_our_own_export_comes_in_unchanged(session, tmp_path):
    path = write_csv(tmp_path / "many.csv", 300)
    imports.apply(session, imports.preview(session, imports.open_list(session, path)))
    out = tmp_path / "out.csv"
    assert exports.members(session, exports.Wish(out, CODES, members.Query(), WITHIN, "to test")).people == 300
    draft = imports.open_list(session, out)
    assert tuple(draft.mapping.values()) == CODES
    assert of(imports.preview(session, draft).counts, "total", "unchanged", "refused") == (300, 300, 0)
