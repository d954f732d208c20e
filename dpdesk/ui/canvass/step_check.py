"""Steps 3 to 5: what would change in large numbers and which rows stay out; the sentence before it is done; the end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dpdesk.domain.register_files import Counts, FileKind, Supply
from dpdesk.services.register_words import also, counts_sentence, permitted_name
from dpdesk.services.words import import_reason
from dpdesk.ui import assets, theme
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.numbers import Numbers
from dpdesk.ui.widgets.parts import button, empty_out, text
from dpdesk.ui.widgets.refused import RefusedTable, capital
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, day, field_name, trn

if TYPE_CHECKING:
    from dpdesk.services.register import Preview, Result
    from dpdesk.ui.canvass.wizard import TakeInPage

_LISTS = (FileKind.ABSENT, FileKind.MARKED)
_CONFLICTS = 50


class CheckStep(QWidget):
    """Shows a preview."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.SPACE * 2)

    def show_preview(self, preview: Preview, supplied_on: str) -> None:
        """Draw `preview`."""
        empty_out(self._layout)
        counts, kind = preview.counts, preview.taking.kind
        self._layout.addWidget(Numbers(_numbers(kind, counts)))
        for warning in _warnings(preview, supplied_on):
            self._layout.addWidget(flag(warning, "triangle-alert", "warning"))
        if more := also(counts):
            self._layout.addWidget(text(" ".join(more), "quiet"))
        self._problems(preview)
        self._conflicts(preview)
        self._changes(preview)

    def _problems(self, preview: Preview) -> None:
        if not preview.problems:
            self._layout.addWidget(text(_("Every row can come in."), "done"))
            return
        section = Section(_("What to know ({n})", n=len(preview.problems)))
        for code, n in Counter(preview.problems).most_common():
            section.body.addWidget(text(trn("{n} row: {why}", "{n} rows: {why}", n, why=import_reason(code))))
        self._layout.addWidget(section)
        rows = [*preview.refused, *preview.remarked]
        if rows:
            listed = Section(_("The rows ({n})", n=f"{len(rows):,}"), open=bool(preview.refused))
            listed.body.addWidget(RefusedTable(rows))
            self._layout.addWidget(listed)

    def _conflicts(self, preview: Preview) -> None:
        conflicts = getattr(preview.plan, "conflicts", ())
        if conflicts:
            section = Section(_("Another name under the number ({n})", n=len(conflicts)))
            for each in conflicts[:_CONFLICTS]:
                section.body.addWidget(text(_("Row {row}, {number}: {ours} on the register, {theirs} on the list.", row=each.line,
                                              number=each.number, ours=each.register_name or _("an anonymous entry"),
                                              theirs=each.list_name)))
            self._layout.addWidget(section)

    def _changes(self, preview: Preview) -> None:
        if not preview.samples:
            return
        section = Section(_("What changes ({shown} of {of})", shown=len(preview.samples), of=f"{preview.counts.changed:,}"), open=False)
        for each in preview.samples:
            section.body.addWidget(text(_("{number}: {name}", number=each.number, name=each.name or _("an anonymous entry")), "label"))
            for code, (before, after) in each.fields.items():
                section.body.addWidget(text(_("{field}: {before} → {after}", field=_("Elector number") if code == "number"
                                              else field_name(code),
                                              before=before.replace("\n", ", ") or _("nothing"), after=after.replace("\n",
                                                                                                                     ", ") or _("nothing")),
                                            "quiet"))
        self._layout.addWidget(section)


def _warnings(preview: Preview, supplied_on: str) -> list[str]:
    said = []
    if preview.newest > supplied_on:
        said.append(_("A file of {day} is in force already, and this one is older.", day=day(preview.newest)))
    if preview.known:
        said.append(_("This very file came in before."))
    if preview.draft.kind is not preview.taking.kind:
        said.append(_("By its columns it looks like another kind of file. Go back if it is."))
    if preview.taking.kind is FileKind.FULL and preview.counts.left > max(50, preview.counts.total // 3):
        said.append(trn("{n} elector would leave: is this the whole register of these districts?",
                        "{n} electors would leave: is this the whole register of these districts?", preview.counts.left))
    return said


def _numbers(kind: FileKind, counts: Counts) -> tuple[tuple[int, str, str], ...]:
    if kind in _LISTS:
        return ((counts.new, _("noted"), "check"), (counts.conflicts, _("with another name"), "triangle-alert"), (counts.refused,
                                                                                                                  _("refused"), "x"))
    return ((counts.new, _("new"), "user-plus"), (counts.changed, _("changed"), "pencil"), (counts.same, _("already the same"), "check"),
            (counts.left, _("leave"), "clock"), (counts.refused, _("refused"), "triangle-alert"))


def verb(kind: FileKind, counts: Counts) -> str:
    """The words on the last button: "Add 38, change 12"."""
    if kind in _LISTS:
        return trn("Note {n} elector", "Note {n} electors", counts.new)
    parts = [words for n, words in ((counts.new, _("add {n}", n=f"{counts.new:,}")), (counts.changed, _("change {n}",
                                                                                                        n=f"{counts.changed:,}")),
                                    (counts.left, _("take {n} off", n=f"{counts.left:,}"))) if n]
    return capital(", ".join(parts)) if parts else _("Take in")


def impact(kind: FileKind, counts: Counts) -> str:
    """What will happen, in one sentence."""
    changes = kind in _LISTS or counts.new or counts.changed or counts.left
    return f"{verb(kind, counts)}." if changes else _("No elector changes: the register is already as the file has it.")


class TakeStep(QWidget):
    """Says in one sentence what will happen, and for what the file may be used."""

    def __init__(self) -> None:
        super().__init__()
        self.verb = _("Take in")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        self._layout.setSpacing(theme.SPACE)

    def show_preview(self, preview: Preview, supply: Supply) -> None:
        """Draw it."""
        empty_out(self._layout)
        self.verb = verb(preview.taking.kind, preview.counts)
        self._layout.addWidget(text(impact(preview.taking.kind, preview.counts), "heading"))
        if more := also(preview.counts):
            self._layout.addWidget(text(" ".join(more)))
        self._layout.addWidget(text(_("Supplied by {supplier} on {day}, for: {use}. To be destroyed by {last}.", supplier=supply.supplier,
                                      day=day(supply.supplied_on), use=permitted_name(supply.permitted.value),
                                      last=day(supply.destroy_by))))
        self._layout.addWidget(text(_("All of it happens in one piece: stopped half-way, nothing has changed. It can be taken back while "
                                      "nothing depends on it."), "quiet"))


class EndStep(QWidget):
    """Says plainly that it is finished."""

    def __init__(self, page: TakeInPage) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE * 2, 0, theme.SPACE * 2)
        layout.setSpacing(theme.SPACE)
        picture = QLabel()
        assets.dress(picture, "badge-check", "done", 32)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(text(_("The file is in."), "heading"))
        self.words, self.file_words = text(""), text("", "quiet")
        layout.addWidget(self.words)
        layout.addWidget(self.file_words)
        self.pairs_button = button(_("Look at the pairs to confirm"), lambda: page.context.go("register_follows", {}), icon="users")
        self.delete_button = button(_("Delete the file now"), lambda: page.delete_file(self._source), role="danger")
        layout.addWidget(flow(self.delete_button, self.pairs_button, button(_("Files and their use"), lambda: page.context.go(
            "register_files", {}))))
        self._source = ""

    def show_result(self, kind: FileKind, result: Result) -> None:
        """Draw `result`."""
        said = [counts_sentence(kind, result.counts)]
        if result.superseded:
            said.append(trn("{n} earlier file is replaced and to be destroyed: see Files and their use.",
                            "{n} earlier files are replaced and to be destroyed: see Files and their use.", result.superseded))
        self.words.setText(" ".join(said))
        self._source = result.source
        self.pairs_button.setVisible(bool(result.counts.uncertain))
        self.delete_button.show()
        self.file_words.setText(_("The file you took in lies outside the desk and is not encrypted. Delete it now, or it stays on the "
                                  "list of copies until it is gone."))

    def show_deleted(self, how: str) -> None:
        """The file is gone, and what can be promised of its traces."""
        self.delete_button.hide()
        self.file_words.setText(f"{how}.")
