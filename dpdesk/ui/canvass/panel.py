"""The details of the selected elector beside the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dpdesk.services.electors import Record
from dpdesk.ui import theme
from dpdesk.ui.canvass import sentences
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.facts import fact_list, flag
from dpdesk.ui.widgets.parts import button, empty_out, row, text
from dpdesk.ui.words import _

_PAUSE = 80  # milliseconds the selection rests before its elector is read


class Panel(QScrollArea):
    """`show_row` reads and draws one; the last asked for wins."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row, self._asked = 0, 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Details of the selected elector"))
        inside = QWidget()
        inside.setProperty("role", "plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(theme.SPACE * 3, 0, theme.SPACE, theme.SPACE)
        self._column.setSpacing(theme.SPACE)
        self.setWidget(inside)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._read)
        self.clear()

    def show_row(self, number: int) -> None:
        """Read and show the elector in that row, once the selection rests."""
        self._row = number
        self._timer.start()

    def clear(self) -> None:
        """Show nobody."""
        self._asked += 1
        self._timer.stop()
        empty_out(self._column)
        self._column.addWidget(text(_("Choose an elector to see their details here."), "quiet"))
        self._column.addStretch(1)

    def _read(self) -> None:
        from dpdesk.services import electors
        self._asked += 1
        asked, number, session = self._asked, self._row, self._context.session

        def read() -> Record | None:
            found = electors.rows(session, [number])
            return electors.get(session, found[0].elector.id) if found else None
        self._context.jobs.run("read", read, owner=self, done=lambda record: self._draw(record) if asked == self._asked else None,
                               failed=lambda _error: self.clear())

    def _draw(self, record: Record | None) -> None:
        if record is None:
            self.clear()
            return
        empty_out(self._column)
        self._column.addWidget(text(sentences.title(record.row), "heading"))
        if record.row.attainer:
            self._column.addWidget(flag(_("Attainer: too young to vote on that day"), "clock", "warning"))
        identity = record.row.elector.id
        shown = [button(_("Open"), lambda: self._context.go("elector", {"id": identity}), name=_("Open this elector"))]
        if record.person:
            shown.append(button(_("On the desk"), lambda: self._context.go(record.person_kind, {"id": record.person}), icon="user",
                                name=_("Open {name} on the desk", name=record.person_name)))
        self._column.addLayout(row(*shown, None))
        self._column.addSpacing(theme.SPACE)
        self._column.addWidget(fact_list(sentences.facts(record), stacked=True))
        self._column.addStretch(1)
