"""Add or edit a person: groups of fields, problems in place, a draft that survives locking, and Undo after saving."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer

from dpdesk.domain.errors import DeskError, Invalid
from dpdesk.domain.members import FIELDS, Kind, Member, Status
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.members import sentences
from dpdesk.ui.members.capacities import capacity_specs, given_of
from dpdesk.ui.members.facts import value_words
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, row
from dpdesk.ui.words import _, field_name, problem, status_name

JOT_AFTER = 600  # milliseconds of rest before the draft is kept


def specs(kind: Kind) -> list[FieldSpec]:
    """The fields of the form, in groups."""
    groups = {"identity": _("Name"), "contact": _("How to reach them"), "address": _("Address"),
              "membership": _("Membership")}
    skip = {"number", "status", "membership_type", "joined_on", "renewal_on"} if kind is Kind.CONTACT else set()
    made = [replace(spec, group=_("In what capacity")) for spec in capacity_specs()] if kind is Kind.CONTACT else []
    for group, heading in groups.items():
        head = _("Place in the branch") if group == "membership" and kind is Kind.CONTACT else heading
        for field in FIELDS:
            if field.group == group and field.code not in skip:
                made.append(_spec(field, head))
    return made


def _spec(field, group: str) -> FieldSpec:
    choices: tuple[tuple[str, str], ...] = ()
    kind = field.kind
    if field.kind == "status":
        kind, choices = "choice", (("", _("Choose…")), *((s.value, status_name(s.value)) for s in Status))
    return FieldSpec(field.code, field_name(field.code), kind, "", choices, field.longest, group,
                     span=field.code in ("email", "address1"))


class FormPage(Page):
    """Edits the person whose id is in the place, or adds one where it is empty."""

    kind = Kind.MEMBER
    title = marked("Member")
    icon = "pencil"
    right = Right.MEMBERS_EDIT
    chapter = "editing"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.person: str | None = None
        self.seen: Member | None = None
        self._loaded = False
        self._kept: dict[str, Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(JOT_AFTER)
        self._timer.timeout.connect(self._jot_later)
        self.form = Form(specs(self.kind), columns=2)
        self.form.edited.connect(self._timer.start)
        self.body.addWidget(self.form)
        self.save_button = button(_("Save"), self.save, role="primary")
        self.cancel_button = button(_("Cancel"), self.cancel)
        self.body.addLayout(row(self.save_button, self.cancel_button, None))
        self.body.addStretch(1)
        self.save_button.setShortcut("Ctrl+S")

    @property
    def key(self) -> str:
        """Under which the draft is kept inside the desk."""
        return f"draft:{self.kind.value}:{self.person or 'new'}"

    def place(self) -> dict[str, Any]:
        """Whose form it is; what was typed lies in the draft."""
        return {"id": self.person or ""}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show the form of a person, with the draft where one was kept."""
        self.person = str(place.get("id", ""))
        self._loaded = False
        self.seen = None
        self._read()

    def refresh(self) -> None:
        """Without a place before: a new person. What is typed is never overwritten."""
        if self.person is None:
            self.return_to({})

    def leave(self) -> bool:
        """Keep the draft at once; nothing typed is lost."""
        self._timer.stop()
        self._jot()
        return True

    def cancel(self) -> None:
        """Go back; what was typed is thrown away only when the officer says so."""
        if not self.form.changes():
            self._go_on(self.person)
            return
        from dpdesk.ui.widgets import ask
        ask.confirm(self, _("Throw away your changes?"), _("What you typed in this form is lost. The record stays as it is."),
                    _("Throw away"), self._discard_and_go, danger=True)

    def save(self) -> None:
        """Store; problems are shown in place and the first is focused."""
        from dpdesk.services import members
        session, person, seen, changes = self.context.session, self.person, self.seen, self.form.changes()
        self.form.clear_problems()

        def work() -> Member:
            if person and seen is not None:
                return members.edit(session, person, changes, seen)
            return self._add_person(session, {c: v for c, v in self.form_values.items() if v})
        self.form_values = self.form.values()
        self.context.jobs.run("write", work, owner=self, done=self._saved, failed=self._refused)

    def _add_person(self, session: Any, values: dict[str, str]) -> Member:
        from dpdesk.services import members
        return members.add(session, self.kind, values)

    def _read(self) -> None:
        from dpdesk.services import members, settings
        session, person, key = self.context.session, self.person, self.key

        def work() -> tuple[Member | None, Any]:
            return (members.get(session, person) if person else None), settings.jotting(session, key)
        self.context.jobs.run("read", work, owner=self, done=lambda both: self._show(key, *both), failed=self._lost)

    def _show(self, key: str, member: Member | None, draft: Any) -> None:
        if key != self.key:
            return
        self.seen, self._loaded, self._kept = member, True, None
        if member is None:
            self.header.set_title(_("Add a member") if self.kind is Kind.MEMBER else _("Add a contact"))
            self.header.set_state(_("Only what the branch needs. Everything but the name can follow later."))
        else:
            self.header.set_title(_("Edit {name}").format(name=sentences.name_of(member)))
            self.header.set_state(sentences.standing(member))
        values = member.values() if member else {"status": Status.CURRENT.value}
        self.form.show(_shown(values))
        if draft and draft.get("values"):
            self._restore(member, draft)
        self.form.field("forename").control.setFocus()

    def _restore(self, member: Member | None, draft: dict) -> None:
        self.form.fill(draft["values"])
        self._kept = draft
        told = _("Your unsaved changes are back.")
        before = draft.get("seen", {})
        if member is not None:
            since = [field_name(code) for code in draft["values"] if before.get(code, "") != getattr(member, code)]
            if since:
                told += " " + _("Meanwhile somebody changed: {fields}.").format(fields=", ".join(since))
        self.context.say("info", told, (_("Discard"), self._discard))

    def _discard(self) -> None:
        self._drop_draft()
        self._show(self.key, self.seen, None)

    def _discard_and_go(self) -> None:
        self._drop_draft()
        if self.seen is not None:
            self.form.show(_shown(self.seen.values()))
        self._loaded = False
        self._go_on(self.person)

    def _saved(self, member: Member) -> None:
        from dpdesk.services import members
        was = self.seen
        self._timer.stop()
        self._drop_draft()
        self._loaded = False
        self.context.changed("members")
        self._go_on(member.id)
        if was is None:
            self.context.say("done", _("{name} is added.").format(name=sentences.name_of(member)), None)
        elif member.changed == was.changed:
            self.context.say("info", _("Nothing had changed, so nothing was saved."), None)
        else:
            seq, context, kind = member.changed, self.context, self.kind.value
            self.context.say("done", _("Saved."), (_("Undo"), lambda: _undo(context, kind, member.id, seq, members)))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Invalid):
            failures.show(self.context, error)
            return
        said = {code: problem(what) for code, what in error.problems.items()}
        meanwhile = [code for code, what in error.problems.items() if what == "changed_meanwhile"]
        if meanwhile and self.person:
            self._tell_meanwhile(said, meanwhile)
        else:
            self.form.show_problems(said)

    def _tell_meanwhile(self, said: dict[str, str], codes: list[str]) -> None:
        """Somebody saved first: show what stands there now; saving again takes the officer's own."""
        from dpdesk.services import members
        session, person = self.context.session, self.person

        def arrived(now: Member) -> None:
            for code in codes:
                said[code] = _("Changed meanwhile to “{value}”. Save again to put yours in its place.").format(
                    value=value_words(code, getattr(now, code)) or _("empty"))
            typed = self.form.changes()
            self.seen = now
            self.form.show(_shown(now.values()))
            self.form.fill(typed)
            self.form.show_problems(said)
        self.context.jobs.run("read", lambda: members.get(session, person), owner=self, done=arrived,
                              failed=lambda error: failures.show(self.context, error))

    def _lost(self, error: Exception) -> None:
        failures.show(self.context, error)

    def _go_on(self, person: str | None) -> None:
        if person:
            self.context.go(self.kind.value, {"id": person})
        else:
            self.context.go("members" if self.kind is Kind.MEMBER else "contacts", None)

    def _jot_later(self) -> None:
        """Keep the draft in the write lane while the officer goes on typing."""
        if self._loaded and self._draft() != self._kept:
            self._keep_in_lane(self._draft())

    def _keep_in_lane(self, draft: dict[str, Any] | None) -> None:
        from dpdesk.services import settings
        session, key = self.context.session, self.key
        self._kept = draft
        self.context.jobs.run("write", lambda: settings.jot(session, key, draft), owner=self,
                              failed=lambda error: failures.show(self.context, error))

    def _jot(self) -> None:
        """Keep what the last rest did not, before the page is left or the desk locked."""
        draft = self._draft()
        if self._loaded and draft != self._kept:
            from dpdesk.services import settings
            try:
                settings.jot(self.context.session, self.key, draft)
                self._kept = draft
            except DeskError as error:
                failures.show(self.context, error)

    def _draft(self) -> dict[str, Any] | None:
        changes = self.form.changes()
        if not changes:
            return None
        return {"values": changes, "seen": {code: getattr(self.seen, code) for code in changes} if self.seen else {}}

    def _drop_draft(self) -> None:
        self._timer.stop()
        self._keep_in_lane(None)


def _shown(values: dict[str, str]) -> dict[str, str]:
    """Stored values as the form shows them: numbers as they are dialled."""
    return {code: sentences.phone_words(value) if code in ("mobile", "landline") else value
            for code, value in values.items()}


def _undo(context: Context, kind: str, person: str, seq: int, members) -> None:
    """Undo a save from the message bar."""
    def done(_member: Member) -> None:
        context.changed("members")
        context.go(kind, {"id": person})
        context.say("done", _("Undone: the record is as it was before."), None)
    context.jobs.run("write", lambda: members.undo(context.session, seq), owner=context.jobs, done=done,
                     failed=lambda error: failures.show(context, error))


class MemberFormPage(FormPage):
    """The form of a member."""

    code = "member_form"


class ContactFormPage(FormPage):
    """The form of a contact."""

    code = "contact_form"
    kind = Kind.CONTACT
    title = marked("Contact")

    def _show(self, key: str, member: Member | None, draft: Any) -> None:
        """Of somebody new the capacity is asked too; later it stands on their page."""
        self.form.show_group(_("In what capacity"), member is None)
        super()._show(key, member, draft)
        if member is None and key == self.key:
            self.header.set_state(_("Only what the branch needs. Everything but capacity and name can follow later."))

    def _add_person(self, session: Any, values: dict[str, str]) -> Member:
        from dpdesk.services import capacities
        known = {code: value for code, value in values.items() if code not in ("capacity", "detail")}
        return capacities.add_contact(session, known, given_of({"capacity": "", **values}))
