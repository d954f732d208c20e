"""Killed at any page of a pile, again and again: in the end every page is in exactly once, and no answer is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest

from dpdesk.domain.scans import Fate
from dpdesk.services import entering, scans, scans_take
from tests.services import canvassing, scanning
from tests.services.conftest import PASSPHRASE
from tests.soak.test_delivered import SOAKING

PAGES, KILLS = (20, 10) if SOAKING else (4, 2)
PEOPLE = [("CV", str(n), "0", "", "", f"Resident{n}", "Ada", "AN1 2AB", f"{(n + 1) // 2} Weir Lane", "Anytown")
          for n in range(1, 12 * PAGES + 1)]
TAKER = """
import sys
from pathlib import Path
from dpdesk.domain.secret import Secret
from dpdesk.services import scans_take
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store import keys
session = Desks(Machine(), keys.least()).open(Path(sys.argv[1]), Secret(sys.argv[3]))
told = lambda arrived: print(arrived.at, flush=True)
left = scans_take.unfinished(session)
if left:
    scans_take.resume(session, left[0]["id"], told=told)
else:
    scans_take.take(session, scans_take.from_paths([Path(sys.argv[2])]), told=told)
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="only where a process can be killed")
def test_a_pile_survives_being_killed_at_any_page(session, reopen, tmp_path):
    sheet = canvassing.out(session, canvassing.planned(session, tmp_path, PEOPLE))
    path = scanning.scan(tmp_path, [scanning.filled(session, sheet, page, hand=page).grey for page in range(1, sheet.pages + 1)])
    session.close()
    rng, heard = random.Random(5), []
    for round_ in range(KILLS + 1):
        process = subprocess.Popen([sys.executable, "-c", TAKER, str(tmp_path / "desk"), str(path), PASSPHRASE], stdout=subprocess.PIPE,
                                   text=True)
        until = rng.randint(1, 2) if round_ < KILLS else 10**6
        for line in process.stdout:
            heard.append(line.strip())
            if line.strip() == "done":
                break
            until -= 1
            if until == 0:
                process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        if heard[-1:] == ["done"]:
            break
    opened = reopen()
    assert scans_take.unfinished(opened) == []
    (batch,) = scans.batches(opened)
    arrived = scans.arrived(opened, batch.id)
    assert [each.at for each in arrived] == list(range(sheet.pages)) and {each.fate for each in arrived} == {Fate.TAKEN}
    assert [page.page for page in scans.of_sheet(opened, sheet.id)] == list(range(1, sheet.pages + 1))
    entered = [row.fact.id for row in entering.rows(opened, sheet.id) if row.fact is not None]
    assert len(entered) == len(set(entered)) == sum(row.decided for page in scans.of_sheet(opened, sheet.id) for row in page.rows)
