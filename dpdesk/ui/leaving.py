"""How the window asks where a copy is to go: the guard is asked before anything is written, and what it cannot tell is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dpdesk.domain.copies import Answer, CopyKind, Verdict
from dpdesk.domain.errors import PlaceRefused
from dpdesk.ui.jobs import Jobs
from dpdesk.ui.widgets import ask
from dpdesk.ui.words import _, sentence

Then = Callable[[Path, str], object]
Refused = Callable[[Exception], object]


@dataclass(frozen=True)
class Chooser:
    """What the chooser shows: its title, the name it begins with, and the kinds of file, such as "Lists (*.csv)"."""

    title: str
    name: str
    names: str


def choose(parent: QWidget, jobs: Jobs, kind: CopyKind, chooser: Chooser, then: Then, refused: Refused) -> None:
    """Ask where to save, and let the guard judge; `then(path, accepted)` where it may go there, else `refused`."""
    ask.choose_save(parent, chooser.title, chooser.name, chooser.names,
                    lambda path: check(parent, jobs, kind, Path(path), then, refused))


def check(parent: QWidget, jobs: Jobs, kind: CopyKind, path: Path, then: Then, refused: Refused) -> None:
    """Let the guard judge `path`; the officer is asked where it cannot tell."""
    from dpdesk.services import copies

    def judged(verdict: Verdict) -> None:
        if verdict.answer is Answer.FINE:
            then(path, "")
            return
        problem = PlaceRefused(verdict.code, verdict.name, final=verdict.answer is Answer.STOPPED)
        if problem.final:
            refused(problem)
            return
        said = sentence(problem)
        ask.confirm(parent, _("Is this a safe place?"), f"{said.what} {said.do}", _("I know that it is safe"),
                    lambda: then(path, verdict.code), danger=True)
    jobs.run("other", lambda: copies.judge(path, kind), owner=parent, done=judged, failed=refused)
