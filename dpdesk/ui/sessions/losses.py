"""Lost pages: whose data was on each, and how it ended. What is lost stays on record also when it is found."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.custody import stretches
from dpdesk.domain.roles import Right
from dpdesk.services.session_words import category_name
from dpdesk.services.sheet_loss import Handover
from dpdesk.services.translation import marked
from dpdesk.ui import theme
from dpdesk.ui.context import Context
from dpdesk.ui.sessions.asking import SessionPage
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn


class LossesPage(SessionPage):
    """A card a loss, those not settled first."""

    code = "sheet_losses"
    title = marked("Lost pages")
    icon = "triangle-alert"
    right = Right.SHEETS_SEE
    chapter = "sessions"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Lost pages"))
        self.add_back(_("Sessions"), lambda: context.go("sessions", None))
        self.body.addLayout(self.slot)
        self._list = self.add_list()

    def place(self) -> dict[str, Any]:
        """Nothing to come back to."""
        return {}

    def refresh(self) -> None:
        """Read the losses."""
        session = self.context.session
        self.read(lambda: _seen(session), self._show)

    def _show(self, found: list[Handover]) -> None:
        empty_out(self._list)
        open_ones = [each for each in found if not each.loss.ended]
        self.header.set_state(trn("{n} loss is not settled.", "{n} losses are not settled.", len(open_ones)) if open_ones else
                              _("Every loss is settled.") if found else "")
        if not found:
            self._list.addWidget(EmptyState("check", _("No page was ever lost"), _(
                "If a page does not come back, say so on the page “Hand sheets in”. Whose data was on it is then listed here.")))
        for each in [*open_ones, *(each for each in found if each.loss.ended)]:
            self._list.addWidget(self._card(each))

    def _card(self, told: Handover) -> QWidget:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE // 2)
        loss = told.loss
        ended = {"found": _("Found"), "written_off": _("Written off")}.get(loss.ended, _("Not settled"))
        head = text(trn("{title}, page {pages}", "{title}, pages {pages}", len(loss.pieces), title=told.sheet.title,
                        pages=stretches(piece.page for piece in loss.pieces)), "label")
        inside.addLayout(row(head, badge(ended, "" if loss.ended else "danger")))
        inside.addWidget(fact_list([
            (_("Told"), moment(loss.told_at)), (_("What is known"), loss.how), (_("Had by"), told.holder or _("nobody: it was in hand")),
            (_("Last seen"), _("{moment}, {place}", moment=moment(told.last_seen), place=told.place) if told.place
             else moment(told.last_seen)),
            (_("Kinds of data"), ", ".join(category_name(each) for each in told.categories)
             + (_(", and what canvassers may have written about political opinions") if told.opinions else "")),
            *([(_("How it ended"), loss.ended_why)] if loss.ended_why else [])]))
        who = Section(trn("{n} person is on it by name", "{n} people are on it by name", len(told.people)), open=False)
        who.body.addWidget(fact_list([(each.number or _("page {page}, line {line}", page=each.page, line=each.line),
                                       ", ".join(filter(None, (each.name, each.address))) or _("not on the register any more"))
                                      for each in told.people]))
        inside.addWidget(who)
        acts: list[QWidget] = []
        if self.may() and loss.ended != "found":
            acts.append(button(_("It was found…"), lambda: self.end(told, found=True), name=_("Pages of {title} were found",
                                                                                              title=told.sheet.title)))
        if self.may(Right.SHEETS_DESTROY) and not loss.ended:
            acts.append(button(_("Write it off…"), lambda: self.end(told, found=False), role="danger",
                               name=_("Write pages of {title} off", title=told.sheet.title)))
        if loss.incident:
            acts.append(button(_("See the incident"), lambda: self.context.go("duty", {"id": loss.incident}),
                               name=_("See the incident of {title}", title=told.sheet.title)))
        elif self.context.session.may_change(Right.INCIDENTS_REPORT):
            acts.append(button(_("Open an incident"), lambda: self._open(loss.id), role="primary",
                               name=_("Open an incident for {title}", title=told.sheet.title)))
        acts.append(button(_("See the sheet"), lambda: self.context.go("sheet", {"id": told.sheet.id}), role="quiet",
                           name=_("See the sheet {title}", title=told.sheet.title)))
        inside.addWidget(flow(*acts))
        return card(inside)

    def _open(self, loss: str) -> None:
        from dpdesk.services import losing
        session = self.context.session
        self.write(lambda: losing.open_incident(session, loss), lambda _incident: self.refresh())

    def end(self, told: Handover, *, found: bool) -> None:
        """Ask where or why, and end the loss."""
        from dpdesk.services import sheet_loss
        session, identity = self.context.session, told.loss.id

        does = sheet_loss.found if found else sheet_loss.write_off
        self.slot.ask(Entry(_("The pages were found") if found else _("Write the pages off"),
                     _("They are handed in like others, or destroyed.") if found else
                     _("The search has ended without them. The loss stays on record, and the sheet can be destroyed without them."),
                     (FieldSpec("said", _("Where") if found else _("Why"), longest=300),), _("Say so"),
                     lambda values: self.send(lambda: does(session, identity, values["said"])), role="primary" if found else "danger"))


def _seen(session) -> list[Handover]:
    from dpdesk.services import sheet_loss
    return [sheet_loss.handover(session, each.id) for each in sheet_loss.losses(session)]
