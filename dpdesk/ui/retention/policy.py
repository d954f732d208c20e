"""The data policy as the branch keeps it: its values by group, edited with the difference shown first, and its editions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from dpdesk.domain.errors import Invalid
from dpdesk.domain.roles import Right
from dpdesk.services.policy_words import path_name, value_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.retention import policy_fields
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import Form
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.words import _, day, moment, problem, trn

_LONGEST = 300


class PolicyPage(Page):
    """Everybody may read it; the accountable person changes it, sees the difference, and adopts it."""

    code, title, icon, chapter = "policy", marked("Data policy"), "file-text", "policy"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header.set_title(_("Data policy"))
        self.add_back(_("Retention"), lambda: context.go("retention", None))
        self.header.add_quiet(_("Read the text"), lambda: context.go("settings", {"section": "policy"}), icon="eye")
        self.forms: list[Form] = []
        self.slot = EntrySlot()
        self.body.addLayout(self.slot)
        self._list = self.add_list()

    @property
    def editable(self) -> bool:
        """Whether this officer may change it."""
        session = self.context.session
        return session.may(Right.POLICY_EDIT) and session.acknowledged and not session.read_only

    def refresh(self) -> None:
        """Read the policy in force; what is being edited stays."""
        if any(form.changes() for form in self.forms):
            return
        session = self.context.session

        def read() -> dict[str, Any]:
            from dpdesk.services import policies
            known = session.acknowledged
            return {"values": policies.shown(session), "editions": policies.editions(session) if known else [],
                    "update": policies.update_waiting(session)}
        self.context.jobs.run("read", read, owner=self, done=self._show, failed=self.failed)

    def _show(self, found: dict[str, Any]) -> None:
        empty_out(self._list)
        session, self.forms = self.context.session, []
        policy = session.policy
        said = [_("{party}, version of {day}.", party=policy.name, day=day(policy.version))]
        said.append(_("Edition {n} of your branch.", n=policy.edition) if policy.edition else _("As the party’s pack has it."))
        if not session.may(Right.POLICY_EDIT):
            said.append(_("The accountable person may change it."))
        self.header.set_state(" ".join(said))
        if found["update"] is not None:
            self._list.addWidget(self._update_card(found["update"]))
        for group, specs in policy_fields.groups(found["values"]):
            section = Section(group, open=group == policy_fields.first())
            form = Form(specs, columns=2)
            form.show({spec.code: _shown(spec, found["values"][spec.code]) for spec in specs})
            for spec in specs:
                form.field(spec.code).set_read_only(not self.editable)
            section.body.addWidget(form)
            self.forms.append(form)
            self._list.addWidget(section)
        if self.editable:
            acts = [button(_("Look at the difference"), self.look, role="primary")]
            if policy.edition:
                acts.append(button(_("Back to the party’s pack…"), self.look_at_pack, role="quiet"))
            self._list.addWidget(flow(*acts))
        self._editions(found["editions"])

    def _update_card(self, update: Any) -> Any:
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        inside.addWidget(text(_("The party’s pack has changed since (version of {day})", day=day(update.pack_version)), "label"))
        inside.addWidget(text(_("Your branch’s own edition stays as it is until you take the changes over.")))
        self._add_differences(inside, update.differences)
        if self.editable:
            inside.addWidget(flow(button(_("Take them over…"), self.look_at_update)))
        return card(inside)

    def _add_differences(self, layout: QVBoxLayout, differences: Any) -> None:
        for each in differences[:60]:
            before, after = value_name(each.path, each.before)[:_LONGEST], value_name(each.path, each.after)[:_LONGEST]
            layout.addWidget(text(path_name(each.path), "label"))
            layout.addWidget(text(_("{before} → {after}", before=before or "–", after=after or "–")))
        if len(differences) > 60:
            layout.addWidget(text(trn("{n} more", "{n} more", len(differences) - 60), "quiet"))

    def _editions(self, editions: list[Any]) -> None:
        if not editions:
            return
        section = Section(_("Editions ({n})", n=len(editions)), open=False)
        for each in editions:
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.addWidget(text(_("Edition {n}: {moment}, by {name}", n=each.edition, moment=moment(each.at), name=each.officer),
                                  "label"))
            inside.addWidget(text(each.why))
            if not each.data:
                inside.addWidget(text(_("Back to the party’s pack."), "quiet"))
            section.body.addWidget(card(inside))
        self._list.addWidget(section)

    def changes(self) -> dict[str, str]:
        """What was changed in the forms, by path."""
        return {code: "no" if not value and self._tick(code) else value for form in self.forms for code, value in form.changes().items()}

    def _tick(self, code: str) -> bool:
        return policy_fields.kind_of(code) == "tick"

    def look(self) -> None:
        """Work out what the changes would do."""
        from dpdesk.services import policies
        changed = self.changes()
        if not changed:
            self.context.say("info", _("Nothing is changed yet."), None)
            return
        self._draft(lambda session: policies.draft(session, changed))

    def look_at_pack(self) -> None:
        """What going back to the party's pack would do."""
        from dpdesk.services import policies
        self._draft(policies.draft_pack)

    def look_at_update(self) -> None:
        """What taking the pack's changes over would do."""
        from dpdesk.services import policies
        self._draft(policies.draft_update)

    def _draft(self, work: Callable[[Any], Any]) -> None:
        session = self.context.session
        for form in self.forms:
            form.clear_problems()
        self.context.jobs.run("read", lambda: work(session), owner=self, done=self._ask, failed=self.failed)

    def _ask(self, draft: Any) -> None:
        what = trn("{n} value differs", "{n} values differ", len(draft.differences))
        why = _("Officers act on this: everybody, you too, reads the policy anew before going on.") if draft.anew else _(
            "Nobody has to read the policy anew.")
        entry = Entry(what, why, [FieldSpec("why", _("Why"), longest=300, help=_("Who decided it, and when."))], _("Adopt it"),
                      lambda values: self.adopt(draft, values["why"]))
        shown = QVBoxLayout()
        shown.setSpacing(4)
        self._add_differences(shown, draft.differences)
        entry.heading.parentWidget().layout().insertLayout(2, shown)
        self.slot.ask(entry)

    def adopt(self, draft: Any, why: str) -> None:
        """Adopt an edition; the desk locks where everybody has to read it."""
        from dpdesk.services import policies
        session = self.context.session

        def done(policy: Any) -> None:
            self.forms = []
            self.slot.close_up()
            if draft.anew:
                self.context.lock()
                return
            self.context.say("done", _("Adopted as edition {n}.", n=policy.edition), None)
            self.context.changed("settings")
            self.refresh()
        self.context.jobs.run("write", lambda: policies.adopt(session, draft, why), owner=self, done=done, failed=self.failed)

    def failed(self, error: Exception) -> None:
        """Say what went wrong, beside the field where it is about one."""
        if self.slot.show_problems(error):
            return
        if isinstance(error, Invalid):
            problems = {policy_fields.path_of(where, self.context.session.policy): problem(what) for where, what in error.problems.items()}
            for form in self.forms:
                mine = {code: said for code, said in problems.items() if code in form.values()}
                if mine:
                    form.show_problems(mine)
                    return
        failures.show(self.context, error)


def _shown(spec: FieldSpec, value: str) -> str:
    return ("yes" if value == "yes" else "") if spec.kind == "tick" else value
