"""Bringing in a list, in numbered steps: choose, match, check, bring in, finished. Nothing is written before the fourth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dpdesk.domain.errors import ImportRefused
from dpdesk.domain.imports import WholeList
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.members.step_bring import BringStep, EndStep
from dpdesk.ui.members.step_check import CheckStep
from dpdesk.ui.members.step_match import MatchStep
from dpdesk.ui.stepping import StepPage
from dpdesk.ui.widgets.choose import ChooseFile
from dpdesk.ui.words import _

CHOOSE, MATCH, CHECK, BRING, END = range(5)


class ImportPage(StepPage):
    """Holds the draft and the preview; each step shows them and says when it may go on."""

    code = "import"
    title = marked("Import a list")
    icon = "file-up"
    right = Right.MEMBERS_IMPORT
    chapter = "importing"
    home = "members"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Import a list"))
        self.file: Path | None = None
        self.draft: Any = None
        self.preview: Any = None
        self._kept: dict[int, str] = {}
        self._leave_out = False
        self._whole: WholeList | None = None
        self._back: frozenset[int] = frozenset()
        self.header.add_quiet(_("Lists brought in"), lambda: context.go("lists", {}), icon="list")
        self.choose, self.match = ChooseFile(self.look_at, _("Which list?"), _("Choose the list"), _(
            "Lists from any membership system will do: CSV, tab-separated text or Excel (XLSX). The names of the columns should stand in "
            "the first line.")), MatchStep(self)
        self.check, self.bring, self.end = CheckStep(self), BringStep(self), EndStep(self)
        self.make_steps([_("Choose the file"), _("Match columns"), _("Check"), _("Bring in"), _("Finished")],
                        [self.choose, self.match, self.check, self.bring, self.end])
        self.go(CHOOSE)

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
            self.go(CHOOSE)

    def go_on(self) -> None:
        """One step on."""
        if self.at == MATCH:
            self.work_out()
        elif self.at == CHECK:
            self.bring.show_preview(self.preview, len(self.check.left()))
            self.go(BRING)
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
            self._leave_out, self._whole, self._back = False, None, frozenset()
            self.match.show_draft(draft, {column: target for column, target in self._kept.items()
                                          if column < len(draft.headers)})
            self._kept = {}
            self.go(MATCH)
        self.run("read", _("Looking at the list"), lambda token: imports.open_list(
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

    def take_back(self, rows: frozenset[int]) -> None:
        """Take people in who were erased before: the rows they stand in, and no others."""
        self._back = rows
        self.work_out()

    def work_out(self) -> None:
        """Work out what the list would change; nothing is written."""
        from dpdesk.services import imports
        session, draft, mapping, leave_out, whole, back = (self.context.session, self.draft, self.match.mapping(), self._leave_out,
                                                           self._whole, self._back)

        def worked(preview: Any) -> None:
            self.preview = preview
            self.check.show_preview(preview)
            self.go(CHECK)
        self.run("read", _("Checking every row"), lambda token: imports.preview(
            session, draft, mapping, token.progress, token.cancelled, leave_out=leave_out, whole=whole, back=back),
            worked, MATCH)

    def write(self) -> None:
        """Bring the list in, in one piece."""
        from dpdesk.services import imports
        session, preview, left = self.context.session, self.preview, self.check.left()

        def written(result: Any) -> None:
            self.end.show_result(result)
            self.go(END)
            self.file = self.draft = self.preview = None
            self.context.changed("members")
        self.run("write", _("Bringing in the list"), lambda token: imports.apply(
            session, preview, token.progress, token.cancelled, lapse=left), written, BRING)

    def delete_file(self, copy: str) -> None:
        """Delete the file that was brought in."""
        from dpdesk.services import copies
        session = self.context.session
        self.context.jobs.run("write", lambda: copies.delete(session, copy), owner=self,
                              done=lambda gone: self.end.show_deleted(gone.closed_how),
                              failed=lambda error: failures.show(self.context, error))

    def home_of(self, error: Exception, home: int) -> int:
        """A list that cannot come in as it is matched leads to the columns."""
        return MATCH if isinstance(error, ImportRefused) and self.draft is not None else home

    def go(self, at: int) -> None:
        """Show a step and what its buttons say."""
        super().go(at)
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
