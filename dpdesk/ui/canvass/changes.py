"""What files of the register changed about an elector, the newest first; folded until asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.services.elector_history import Change
from dpdesk.services.register_words import kind_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.parts import empty_out, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, field_name

_WHAT = {"came": marked("came onto the register"), "left": marked("left the register"), "back": marked("came back"),
         "changed": marked("changed")}


class Changes(Section):
    """`show_elector` forgets what was shown; it is read when the section opens."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Changes"), open=False)
        self.context, self._elector = context, ""
        self._list = QVBoxLayout()
        self.body.addLayout(self._list)
        self.unfolded.connect(self._read)

    def show_elector(self, elector: str) -> None:
        """Another elector."""
        self._elector = elector
        empty_out(self._list)
        if self.is_open:
            self._read()

    def _read(self) -> None:
        from dpdesk.services import elector_history
        session, elector = self.context.session, self._elector
        if elector:
            self.context.jobs.run("read", lambda: elector_history.of(session, elector), owner=self, done=self._show,
                                  failed=lambda error: failures.show(self.context, error))

    def _show(self, found: list[Change]) -> None:
        empty_out(self._list)
        for each in found:
            self._list.addWidget(_line(each))
        if not found:
            self._list.addWidget(text(_("Nothing is on record."), "quiet"))


def _line(change: Change) -> QWidget:
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 2, 0, 6)
    column.setSpacing(2)
    column.addWidget(text(_("{day}, {kind}: {what}", day=day(change.at[:10]), kind=kind_name(change.kind) if change.kind else _("by hand"),
                            what=_(_WHAT[change.what]))))
    for code, (before, after) in change.fields.items():
        name = _("Elector number") if code == "number" else field_name(code)
        column.addWidget(text(_("{field}: {before} became {after}", field=name, before=before.replace("\n", ", ") or _("nothing"),
                                after=after.replace("\n", ", ") or _("nothing")), "quiet"))
    return holder
