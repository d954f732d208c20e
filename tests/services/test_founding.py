"""The wizard's steps hold back until each is complete, and hand over everything at the end."""

from __future__ import annotations

import pytest

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Role
from dpdesk.services.founding import STEPS, FoundingSteps
from tests.services.conftest import PASSPHRASE


def test_each_step_waits_for_what_it_needs(tmp_path):
    steps = FoundingSteps()
    entered = [({"name": "Jane"}, {"name": "missing"}),
               ({"policy": "green", "branch": "Anytown"}, {"policy": "missing", "branch": "missing"}),
               ({"read": "green"}, {"read": "not_read"}),
               ({"passphrase": PASSPHRASE, "again": PASSPHRASE}, {"passphrase": "weak"}),
               ({"folder": tmp_path}, {"folder": "missing"})]
    for code, (values, missing) in zip(STEPS, entered, strict=True):
        assert steps.step == code and not steps.next() and steps.problems() == missing
        for name, value in values.items():
            setattr(steps, name, value)
        assert steps.next()
    founding = steps.founding()
    assert (founding.name, founding.role, founding.branch, founding.policy_code) == ("Jane", Role.ACCOUNTABLE, "Anytown", "green")


def test_another_policy_has_to_be_read_again():
    steps = FoundingSteps(policy="green", read="green")
    steps.policy = "labour"
    assert steps.problems("policy") == {"read": "not_read"}


def test_passphrases_that_differ_are_named():
    assert FoundingSteps(passphrase=PASSPHRASE, again="x").problems("passphrase") == {"again": "differs"}


def test_back_is_always_possible_and_nothing_is_founded_early():
    steps = FoundingSteps(at=2)
    assert steps.back() and steps.back() and not steps.back()
    with pytest.raises(Invalid):
        steps.founding()
    assert PASSPHRASE not in repr(FoundingSteps(passphrase=PASSPHRASE))
