"""What every test stands on: no screen, a home of its own, no leftover thread, and in CI no excuse."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Qt or asks where settings live.
HOME = Path(tempfile.mkdtemp(prefix="dpdesk-tests-"))
FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
}
for _name, _folder in FOLDERS.items():
    (HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(HOME / _folder)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("DPDESK_PASSPHRASE", None)

THREADS_OF_TOOLS = ("pytest_timeout", "pytest-")


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def refused(report: pytest.TestReport | pytest.CollectReport) -> bool:
    """With CI=true everything a test needs has to be there: a skip that says "needs …" is a failure."""
    if os.environ.get("CI", "").lower() not in ("true", "1") or not isinstance(report.longrepr, tuple):
        return False
    return report.outcome == "skipped" and report.longrepr[2].removeprefix("Skipped: ").startswith("needs ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    if refused(report):
        report.outcome, report.longrepr = "failed", f"not to be skipped in CI: {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    if refused(report):
        report.outcome, report.longrepr = "failed", f"not to be skipped in CI: {report.longrepr[2]}"
    return report


def running() -> set[threading.Thread]:
    """The Python threads; those that Qt started (and Python only met) belong to the tests of ui/."""
    return {
        thread for thread in threading.enumerate()
        if not isinstance(thread, threading._DummyThread) and not thread.name.startswith(THREADS_OF_TOOLS)
    }  # fmt: skip


@pytest.fixture(autouse=True)
def known_disk(monkeypatch) -> None:
    """The guard sees the machine's own disk wherever the tests run: in a container it could not tell."""
    from dpdesk.device import place
    monkeypatch.setattr(place, "on_linux", lambda folder, machine: (False, False))


@pytest.fixture(autouse=True)
def quiet_device(request, monkeypatch) -> None:
    """Today says nothing of the machine the tests run on, but in the tests of devices: it is looked after by nobody."""
    from dpdesk.services import device_today
    if "device" not in request.node.path.name:
        monkeypatch.setattr(device_today, "_this", lambda session: [])


@pytest.fixture(autouse=True)
def no_leftover_threads() -> Iterator[None]:
    """A test ends its threads; one that is just ending has a second to do so."""
    before = running()
    yield
    until = time.monotonic() + 1
    while (left := running() - before) and time.monotonic() < until:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"
