"""What may be done with several people chosen in a list: a bar over the table that shows once there are two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.queries import Query
from dpdesk.domain.roles import Right
from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.widgets.slot import EntrySlot
from dpdesk.ui.widgets.table import PagedTable
from dpdesk.ui.words import _, trn


class SelectionBar(QWidget):
    """`show_count` is called as the selection of `table` changes; `listed` gives what the list asks for, None where it searches."""

    def __init__(self, context: Context, table: PagedTable, page: str = "members",
                 listed: Callable[[], Query | None] = lambda: None) -> None:
        super().__init__()
        self._context, self._table, self._page, self._listed = context, table, page, listed
        self.count = text("", "label")
        self.count.setWordWrap(False)
        acts: list[QWidget] = [self.count]
        if self._may(Right.MEMBERS_EDIT):
            acts.append(button(_("Change a field…"), self._change, role="quiet"))
            acts.append(button(_("Put into the archive…"), self._ask_archive, role="quiet"))
            acts.append(button(_("Take back from the archive"), self._take_back, role="quiet"))
        if self._may(Right.POST_SEND):
            acts.append(button(_("Write to them…"), self._write_to, role="quiet"))
        if self._may(Right.MEMBERS_ERASE):
            acts.append(button(_("Erase…"), self._erase, role="quiet"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(flow(*acts))
        self._slot = EntrySlot()
        outer.addLayout(self._slot)
        self.hide()
        table.chosen.connect(self.show_count)

    def _may(self, right: Right) -> bool:
        return self._context.session.may_change(right)

    def show_count(self, n: int) -> None:
        """Show how many are chosen, from two on."""
        self.count.setText(trn("{n} chosen", "{n} chosen", n))
        self.setVisible(n > 1)

    def _with_people(self, then: Callable[[list[str]], object]) -> None:
        """Find the identities of those chosen, then go on."""
        from dpdesk.services import members
        session, rows = self._context.session, self._table.chosen_rows()
        self._context.jobs.run("read", lambda: members.identities(session, rows), owner=self, done=then, failed=self._failed)

    def _change(self) -> None:
        self._context.go("bulk", {"rows": self._table.chosen_rows(), "list": self._page})

    def _write_to(self) -> None:
        """Everybody listed is written to by the query, which explains itself; a few by who they are."""
        query = self._listed()
        if query is not None and len(self._table.chosen_rows()) == self._table.paged.rowCount():
            self._context.go("post_write", {"query": query.to_dict()})
        else:
            self._with_people(lambda people: self._context.go("post_write", {"people": people}))

    def _erase(self) -> None:
        self._with_people(lambda people: self._context.go("erase", {"ids": people}))

    def _ask_archive(self) -> None:
        self._slot.ask(Entry(_("Put into the archive"), "", [FieldSpec("why", _("Why"), longest=300)], _("Put into the archive"),
                             lambda values: self._with_people(lambda people: self._archive(people, values["why"]))))

    def _archive(self, people: list[str], why: str) -> None:
        from dpdesk.services import archiving
        session = self._context.session
        self._write(lambda: archiving.archive(session, people, why),
                    lambda n: trn("{n} person is in the archive now.", "{n} people are in the archive now.", n))

    def _take_back(self) -> None:
        from dpdesk.services import archiving
        session = self._context.session
        self._with_people(lambda people: self._write(
            lambda: archiving.take_back(session, people),
            lambda n: trn("{n} person is back in the lists.", "{n} people are back in the lists.", n)))

    def _write(self, work: Callable[[], int], words: Callable[[int], str]) -> None:
        def done(n: int) -> None:
            self._slot.close_up()
            self._context.say("done", words(n), None)
            self._context.changed("members")
        self._context.jobs.run("write", work, owner=self, done=done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._slot.show_problems(error):
            failures.show(self._context, error)
