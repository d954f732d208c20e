"""Those on the list as a CSV file: the fewest columns, for whom and what for; the log keeps that it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from dpdesk.domain.copies import WITHIN, CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import CODES, Kind
from dpdesk.domain.roles import Right
from dpdesk.services import queries
from dpdesk.services.exports import FEWEST, Wish, Written
from dpdesk.services.members import Query
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.widgets.tick import Tick
from dpdesk.ui.words import _, day, field_name, problem, trn


class ExportPage(Page):
    """Asks for whom, what for and which columns, then where to write."""

    code = "export"
    title = marked("Export a list")
    icon = "download"
    right = Right.MEMBERS_EXPORT

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Export a list"))
        self.query, self.count = Query(), 0
        bodies = [(WITHIN, _("For the branch itself")), *((b.code, b.name) for b in context.session.policy.recipient_bodies)]
        self.form = Form([
            FieldSpec("whom", _("For whom"), "choice", _("For a body outside the branch only those who permitted sharing with "
                      "it are written."), tuple(bodies)),
            FieldSpec("why", _("What for"), help=_("Such as: name badges for the meeting on 3 December."), longest=300)])
        self.form.show({"whom": WITHIN})
        self.body.addWidget(self.form)
        self.body.addWidget(text(_("Columns"), "heading"))
        self.body.addWidget(text(_("No more than the purpose needs."), "quiet"))
        self.ticks: dict[str, Tick] = {}
        self.body.addWidget(self._columns())
        self.body.addWidget(text(_("The file is not encrypted. It goes on the list of copies, and is to be deleted within "
                                   "{n} days.", n=context.session.policy.copies_deleted_after_days), "quiet"))
        self.write_button = button(_("Write the file…"), self.choose, role="primary", icon="download")
        self.body.addLayout(row(self.write_button, button(_("Cancel"), self.back_to_list), None))
        self.body.addStretch(1)

    def _columns(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, code in enumerate(CODES):
            tick = Tick(field_name(code))
            tick.setMinimumHeight(theme.TARGET)
            tick.setChecked(code in FEWEST)
            self.ticks[code] = tick
            grid.addWidget(tick, at // 2, at % 2)
        return holder

    def return_to(self, place: dict[str, Any]) -> None:
        """Whom the list held."""
        self.query = queries.kept(place["query"]) if "query" in place else Query()
        self.count = int(place.get("count", 0))
        if "whom" in place:
            self.form.field("whom").set_value(str(place["whom"]))
        who = queries.describe(self.query, self.context.session.policy)
        self.header.set_state(_("{who}: {people}", who=who, people=trn("{n} person, as the list stands now.",
                                                                     "{n} people, as the list stands now.", self.count)))

    def place(self) -> dict[str, Any]:
        """Whom the list held."""
        return {"query": self.query.to_dict(), "count": self.count, "whom": self.form.values()["whom"]}

    def back_to_list(self) -> None:
        """To the list, as it was."""
        self.context.go("members" if self.query.kind is Kind.MEMBER else "contacts", None)

    def choose(self) -> None:
        """Ask where to write once all is said."""
        values, columns = self.form.values(), [code for code, tick in self.ticks.items() if tick.isChecked()]
        said = {"why": problem("missing")} if not values["why"].strip() else {}
        if not columns:
            said["columns"] = _("Choose at least one column")
        if said:
            self.form.show_problems(said)
            return
        self.form.clear_problems()
        leaving.choose(self, self.context.jobs, CopyKind.MEMBERS, leaving.Chooser(
            _("Write the list to"), "list.csv", _("Lists (*.csv)")),
            lambda path, accepted: self.write(path, columns, values, accepted),
            lambda error: failures.show(self.context, error))

    def write(self, path: Path, columns: list[str], values: dict[str, str], accepted: str = "") -> None:
        """Write the file behind a line at the foot of the window; one can go on working."""
        from dpdesk.services import exports
        session, query = self.context.session, self.query

        def done(written: Written) -> None:
            self.context.changed("copies")
            self.context.say("done", told(written), (_("Show the copies"), lambda: self.context.go("copies", {})))

        def failed(error: Exception) -> None:
            if isinstance(error, Invalid) and self.isVisible():
                self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
            else:
                failures.show(self.context, error)
        wish = Wish(path, columns, query, values["whom"], values["why"], accepted)
        self.context.work("other", _("Writing the list"), lambda token: exports.members(session, wish, token.progress, token.cancelled),
                          owner=self, done=done, failed=failed)


def told(written: Written) -> str:
    """How the export went, and until when the file may stay."""
    said = trn("{n} person is written to “{file}”.", "{n} people are written to “{file}”.", written.people,
               file=Path(written.copy.path).name)
    if written.left_out:
        said += " " + trn("{n} is left out for want of their permission.", "{n} are left out for want of their permission.",
                          written.left_out)
    return said + " " + _("Delete it by {day}: it is on the list of copies.", day=day(written.copy.delete_by))
