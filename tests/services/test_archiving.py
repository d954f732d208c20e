"""The archive: out of the everyday lists, still there, recognised by an import, back by one step."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Invalid
from dpdesk.domain.imports import WholeList
from dpdesk.domain.members import Kind
from dpdesk.services import archiving, audit, members
from dpdesk.services.members import Query
from dpdesk.services.session import today
from tests.services.importing import bring, everybody, look

LIST = """
Membership No | Forename | Surname | Email           | Status
1             | Ann      | Lee     | ann@example.org | {status}
2             | Bob      | Moss    | bob@example.org | current
"""


@pytest.fixture
def branch(session, tmp_path):
    bring(session, tmp_path, LIST.format(status="current"))
    return session


def identity(session, name: str) -> str:
    return next(row.member.id for row in members.search(session, name))


def listed(session, **query) -> list[str]:
    return [row.member.name for row in members.rows(session, members.spine(session, Query(**query)))]


def test_put_aside_and_back(branch):
    ann = identity(branch, "Ann Lee")
    assert archiving.archive(branch, [ann], "Moved abroad") == 1
    assert listed(branch) == ["Bob Moss"] and listed(branch, flag="archived") == ["Ann Lee"]
    assert listed(branch, text="ann") == [] and listed(branch, text="ann", flag="archived") == ["Ann Lee"]
    assert members.search(branch, "ann lee") == []
    counts = members.counts(branch)
    assert (counts.members, counts.archived, dict(counts.by_status)) == (1, 1, {"current": 1})
    assert archiving.aside(branch, ann) == (today().isoformat(), "Moved abroad")
    assert archiving.archive(branch, [ann], "Again") == 0
    assert members.get(branch, ann).name == "Ann Lee"
    assert members.history(branch, ann)[0].action == "members.archived"
    assert archiving.take_back(branch, [ann]) == 1 and archiving.take_back(branch, [ann]) == 0
    assert listed(branch) == ["Ann Lee", "Bob Moss"] and members.counts(branch).archived == 0
    assert audit.verify(branch).whole


def test_a_reason_is_needed(branch):
    with pytest.raises(Invalid):
        archiving.archive(branch, [identity(branch, "Ann Lee")], " ")


@pytest.mark.parametrize(("status", "back"), [("current", True), ("lapsed", False)])
def test_an_import_knows_them_and_brings_standing_members_back(branch, tmp_path, status, back):
    archiving.archive(branch, [identity(branch, "Ann Lee")], "Moved abroad")
    shown = look(branch, tmp_path, LIST.format(status=status))
    assert shown.counts.new == 0 and ("archived_back" in shown.problems_by_kind) is back
    bring(branch, tmp_path, LIST.format(status=status))
    assert len(everybody(branch)) == (2 if back else 1)
    assert members.counts(branch).archived == (0 if back else 1)


def test_nobody_in_the_archive_is_missing_from_a_list(branch, tmp_path):
    archiving.archive(branch, [identity(branch, "Ann Lee")], "Moved abroad")
    text = "\n".join(line for line in LIST.format(status="current").splitlines() if "Ann" not in line)
    assert look(branch, tmp_path, text, whole=WholeList(today().isoformat())).missing == []


def test_contacts_too(session):
    contact = members.add(session, Kind.CONTACT, {"surname": "Pike"})
    archiving.archive(session, [contact.id], "No answer for years")
    assert listed(session, kind=Kind.CONTACT) == [] and members.counts(session).archived_contacts == 1
