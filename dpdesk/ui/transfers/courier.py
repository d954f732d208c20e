"""Sends the outbox, collects and fetches receipts in the lane of what waits for servers, whatever page is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.domain.roles import Right
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.words import _, sentence, trn

if TYPE_CHECKING:
    from dpdesk.services.collecting import Collection
    from dpdesk.services.outbox import Run
    from dpdesk.ui.jobs import Token

_KEY = "transfers_courier"
_LOOK_EVERY = 15_000  # milliseconds


class Courier(QObject):
    """One for the desk; one run at a time. `ended` is sent when a run is over."""

    ended = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.jobs)
        self._context = context
        self.token: Token | None = None
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_EVERY)
        self._again.timeout.connect(self._try_again)

    def begin(self) -> None:
        """From now on what waits goes by itself, as soon as there is a network; what fails is tried again, each time later."""
        self._again.start()

    def send(self, wanted: str = "") -> None:
        """Send what waits, now."""
        from dpdesk.services import outbox
        session = self._context.session
        self._run(_("Sending packages"), lambda hands: outbox.send(session, hands, wanted=wanted), self._sent)

    def _try_again(self) -> None:
        """Send what is due by now; nothing is said where nothing is due, or nothing went: the outbox and Today say why."""
        from dpdesk.services import outbox
        session = self._context.session

        def found(due: int) -> None:
            if due and self.token is None:
                self._run(_("Sending packages"), lambda hands: outbox.send(session, hands, due_only=True),
                          lambda run: self._sent(run) if run.sent else None)
        if self.token is None and session.may(Right.TRANSFERS_SEND):
            self._context.jobs.run("read", lambda: outbox.due(session), owner=self, done=found, failed=lambda _error: self._again.stop())

    def receipts(self) -> None:
        """Fetch receipts from everywhere."""
        from dpdesk.services import receipts
        session = self._context.session
        self._run(_("Fetching receipts"), lambda hands: receipts.fetch(session, hands=hands), self._receipted)

    def take_back(self) -> None:
        """Take away what was cancelled, once nothing else is on its way."""
        from dpdesk.services import taking_back
        session = self._context.session
        if self.token is None:
            self._run(_("Taking away"), lambda hands: taking_back.take_back(session, hands), self._taken_back)

    def _taken_back(self, answer: tuple[int, list]) -> None:
        _went, failed = answer
        said = "".join(_("{place}: {said}", place=place, said=sentence(problem)) + " " for place, problem in failed)
        if failed:
            self._context.say("warning", said + _("What lies there is taken away with the next sending."), None)

    def collect(self, destination: str) -> None:
        """Collect what lies at one destination."""
        from dpdesk.services import collecting
        session = self._context.session
        self._run(_("Fetching packages"), lambda hands: collecting.collect(session, destination, hands), self._collected)

    def _run(self, title: str, work: Callable[[Any], Any], told: Callable[[Any], None]) -> None:
        if self.token is not None:
            self._context.say("info", _("Something is on its way already. Wait until it is done, or stop it."), None)
            return
        from dpdesk.services.outbox import Hands
        context = self._context
        shown = context.progress(title, lambda: token.cancel())
        token = self.token = context.jobs.token(lambda done, total: shown.update(done, total) if shiboken6.isValid(shown) else None)

        def opened(cut: Callable[[], None]) -> None:
            token.cut = cut

        def close() -> None:
            self.token = None
            if shiboken6.isValid(shown):
                shown.finish()
            for noun in ("packages", "audit", "copies"):
                context.changed(noun)
            self.ended.emit()

        def done(answer: Any) -> None:
            close()
            told(answer)

        def failed(error: Exception) -> None:
            close()
            failures.show(context, error)
        context.jobs.run("post", lambda: work(Hands(token.progress, token.cancelled, opened)), owner=self, done=done, failed=failed,
                         token=token)

    def _sent(self, run: Run) -> None:
        if run.failed:
            said = dict.fromkeys(str(sentence(problem)) for _transfer, problem in run.failed)
            self._context.say("warning", " ".join(said), None)
        else:
            self._context.say("done", trn("{n} package was sent and is there whole.", "{n} packages were sent and are there whole.",
                                          len(run.sent)), None)

    def _receipted(self, answer: tuple[list, list]) -> None:
        came, failed = answer
        said = trn("{n} receipt came.", "{n} receipts came.", len(came))
        said += "".join(" " + _("{place}: {said}", place=place, said=sentence(problem)) for place, problem in failed)
        self._context.say("warning" if failed else "done", said, None)

    def _collected(self, got: Collection) -> None:
        bad = [each for each in got.found if each.problem is not None]
        came = sum(each.package is not None for each in got.found)
        said = trn("{n} package came in and is receipted.", "{n} packages came in and are receipted.", came)
        said += "".join(" " + str(sentence(each.problem)) for each in bad)
        self._context.say("warning" if bad else "done", said, (_("Look"), lambda: self._context.go("packages", None)) if came else None)


def courier(context: Context) -> Courier:
    """The desk's courier."""
    if _KEY not in context.extras:
        context.extras[_KEY] = Courier(context)
    return context.extras[_KEY]
