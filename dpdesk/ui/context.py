"""What a page is given: the session, the jobs, and the ways to go elsewhere, to speak, and to show work under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dpdesk.ui.jobs import Jobs, Token

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from dpdesk.services.desks import Desks
    from dpdesk.services.machine import Machine
    from dpdesk.services.session import Session
    from dpdesk.ui.veil import Veil

T = TypeVar("T")
Act = tuple[str, Callable[[], None]]  # the words on a button, and what it does


class ProgressHandle(Protocol):
    """A line at the foot of the window for work that takes time."""

    def update(self, done: int, total: int) -> None:
        """How far it is."""

    def finish(self) -> None:
        """The work has ended, one way or the other."""


@dataclass
class Context:
    """Handed to every page.

    `go(code, place)` shows another page; `say(kind, text, act)` speaks in the message bar of the page in front, `kind`
    being done, info, warning or failed; `progress(title, cancel)` opens a line at the foot; `retheme(theme, scale)` changes
    the look at once; `lock()` locks the desk, `lock(said)` leaves one that was erased;
    `changed(noun)` tells every page that some noun (`members`, `officers` …) changed.
    """

    session: Session
    jobs: Jobs
    machine: Machine
    desks: Desks
    go: Callable[..., None]
    say: Callable[..., None]
    progress: Callable[..., ProgressHandle]
    retheme: Callable[[str, int], None] = lambda theme, scale: None
    lock: Callable[..., None] = lambda *_: None
    changed: Callable[[str], None] = lambda noun: None
    extras: dict[str, Any] = field(default_factory=dict)
    veil: Veil | None = None

    def work(self, lane: str, title: str, work: Callable[[Token], T], *, owner: QObject, done: Callable[[T], object],
             failed: Callable[[Exception], object]) -> None:
        """Do `work(token)` in a lane, behind a line at the foot of the window that tells how far it is, and can stop it."""
        shown = self.progress(title, lambda: token.cancel())
        token = self.jobs.token(shown.update)

        def well(answer: T) -> None:
            shown.finish()
            done(answer)

        def badly(error: Exception) -> None:
            shown.finish()
            failed(error)
        self.jobs.run(lane, lambda: work(token), owner=owner, done=well, failed=badly, token=token)

    def words(self, code: str, value: str) -> str:
        """A field of a person as it may show now: held back or not."""
        return self.veil.words(code, value) if self.veil is not None else value
