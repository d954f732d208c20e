"""The steps of founding a desk as they are seen: each shows the answers so far and takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dpdesk.services import settings
from dpdesk.services.founding import Answers
from dpdesk.ui import theme
from dpdesk.ui.shell.passphrases import NewPassphrase
from dpdesk.ui.shell.sheet import Labelled, reader_height
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.form import FieldSpec, Form
from dpdesk.ui.widgets.parts import button, card, empty_out, row, shown_path, text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.words import _, place_warning, problem, role_name

if TYPE_CHECKING:
    from dpdesk.services.desks import Desks


class Step(QWidget):
    """`show_answers` when it comes to the front, `take` before it is left; `show_problems` gets field -> code."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(2 * theme.SPACE)

    def show_answers(self, answers: Answers) -> None:
        """Show what was answered so far."""

    def take(self, answers: Answers) -> None:
        """Write what stands here into the answers."""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, in place."""

    def focus(self) -> None:
        """Put the cursor into the first field."""


class YouStep(Step):
    """Name; the role is what a founder has."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form([FieldSpec("name", _("Your name"), "name", _("As other officers know you. It stands beside what you "
                                                                     "change, inside the desk."))])
        self.layout_.addWidget(self.form)
        self._role = text("")
        self.layout_.addWidget(text(_("Your role"), "label"))
        self.layout_.addSpacing(-theme.SPACE)
        self.layout_.addWidget(self._role)
        self.layout_.addSpacing(-theme.SPACE)
        self.layout_.addWidget(text(_("Who creates a desk answers for it and lets the other officers in, each with a role and "
                                      "a passphrase of their own. You can hand this role over later."), "quiet"))

    def show_answers(self, answers: Answers) -> None:
        self.form.show({"name": answers.name})
        self._role.setText(role_name(answers.role.value))

    def take(self, answers: Answers) -> None:
        answers.name = self.form.values()["name"]

    def show_problems(self, problems: Mapping[str, str]) -> None:
        _show(self.form, problems)

    def focus(self) -> None:
        self.form.field("name").control.setFocus()


class PartyStep(Step):
    """The party's policy pack and the branch."""

    def __init__(self) -> None:
        super().__init__()
        choices = (("", _("Choose a party")), *settings.policies())
        self.form = Form([
            FieldSpec("policy_code", _("Party"), "choice", _("Its rules for people’s data come with dpdesk."), choices=choices),
            FieldSpec("branch", _("Branch"), "text", _("As it is called in your party, such as Anytown and District.")),
        ])
        self.layout_.addWidget(self.form)

    def show_answers(self, answers: Answers) -> None:
        self.form.show({"policy_code": answers.policy_code, "branch": answers.branch})

    def take(self, answers: Answers) -> None:
        values = self.form.values()
        answers.policy_code, answers.branch = values["policy_code"], values["branch"]

    def show_problems(self, problems: Mapping[str, str]) -> None:
        _show(self.form, problems)

    def focus(self) -> None:
        self.form.field("policy_code").control.setFocus()


class PolicyStep(Step):
    """The data policy, to be read and promised."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = Reader(_("Data policy"))
        self.reader.setMinimumHeight(reader_height())
        self.tick = promise()
        self._asked = Labelled("", self.tick)
        self.layout_.addWidget(self.reader)
        self.layout_.addWidget(self._asked)
        self._code = ""

    def show_answers(self, answers: Answers) -> None:
        if answers.policy_code != self._code:
            self._code = answers.policy_code
            self.reader.show_text(settings.policy_text(self._code)[2])
        self.tick.setChecked(answers.policy_read == self._code)

    def take(self, answers: Answers) -> None:
        answers.policy_read = self._code if self.tick.isChecked() else ""

    def show_problems(self, problems: Mapping[str, str]) -> None:
        self._asked.set_problem(unread() if problems else "")
        if problems:
            self.tick.setFocus()

    def focus(self) -> None:
        self.reader.setFocus()


class PassphraseStep(Step):
    """The founder's passphrase, twice."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.fields = NewPassphrase(_("Your passphrase"), lambda: (answers.name, answers.branch),
                                    lambda: settings.passphrase_score(answers.policy_code))
        self.layout_.addWidget(self.fields)

    def take(self, answers: Answers) -> None:
        answers.passphrase, answers.repeated = self.fields.text(), self.fields.repeated()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        self.fields.show_problems(problems)

    def focus(self) -> None:
        self.fields.focus()


class PlaceStep(Step):
    """The folder: one suggested outside synced places, or the founder's own choice with its warnings."""

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._folder: Path | None = None
        self._suggested = True
        self._path, self._warnings = text(""), QVBoxLayout()
        self._warnings.setSpacing(theme.SPACE)
        self.change = button(_("Change…"), self._choose, name=_("Change the folder"), icon="folder-open")
        inside = QVBoxLayout()
        inside.addWidget(text(_("Folder"), "label"))
        inside.addWidget(self._path)
        inside.addLayout(row(self.change, None))
        self.layout_.addWidget(card(inside))
        self.layout_.addLayout(self._warnings)
        self.layout_.addWidget(text(_("All of the desk lies in this one folder, encrypted. Carry it to another machine by "
                                      "copying the whole folder while the desk is locked."), "quiet"))
        self.summary = text("")
        self.layout_.addWidget(self.summary)

    def show_answers(self, answers: Answers) -> None:
        if self._suggested:
            self._show(self._desks.suggested_folder(answers.branch))
        self.summary.setText(_("Creating writes the desk of {branch} with you, {name}, as its first officer.",
                               branch=answers.branch, name=answers.name))

    def take(self, answers: Answers) -> None:
        answers.folder = self._folder

    def focus(self) -> None:
        self.change.setFocus()

    def _choose(self) -> None:
        ask.choose_folder(self, _("Choose an empty folder for the desk"), self.choose)

    def choose(self, folder: Path) -> None:
        """The founder chose `folder`."""
        self._suggested = False
        self._show(folder)

    def _show(self, folder: Path) -> None:
        self._folder = folder
        self._path.setText(shown_path(folder))
        empty_out(self._warnings)
        for code in self._desks.place_warnings(folder):
            self._warnings.addWidget(text(place_warning(code), "warning"))


def promise() -> QCheckBox:
    """The tick under a data policy."""
    tick = QCheckBox(_("I have read it and will keep to it"))
    tick.setMinimumHeight(theme.TARGET)
    tick.setAccessibleName(tick.text())
    return tick


def unread() -> str:
    """What is said where the tick is missing."""
    return _("Tick this once you have read the policy to its end.")


def _show(form: Form, problems: Mapping[str, str]) -> None:
    if problems:
        form.show_problems({field: problem(code) for field, code in problems.items()})
    else:
        form.clear_problems()
