"""Who goes on the sheets of a walk, in walking order, narrowed by filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dpdesk.domain.roles import Right
from dpdesk.services.walks import Line, Overview
from dpdesk.services.walks_filters import ANY_INTENTION, NO_INTENTION, Filters
from dpdesk.services.walks_words import POSTAL, blank_reason, contacted_choices, marker_name, postal_name
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.ordered import Ordered
from dpdesk.ui.widgets.parts import Choice, button, text
from dpdesk.ui.words import _, trn


class Lines(QWidget):
    """`show_walk` reads the lines; `place(label)` asks where a house stands."""

    def __init__(self, context: Context, place: Callable[[str], None] | None) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.context, self._walk = context, ""
        self._labels: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(text(_("Who goes on the sheets"), "heading"))
        self.contacted = Choice(contacted_choices(), name=_("Narrow by contact"))
        self.postal = Choice([(code, postal_name(code)) for code in POSTAL], name=_("Narrow by way of voting"))
        self.stand = button(_("Move this house…"), lambda: place(self._labels.get(self.table.current(), "")) if place else None)
        self.stand.setVisible(place is not None)
        self.said_before = Choice([("", _("Whatever they said"))], name=_("Narrow by last intention"))
        self.said_before.setVisible(context.session.may(Right.RESULTS_SEE))
        for each in (self.contacted, self.postal, self.said_before):
            each.activated.connect(lambda _at: self._read())
        column.addWidget(flow(self.contacted, self.postal, self.said_before, self.stand))
        self.said = text("", "quiet")
        column.addWidget(self.said)
        self.table = Ordered((_("Door"), _("Number"), _("Name"), _("Markers")), _("Electors on the sheets"), wide=2, movable=False)
        self.table.setMinimumHeight(round(200 * theme.scale()))
        column.addWidget(self.table, 1)

    def show_walk(self, overview: Overview) -> None:
        """Read who is on the sheets of a walk."""
        self._walk = overview.id
        self.setVisible(bool(overview.id))
        if overview.id:
            self._read()
            self._offer()

    def _offer(self) -> None:
        """The intentions that sheets can be narrowed by."""
        from dpdesk.services import results
        session = self.context.session
        if session.may(Right.RESULTS_SEE):
            self.context.jobs.run("read", lambda: results.intention_words(session), owner=self, done=lambda words: self.said_before.offer((
                ("", _("Whatever they said")), (NO_INTENTION, _("Said nothing yet")), (ANY_INTENTION, _("Said something")),
                *words.items())), failed=lambda error: failures.show(self.context, error))

    def filters(self) -> Filters:
        """The filters chosen."""
        contacted, _colon, months = self.contacted.code().partition(":")
        said = self.said_before.code()
        return Filters(contacted, int(months or 0), self.postal.code(), (said,) if said else ())

    def _read(self) -> None:
        from dpdesk.services import walks
        session, walk, filters = self.context.session, self._walk, self.filters()
        self.context.jobs.run("read", lambda: walks.lines(session, walk, filters), owner=self, done=self._show,
                              failed=lambda error: failures.show(self.context, error))

    def _show(self, lines: list[Line]) -> None:
        blank = sum(line.blank for line in lines)
        said = [trn("{n} line.", "{n} lines.", len(lines))]
        if blank:
            said.append(trn("{n} of them is blank: somebody does not want to be contacted.",
                            "{n} of them are blank: somebody does not want to be contacted.", blank))
        self.said.setText(" ".join(said))
        self._labels = {str(at): line.label for at, line in enumerate(lines)}
        self.table.show_rows([(str(at), _cells(line)) for at, line in enumerate(lines)])


def _cells(line: Line) -> tuple[str, str, str, str]:
    door = f"{line.label} {line.street}".strip()
    if line.blank:
        return door, "", blank_reason(line.reason), ""
    return door, line.number, line.name or _("Anonymous entry"), ", ".join(map(marker_name, line.markers))
