"""A new entry of any register, or one changed: the form is the declaration, and each field says which clause it answers."""

from __future__ import annotations

from typing import Any

from dpdesk.domain.errors import Invalid
from dpdesk.domain.registers.declaring import Kind, Register
from dpdesk.domain.roles import Right
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.duties import fields
from dpdesk.ui.duties.listing import page_of
from dpdesk.ui.page import Page
from dpdesk.ui.widgets.form import Form
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _, problem

_LINES_HIGH = 108  # pixels at 100 %


class DutyFormPage(Page):
    """Place: {"register"} for a new entry with {"values"} and {"people"} to begin with; {"id"} for one that is there."""

    code = "duty_form"
    title = marked("Entry")
    icon = "pencil"
    right = Right.INCIDENTS_REPORT
    chapter = "registers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._place: dict[str, Any] = {"register": "requests" if context.session.may(Right.DUTIES_SEE) else "incidents"}
        self._drawn: dict[str, Any] | None = None
        self._register: Register | None = None
        self.form: Form | None = None
        self._guidance = text("", "quiet")
        self.body.addWidget(self._guidance)
        self._save = button(_("Save"), self.save, role="primary")
        self._buttons = row(self._save, button(_("Cancel"), self._leave), None)
        self.body.addLayout(self._buttons)
        self.body.addStretch(1)

    def place(self) -> dict[str, Any]:
        """What is being filled in."""
        return {**self._place, **({"draft": self.form.values()} if self.form is not None and self.form.changes() else {})}

    def return_to(self, place: dict[str, Any]) -> None:
        """Another entry, or a new one."""
        if place:
            self._place, self._drawn = dict(place), None

    def refresh(self) -> None:
        """Read what the form needs, unless it is being filled in."""
        if self._drawn == self._place:
            return
        session, place = self.context.session, self._place

        def read() -> tuple[Any, Any, dict[str, dict[str, str]]]:
            from dpdesk.services import duties
            shown = duties.get(session, place["id"]) if place.get("id") else None
            register = shown.register if shown else duties.register_of(place["register"])
            targets = {each.to for each in register.fields if each.kind is Kind.ENTRY}
            return shown, register, {code: {each.duty.id: f"{each.ref} {each.heading}" for each in duties.listing(session, code)}
                                     for code in targets}
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=lambda error: failures.show(self.context, error))

    def _show(self, found: tuple[Any, Register, dict[str, dict[str, str]]]) -> None:
        shown, register, names = found
        self._register, self._drawn = register, self._place
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(fields.specs_of(register, names=names), columns=2)
        for each in register.fields:
            if each.kind is Kind.LONG:  # many of them: each a few lines high, and scrolled where more is written
                self.form.field(each.code).control.setMaximumHeight(round(_LINES_HIGH * theme.scale()))
        self.body.insertWidget(1, self.form)
        begun = {} if shown else {each.code: self._begun(each.code, each.kind) for each in register.fields}
        self.form.show(fields.typed(register, shown.duty.values if shown else {**begun, **self._place.get("values", {})}))
        self.form.fill(self._place.get("draft", {}))
        self.header.set_title(f"{shown.ref}  {_(register.one)}" if shown else _("New: {one}", one=_(register.one)))
        self.header.set_state(_(register.about))
        self._guidance.setText(_(register.guidance))
        self._guidance.setVisible(bool(register.guidance))
        self.form.field(register.fields[0].code).control.setFocus()

    @staticmethod
    def _begun(code: str, kind: Kind) -> str:
        """A new entry begins today; an incident is known since now."""
        from dpdesk.services import duties
        from dpdesk.services.session import today
        if code in ("received_on", "made_on", "completed_on"):
            return today().isoformat()
        return duties.stored(duties.utc_now()) if code == "aware_at" and kind is Kind.MOMENT else ""

    def save(self) -> None:
        """Store it; problems stand beside their fields."""
        from dpdesk.services import duties
        if self.form is None or self._register is None:
            return
        self.form.clear_problems()
        values, problems = fields.stored(self._register, self.form.values())
        if problems:
            self._tell(problems)
            return
        session, place, code = self.context.session, self._place, self._register.code

        def work() -> Any:
            if place.get("id"):
                return duties.change(session, place["id"], values)
            return duties.add(session, code, values, place.get("people", ()))

        def done(shown: Any) -> None:
            self._drawn, self._place = None, {"register": code}
            self.form = self._without_form()
            self.context.changed("duties")
            self.context.go("duty", {"id": shown.duty.id})
            self.context.say("done", _("{ref} is saved.", ref=shown.ref), None)
        self.context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def _without_form(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()

    def _tell(self, problems: dict[str, str]) -> None:
        if self.form is not None:
            self.form.show_problems({code: problem(what) for code, what in problems.items()})

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Invalid):
            self._tell(dict(error.problems))
        else:
            failures.show(self.context, error)

    def _leave(self) -> None:
        place, self._drawn = self._place, None
        if place.get("id"):
            self.context.go("duty", {"id": place["id"]})
        elif self._register is not None:
            self.context.go(*page_of(self._register))

    def back(self) -> bool:
        """Esc leaves the form as Cancel does."""
        self._leave()
        return True
