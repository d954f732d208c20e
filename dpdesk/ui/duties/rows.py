"""A control for a list inside an entry, such as the risks of an assessment: each row in a sentence, added and taken out in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.registers.declaring import Field, rows_of
from dpdesk.services.duty_words import row_words
from dpdesk.ui import theme
from dpdesk.ui.widgets.fields import Custom, FieldSpec, FormField
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, card, empty_out, text
from dpdesk.ui.words import _, problem


class Rows(Custom):
    """The value is a JSON list of rows. A row is opened in a card of its own and kept with its button."""

    def __init__(self, field: Field, specs: Sequence[FieldSpec], on_edit: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._field, self._specs, self._edited = field, specs, on_edit
        self._rows: list[dict[str, str]] = []
        self._open: dict[str, FormField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE)
        self._draw()

    def value(self) -> str:
        """The rows."""
        return json.dumps(self._rows, ensure_ascii=False) if self._rows else ""

    def set_value(self, value: str) -> None:
        """Show these rows."""
        self._rows = rows_of(value)
        self._draw()

    def _draw(self, editing: int | None = None) -> None:
        empty_out(self._column)
        self._open = {}
        for at, row in enumerate(self._rows):
            said = row_words(self._field, row)
            self._column.addWidget(text(f"{at + 1}. {said}"))
            self._column.addWidget(flow(
                button(_("Change"), lambda at=at: self._draw(at), role="link", name=_("Change: {row}", row=said)),
                button(_("Take out"), lambda at=at: self._take_out(at), role="link", name=_("Take out: {row}", row=said))))
        if editing is not None:
            self._column.addWidget(self._card(editing))
        else:
            self._column.addWidget(flow(button(_("Add…"), lambda: self._draw(len(self._rows)), icon="plus",
                                               name=_("Add: {label}", label=_(self._field.label)))))

    def _card(self, at: int) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE)
        row = self._rows[at] if at < len(self._rows) else {}
        for spec in self._specs:
            field = self._open[spec.code] = FormField(spec, self._edited)
            field.set_value(row.get(spec.code, ""))
            column.addWidget(field)
        column.addWidget(flow(button(_("Keep"), lambda: self._keep(at)), button(_("Cancel"), self._draw)))
        return card(column)

    def _keep(self, at: int) -> None:
        row = {code: value for code, field in self._open.items() if (value := field.value())}
        lacking = [each.code for each in self._field.columns if each.needed and not row.get(each.code)]
        for code in lacking:
            self._open[code].set_problem(problem("missing"))
        if lacking:
            return
        self._rows[at:at + 1] = [row]
        self._edited()
        self._draw()

    def _take_out(self, at: int) -> None:
        del self._rows[at]
        self._edited()
        self._draw()
