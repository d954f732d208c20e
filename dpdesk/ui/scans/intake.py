"""Takes piles in while the officer works elsewhere: one at a time, with progress at the foot of the window; and watches a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from dpdesk.domain.errors import Cancelled
from dpdesk.domain.scanners import Device, Wish
from dpdesk.domain.scans import Fate
from dpdesk.services.scans_words import fates_sentence, reason_sentence, streaks_sentence
from dpdesk.ui import failures
from dpdesk.ui.words import _, trn

if TYPE_CHECKING:
    from dpdesk.services.scans_take import Brought, Taken
    from dpdesk.ui.context import Context

_LOOKS = 1_500  # milliseconds between two looks at the watched folder
FOLDER = "scan_folder"


def intake(context: Context) -> Intake:
    """The one intake of a desk's window; it lives until the desk is locked."""
    if "scans_intake" not in context.extras:
        context.extras["scans_intake"] = Intake(context)
    return context.extras["scans_intake"]


class Intake(QObject):
    """`came` as pages are in; `ended` when a pile is."""

    came = Signal()
    ended = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.jobs)
        self.context = context
        self.busy = False
        self.delete = False
        self.far = (0, 0)
        self._stop: Callable[[], None] = lambda: None
        self._waiting: list[tuple[str, Callable[[], Iterable[Brought]]]] = []
        self.folder: Path | None = None
        self._watcher = None
        self._looking = False
        self.gone = False  # the watched folder: told once, looked for again and again
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS)
        self._timer.timeout.connect(self._look)

    def files(self, paths: list[Path], via: str = "files") -> None:
        """Take files in, after what is under way."""
        from dpdesk.services import scans_take
        self._queue(via, lambda: scans_take.from_paths(paths))

    def pasted(self, content: bytes) -> None:
        """Take a picture from the clipboard in."""
        from dpdesk.services.scans_take import Brought
        self._queue("paste", lambda: [Brought(_("Clipboard"), lambda: content)])

    def scanner(self, device: Device, wish: Wish) -> None:
        """Scan, and take the pages in as they come."""
        from dpdesk.services import scanners, scans_take
        session = self.context.session
        self._queue("scanner", lambda cancelled: scans_take.from_pages(device.name, scanners.pages(session, device, wish, cancelled)))

    def resume(self, batch: str) -> None:
        """Go on with a pile that was cut off."""
        self._queue(batch, None)

    def stop(self) -> None:
        """Stop what is under way; what is in stays."""
        self._waiting.clear()
        self._stop()

    def _queue(self, via: str, brought) -> None:
        self._waiting.append((via, brought))
        self._go_on()

    def _go_on(self) -> None:
        if self.busy or not self._waiting:
            return
        via, brought = self._waiting.pop(0)
        self.busy, self.far = True, (0, 0)
        context = self.context
        shown = context.progress(_("Reading scanned pages"), self.stop)

        def moved(done: int, total: int) -> None:
            self.far = (done, total)
            shown.update(done, total)
            self.came.emit()
        token = context.jobs.token(moved)
        self._stop = token.cancel

        def over() -> None:
            shown.finish()
            self.busy, self._stop = False, lambda: None
            context.changed("scans")
            self.ended.emit()
            self._go_on()

        def done(taken: Taken) -> None:
            over()
            self._tell(taken)

        def failed(error: Exception) -> None:
            over()
            if isinstance(error, Cancelled):
                context.say("info", _("Stopped. The pages read so far are in; the others can still be taken in."), None)
            else:
                failures.show(context, error)
        context.jobs.run("other", lambda: self._work(via, brought, token), owner=self, done=done, failed=failed, token=token)

    def _work(self, via: str, brought, token) -> Taken:
        from dpdesk.services import scans_take
        session, ways = self.context.session, {"progress": token.progress, "cancelled": token.cancelled, "delete": self.delete,
                                               "cutting": lambda cut: setattr(token, "cut", cut)}
        if brought is None:
            return scans_take.resume(session, via, **ways)
        pile, watcher = brought(token.cancelled) if via == "scanner" else brought(), self._watcher
        taken = scans_take.take(session, pile, via, **ways)
        if via == "folder" and watcher is not None:
            from dpdesk.services import scans_watch
            scans_watch.remember(session, watcher)
        return taken

    def _tell(self, taken: Taken) -> None:
        """What came of it, and the way to what is to be checked."""
        parts = [fates_sentence({fate.value: count for fate, count in taken.fates.items()})] if taken.pages else []
        parts += [_("“{name}”: {why}", name=name, why=reason_sentence(why)) for name, why in taken.unread[:3]]
        if taken.known:
            parts.append(trn("{n} file was in already; nothing counts twice.", "{n} files were in already; nothing counts twice.",
                             len(taken.known)))
        if taken.deleted:
            parts.append(trn("{n} file is deleted.", "{n} files are deleted.", taken.deleted))
        if taken.left and self.delete:
            parts.append(trn("{n} file holds other things too and stays where it is.",
                             "{n} files hold other things too and stay where they are.", len(taken.left)))
        if taken.streaked:
            parts.append(streaks_sentence(taken.streaked))
        if taken.problem is not None:
            parts.append(failures.words_for(taken.problem))
        bad = taken.problem is not None or bool(taken.unread)
        ours = sum(taken.fates[fate] for fate in (Fate.TAKEN, Fate.BETTER, Fate.DIFFERS, Fate.LINE_UP))
        act = (_("Check them"), lambda: self.context.go("scans_review", {})) if ours else None
        self.context.say("warning" if bad else "done", " ".join(parts) or _("No page came."), act)

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        from dpdesk.services import scans_watch
        self.folder, self.gone = folder, False
        self._watcher = scans_watch.watcher(self.context.session, folder) if folder is not None else None
        self._timer.start() if folder is not None else self._timer.stop()

    def _look(self) -> None:
        if self._watcher is None or self.busy or self._looking or self.context.session.read_only:
            return
        watcher, self._looking = self._watcher, True

        def found(paths: list[Path]) -> None:
            self._looking = False
            if watcher is self._watcher and self.gone:
                self.gone = False
                self.context.changed("scans")
            if paths and watcher is self._watcher and not self.busy:
                watcher.given(paths)
                self.files(paths, "folder")

        def failed(error: Exception) -> None:
            self._looking = False
            if watcher is self._watcher and not self.gone:
                self.gone = True
                failures.show(self.context, error)
                self.context.changed("scans")
        from dpdesk.services import scans_watch
        # in the lane of long work: a network folder that hangs holds up no page
        self.context.jobs.run("other", lambda: scans_watch.ready(watcher, time.monotonic()), owner=self, done=found, failed=failed)
