"""The steps of founding a desk: nothing is skipped, everything before creation can be gone back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpdesk.domain.roles import RIGHTS, Right, Role
from dpdesk.domain.secret import Secret
from dpdesk.services import founding
from dpdesk.services.founding import FoundingSteps
from tests.services.conftest import PASSPHRASE

KEY = Secret("AB12-CD34-EF56-GH78-JK90-MN12-PQ34-RS01-7V")


def answer(steps: FoundingSteps, **answers: object) -> FoundingSteps:
    for field, value in answers.items():
        setattr(steps.answers, field, value)
    return steps


@pytest.fixture
def ready() -> FoundingSteps:
    """At the step where the place is chosen, all before it answered."""
    steps = answer(FoundingSteps(), name="Jane Example", policy_code="green", branch="Anytown", policy_read="green",
                   passphrase=PASSPHRASE, repeated=PASSPHRASE)
    while not steps.next() and steps.step != founding.PLACE:
        pass
    return steps


def test_a_step_with_problems_is_not_left():
    steps = FoundingSteps()
    assert steps.next() == {"name": "missing"}
    assert steps.step == founding.YOU
    answer(steps, name="  ")
    assert steps.next() == {"name": "missing"}
    answer(steps, name="Jane Example")
    assert not steps.next() and steps.step == founding.PARTY
    assert steps.next() == {"policy_code": "missing", "branch": "missing"}


def test_the_policy_read_has_to_be_the_policy_chosen(ready):
    answer(ready, policy_code="labour")
    assert ready.problems_of(founding.POLICY) == {"policy_read": "not_read"}


@pytest.mark.parametrize(("passphrase", "repeated", "problems"), [
    ("", "", {"passphrase": "missing"}),
    ("password1234", "password1234", {"passphrase": "common"}),
    ("Jane Example Anytown", "Jane Example Anytown", {"passphrase": "personal"}),
    (PASSPHRASE, PASSPHRASE + " ", {"repeated": "differs"}),
    (PASSPHRASE, PASSPHRASE, {}),
])
def test_a_passphrase_is_judged_and_repeated(ready, passphrase, repeated, problems):
    answer(ready, passphrase=passphrase, repeated=repeated)
    assert ready.problems_of(founding.PASSPHRASE) == problems


def test_back_leads_through_every_step_and_keeps_the_answers(ready):
    seen = [ready.step]
    while ready.back():
        seen.append(ready.step)
    assert seen == [founding.PLACE, founding.PASSPHRASE, founding.POLICY, founding.PARTY, founding.YOU]
    assert ready.answers.branch == "Anytown"


def test_only_a_created_desk_leads_to_the_kit_and_there_is_no_way_back(ready):
    assert ready.next() == {"folder": "missing"}
    answer(ready, folder=Path("desk"))
    assert not ready.next() and ready.step == founding.PLACE
    ready.created()
    assert ready.step == founding.KIT and not ready.back()
    assert ready.answers.passphrase == ready.answers.repeated == ""


def test_founding_carries_the_answers(ready):
    made = ready.founding()
    assert (made.name, made.role, made.policy_code, made.branch) == ("Jane Example", Role.ACCOUNTABLE, "green", "Anytown")
    assert made.passphrase == Secret(PASSPHRASE)


def test_a_founder_can_let_others_in(ready):
    assert Right.OFFICERS_MANAGE in RIGHTS[ready.answers.role]


@pytest.mark.parametrize(("typed", "proved"), [("RS01-7V", True), ("rs 01 7v", True), ("RSOI7V", True), ("RS01", False),
                                               ("", False), ("PQ34-RS01", False), ("PQ34-RS01-7V", False)])
def test_the_last_two_groups_prove_the_paper(typed, proved):
    assert founding.proves(KEY, typed) is proved
