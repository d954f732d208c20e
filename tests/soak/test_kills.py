"""A mailing to 1,000 through a real Exim, killed ten times: each person has it exactly once, or is the one that is asked about."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dpdesk.domain.post_states import Outcome, State
from dpdesk.services import post_mailings, post_send, post_settle
from tests.post.servers import authority
from tests.services.conftest import PASSPHRASE, desks, founded, reopen, session  # noqa: F401
from tests.services.posting import SENDER, account, prepared
from tests.soak import exim
from tests.soak.test_delivered import PEOPLE, SOAKING, fill, local, placed

KILLS = 10
pytestmark = pytest.mark.skipif(not (SOAKING and exim.program()), reason="make soak, with exim4 and root")


def taken(folder: Path) -> int:
    """How many messages the server has taken so far: each is a file in its queue."""
    return sum(1 for _ in (folder / "spool" / "input").glob("*-H"))


def killed(desk: Path, identity: str, folder: Path, wanted: int, rng: random.Random) -> None:
    """Send in a process of its own, and kill that at a random moment once the server has taken so many."""
    process = subprocess.Popen([sys.executable, "-c", SENDER, str(desk), identity, PASSPHRASE], stdout=subprocess.PIPE)
    while taken(folder) < wanted and process.poll() is None:
        time.sleep(0.001)
    time.sleep(rng.uniform(0, 0.02))
    assert process.poll() is None, "it ended by itself"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_ten_kills(session, reopen, tmp_path):  # noqa: F811
    people, seed = fill(session, PEOPLE), random.SystemRandom().randrange(10**6)
    rng, trusted = random.Random(seed), authority()
    with placed("kills") as place, exim.running(Path(place), trusted, [local(person.email) for person in people]) as server:
        identity = prepared(session, account(session, server, trusted.pem))
        session.close()
        for wanted in sorted(rng.sample(range(1, PEOPLE - 20), KILLS)):
            killed(tmp_path / "desk", identity, Path(place), max(wanted, taken(Path(place)) + 1), rng)
        opened = reopen()
        opened.policy = replace(opened.policy, post_approve_over=10_000)
        post_send.send(opened, identity)  # settles the last kill, and goes on
        states = {each.person: each.outcome for each in post_mailings.recipients(opened, identity)}
        assert set(states.values()) <= {Outcome.SENT, Outcome.UNKNOWN}
        asked = {person for _mailing, person in post_settle.unknown(opened)}
        server.settle(PEOPLE - len(asked))
        had = Counter({box: len(found) for box, found in server.boxes().items()})
        never = [person for person in people if not had[local(person.email)]]
        assert max(had.values()) == 1, "somebody got it twice"
        assert len(asked) <= KILLS and {person.id for person in never} <= asked
        print(f"\n{KILLS} kills in {PEOPLE} (seed {seed}): {had.total()} had it once, none twice; unknown and asked about {len(asked)}, "
              f"of whom {len(asked) - len(never)} had it")
        for person in people:
            if person.id in asked:
                post_settle.decide(opened, identity, person.id, again=person in never)
        if never:
            post_send.send(opened, identity)
            server.settle(PEOPLE)
        assert Counter({box: len(found) for box, found in server.boxes().items()}) == Counter(local(person.email) for person in people)
        assert post_mailings.get(opened, identity).state is State.DONE
