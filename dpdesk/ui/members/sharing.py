"""Sharing: whom may we share with a body, or write to by a channel, and why not; counted by reason and listed (S3 l.22; S1 §22)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from dpdesk.domain.asking import body_of, purposes
from dpdesk.domain.members import Kind
from dpdesk.domain.roles import Right
from dpdesk.domain.sharing import ENDING, Ground
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.members import sentences
from dpdesk.ui.members.columns import fit
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.flow import Flow
from dpdesk.ui.widgets.paged import Column, PagedModel
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, field_name, ground_name, status_name, trn

_SHOWN = (Ground.PERMITTED, ENDING, *(each for each in Ground if each is not Ground.PERMITTED))
_WHY = {
    Ground.PERMITTED: marked("They said yes, and it holds."),
    ENDING: marked("Their yes ends within 30 days: ask again."),
    Ground.NEVER_ASKED: marked("Nobody has asked them yet. Silence is no."),
    Ground.WAITING: marked("They were asked and have not answered. Silence is no."),
    Ground.SAID_NO: marked("They said no. Leave them in peace for six months."),
    Ground.WITHDRAWN: marked("They took their yes back."),
    Ground.EXPIRED: marked("Their yes was too long ago to count. Ask again."),
    Ground.STOPPED: marked("They do not want to be contacted: that outweighs any yes."),
    Ground.UNDER_AGE: marked("At their age a parent’s consent is needed, and none is on record."),
    Ground.ARCHIVED: marked("They are in the archive and out of the everyday lists."),
}


class SharingPage(Page):
    """A choice of body or channel, a chip for each reason, and the people of the one chosen."""

    code = "sharing"
    title = marked("Sharing and consent")
    icon = "badge-check"
    right = Right.MEMBERS_SEE
    wide = True
    chapter = "consents"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        session = context.session
        self.header.set_title(_("Sharing and consent"))
        self.header.add_quiet(_("Wordings…"), lambda: context.go("wordings", {"purpose": self.purpose.code()}), icon="pencil")
        self.ground: str = Ground.PERMITTED
        self.found: Any = None
        names = {each.code: each.name for each in session.policy.recipient_bodies}
        self.purpose = Choice([(code, sentences.purpose_words(code, names)) for code in self._purposes(names)], name=_("For what"))
        self.purpose.activated.connect(lambda _at: self.refresh())
        self.kind = Choice([(Kind.MEMBER.value, _("Members")), (Kind.CONTACT.value, _("Contacts"))], name=_("Whose"))
        self.kind.activated.connect(lambda _at: self.refresh())
        self.body.addLayout(row(self.purpose, self.kind, None))
        self.chips = Chips(self._choose)
        self.body.addWidget(self.chips)
        self.why = text("", "quiet")
        self.body.addWidget(self.why)
        self.body.addWidget(self._table(), 1)
        self.export_button = button(_("Export for this body…"), self.export, icon="download")
        self.body.addLayout(row(self.export_button, None))

    @staticmethod
    def _purposes(names: dict[str, str]) -> list[str]:
        """Bodies first: the question of this page is most often theirs."""
        return sorted(purposes(names), key=lambda code: not body_of(code))

    def _table(self) -> PagedTable:
        session = self.context.session

        def fetch(numbers):
            from dpdesk.services import members
            return members.rows(session, numbers)
        self.model = PagedModel(self.context.jobs, (
            Column("name", _("Name"), lambda each: sentences.name_of(each.member), letters=30),
            Column("number", _("Number"), lambda each: each.member.number, letters=12),
            Column("status", field_name("status"), lambda each: status_name(each.member.status), letters=12),
            Column("place", _("Postcode, town"), lambda each: ", ".join(filter(None, (each.member.postcode, each.member.town))))), fetch)
        self.table = PagedTable(self.model, _("People by reason"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.opened.connect(self._open)
        self.model.failed.connect(self._failed)
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.table, lambda: fit(self.table))

    def place(self) -> dict[str, Any]:
        """What is chosen."""
        return {"purpose": self.purpose.code(), "ground": str(self.ground), "kind": self.kind.code()}

    def return_to(self, place: dict[str, Any]) -> None:
        """Choose what `place` names; without a reason, those who may have to be asked again come first where there are some."""
        for choice, code in ((self.purpose, "purpose"), (self.kind, "kind")):
            if code in place:
                choice.choose(str(place[code]))
        self.ground = str(place.get("ground", self.ground))
        self.refresh()

    def refresh(self) -> None:
        """Work out everybody's reason."""
        from dpdesk.services import sharing
        session, purpose, kind = self.context.session, self.purpose.code(), Kind(self.kind.code())
        self.context.jobs.run("read", lambda: sharing.survey(session, purpose, kind), owner=self, done=self._show, failed=self._failed)

    def _show(self, found: Any) -> None:
        if (found.purpose, found.kind.value) != (self.purpose.code(), self.kind.code()):
            return  # overtaken
        self.found = found
        counts = {str(code): found.count(code) for code in _SHOWN}
        total = sum(counts[code] for code in Ground)
        self.header.set_state(_("{what}: {yes} of {all} permitted.", yes=f"{counts[Ground.PERMITTED]:,}", all=f"{total:,}",
                                what=self.purpose.currentText()))
        if not counts.get(self.ground):  # those to be asked again stand in for each other
            wanted = (Ground.EXPIRED, ENDING, *_SHOWN) if self.ground in (Ground.EXPIRED, ENDING) else _SHOWN
            self.ground = next((code for code in wanted if counts[code]), Ground.PERMITTED)
        self.chips.show_counts(counts, self.ground)
        body = body_of(found.purpose)
        self.export_button.setVisible(bool(body) and self.context.session.may(Right.MEMBERS_EXPORT))
        self.export_button.setEnabled(bool(counts[Ground.PERMITTED]))
        self._choose(self.ground)

    def _choose(self, code: str) -> None:
        self.ground = code
        self.why.setText(_(_WHY[code]))
        if self.found is not None:
            self.model.show(self.found.rows[code])

    def export(self) -> None:
        """To the export, with this body chosen; it writes those permitted and nobody else."""
        total = sum(self.found.count(code) for code in Ground) if self.found is not None else 0
        archived = self.found.count(Ground.ARCHIVED) if self.found is not None else 0
        self.context.go("export", {"kind": self.kind.code(), "whom": body_of(self.purpose.code()), "count": total - archived})

    def _open(self, row_number: int) -> None:
        from dpdesk.services import members
        session = self.context.session
        self.context.jobs.run("read", lambda: members.rows(session, [row_number]), owner=self, failed=self._failed, done=lambda rows: [
            self.context.go(each.member.kind.value, {"id": each.member.id}) for each in rows])

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)


class Chips(QWidget):
    """A chip for each reason that somebody has; `choose(code)` when one is pressed."""

    def __init__(self, choose) -> None:
        super().__init__()
        flow = Flow(self)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self.buttons: dict[str, QPushButton] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        for code in _SHOWN:
            chip = button(ground_name(code), lambda code=code: choose(code), role="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.buttons[str(code)] = chip
            flow.addWidget(chip)

    def show_counts(self, counts: dict[str, int], chosen: str) -> None:
        """The numbers; a chip for nobody does not show."""
        for code, chip in self.buttons.items():
            chip.setText(trn("{name} · {n}", "{name} · {n}", counts[code], name=ground_name(code)))
            chip.setVisible(bool(counts[code]) or code == chosen)
            chip.setChecked(code == chosen)
