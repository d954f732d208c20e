"""Proposing walks: about how many doors, for which district, and a look at them before they are made."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.domain.walks import Way
from dpdesk.services.translation import marked
from dpdesk.services.walks_make import Proposal
from dpdesk.services.walks_words import WAYS, summary, way_name
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _, problem, trn

DOORS = 60


class ProposePage(Page):
    """What stands in the form is its place."""

    code = "walks_propose"
    title = marked("Propose walks")
    icon = "map-pin"
    right = Right.WALKS_EDIT
    wide = True
    chapter = "walks"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Propose walks"))
        self.header.set_state(_("Whole streets where they fit, long ones in stretches, neighbours by postcode together."))
        self.add_back(_("Walks"), lambda: context.go("walks", None))
        self.proposal: Proposal | None = None
        self._district = ""
        self._slot = QVBoxLayout()
        self.body.addLayout(self._slot)
        self.form: Form | None = None
        self.look = button(_("Propose"), self.propose, role="primary")
        self.body.addLayout(row(self.look, None))
        self.found = QWidget()
        column = QVBoxLayout(self.found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.said = text("", "label")
        self.replaces = text("", "warning")
        self.table = Ordered((_("Walk"), _("Doors"), _("Electors"), _("What it has")), _("Proposed walks"), wide=3, movable=False)
        self.make = button(_("Make these walks"), self._ask, role="primary", icon="check")
        column.addWidget(self.said)
        column.addWidget(self.replaces)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.make, None))
        self.found.hide()
        self.body.addWidget(self.found, 1)
        self.body.addStretch(0)

    def place(self) -> dict[str, Any]:
        """The form."""
        return {"district": self._district, "form": self.form.values() if self.form else {}}

    def return_to(self, place: dict[str, Any]) -> None:
        """The district asked for."""
        self._district = str(place.get("district", self._district))
        if self.form is not None and place.get("form"):
            self.form.fill(place["form"])
        self.refresh()

    def refresh(self) -> None:
        """Read the districts."""
        from dpdesk.services import electors
        session = self.context.session
        self.context.jobs.run("read", lambda: list(electors.counts(session).districts), owner=self, done=self._offer, failed=self._failed)

    def _offer(self, districts: list[str]) -> None:
        if self.form is not None:
            return
        self.form = Form((
            FieldSpec("doors", _("Doors of a walk, about"), "number", _("What one team calls at in an evening."), longest=4),
            FieldSpec("district", _("Polling district"), "choice",
                      choices=(("", _("All districts")), *((name, name) for name in districts))),
            FieldSpec("way", _("Order"), "choice", choices=tuple((code, way_name(code)) for code in WAYS)),
            FieldSpec("apart", _("Walk the sides of long streets apart"), "tick")), columns=2)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.form.show({"doors": str(DOORS), "district": self._district, "way": Way.BACK.value})
        self._slot.addWidget(self.form)

    def propose(self) -> None:
        """Work the walks out and show them."""
        from dpdesk.services import walks_make
        if self.form is None:
            return
        session, values = self.context.session, self.form.values()
        about = int(values["doors"]) if values["doors"].isdecimal() else 0
        wanted = [values["district"]] if values["district"] else []
        self.form.clear_problems()
        self.context.jobs.run("read", lambda: walks_make.proposed(session, about, wanted, way=Way(values["way"]),
                                                                  apart=bool(values["apart"])), owner=self, done=self._show,
                              failed=self._refused)

    def _show(self, proposal: Proposal) -> None:
        self.proposal = proposal
        sizes = sorted(each.doors for each in proposal.overviews)
        self.said.setText(_("{walks} of {least} to {most} doors in {districts}. Nothing is changed yet.",
                            walks=trn("{n} walk", "{n} walks", len(sizes)), least=sizes[0], most=sizes[-1],
                            districts=trn("{n} district", "{n} districts", len(proposal.districts))))
        self.replaces.setText(trn("{n} walk that is there gives way. Sheets printed for it stay as they are.",
                                  "{n} walks that are there give way. Sheets printed for them stay as they are.", proposal.replaced))
        self.replaces.setVisible(bool(proposal.replaced))
        self.table.show_rows([(each.id, (each.walk.title, str(each.doors), str(each.electors), summary(each)))
                              for each in proposal.overviews])
        self.found.show()
        self.table.setFocus()

    def _ask(self) -> None:
        if self.proposal is not None and self.proposal.replaced:
            ask.confirm(self, trn("Replace {n} walk?", "Replace {n} walks?", self.proposal.replaced),
                        _("Names and orders made by hand go. Sheets that were printed stay as they are."), _("Replace"), self._make)
        else:
            self._make()

    def _make(self) -> None:
        from dpdesk.services import walks_make
        session, proposal = self.context.session, self.proposal
        if proposal is None:
            return

        def done(count: int) -> None:
            self.proposal = None
            self.found.hide()
            self.context.changed("walks")
            self.context.go("walks", {"district": proposal.districts[0]})
            self.context.say("done", trn("{n} walk is made.", "{n} walks are made.", count), None)
        self.context.jobs.run("write", lambda: walks_make.make(session, proposal), owner=self, done=done, failed=self._failed)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Invalid) and self.form is not None:
            self.form.show_problems({code: problem(what) for code, what in error.problems.items()})
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
