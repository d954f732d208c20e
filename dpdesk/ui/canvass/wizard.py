"""Taking a file of the register in: choose it, say what it was supplied for, check, take in. Nothing is written before the fourth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dpdesk.domain.errors import ImportRefused, Invalid
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui.canvass.step_check import CheckStep, EndStep, TakeStep
from dpdesk.ui.canvass.step_supply import SupplyStep
from dpdesk.ui.context import Context
from dpdesk.ui.stepping import StepPage
from dpdesk.ui.widgets.choose import ChooseFile
from dpdesk.ui.words import _

CHOOSE, SUPPLY, CHECK, TAKE, END = range(5)


class TakeInPage(StepPage):
    """Holds the draft and the preview; each step shows them."""

    code = "register_import"
    title = marked("Take a file in")
    icon = "file-up"
    right = Right.REGISTER_IMPORT
    chapter = "register"
    home = "register"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Take a file of the register in"))
        self.file: Path | None = None
        self.draft: Any = None
        self.preview: Any = None
        self._kept: dict[str, Any] = {}
        self.header.add_quiet(_("Files and their use"), lambda: context.go("register_files", {}), icon="file-text")
        self.choose = ChooseFile(self.look_at, _("Which file?"), _("Choose the file"), _(
            "The full register, a monthly update, a list of absent voters or a marked register, as the electoral registration officer "
            "supplies them: CSV, tab-separated text or Excel (XLSX). Layouts of Xpress, Scottish registers and TTW are known; any other "
            "is matched column by column."))
        self.supply, self.check = SupplyStep(self), CheckStep()
        self.take, self.end = TakeStep(), EndStep(self)
        self.make_steps([_("Choose the file"), _("What it is for"), _("Check"), _("Take in"), _("Finished")],
                        [self.choose, self.supply, self.check, self.take, self.end])
        self.go(CHOOSE)

    def place(self) -> dict[str, Any]:
        """The file and what was entered, so that one comes back to it after locking."""
        if self.file is None or self.at == END:
            return {}
        return {"file": str(self.file), "entered": self.supply.entered() if self.draft is not None else self._kept}

    def return_to(self, place: dict[str, Any]) -> None:
        """Back to the file last looked at; without a place a finished one begins anew."""
        if place.get("file") and self.file is None:
            self._kept = place.get("entered", {})
            self.look_at(Path(place["file"]))
        elif self.at == END:
            self.go(CHOOSE)

    def go_on(self) -> None:
        """One step on."""
        if self.at == SUPPLY:
            self.work_out()
        elif self.at == CHECK:
            self.take.show_preview(self.preview, self.supply.supply())
            self.go(TAKE)
        elif self.at == TAKE:
            self.write()
        elif self.at == END:
            self.context.go("register", {"reset": True})

    def look_at(self, path: Path) -> None:
        """Open the file at `path` and show what it seems to be."""
        from dpdesk.services import register
        from dpdesk.services.imports_kept import file_day
        session = self.context.session

        def opened(draft: Any) -> None:
            self.file, self.draft, self.preview = path, draft, None
            self.supply.show_draft(draft, file_day(path), register.last_day(session), self._kept)
            self._kept = {}
            self.go(SUPPLY)
        self.run("read", _("Looking at the file"), lambda token: register.open_file(session, path, cancelled=token.cancelled), opened,
                 CHOOSE)

    def work_out(self) -> None:
        """Work out what the file would do; nothing is written. A record of supply that is not whole is asked for first."""
        from dpdesk.services import register
        session, draft = self.context.session, self.draft
        problems = register.supply_problems(session, self.supply.supply(), self.supply.kind())
        if problems:
            self.supply.show_problems(problems)
            return
        self.supply.show_problems({})
        taking, mapping = self.supply.taking(), self.supply.mapping()

        def worked(preview: Any) -> None:
            self.preview = preview
            self.check.show_preview(preview, self.supply.supply().supplied_on)
            self.go(CHECK)
        self.run("read", _("Checking every row"), lambda token: register.preview(
            session, draft, taking, mapping, token.progress, token.cancelled), worked, SUPPLY)

    def write(self) -> None:
        """Take the file in, in one piece."""
        from dpdesk.services import register
        session, preview, supply = self.context.session, self.preview, self.supply.supply()

        def written(result: Any) -> None:
            self.end.show_result(preview.taking.kind, result)
            self.go(END)
            self.file = self.draft = self.preview = None
            self.context.changed("register")
        self.run("write", _("Taking the file in"), lambda token: register.apply(
            session, preview, supply, token.progress, token.cancelled), written, TAKE)

    def home_of(self, error: Exception, home: int) -> int:
        """A file that cannot come in as it is matched leads to where that is said."""
        return SUPPLY if isinstance(error, ImportRefused | Invalid) and self.draft is not None else home

    def refused(self, error: Exception) -> None:
        """Columns that do not do are shown; a record of supply that is not whole, beside its fields."""
        if isinstance(error, ImportRefused):
            self.supply.open_columns()
        if isinstance(error, Invalid):
            self.supply.show_problems(dict(error.problems))
        else:
            super().refused(error)

    def delete_file(self, copy: str) -> None:
        """Delete the file that was taken in."""
        from dpdesk.services import copies
        from dpdesk.ui import failures
        session = self.context.session
        self.context.jobs.run("write", lambda: copies.delete(session, copy), owner=self,
                              done=lambda gone: self.end.show_deleted(gone.closed_how),
                              failed=lambda error: failures.show(self.context, error))

    def go(self, at: int) -> None:
        """Show a step and what its buttons say."""
        super().go(at)
        self.next_button.setText(["", _("Next: check the file"), _("Next: take it in"), self.take.verb, _("See the register")][at])
        self.next_button.setVisible(at != CHOOSE)
        self.back_button.setText(_("Back to the register") if at == CHOOSE else _("Back"))
        self.back_button.setVisible(at != END)
        self.header.set_state(_("Done.") if at == END else _("This is the step that writes.") if at == TAKE
                              else _("Nothing is written before the step “Take in”."))
        first = {CHOOSE: self.choose.button, SUPPLY: self.supply.first}.get(at)
        (first or self.next_button).setFocus()
