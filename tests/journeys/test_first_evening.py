"""The first evening (WINDOW.md, journey 1): the very steps of `dpdesk --self-check`, on the real store."""

from __future__ import annotations

from dpdesk.cli.journey import Journey
from dpdesk.services.desks import Desks
from dpdesk.services.machine import Machine
from dpdesk.store import keys


def test_the_first_evening(tmp_path):
    journey = Journey(tmp_path, Desks(Machine(), keys.least()))
    try:
        for _code, _words, step in journey.steps():
            step()
    finally:
        journey.close()
