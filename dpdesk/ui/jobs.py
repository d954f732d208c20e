"""Work off the main thread: one lane each for reading, writing, sending and the rest; answers come back on the main thread.

An answer whose owner is gone is dropped. `close` cancels what can be cancelled, cuts what waits for a server, waits for the rest.
What a job holds (its work, its owner, its answer) is let go on the main thread: a lane's thread never destroys a widget.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from dpdesk.ui.sweeping import Sweeper

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
LANES = ("read", "write", "other", "post")
_PROGRESS_EVERY = 0.1  # seconds
_GRACE = 2.0  # seconds that work gets to stop by itself before what it waits for is cut


class Token:
    """One job's cancel switch and progress line: give `progress` and `cancelled` to the service that does the work."""

    def __init__(self, send: Callable[[Token, str, Any], None], on_progress: Callable[[int, int], None] | None) -> None:
        self._send = send
        self._event = threading.Event()
        self._last = 0.0
        self.on_progress = on_progress
        self.owner: QObject | None = None
        self.cut: Callable[[], None] = lambda: None  # ends at once what the work waits for outside, such as a mail server
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[Exception], None] | None = None

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._event.is_set()

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is; at most ten times a second reach the window, the last one always."""
        now = time.monotonic()
        if self.on_progress is not None and (done >= total or now - self._last >= _PROGRESS_EVERY):
            self._last = now
            self._send(self, "progress", (done, total))


class Jobs(QObject):
    """Runs work in lanes. `changed` is sent when the number of jobs under way changes."""

    changed = Signal(int)
    _arrived = Signal()  # carries nothing: what a thread hands over waits in `_answers`, and Qt never holds a Python object for it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, Executor] = {}
        self._tokens: set[Token] = set()
        self._futures: dict[Token, Future] = {}
        self._answers: SimpleQueue[list[Any]] = SimpleQueue()  # lists of token, kind, answer, work; emptied by who takes them
        self._sweeper = Sweeper(self)
        self._closed = self._listening = False

    @property
    def under_way(self) -> int:
        """How many jobs have not answered yet."""
        return len(self._tokens)

    def token(self, on_progress: Callable[[int, int], None] | None = None) -> Token:
        """A token to hand to the work before it is run: `run(..., token=token)`."""
        self._listen()
        return Token(self._send, on_progress)

    def run(self, lane: str, work: Callable[[], T], *, owner: QObject, done: Callable[[T], None] | None = None,
            failed: Callable[[Exception], None] | None = None, token: Token | None = None) -> Token:
        """Run `work` in `lane`; `done` or `failed` is called on the main thread while `owner` lives."""
        if lane not in LANES:
            raise ValueError(lane)
        token = token or self.token()
        token.owner, token.done, token.failed = owner, done, failed
        if self._closed:
            token.cancel()
            return token
        self._tokens.add(token)
        self.changed.emit(len(self._tokens))
        self._futures[token] = self._lane(lane).submit(self._work, [(token, work)])
        return token

    def close(self) -> None:
        """Cancel all, wait until no lane works any more, and drop every answer."""
        self._closed = True
        for token in self._tokens:
            token.cancel()
        self._cut_short()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._lanes.clear()
        self._tokens.clear()
        self._futures.clear()
        self._sweeper.let_go()
        self.changed.emit(0)

    def _cut_short(self) -> None:
        """Give all work a moment to stop by itself; what waits for something outside is cut then: locking does not wait for a server."""
        if not self._futures:
            return
        from concurrent.futures import wait
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)
        late = wait([each for each in self._futures.values() if not each.cancelled()], _GRACE).not_done
        for token, future in self._futures.items():
            if future in late:
                token.cut()

    def _listen(self) -> None:
        """Before there is anything to hand over: what a lane's thread sends is taken up by the main thread's loop."""
        if self._listening:
            return
        from PySide6.QtCore import Qt
        self._listening = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _lane(self, name: str) -> Executor:
        if name not in self._lanes:
            from concurrent.futures import ThreadPoolExecutor
            self._sweeper.hold()
            self._lanes[name] = ThreadPoolExecutor(1, thread_name_prefix=f"dpdesk-{name}")
        return self._lanes[name]

    def _work(self, given: list[tuple[Token, Callable[[], Any]]]) -> None:
        """On the lane's thread; takes the work out of `given`, so that the executor holds on to nothing of it."""
        token, work = given.pop()
        try:
            kind, answer = "done", work()
        except Exception as error:  # every failure is an answer: `failed` turns it into words
            kind, answer = "failed", error
        letter = [token, kind, answer, work]
        del token, answer, work
        self._post(letter)

    def _send(self, token: Token, kind: str, answer: Any) -> None:
        """From any thread, while the work goes on: one more thing for `_deliver`."""
        self._post([token, kind, answer, None])

    def _post(self, letter: list[Any]) -> None:
        """The letter is emptied where it is delivered, so that the sending thread is never the last to hold what was in it."""
        self._answers.put(letter)
        self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        """On the main thread, once for each thing that was sent."""
        letter = self._answers.get_nowait()
        token, kind, answer, _work = letter
        letter.clear()
        if token not in self._tokens:
            return
        alive = token.owner is not None and shiboken6.isValid(token.owner)
        if kind == "progress":
            if alive and token.on_progress is not None:
                token.on_progress(*answer)
            return
        self._tokens.discard(token)
        self._futures.pop(token, None)
        self.changed.emit(len(self._tokens))
        callback = token.done if kind == "done" else token.failed
        if alive and callback is not None:
            callback(answer)
        elif alive and kind == "failed":
            raise answer
