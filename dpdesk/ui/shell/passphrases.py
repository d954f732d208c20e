"""Choosing a passphrase: a judged field and its repetition, with problems in words beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.errors import WeakPassphrase
from dpdesk.ui import theme
from dpdesk.ui.shell.sheet import Labelled
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.widgets.strength import PassphraseField
from dpdesk.ui.words import _, sentence


class NewPassphrase(QWidget):
    """`text()`, `repeated()`; `show_problems` takes the codes of `services/founding.py`; `problems` tells what is wrong."""

    def __init__(self, name: str, words: Callable[[], Iterable[str]] | None = None,
                 least: Callable[[], int] | None = None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.SPACE)
        layout.addWidget(text(_("Four or more plain words that do not belong together are strong and easy to keep in mind. "
                                "Nobody can reset it: without it there is the recovery key alone.")))
        self._first = PassphraseField(name, judged=True, words=words, least=least)
        self._second = PassphraseField(_("The same once more"), judged=False)
        self._fields = {"passphrase": Labelled(name, self._first), "repeated": Labelled(_("The same once more"), self._second)}
        for field in self._fields.values():
            layout.addWidget(field)

    def text(self) -> str:
        """What was typed first."""
        return self._first.text()

    def repeated(self) -> str:
        """What was typed second."""
        return self._second.text()

    def problems(self) -> dict[str, str]:
        """What is wrong before any policy is asked: field -> code."""
        if not self.text():
            return {"passphrase": "missing"}
        if not self._first.accepted():
            return {"passphrase": "guessable"}
        return {} if self.text() == self.repeated() else {"repeated": "differs"}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say each beside its field; the first is focused."""
        for code, field in self._fields.items():
            field.set_problem(self._words(problems[code]) if code in problems else "")
        if "passphrase" in problems:
            self._first.focus()
        elif "repeated" in problems:
            self._second.focus()

    def clear(self) -> None:
        """Forget both."""
        self._first.clear()
        self._second.clear()
        self.show_problems({})

    def focus(self) -> None:
        """The cursor into the first field."""
        self._first.focus()

    def _words(self, code: str) -> str:
        """Why it is weak is said by the meter already, unless the policy asks for more than the meter does."""
        if code == "missing":
            return _("Choose a passphrase.")
        if code == "differs":
            return _("This differs from the passphrase above.")
        if not self._first.accepted():
            return _("Not strong enough yet.")
        said = sentence(WeakPassphrase(code))
        return f"{said.what} {said.do}"
