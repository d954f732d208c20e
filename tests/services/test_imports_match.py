"""Which row is which member of the desk."""

from __future__ import annotations

import pytest

from dpdesk.domain.members import Kind
from dpdesk.services import members
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


def test_contacts_are_not_matched(session, tmp_path):
    members.add(session, Kind.CONTACT, {"forename": "Ann", "surname": "Lee", "email": "ann@example.org"})
    assert look(session, tmp_path, FIRST).counts.new == 2
