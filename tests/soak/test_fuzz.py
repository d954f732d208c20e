"""10,000 broken packages: nothing of any is handed on; and hundreds through the desk's own door, which write not one byte anywhere."""

from __future__ import annotations

import os
import random

import pyrage
import pytest

from dpdesk.domain.errors import Declined, Unreadable
from dpdesk.sealed import packages as sealing
from dpdesk.services import cards, packages
from tests.sealed import test_packages
from tests.sealed.making import FILES_INSIDE, Officer, container, manifest
from tests.services.conftest import desks, founded, session  # noqa: F401
from tests.soak.test_delivered import SOAKING

pytestmark = pytest.mark.skipif(not SOAKING, reason="make soak: 10,000 broken packages")
THROUGH_THE_DOOR = int(os.environ.get("DPDESK_SOAK_DOOR", "400"))


def test_ten_thousand(monkeypatch):
    monkeypatch.setattr(test_packages, "CASES", 10_000)
    test_packages.test_thousands_of_broken_packages_hand_nothing_on(Officer(), Officer("Ravi Example"))


def test_the_door_writes_nothing_of_a_broken_one(session, tmp_path):  # noqa: F811
    seed = random.SystemRandom().randrange(10 ** 6)
    chance, jane = random.Random(seed), Officer()
    from dpdesk.domain import cards as rules
    text = rules.written(jane.card, jane.key.sign(cards.SIGNED_AS + jane.card.canonical()).hex())
    cards.verify(session, cards.add(session, text).id, " ".join(jane.card.spoken()))
    mine = cards.own(session).card
    reader = type("Reader", (), {"card": mine})()
    made = manifest(jane, [reader], [sealing.held(name, content) for name, content in FILES_INSIDE.items()])
    inside = container(made, jane, FILES_INSIDE)
    before = sorted(path for path in tmp_path.rglob("*") if "desk" not in path.parts)
    refused = 0
    for case in range(THROUGH_THE_DOOR):
        broken = test_packages.mutated(inside, chance)
        if broken == inside:
            continue
        path = tmp_path / "desk" / f"broken-{case}.age"
        path.write_bytes(pyrage.encrypt(broken, [pyrage.x25519.Recipient.from_str(mine.age)]))
        with pytest.raises((Declined, Unreadable)):
            packages.open_to(session, path, tmp_path / "out")
        path.unlink()
        refused += 1
        assert sorted(each for each in tmp_path.rglob("*") if "desk" not in each.parts) == before
    print(f"\n{refused} broken packages through the door (seed {seed}): not one byte was written")
