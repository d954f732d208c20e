"""The courier: sends mailings in a lane of its own behind a line at the foot, whatever page is in front, until done or locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from dpdesk.domain.post_states import State
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.services.post_send import Progress, Run
    from dpdesk.ui.jobs import Token

_KEY = "post_courier"


@dataclass
class Far:
    """How far one run is: `wait` is how many seconds it rests before the next message."""

    token: Token
    done: int = 0
    total: int = 0
    wait: float = 0.0


class Courier(QObject):
    """One for the desk. `moved(mailing)` as a run goes on, `ended(mailing)` once it is over; `runs` are those under way."""

    moved = Signal(str)
    ended = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.jobs)
        self._context = context
        self.runs: dict[str, Far] = {}

    def start(self, mailing: str, secret: Secret | None = None) -> None:
        """Begin or go on with a mailing; one after another where there are several."""
        from dpdesk.services import post_send
        if mailing in self.runs:
            return
        context, session = self._context, self._context.session
        shown = context.progress(_("Sending e-mails"), lambda: self.pause(mailing))
        token = context.jobs.token(lambda done, total: self._moved(mailing, shown, done, total))
        far = self.runs[mailing] = Far(token)

        def tell(progress: Progress) -> None:
            far.wait = progress.wait
            token.progress(progress.done, progress.total)

        def opened(cut: Callable[[], None]) -> None:
            token.cut = cut

        def close() -> None:
            self.runs.pop(mailing, None)
            if shiboken6.isValid(shown):
                shown.finish()
            self.ended.emit(mailing)
            for noun in ("post", "members", "audit"):
                context.changed(noun)

        def done(run: Run) -> None:
            close()
            context.say(*told(run), (_("Look"), lambda: context.go("post_mailing", {"id": mailing})))

        def failed(error: Exception) -> None:
            close()
            failures.show(context, error)
        context.jobs.run("post", lambda: post_send.send(session, mailing, secret, post_send.Hands(tell, token.cancelled, opened=opened)),
                         owner=self, done=done, failed=failed, token=token)
        self.moved.emit(mailing)

    def pause(self, mailing: str) -> None:
        """Stop after the message under way."""
        if mailing in self.runs:
            self.runs[mailing].token.cancel()
            self.moved.emit(mailing)

    def _moved(self, mailing: str, shown, done: int, total: int) -> None:
        far = self.runs.get(mailing)
        if far is None:
            return
        far.done, far.total = done, total
        if shiboken6.isValid(shown):
            shown.update(done, total)
        self.moved.emit(mailing)


def courier(context: Context) -> Courier:
    """The desk's courier."""
    if _KEY not in context.extras:
        context.extras[_KEY] = Courier(context)
    return context.extras[_KEY]


def told(run: Run) -> tuple[str, str]:
    """How a run ended, as (kind, words): only counts."""
    from dpdesk.services.post_names import pause_name
    from dpdesk.services.words import moment
    counts = run.mailing.counts
    sent, failed = counts.get("sent", 0), counts.get("failed", 0)
    words = trn("{n} person has it.", "{n} people have it.", sent)
    if failed:
        words += " " + trn("{n} was refused.", "{n} were refused.", failed)
    if run.mailing.state is State.DONE:
        return "warning" if failed else "done", _("Finished.") + " " + words
    words = _("Paused: {why}.", why=pause_name(run.pause)) + " " + words
    if run.resume_at:
        words += " " + _("It can go on from {moment}.", moment=moment(run.resume_at))
    return "warning", words
