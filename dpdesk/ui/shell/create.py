"""The wizard for a new desk: numbered steps, back always possible, nothing written before the last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import settings
from dpdesk.services.founding import STEPS, FoundingSteps
from dpdesk.services.session import Session
from dpdesk.ui import theme
from dpdesk.ui.shell.leaf import Leaf
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.parts import Choice, button, row, text
from dpdesk.ui.widgets.reader import Reader
from dpdesk.ui.widgets.steps import Steps
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, place_warning, role_name


def step_words() -> tuple[str, ...]:
    """The steps as shown at the top, the kit last."""
    return (_("You"), _("Party"), _("Policy"), _("Passphrase"), _("Place"), _("Kit"))


def _problems() -> dict[str, str]:
    return {"name": _("Please enter your name."), "policy": _("Please choose your party."),
            "branch": _("Please enter the name of your branch."), "read": _("Please read the policy and tick that you have."),
            "passphrase": _("The passphrase is not strong enough yet."), "again": _("The two passphrases differ."),
            "folder": _("Please choose a folder.")}


class Create(Leaf):
    """Renders `services/founding.py`; each step is one panel."""

    def __init__(self, gate) -> None:
        super().__init__(_("A desk for your branch"))
        self.gate, self.steps = gate, FoundingSteps()
        self._bar = Steps(step_words())
        self.body.insertWidget(0, self._bar)
        self._panels = QStackedWidget()
        for make in (self._you, self._party, self._policy, self._passphrase, self._place):
            panel = QWidget()
            panel.setProperty("role", "plain")
            layout = QVBoxLayout(panel)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.SPACE)
            make(layout)
            layout.addStretch(1)
            self._panels.addWidget(panel)
        self.body.addWidget(self._panels, 1)
        self.back = button(_("Back"), self.go_back)
        self.next = button(_("Next"), self.go_on, role="primary")
        self.body.addLayout(row(self.back, None, self.next))
        self._show()

    def _field(self, layout: QVBoxLayout, words: str, widget: QWidget, hint: str = "") -> QWidget:
        if not isinstance(widget, PassphraseField):
            widget.setAccessibleName(words)
            widget.setMinimumHeight(theme.TARGET)
        layout.addWidget(text(words, "label"))
        if hint:
            layout.addWidget(text(hint, "small"))
        layout.addWidget(widget)
        layout.addSpacing(theme.SPACE)
        return widget

    def _you(self, layout: QVBoxLayout) -> None:
        self.name = self._field(layout, _("Your name"), QLineEdit(), _("Every change you make is recorded under it."))
        self.role = self._field(layout, _("Your role"), Choice([(r.value, role_name(r.value)) for r in Role]),
                                _("The first officer is usually the one who is accountable for data protection."))
        self.role.choose(Role.ACCOUNTABLE.value)
        self.name.returnPressed.connect(self.go_on)

    def _party(self, layout: QVBoxLayout) -> None:
        self.policy = self._field(layout, _("Your party"), Choice([("", _("Choose…")), *settings.policies()]),
                                  _("Its data policy sets the rules of the desk."))
        self.branch = self._field(layout, _("Your branch"), QLineEdit())
        self.branch.returnPressed.connect(self.go_on)

    def _policy(self, layout: QVBoxLayout) -> None:
        self.reader = Reader(_("The data policy"))
        self.reader.setMinimumHeight(round(320 * theme.scale()))
        self.tick = QCheckBox(_("I have read it and will keep to it"))
        self.tick.setMinimumHeight(theme.TARGET)
        layout.addWidget(self.reader, 1)
        layout.addWidget(self.tick)

    def _passphrase(self, layout: QVBoxLayout) -> None:
        layout.addWidget(text(_("Four or more plain words that belong to no saying are easy to remember and hard to guess. "
                                "Nobody can look it up or reset it: if it is lost, only the recovery kit helps.")))
        layout.addSpacing(theme.SPACE)
        words = lambda: (self.name.text(), self.branch.text())  # noqa: E731 - asked each time it is judged
        self.first = self._field(layout, _("Passphrase"), PassphraseField(_("Passphrase"), words=words))
        self.again = self._field(layout, _("Passphrase again"), PassphraseField(_("Passphrase again"), judged=False))
        self.again.entered.connect(self.go_on)

    def _place(self, layout: QVBoxLayout) -> None:
        layout.addWidget(text(_("The desk is one folder on this computer. Keep it out of folders that are copied elsewhere, such "
                                "as Dropbox or OneDrive.")))
        layout.addSpacing(theme.SPACE)
        self.folder = self._field(layout, _("Folder"), QLineEdit())
        self.folder.textChanged.connect(self._warn)
        layout.addLayout(row(button(_("Choose another folder…"), self._choose, icon="folder-open"), None))
        self._warning = text("", "warning")
        layout.addWidget(self._warning)

    def _choose(self) -> None:
        ask.choose_folder(self, _("Where the desk is kept"), lambda path: self.folder.setText(str(path / "dpdesk")))

    def _warn(self) -> None:
        typed = self.folder.text().strip()
        codes = self.gate.desks.place_warnings(Path(typed)) if typed else ()
        self._warning.setText("\n".join(place_warning(code) for code in codes))

    def _gather(self) -> None:
        steps, typed = self.steps, self.folder.text().strip()
        steps.name, steps.role = self.name.text(), self.role.code()
        steps.policy, steps.branch = self.policy.code(), self.branch.text()
        steps.read = steps.policy if self.tick.isChecked() else ""
        steps.passphrase, steps.again = self.first.text(), self.again.text()
        steps.folder = Path(typed).expanduser() if typed else None

    def go_on(self) -> None:
        """To the next step; at the last one the desk is made."""
        self._gather()
        problems = self.steps.problems()
        if problems:
            self._refuse(next(iter(problems)))
        elif self.steps.step == STEPS[-1]:
            self._create()
        else:
            self.steps.next()
            self._show()

    def go_back(self) -> None:
        """To the step before, or to the welcome."""
        self._gather()
        if self.steps.back():
            self._show()
        else:
            self.gate.start(self.gate.desks.last())

    def _refuse(self, code: str) -> None:
        self.messages.say("failed", _problems()[code], None)
        controls = {"name": self.name, "policy": self.policy, "branch": self.branch, "read": self.tick,
                    "passphrase": self.first, "again": self.again, "folder": self.folder}
        controls[code].setFocus()

    def _show(self) -> None:
        self.messages.clear()
        self._bar.go(self.steps.at)
        self._panels.setCurrentIndex(self.steps.at)
        self.next.setText(_("Create the desk") if self.steps.step == STEPS[-1] else _("Next"))
        if self.steps.step == "policy":
            name, _version, said = settings.policy_text(self.steps.policy)
            self.reader.show_text(said)
            self.title.setText(_("How {party} looks after people’s data").replace("{party}", name))
        else:
            self.title.setText(_("A desk for your branch"))
        if self.steps.step == "place" and not self.folder.text():
            self.folder.setText(str(self.gate.desks.suggested_folder(self.steps.branch)))
        first = {"you": self.name, "party": self.policy, "policy": self.reader, "passphrase": self.first, "place": self.next}
        first[self.steps.step].setFocus()

    def _create(self) -> None:
        desks, folder, founding = self.gate.desks, self.steps.folder, self.steps.founding()
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        self.next.setText(_("Making the desk…"))
        self.gate.jobs.run("other", lambda: desks.create(folder, founding), owner=self, done=self._created, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.next.setEnabled(True)
        self.back.setEnabled(True)
        self._show()
        self.fail(error)

    def _created(self, found: tuple[Session, Secret]) -> None:
        from dpdesk.ui.shell.kit import Kit
        session, key = found
        for field in (self.first, self.again):
            field.clear()
        self.steps = FoundingSteps()
        self.gate.show_leaf(Kit(self.gate, session, key, lambda: self.gate.opened(session), step_words()))
