"""The disposal log: what was sanitised or destroyed, noted, authorised, with its certificate; and the approved repairers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.disposals import Fate, Item, Method
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right, Role
from dpdesk.services import device_words as words
from dpdesk.services.disposals import Entry as Disposed
from dpdesk.services.session import today
from dpdesk.services.translation import marked
from dpdesk.ui import failures, leaving
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.empty import EmptyState
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.facts import fact_list
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, confidentiality_name, day, field_name, trn


def disposal_specs() -> list[FieldSpec]:
    """The fields of an entry (S1 §28.3-28.7)."""
    what, how, who = _("What"), _("How"), _("Who, where and when")

    def one_of(codes: Any, name: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
        return tuple((each.value, name(each.value)) for each in codes)
    return [
        FieldSpec("item", field_name("item"), "choice", choices=one_of(Item, words.item_name), group=what),
        FieldSpec("description", field_name("description"), help=_("Such as: blue 32 GB stick of the Saturday team."), group=what),
        FieldSpec("serial", field_name("serial"), group=what),
        FieldSpec("data_class", field_name("data_class"), "choice", choices=one_of(Confidentiality, confidentiality_name), group=what),
        FieldSpec("means", field_name("means"), "choice", choices=one_of(Method, words.method_name), group=how),
        FieldSpec("tool", field_name("tool"), help=_("Such as: Secure Erase of the drive, or the office’s shredder."), group=how),
        FieldSpec("verified", field_name("verified"), help=_("Such as: read back, nothing found."), group=how),
        FieldSpec("verified_by", field_name("verified_by"), group=how),
        FieldSpec("fate", field_name("fate"), "choice", choices=one_of(Fate, words.fate_name), group=how),
        FieldSpec("third_party", field_name("third_party"), help=_("Where a firm did it, or repairs it."), group=who),
        FieldSpec("certificate", field_name("certificate"), help=_("Its number, where a third party gave one."), group=who),
        FieldSpec("done_by", field_name("done_by"), group=who),
        FieldSpec("place", field_name("place"), group=who),
        FieldSpec("done_on", field_name("done_on"), "date", group=who),
    ]


class DisposalsPage(Page):
    """A card for each entry, those that wait for the accountable person first."""

    code, title, icon, right, chapter = "disposals", marked("Disposals"), "file-text", Right.DISPOSALS_SEE, "disposals"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Disposals"))
        self.add_back(_("This device"), lambda: context.go("device", {}))
        if self.may(Right.DISPOSALS_KEEP):
            self.header.set_main(_("Note a disposal"), self.ask_new, icon="plus")
        self._slot = EntrySlot()
        self.body.addLayout(self._slot)
        self._list = self.add_list()

    def refresh(self) -> None:
        """Read the log."""
        from dpdesk.services import disposals
        session = self.context.session
        self.context.jobs.run("read", lambda: (disposals.listing(session), disposals.repairers(session)), owner=self,
                              done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, found: list[Disposed], repairers: list[Any]) -> None:
        empty_out(self._list)
        waiting = sum(not each.authorised for each in found)
        said = trn("{n} disposal is noted.", "{n} disposals are noted.", len(found)) if found else ""
        if waiting:
            said += " " + trn("{n} waits for the accountable person.", "{n} wait for the accountable person.", waiting)
        self.header.set_state(said)
        if not found:
            self._list.addWidget(EmptyState("file-text", _("Nothing was disposed of yet"), _(
                "Laptops, disks, sticks and paper that held people’s data are wiped or destroyed, and each is noted here: what, how, "
                "verified by whom, and where it went (S1 §28).")))
        for each in sorted(found, key=lambda each: bool(each.authorised)):
            self._list.addWidget(self._card(each))
        self._list.addWidget(self._repairers(repairers))

    def _card(self, each: Disposed) -> QWidget:
        made = each.disposal
        inside = QVBoxLayout()
        inside.setSpacing(4)
        marks = [] if each.authorised else [badge(_("Not authorised yet"), "warning")]
        inside.addLayout(row(text(f"{made.number} · {words.item_name(made.item.value)}: {made.description}", "label"), *marks))
        inside.addWidget(fact_list([fact for fact in words.disposal_facts(each) if fact[0] not in (_("Number"), _("Item"))]))
        acts = []
        if not each.authorised and self.may(Right.DISPOSALS_KEEP) and self.context.session.officer.role is Role.ACCOUNTABLE:
            acts.append(button(_("Authorise"), lambda: self._authorise(made.id), name=_("Authorise {number}", number=made.number)))
        if each.authorised:
            acts.append(button(_("Certificate as PDF…"), lambda: self.certify(made), role="quiet", icon="file-text",
                               name=_("Certificate of {number} as PDF", number=made.number)))
        if acts:
            inside.addWidget(flow(*acts))
        return card(inside)

    def _repairers(self, found: list[Any]) -> Section:
        section = Section(_("Approved repairers ({n})", n=sum(each.stands(today()) for each in found)), open=False)
        section.body.addWidget(text(_("Media that hold confidential data are sent for repair to these only (S1 §28.7)."), "quiet"))
        for each in found:
            until = _("until {day}", day=day(each.approved_until)) if each.approved_until else _("without an end")
            said = f"{each.name} · {each.agreement} · {until if each.stands(today()) else _('no longer')}"
            acts = [button(_("End"), lambda each=each: self._end(each.id), role="quiet", name=_("End the approval of {name}",
                name=each.name))] \
                if each.stands(today()) and self.may(Right.DEVICES_APPROVE) else []
            line = text(said)
            section.body.addLayout(row(line, *acts))
        if self.may(Right.DEVICES_APPROVE):
            section.body.addLayout(row(button(_("Approve a repairer…"), self.ask_repairer), None))
        return section

    def ask_new(self) -> None:
        """Ask for an entry."""
        name = self.context.session.officer.name
        self._slot.ask(Entry(_("Note a disposal"), _("The accountable person answers for it; until they have authorised it there is no "
                                                "certificate."),
                        disposal_specs(), _("Note it"), self._record, columns=2,
                        values={"done_by": name, "done_on": today().isoformat(), "data_class": "confidential", "means": "destroy",
                                "item": "stick", "fate": "destroyed"}))

    def _record(self, values: dict[str, str]) -> None:
        from dpdesk.services import disposals
        self._do(lambda session: disposals.record(session, values), _("The disposal is noted."))

    def ask_repairer(self) -> None:
        """Ask whom to approve."""
        self._slot.ask(Entry(_("Approve a repairer"), "", [
            FieldSpec("repairer", field_name("repairer")), FieldSpec("agreement", field_name("agreement"), help=_(
                "Number or date of the agreement that binds them.")), FieldSpec("approved_until", field_name("approved_until"), "date")],
            _("Approve"), self._approve))

    def _approve(self, values: dict[str, str]) -> None:
        from dpdesk.services import disposals
        self._do(lambda session: disposals.approve_repairer(session, values["repairer"], values["agreement"], values["approved_until"]),
                 _("They are approved."))

    def _end(self, identity: str) -> None:
        from dpdesk.services import disposals
        self._do(lambda session: disposals.end_repairer(session, identity), _("They are approved no longer."))

    def _authorise(self, identity: str) -> None:
        from dpdesk.services import disposals
        self._do(lambda session: disposals.authorise(session, identity), _("It is authorised."))

    def certify(self, made: Any) -> None:
        """Save the certificate, through the copies door."""
        from dpdesk.services import disposals

        def save(path: Path, accepted: str) -> None:
            self._do(lambda session: disposals.certificate(session, made.id, path, accepted=accepted), _("Saved {name}.", name=path.name))
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, leaving.Chooser(
            _("Save the certificate"), f"{made.number}.pdf", _("PDF (*.pdf)")), save, self._failed)

    def _do(self, work: Callable[[Any], object], said: str) -> None:
        session = self.context.session

        def done(_made: object) -> None:
            self._slot.close_up()
            for noun in ("device", "copies", "audit"):
                self.context.changed(noun)
            self.context.say("done", said, None)

        def failed(error: Exception) -> None:
            if not self._slot.show_problems(error):
                self._failed(error)
        self.context.jobs.run("write", lambda: work(session), owner=self, done=done, failed=failed)

    def heard(self, noun: str) -> None:
        """The log changed."""
        if self.isVisible() and noun == "device":
            self.refresh()

    def _failed(self, error: Exception) -> None:
        failures.show(self.context, error)
