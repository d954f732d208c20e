"""What holds for every command: no Qt, no traceback, JSON alone on stdout, clean stops, the demo and the self-check."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import pytest

from dpdesk.cli import output
from dpdesk.cli.imports import stoppable
from dpdesk.cli.run import code_of as errors_code
from dpdesk.domain.errors import NotAllowed
from dpdesk.services import imports, members

WITHOUT_QT = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocked())
from dpdesk import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def test_the_command_line_needs_no_qt(desk, list_file):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, "--desk", desk, "members", "import", list_file, "--apply", "--json"],
        env={**os.environ, "DPDESK_PASSPHRASE": "the ferret sang on tuesday", "PYTHONIOENCODING": "ascii"},
        capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["counts"]["new"] == 2


def test_the_unforeseen_is_one_sentence_and_frames(dpdesk, monkeypatch):
    def broken(*_):
        raise ValueError("Catherine Smith, catherine@example.org")

    monkeypatch.setattr(members, "counts", broken)
    told = dpdesk("desk", "info", "--json")
    assert told.status == 1
    assert "dpdesk’s fault" in told.err
    assert "ValueError < " in told.err
    assert "Catherine" not in told.out + told.err
    assert told.data["error"]["code"] == "bug"


def test_ctrl_c_is_a_plain_stop(dpdesk, monkeypatch):
    def pressed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(members, "counts", pressed)
    told = dpdesk("desk", "info")
    assert told.status == 1
    assert "Stopped, as you asked." in told.err


def test_ctrl_c_asks_an_import_to_stop_and_nothing_is_changed(dpdesk, list_file, monkeypatch):
    real = imports.apply

    def pressed(session, preview, progress=None, cancelled=None, **how):
        os.kill(os.getpid(), signal.SIGINT)
        assert cancelled()
        return real(session, preview, progress, cancelled, **how)

    if sys.platform == "win32":
        pytest.skip("a signal to oneself ends the process on Windows")
    monkeypatch.setattr(imports, "apply", pressed)
    told = dpdesk("members", "import", list_file, "--apply")
    assert told.status == 1
    assert "Stopped, as you asked. Nothing was changed." in told.err
    monkeypatch.undo()
    monkeypatch.setenv("DPDESK_PASSPHRASE", "the ferret sang on tuesday")
    assert dpdesk("desk", "info", "--json").data["members"] == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_twice_breaks_off():
    if sys.platform == "win32":
        pytest.skip("a signal to oneself ends the process on Windows")
    with pytest.raises(KeyboardInterrupt), stoppable() as stopped:
        assert not stopped()
        os.kill(os.getpid(), signal.SIGINT)
        assert stopped()
        os.kill(os.getpid(), signal.SIGINT)


def test_stoppable_works_away_from_the_main_thread():
    answers = []

    def work() -> None:
        with stoppable() as stopped:
            answers.append(stopped())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert answers == [False]


def test_without_a_command_the_window_opens(run):
    assert run(open_window=lambda *_: 0).status == 0


def test_the_demo_opens_in_the_window_and_goes_with_it(run, monkeypatch):
    seen = []

    def window(folder, passphrase):
        seen.append((folder, folder.exists(), passphrase))
        return 0

    told = run("demo", "--window", open_window=window)
    assert told.status == 0
    folder, was_there, passphrase = seen[0]
    assert was_there
    assert not folder.exists()
    assert passphrase in told.err
    assert run("demo", "--window").status == 1


def test_the_demo_without_a_window_tells_how_to_open_it(run, tmp_path, monkeypatch):
    told = run("demo", "--folder", tmp_path / "demo", "--json")
    assert (told.data["members"], told.data["contacts"]) == (600, 40)
    monkeypatch.setenv("DPDESK_PASSPHRASE", told.data["passphrase"])
    assert run("--desk", tmp_path / "demo", "audit", "verify").status == 0
    assert run("demo", "--folder", tmp_path / "demo").status == 1


def test_a_self_check_that_fails_says_where(run, monkeypatch):
    from dpdesk.cli.journey import Journey

    def broken(self):
        raise ValueError("secret")

    monkeypatch.setattr(Journey, "create", broken)
    told = run("--self-check", "--json")
    assert told.status == 1
    assert (told.data["ok"], told.data["failed"]) == (False, "create")
    assert "FAILED" in told.err
    assert "secret" not in told.out + told.err


def test_codes_of_errors_are_readable():
    assert errors_code(NotAllowed("x", ())) == "not_allowed"
    assert errors_code(ValueError()) == "bug"


def test_tables_line_up_and_hold_no_control_characters():
    text = output.table(("A", "B"), [("one", "x\ny"), ("three", "\x1b[2J")])
    assert text.splitlines() == ["A      B", "one    x y", "three   [2J"]
    assert output.pairs([("Name", "Lee"), ("Town", "")]) == "Name  Lee"
