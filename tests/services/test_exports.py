"""Exports: fewest columns, formulas escaped, bodies only with permission, recorded, and whole or not at all."""

from __future__ import annotations

import csv
import os
import stat

import pytest

from dpdesk.domain.copies import WITHIN
from dpdesk.domain.errors import Cancelled, Invalid, NobodyToWrite, NotAllowed, NotWritable, ReadOnly
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.files.cells import safe_cell
from dpdesk.services import audit, contacting, copies, exports, members, officers
from dpdesk.store import keys


@pytest.fixture
def people(session):
    """Three members."""
    return [members.add(session, Kind.MEMBER, {"number": str(at), "forename": name, "surname": "Lee", "status": "current",
                                               "mobile": f"07700 90010{at}"})
            for at, name in enumerate(("Ann", "Björn", "Cerys"), 1)]


def write(session, path, columns=exports.FEWEST, whom=WITHIN, why="Ballot papers", **more):
    return exports.members(session, exports.Wish(path, columns, members.Query(sort="number"), whom, why), **more).people


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_fewest_columns(session, people, tmp_path):
    assert write(session, tmp_path / "out.csv") == 3
    assert read(tmp_path / "out.csv") == [["Membership number", "Forename", "Surname"], ["1", "Ann", "Lee"],
                                          ["2", "Björn", "Lee"], ["3", "Cerys", "Lee"]]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o600


def test_phone_numbers_do_not_run_as_formulas(session, people, tmp_path):
    write(session, tmp_path / "out.csv", ("mobile",))
    assert read(tmp_path / "out.csv")[1] == ["'+447700900101"]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-3", "@cmd", "\t=1", "\r=1", "＝1"])
def test_formula_cells_are_escaped(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("plain = text") == "plain = text"


def test_the_log_learns_for_whom_and_how_many_and_nothing_personal(session, people, tmp_path):
    write(session, tmp_path / "out.csv", why="Ballot papers for Ann Lee")
    line = audit.listing(session, limit=1)[0]
    assert (line.action, set(line.fields)) == ("members.exported", {"why", "file", "copy_title", "delete_by"})
    assert {k: v for k, v in line.facts.items() if k != "copy"} == {
        "people": 3, "columns": ["number", "forename", "surname"], "whom": "branch", "kind": "members", "place": "own_disk"}


def test_a_body_outside_gets_only_who_permitted_it(session, people, tmp_path):
    body = session.policy.recipient_bodies[0].code
    contacting.permit(session, people[0].id, body, "2026-01-05", "You may")
    withdrawn = contacting.permit(session, people[1].id, body, "2026-01-05", "You may")
    contacting.withdraw_sharing(session, withdrawn.id)
    assert write(session, tmp_path / "out.csv", whom=body) == 1
    assert [row[1] for row in read(tmp_path / "out.csv")[1:]] == ["Ann"]


def test_a_list_of_nobody_is_not_written(session, people, tmp_path):
    with pytest.raises(NobodyToWrite) as unpermitted:
        write(session, tmp_path / "out.csv", whom=session.policy.recipient_bodies[0].code)
    assert (unpermitted.value.reason, unpermitted.value.count) == ("no_permission", 3)
    with pytest.raises(NobodyToWrite) as empty:
        exports.members(session, exports.Wish(tmp_path / "out.csv", exports.FEWEST, members.Query(status="resigned"), WITHIN, "x"))
    assert empty.value.reason == "nobody"
    assert not list(tmp_path.glob("*.csv*")) and not copies.listing(session)


@pytest.mark.parametrize(("wrong", "field"), [({"whom": "neighbours"}, "whom"), ({"why": " "}, "why"),
                                              ({"columns": ()}, "columns"), ({"columns": ("mood",)}, "columns"),
                                              ({"columns": ("surname", "surname")}, "columns")])
def test_what_has_to_be_said(session, people, tmp_path, wrong, field):
    with pytest.raises(Invalid) as problem:
        write(session, tmp_path / "out.csv", **wrong)
    assert set(problem.value.problems) == {field}
    assert not list(tmp_path.glob("*.csv*"))


def test_cancelled_leaves_nothing(session, people, tmp_path):
    before = audit.listing(session)
    with pytest.raises(Cancelled):
        write(session, tmp_path / "out.csv", cancelled=lambda: True)
    assert not [p for p in tmp_path.iterdir() if "out" in p.name]
    assert audit.listing(session) == before


def test_progress_ends_at_all(session, people, tmp_path):
    seen = []
    write(session, tmp_path / "out.csv", progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


def test_an_older_file_stays_whole_when_writing_fails(session, people, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(Cancelled):
        write(session, path, cancelled=lambda: True)
    assert path.read_text() == "old"


def test_a_folder_that_is_not_there(session, people, tmp_path):
    with pytest.raises(NotWritable):
        write(session, tmp_path / "nowhere" / "out.csv")


def test_only_who_may(session, people, tmp_path, reopen):
    officers.add(session, "Sam Sample", Role.DATA_ENTRY, Secret("pepper lantern walks uphill"), kdf=keys.least())
    session.close()
    second = reopen("pepper lantern walks uphill")
    officers.acknowledge(second)
    with pytest.raises(NotAllowed):
        write(second, tmp_path / "out.csv")


def test_a_desk_open_for_reading_cannot_record_and_so_writes_nothing(session, people, tmp_path, reopen):
    session.close()
    reading = reopen(read_only=True)
    with pytest.raises(ReadOnly):
        write(reading, tmp_path / "out.csv")
    assert not list(tmp_path.glob("*.csv*"))
