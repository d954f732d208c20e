"""The guards of tests/conftest.py do guard: each is shown a test that must fail."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.reading import ROOT

SKIP = "import pytest\n\n\ndef test_it():\n    pytest.skip('{reason}')\n"
MODULE_SKIP = "import pytest\n\npytest.skip('{reason}', allow_module_level=True)\n"
LEFTOVER = """
import threading, time

def test_it():
    threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
"""
HOME = """
import os, pathlib

def test_it():
    assert str(pathlib.Path.home()) == os.environ['HOME'] != {home!r}
"""


def run(folder: Path, text: str, ci: str = "") -> str:
    """What pytest says of a test file that stands under our conftest."""
    (folder / "conftest.py").write_bytes((ROOT / "tests/conftest.py").read_bytes())
    (folder / "test_planted.py").write_text(text, "utf-8")
    words = ["-q", "--rootdir", str(folder), "-p", "no:randomly", "-p", "no:cacheprovider", str(folder)]
    environment = os.environ | {"CI": ci}
    command = [sys.executable, "-m", "pytest", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("text", [SKIP, MODULE_SKIP], ids=["test", "module"])
def test_a_skip_for_a_need_fails_in_ci(tmp_path: Path, text: str) -> None:
    said = run(tmp_path, text.format(reason="needs sshd"), ci="true")
    assert "not to be skipped in CI" in said
    assert "1 failed" in said or "1 error" in said


@pytest.mark.parametrize(("reason", "ci"), [("needs sshd", ""), ("only on Windows", "true")])
def test_other_skips_stand(tmp_path: Path, reason: str, ci: str) -> None:
    assert "1 skipped" in run(tmp_path, SKIP.format(reason=reason), ci=ci)


def test_a_leftover_thread_fails(tmp_path: Path) -> None:
    assert "threads left running" in run(tmp_path, LEFTOVER)


def test_home_is_not_the_home_of_the_one_who_tests(tmp_path: Path) -> None:
    assert "1 passed" in run(tmp_path, HOME.format(home=str(Path.home())))
