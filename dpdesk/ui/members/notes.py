"""Notes on a person's page, each with its confidentiality class."""

from __future__ import annotations

from dpdesk.domain.members import Confidentiality
from dpdesk.domain.roles import Right
from dpdesk.ui.members.block import Block
from dpdesk.ui.members.record import Record
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button
from dpdesk.ui.words import _, field_name, moment


class Notes(Block):
    """Every note this officer may read; add one, remove one."""

    beside = True

    def draw(self, record: Record) -> None:
        """One entry for each note, newest first."""
        self.set_heading(_("Notes ({n})").format(n=len(record.notes)))
        if not record.notes:
            self.say(_("No notes. Write only what the person could read: they may ask for it."))
        for note in record.notes:
            self._line(note)
        if self.page.may(Right.MEMBERS_EDIT):
            self.act(_("Add a note…"), self.open_entry, icon="plus")

    def open_entry(self) -> None:
        """Ask for a new note."""
        session = self.page.context.session
        classes = [(kind.code.value, kind.name) for kind in reversed(session.policy.confidentiality_classes)
                   if kind.code is not Confidentiality.STRICT or session.may(Right.NOTES_STRICT)]
        self.ask(Entry(_("Add a note"), _("Write only what the person could read: they may ask for it."),
                       [FieldSpec("text", _("Note"), "long"),
                        FieldSpec("classification", field_name("classification"), "choice", choices=tuple(classes))],
                       _("Add note"), self._add))

    def _line(self, note) -> None:
        name = self.page.context.session.policy.class_for(note.classification).name
        actions = []
        if self.page.may(Right.MEMBERS_EDIT):
            actions.append(button(_("Remove…"), lambda: self._remove(note), role="quiet",
                                  name=_("Remove the note of {at}").format(at=moment(note.at))))
        self.item(note.text, [_("{kind} · {officer}, {at}").format(kind=name, officer=note.officer, at=moment(note.at))],
                  *actions, role="")

    def _add(self, values: dict[str, str]) -> None:
        from dpdesk.services import notes
        self.page.write(lambda session, person: notes.add(session, person, values["text"],
                                                          Confidentiality(values["classification"])),
                        _("The note is added."), self)

    def _remove(self, note) -> None:
        from dpdesk.services import notes
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("Remove this note?"), _("Its text is gone for good. The log keeps that there was one."),
                    _("Remove note"),
                    lambda: self.page.write(lambda session, person: notes.remove(session, person, note.id),
                                            _("The note is removed.")), danger=True)
