"""Lanes: what a job held and what went round in circles is let go on the main thread, never in a lane's."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from dpdesk.ui.jobs import Jobs
from dpdesk.ui.sweeping import sweep


class Mark:
    """Notes the thread in which it goes."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        self._gone = gone
        self.round: Mark | None = None

    def __del__(self) -> None:
        self._gone.append(threading.current_thread())


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def owner(qapp):
    return QObject()


def finish(qtbot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.under_way, timeout=10_000)


def circles(number: int) -> int:
    """So much that goes round in circles that Python would sweep many times."""
    for _ in range(number):
        one: list = []
        one.append(one)
    return number


def test_a_lane_never_sweeps(qtbot, jobs, owner):
    gone: list[threading.Thread] = []
    jobs.run("read", lambda: None, owner=owner)
    finish(qtbot, jobs)
    mark = Mark(gone)
    mark.round = mark
    del mark
    answers: list[int] = []
    jobs.run("read", lambda: circles(200_000), owner=owner, done=answers.append)
    finish(qtbot, jobs)
    assert answers == [200_000]
    assert all(thread is threading.main_thread() for thread in gone)
    gc.collect()
    assert gone == [threading.main_thread()]


def test_the_main_thread_sweeps_meanwhile(qtbot, jobs, owner):
    gone: list[threading.Thread] = []
    going = threading.Event()
    jobs.run("read", going.wait, owner=owner)
    mark = Mark(gone)
    mark.round = mark
    del mark
    held = [[] for _ in range(5_000)]  # more than the threshold of the youngest generation
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    going.set()
    finish(qtbot, jobs)
    assert len(held) == 5_000
    assert gone == [threading.main_thread()]


def test_sweeping_is_given_back_when_the_last_lane_is_closed(qtbot, owner):
    first, second = Jobs(), Jobs()
    assert gc.isenabled()
    for each in (first, second):
        each.run("read", lambda: None, owner=owner)
    for each in (first, second):
        assert not gc.isenabled()
        finish(qtbot, each)
        each.close()
    assert gc.isenabled()


@pytest.mark.parametrize("fails", [False, True])
def test_what_the_work_held_goes_on_the_main_thread(qtbot, jobs, owner, fails):
    gone: list[threading.Thread] = []
    answers: list = []

    def run() -> None:
        mark = Mark(gone)

        def work() -> bool:
            if fails:
                raise ValueError("as it must")
            return mark is not None
        jobs.run("read", work, owner=owner, done=lambda answer: answers.append(answer), failed=lambda error: answers.append(str(error)))
    for _ in range(50):
        run()
    finish(qtbot, jobs)
    gc.collect()
    assert answers == ["as it must" if fails else True] * 50
    assert gone == [threading.main_thread()] * 50


def test_a_sweep_leaves_alone_what_is_not_due():
    gc.collect()
    before = gc.get_stats()[2]["collections"]
    sweep()
    assert gc.get_stats()[2]["collections"] == before
