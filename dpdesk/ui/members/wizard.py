"""Bringing in a list, in numbered steps: choose, match, check, bring in, finished. Nothing is written before the fourth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from dpdesk.domain.errors import Cancelled, ImportRefused
from dpdesk.domain.imports import WholeList
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.jobs import Token
from dpdesk.ui.members.step_bring import BringStep, EndStep
from dpdesk.ui.members.step_check import CheckStep
from dpdesk.ui.members.step_choose import ChooseStep
from dpdesk.ui.members.step_match import MatchStep
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.parts import button, line, row
from dpdesk.ui.widgets.progress import ProgressLine
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.words import _

CHOOSE, MATCH, CHECK, BRING, END = range(5)


class ImportPage(Page):
    """Holds the draft and the preview; each step shows them and says when it may go on."""

    code = "import"
    title = marked("Import a list")
    icon = "file-up"
    right = Right.MEMBERS_IMPORT
    chapter = "importing"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Import a list"))
        self.at = CHOOSE
        self.file: Path | None = None
        self.draft: Any = None
        self.preview: Any = None
        self._token: Token | None = None
        self._line: ProgressLine | None = None
        self._kept: dict[int, str] = {}
        self._leave_out = False
        self._whole: WholeList | None = None
        self.header.add_quiet(_("Lists brought in"), lambda: context.go("lists", {}), icon="list")
        self.steps = Steps([_("Choose the file"), _("Match columns"), _("Check"), _("Bring in"), _("Finished")])
        self.body.addWidget(self.steps)
        self._make_steps()
        self.back_button = button(_("Back"), self._step_back, icon="arrow-left")
        self.next_button = button("", self.go_on, role="primary")
        self.body.addStretch(1)
        self.body.addWidget(line())
        self.body.addLayout(row(self.back_button, None, self.next_button))
        self._go(CHOOSE)

    def _make_steps(self) -> None:
        self.choose, self.match = ChooseStep(self), MatchStep(self)
        self.check, self.bring, self.end = CheckStep(self), BringStep(self), EndStep(self)
        self.parts: list[QWidget] = [self.choose, self.match, self.check, self.bring, self.end]
        for part in self.parts:
            self.body.addWidget(part)

    def showEvent(self, event: QShowEvent) -> None:
        """On arrival the cursor is on what chooses the file."""
        super().showEvent(event)
        if self.at == CHOOSE:
            QTimer.singleShot(0, self, self.choose.button.setFocus)

    def place(self) -> dict[str, Any]:
        """The file and how its columns were matched, so that one comes back to it after locking."""
        if self.file is None or self.at == END:
            return {}
        kept = self.match.mapping() if self.draft is not None else self._kept
        return {"file": str(self.file), "mapping": {str(column): target for column, target in kept.items()}}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to the file last looked at; without a place a finished import begins anew."""
        if place.get("file") and self.file is None:
            self._kept = {int(column): target for column, target in place.get("mapping", {}).items()}
            self.look_at(Path(place["file"]))
        elif self.at == END:
            self._go(CHOOSE)

    def back(self) -> bool:
        """One step back; a list being looked at is stopped first."""
        if self._token is not None:
            self._token.cancel()
            return True
        if self.at in (CHOOSE, END):
            return False
        self._go(self.at - 1)
        return True

    def _step_back(self) -> None:
        if not self.back():
            self.context.go("members", None)

    def go_on(self) -> None:
        """One step on."""
        if self.at == MATCH:
            self.work_out()
        elif self.at == CHECK:
            self.bring.show_preview(self.preview, len(self.check.left()))
            self._go(BRING)
        elif self.at == BRING:
            self.write()
        elif self.at == END:
            self.context.go("members", {"reset": True})

    def look_at(self, path: Path) -> None:
        """Open the list in `path` and show its columns."""
        from dpdesk.services import imports
        session = self.context.session

        def opened(draft: Any) -> None:
            self.file, self.draft, self.preview = path, draft, None
            self._leave_out, self._whole = False, None
            self.match.show_draft(draft, {column: target for column, target in self._kept.items()
                                          if column < len(draft.headers)})
            self._kept = {}
            self._go(MATCH)
        self._run("read", _("Looking at the list"), lambda token: imports.open_list(
            session, path, cancelled=token.cancelled), opened, CHOOSE)

    def file_day(self) -> str:
        """The day the file was last written (ISO)."""
        from dpdesk.services.imports_kept import file_day
        return file_day(self.file) if self.file is not None else ""

    def leave_unreadable_out(self, on: bool) -> None:
        """Bring rows in without the values that cannot be read, or not."""
        self._leave_out = on
        self.work_out()

    def take_as(self, whole: WholeList | None) -> None:
        """Take the list as the whole membership of a day, or as a part."""
        self._whole = whole
        self.work_out()

    def work_out(self) -> None:
        """Work out what the list would change; nothing is written."""
        from dpdesk.services import imports
        session, draft, mapping, leave_out, whole = (self.context.session, self.draft, self.match.mapping(), self._leave_out,
                                                     self._whole)

        def worked(preview: Any) -> None:
            self.preview = preview
            self.check.show_preview(preview)
            self._go(CHECK)
        self._run("read", _("Checking every row"), lambda token: imports.preview(
            session, draft, mapping, token.progress, token.cancelled, leave_out=leave_out, whole=whole), worked, MATCH)

    def write(self) -> None:
        """Bring the list in, in one piece."""
        from dpdesk.services import imports
        session, preview, left = self.context.session, self.preview, self.check.left()

        def written(result: Any) -> None:
            self.end.show_result(result)
            self._go(END)
            self.file = self.draft = self.preview = None
            self.context.changed("members")
        self._run("write", _("Bringing in the list"), lambda token: imports.apply(
            session, preview, token.progress, token.cancelled, lapse=left), written, BRING)

    def delete_file(self, copy: str) -> None:
        """Delete the file that was brought in."""
        from dpdesk.services import copies
        session = self.context.session
        self.context.jobs.run("write", lambda: copies.delete(session, copy), owner=self,
                              done=lambda gone: self.end.show_deleted(gone.closed_how),
                              failed=lambda error: failures.show(self.context, error))

    def _run(self, lane: str, title: str, work, done, home: int) -> None:
        """Do `work(token)` behind a progress line with Stop; a failure leads to step `home`."""
        if self._token is not None:
            return
        self.messages.clear()
        token = self._token = self.context.jobs.token(lambda at, total: self._line and self._line.update(at, total))
        self._line = ProgressLine(title, token.cancel)
        self.body.insertWidget(1, self._line)
        self._allow(False)

        def settle() -> None:
            self._token = None
            if self._line is not None:
                self._line.finish()
                self._line = None
            self._allow(True)

        def well(answer: Any) -> None:
            settle()
            done(answer)

        def badly(error: Exception) -> None:
            settle()
            self._go(MATCH if isinstance(error, ImportRefused) and self.draft is not None else home)
            if isinstance(error, Cancelled):
                self.context.say("info", _("Stopped. Nothing was changed."), None)
            else:
                failures.show(self.context, error)
        self.context.jobs.run(lane, lambda: work(token), owner=self, done=well, failed=badly, token=token)

    def _allow(self, free: bool) -> None:
        for part in (*self.parts, self.next_button, self.back_button):
            part.setEnabled(free)

    def _go(self, at: int) -> None:
        self.at = at
        self.steps.go(at)
        for number, part in enumerate(self.parts):
            part.setVisible(number == at)
        words = ["", _("Next: check the list"), _("Next: bring it in"),
                 self.bring.verb, _("See them")]
        self.next_button.setText(words[at])
        self.next_button.setVisible(at != CHOOSE)
        self.back_button.setText(_("Back to members") if at == CHOOSE else _("Back"))
        self.back_button.setVisible(at != END)
        self.header.set_state(_("Done.") if at == END else _("Nothing is written before the step “Bring in”.")
                              if at != BRING else _("This is the step that writes."))
        first = {CHOOSE: self.choose.button, MATCH: self.match.first, CHECK: self.check.first}.get(at)
        (first or self.next_button).setFocus()
        QTimer.singleShot(0, self, self._to_top)

    def _to_top(self) -> None:
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.verticalScrollBar().setValue(0)
