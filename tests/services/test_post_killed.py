"""Killed in the middle of a mailing, again and again: each person has it exactly once, or is the one that is asked about."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace

import pytest

from dpdesk.domain.post_states import Outcome, State
from dpdesk.services import post_mailings, post_send, post_settle
from tests.post.servers import authority, serving
from tests.services.conftest import PASSPHRASE
from tests.services.posting import SENDER, account, fill, prepared

TRUSTED = authority()
PEOPLE = 40
KILLS = 4


@pytest.mark.skipif(os.name != "posix", reason="only where a process can be killed")
@pytest.mark.parametrize("pipelining", [False, True])
def test_killed_and_gone_on(session, reopen, tmp_path, pipelining):
    fill(session, PEOPLE)
    rng = random.Random(7)
    with serving(tls=TRUSTED.context(tmp_path), pipelining=pipelining) as server:
        identity = prepared(session, account(session, server, TRUSTED.pem))
        session.close()
        for round_ in range(KILLS):
            before = len(server.got)
            process = subprocess.Popen([sys.executable, "-c", SENDER, str(tmp_path / "desk"), identity, PASSPHRASE], stdout=subprocess.PIPE)
            wanted = before + rng.randint(1, PEOPLE // KILLS - 2)
            while len(server.got) < wanted and process.poll() is None:
                time.sleep(0.002)
            assert process.poll() is None, f"ended by itself in round {round_}"
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
        opened = reopen()
        unknown = post_settle.unknown(opened)
        assert len(unknown) <= KILLS
        emails = {each.person: each for each in post_mailings.recipients(opened, identity)}
        assert not any(each.outcome is Outcome.IN_FLIGHT for each in emails.values())
        post_send.send(opened, identity)
        had = Counter(got.recipients[0] for got in server.got)
        assert max(had.values()) == 1
        missing = {f"person{at}@example.org" for at in range(PEOPLE)} - set(had)
        asked = {_address(opened, person) for _mailing, person in unknown}
        assert missing <= asked
        for _mailing, person in unknown:
            post_settle.decide(opened, identity, person, again=_address(opened, person) in missing)
        if missing:
            post_send.send(opened, identity)
        assert {got.recipients[0] for got in server.got} == {f"person{at}@example.org" for at in range(PEOPLE)}
        assert len(server.got) == PEOPLE
        assert post_mailings.get(opened, identity).state is State.DONE


def _address(session, person: str) -> str:
    from dpdesk.services import members
    return members.get(session, person).email


def test_a_restored_desk_sends_nobody_twice(session, desks, tmp_path):
    from dpdesk.domain.secret import Secret
    from dpdesk.services import backups
    fill(session, 3)
    session.policy = replace(session.policy, post_approve_over=10)
    with serving(tls=TRUSTED.context(tmp_path)) as server:
        identity = prepared(session, account(session, server, TRUSTED.pem))
        backups.back_up(session, tmp_path / "kept.dpdesk")
        post_send.send(session, identity)
        restored, _backup = backups.restore(desks, tmp_path / "kept.dpdesk", tmp_path / "again", Secret(PASSPHRASE))
        try:
            assert dict(post_mailings.get(restored, identity).counts) == {"unknown": 3}
            assert len(post_settle.unknown(restored)) == 3
        finally:
            restored.close()
        assert len(server.got) == 3
