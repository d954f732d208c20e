"""Which row is which member of the desk."""

from __future__ import annotations

import pytest

from dpdesk.domain.members import Kind
from dpdesk.services import audit, capacities, contacting, imports_kept, joining, members
from dpdesk.services.capacities import Given
from tests.services.importing import bring, look, of

HEADER = "Membership No | Forename | Surname | Email | Mobile | Postcode | Date of birth | Status | Joined\n"
FIRST = (
    HEADER
    + """
1 | Ann | Lee | ann@example.org | 07700 900123 | an1 1aa | 1/2/1980 | Current | 3/4/2020
2 | Bob | Kim | bob@example.org | 01632 960124 | AN1 1AB |          | Expired | 3/4/2019
""".lstrip()
)


def test_one_person_twice_in_a_list(session, tmp_path):
    shown = look(
        session,
        tmp_path,
        HEADER
        + """
1 | Ann | Lee | a@example.org | | AN1 1AA | 1/1/1980 | |
1 | Ann | Lea | | | | | |
  | Ann | LEE | A+list@example.org | | | | |
  | Ann | Lee | | | AN1 1AA | | |
  | Ann | Lee | | | AN1 1AA | 2/2/1999 | |
5 | Ann | Lee | a@example.org | | AN1 1AA | | |
""".strip(),
    )
    assert [(r.row, r.reason) for r in shown.refused] == [
        (3, "duplicate_in_file"),
        (4, "duplicate_in_file"),
        (5, "duplicate_in_file"),
    ]
    assert shown.counts.new == 3


@pytest.mark.parametrize(
    "row",
    [
        "1 | Anna | Lea | other@example.org | | AN9 9AA | |",
        " | Ann | Lee | ANN@example.org | | | |",
        " | Ánn | LEE | ann+news@example.org | | | |",
        " | Ann | Lee | | | AN1 1AA | |",
        " | Ann | Lee | new@example.org | | an11aa | 1/2/1980 |",
        "77 | Ann | Lee | ann@example.org | | | |",
        "001 | Ann | Lee | ann@example.org | | | |",
    ],
)
def test_recognised(session, tmp_path, row):
    bring(session, tmp_path, FIRST)
    shown = look(session, tmp_path, HEADER + row + " |")
    assert of(shown.counts, "new", "refused", "missing") == (0, 0, 1), shown.refused


@pytest.mark.parametrize(
    "row",
    [
        " | Ann | Lee | | | AN1 1AA | 2/2/1990 |",
        " | Ann | Lee | | | AN2 2AA | |",
        " | Bea | Lee | ann@example.org | | AN1 1AA | |",
        " | Ann | Lee | | | | |",
    ],
)
def test_somebody_else(session, tmp_path, row):
    bring(session, tmp_path, FIRST)
    assert look(session, tmp_path, HEADER + row + " |").counts.new == 1


def test_father_and_son_of_one_name_stay_two(session, tmp_path):
    both = HEADER + "1 | Sam | Lee | sam@example.org | | AN1 1AA | | |\n2 | Sam | Lee | sam@example.org | | AN1 1AA | | |\n"
    assert bring(session, tmp_path, both).counts.new == 2
    assert bring(session, tmp_path, both).counts.unchanged == 2
    one = look(session, tmp_path, HEADER + " | Sam | Lee | sam@example.org | | AN1 1AA | | |\n")
    assert [(r.row, r.reason) for r in one.refused] == [(2, "ambiguous")]


def test_a_contact_on_the_list_becomes_a_member_and_stays_the_same_person(session, tmp_path):
    ann = members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org", "town": "Anytown"})
    capacities.add(session, ann.id, Given("supporter"))
    contacting.stop(session, ann.id, "email", contacting.StopReason.OPT_OUT, "Letter")
    shown = look(session, tmp_path, FIRST)
    assert of(shown.counts, "new", "changed", "missing") == (1, 1, 0) and shown.problems_by_kind["contact_joins"] == 1
    assert shown.sample_changes[0].fields["kind"] == ("contact", "member")
    result = bring(session, tmp_path, FIRST)
    row = members.row(session, ann.id)
    assert (row.member.kind, row.member.number, row.member.town, row.member.status) == (Kind.MEMBER, "1", "Anytown", "current")
    assert row.stopped == {"email"} and row.capacities == ("supporter",)
    assert members.counts(session).contacts == 0 and members.counts(session).members == 2
    assert members.history(session, ann.id)[0].action == "members.imported" and audit.verify(session).whole
    assert look(session, tmp_path, FIRST).counts.unchanged == 2
    imports_kept.roll_back(session, result.import_id)
    back = members.row(session, ann.id)
    assert (back.member.kind, back.member.values()) == (Kind.CONTACT, ann.values())
    assert back.stopped == {"email"} and back.capacities == ("supporter",) and members.counts(session).members == 0


def test_a_member_fits_before_a_contact_and_two_contacts_cannot_be_told(session, tmp_path):
    bring(session, tmp_path, FIRST)
    twin = members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org"})
    assert look(session, tmp_path, FIRST).counts.unchanged == 2 and members.get(session, twin.id).kind is Kind.CONTACT
    for _ in range(2):
        members.add(session, Kind.CONTACT, {"forename": "Cy", "surname": "Oak", "email": "cy@example.org"})
    shown = look(session, tmp_path, HEADER + "3 | Cy | Oak | cy@example.org | | | | | |")
    assert [(r.row, r.reason) for r in shown.refused] == [(2, "ambiguous")]


def test_who_left_and_is_a_contact_comes_back_only_as_a_standing_member(session, tmp_path):
    bring(session, tmp_path, FIRST)
    bob = members.search(session, "Kim")[0].member
    joining.leave(session, bob.id, Given("supporter"))
    shown = bring(session, tmp_path, FIRST)
    assert of(shown.counts, "new", "changed", "unchanged") == (0, 0, 2) and members.get(session, bob.id).kind is Kind.CONTACT
    assert bring(session, tmp_path, FIRST.replace("Expired", "Current")).counts.changed == 1
    assert members.get(session, bob.id).kind is Kind.MEMBER and members.row(session, bob.id).capacities == ("supporter",)
