"""A command that is told to end, and a demo that was killed: nothing temporary stays, and the desk's files are the officer's alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from dpdesk.services import demo
from dpdesk.store.lock import LOCK

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and modes of POSIX")

_WAITS = """
import sys, time
from dpdesk import __main__ as program, cli
from dpdesk.services import demo

def waits(_arguments, _window):
    with demo.throw_away() as place:
        (place / "Anytown").mkdir()
        print(place, flush=True)
        time.sleep(60)

cli.main = waits
sys.argv = ["dpdesk", "demo"]
program.main()
"""


@pytest.fixture
def own_temp(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def begun(folder: Path) -> tuple[subprocess.Popen, Path]:
    program = subprocess.Popen([sys.executable, "-c", _WAITS], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(folder)})
    assert program.stdout is not None
    return program, Path(program.stdout.readline().strip())


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_takes_what_is_temporary_along(tmp_path, word):
    program, place = begun(tmp_path)
    assert place.is_dir()
    program.send_signal(word)
    program.communicate(timeout=30)
    assert program.returncode == 128 + word and not place.exists()


def test_what_a_killed_demo_left_goes_with_the_next_and_one_in_use_stays(own_temp):
    killed, left = begun(own_temp)
    other, used = begun(own_temp)
    killed.kill()
    killed.communicate(timeout=30)
    assert (left / LOCK).exists()
    try:
        with demo.throw_away() as place:
            assert place.is_dir() and used.is_dir() and not left.exists()
        assert not place.exists()
    finally:
        other.terminate()
        other.communicate(timeout=30)
    deadline = time.monotonic() + 10
    while used.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not used.exists()
