"""The left side of the window: the desk, the lock, the map in words, the officer, and work under way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from dpdesk.services.session import Session
from dpdesk.ui import assets, theme
from dpdesk.ui.page import PageSpec
from dpdesk.ui.shell.navigation_groups import Group, Groups
from dpdesk.ui.widgets.parts import button, line, row, text
from dpdesk.ui.words import _, role_name

WIDTH = 216  # pixels at 100 %


class Navigation(QFrame):
    """Shows the pages the officer may use; `go(code)` is called when one is pressed."""

    def __init__(self, session: Session, specs: Sequence[PageSpec], go: Callable[[str], None], lock: Callable[[], None],
                 cover: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(round(WIDTH * (1 + (theme.scale() - 1) * 0.8)))
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 8)
        layout.setSpacing(4)
        self._top(layout, session, lock, cover)
        layout.addWidget(self._map(specs, go), 1)
        self.work = QVBoxLayout()
        self.work.setContentsMargins(20, 4, 12, 4)
        layout.addLayout(self.work)
        layout.addWidget(line())
        self._foot(layout, session)

    def _top(self, layout: QVBoxLayout, session: Session, lock: Callable[[], None], cover: Callable[[], None]) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(20, 0, 12, 8)
        inner.addWidget(text(session.branch, "heading"))
        inner.addWidget(text(session.policy.name, "small"))
        self.lock = button(_("Lock"), lock, icon="lock", tip=_("Lock the desk (Ctrl+L)"))
        self.cover = button("", cover, icon="eye-off", name=_("Cover the window"), tip=_("Cover the window (F9)"))
        inner.addSpacing(theme.SPACE)
        both = row(self.lock, self.cover)
        both.setStretch(0, 1)
        inner.addLayout(both)
        layout.addLayout(inner)

    def _map(self, specs: Sequence[PageSpec], go: Callable[[str], None]) -> QWidget:
        self._groups = Groups()
        self._of: dict[str, Group] = {}
        group, word = None, ""
        for spec in (spec for spec in specs if not spec.hidden):
            if group is None or spec.group != word:
                group, word = self._groups.group(spec.group), spec.group
            group.add(self._entry(spec, go))
            self._of[spec.code] = group
        return self._groups

    def _entry(self, spec: PageSpec, go: Callable[[str], None]) -> QPushButton:
        made = QPushButton(spec.word)
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setMinimumHeight(round(36 * theme.scale()))
        assets.dress(made, spec.icon, "text")
        made.clicked.connect(lambda _checked=False, code=spec.code: go(code))
        self._group.addButton(made)
        self._buttons[spec.code] = made
        return made

    def _foot(self, layout: QVBoxLayout, session: Session) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(20, 8, 12, 0)
        inner.setSpacing(0)
        inner.addWidget(text(session.officer.name, "label"))
        said = role_name(session.officer.role.value)
        inner.addWidget(text(said if not session.read_only else _("{role}, reading only").replace("{role}", said), "small"))
        layout.addLayout(inner)

    def focus_current(self) -> None:
        """The cursor on the page in front, rather than on the lock."""
        for made in self._buttons.values():
            if made.isChecked():
                made.setFocus()

    def mark(self, code: str) -> None:
        """Mark the page in front."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)
            self._groups.show_group(self._of[code])
