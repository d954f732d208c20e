"""A founded desk with the least key derivation, and officers of every role."""

from __future__ import annotations

import pytest

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.store import keys
from tests.founding import found

PASSPHRASE = "the ferret sang on tuesday"


@pytest.fixture
def desks(tmp_path):
    return Desks(Machine(path=tmp_path / "machine.json"), keys.least())


@pytest.fixture
def founded(desks, tmp_path):
    """An open desk in `tmp_path/desk` and its recovery key."""
    session, recovery = found(desks, tmp_path / "desk", Founding(
        "Jane Example", Role.ACCOUNTABLE, "green", "Anytown", Secret(PASSPHRASE)))
    yield session, recovery
    session.close()


@pytest.fixture
def session(founded):
    return founded[0]


@pytest.fixture
def reopen(desks, tmp_path):
    """Opens the desk in `tmp_path/desk` (or another folder there) again, as whoever's passphrase is given; closes it at the end."""
    opened = []

    def _open(passphrase: str = PASSPHRASE, folder: str = "desk", **how):
        opened.append(desks.open(tmp_path / folder, Secret(passphrase), **how))
        return opened[-1]

    yield _open
    for each in opened:
        each.close()
