"""`dpdesk --self-check`: the first evening of an officer in a throw-away desk, a line per step; installers run it too."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dpdesk.cli.call import Call
from dpdesk.cli.journey import Journey, Missed
from dpdesk.domain.errors import DeskError
from dpdesk.services.words import sentence, tr, trace_code, trn


def run(call: Call) -> int:
    """Walk the journey; 0 when every step held, 1 at the first that did not. The desk is removed either way."""
    from dpdesk.services.desks import Desks
    from dpdesk.services.machine import Machine
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dpdesk-check-", ignore_cleanup_errors=True) as place:
        journey = Journey(Path(place), Desks(Machine()))
        try:
            steps = [_walked(call, name, words, step) for name, words, step in journey.steps()]
        except Stopped as stopped:
            call.out.result({"ok": False, "failed": stopped.step, "trace": stopped.trace}, "")
            return 1
        finally:
            journey.close()
    text = trn("{n} step held, in {seconds} s.", "{n} steps held, in {seconds} s.", len(steps),
               seconds=f"{time.monotonic() - began:.1f}")
    call.out.result({"ok": True, "steps": steps}, text)
    return 0


class Stopped(Exception):
    """A step did not hold."""

    def __init__(self, step: str, trace: str) -> None:
        super().__init__(step)
        self.step, self.trace = step, trace


def _walked(call: Call, name: str, words: str, step: Callable[[], None]) -> dict:
    """One step with its line."""
    began = time.monotonic()
    try:
        step()
    except Exception as error:
        call.out.step(tr("FAILED  {words}", words=words))
        call.out.note(str(error) if isinstance(error, Missed) else
                      str(sentence(error)) if isinstance(error, DeskError) else "")
        call.out.note(trace_code(error))
        raise Stopped(name, trace_code(error)) from error
    seconds = time.monotonic() - began
    call.out.step(tr("ok {seconds} s  {words}", seconds=f"{seconds:5.1f}", words=words))
    return {"step": name, "ok": True, "seconds": round(seconds, 3)}
