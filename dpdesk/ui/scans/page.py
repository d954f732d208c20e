"""Scans: bringing pages in, what waits to be checked, the piles that came, and how often the machine is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QCheckBox, QVBoxLayout, QWidget

from dpdesk.domain.custody import stretches
from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Rate
from dpdesk.services.scans import Batch, Standing
from dpdesk.services.scans_words import fates_sentence, rate_sentence, via_name
from dpdesk.services.translation import marked
from dpdesk.ui import failures, theme
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page
from dpdesk.ui.scans.drop import DropScans, local
from dpdesk.ui.scans.intake import intake
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import badge, button, card, empty_out, row, text
from dpdesk.ui.widgets.section import Section
from dpdesk.ui.words import _, moment, trn

_SHOWN = 12


@dataclass(frozen=True)
class _Found:
    """What the page shows."""

    counts: dict[str, int]
    batches: list[Batch]
    unfinished: set[str]
    standings: list[Standing]
    rate: Rate
    weight: tuple[int, int]
    due: int
    folder: Path | None


class ScansPage(Page):
    """Intake above, what came of it below."""

    code = "scans"
    title = marked("Scans")
    icon = "scan-line"
    right = Right.SCANS_TAKE
    chapter = "scans"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.intake = intake(context)
        self.intake.came.connect(self._count)
        self.intake.ended.connect(self.refresh)
        self._asked = False
        self.header.set_title(_("Scans"))
        self.check = self.header.set_main(_("Check them"), lambda: context.go("scans_review", {}), icon="eye")
        self.check.hide()
        self.header.add_quiet(_("Scanners…"), lambda: context.go("scans_scanners", {}), icon="printer")
        self.delete = QCheckBox(_("Delete files once their pages are in"))
        self.delete.setMinimumHeight(theme.TARGET)
        self.delete.toggled.connect(self._set_delete)
        if not context.session.read_only:
            self.drop = DropScans(self.intake.files, self._acts())
            self.body.addWidget(self.drop)
            self.body.addWidget(self.delete)
            self.body.addWidget(text(_("A file that holds anything but our sheets and blank backs always stays where it is."), "small"))
        self.watching = text("", "quiet")
        self.body.addWidget(self.watching)
        self._shown = self.add_list()

    def _acts(self) -> QWidget:
        self.watch = button(_("Watch a folder…"), self._choose_folder, icon="folder-open")
        return flow(button(_("Scan…"), lambda: self.context.go("scans_scanners", {}), role="primary", icon="printer"),
                    button(_("Choose files…"), self._choose, icon="file-up"),
                    button(_("Paste"), self.paste, icon="copy", tip=_("A picture or files from the clipboard")), self.watch)

    def refresh(self) -> None:
        """Read again what there is."""
        session = self.context.session

        def read() -> _Found:
            from dpdesk.services import scans, scans_images, scans_take, scans_watch
            batches = scans.batches(session)
            standings = scans.of_batch(session, batches[0].id) if batches else []
            return _Found(scans.counts(session), batches, {each["id"] for each in scans_take.unfinished(session)}, standings,
                          scans.rate(session), scans_images.weight(session), len(scans_images.due(session)), scans_watch.folder(session))
        self.context.jobs.run("read", read, owner=self, done=self._draw, failed=lambda error: failures.show(self.context, error))

    def _count(self) -> None:
        """While pages come: how many, and the way to check them."""
        done, total = self.intake.far
        self.header.set_state(_("Reading: {done} of {total} pages are in.", done=f"{done:,}", total=f"{total:,}"))
        if not self._asked:
            self._asked = True
            self.refresh()

    def _draw(self, found: _Found) -> None:
        self._asked = False
        waits = found.counts
        rows = waits["waiting"] + waits["strip"]
        if not self.intake.busy:
            self.header.set_state(trn("{n} row waits for a look.", "{n} rows wait for a look.", rows) if rows else
                                  _("Nothing waits for a look.") if found.batches else _("No page has come yet."))
        todo = rows + waits["line_up"] + waits["differs"] + waits["unchecked"] + waits["sampled"]
        self.check.setVisible(bool(todo) and self.context.session.may(Right.SCANS_REVIEW))
        self.check.setText(trn("Check {n} row", "Check {n} rows", rows) if rows else _("Check them"))
        self._watch(found.folder)
        empty_out(self._shown)
        self._add_missing(found.standings)
        self._add_due(found.due)
        for each in found.batches[:_SHOWN]:
            self._shown.addWidget(self._pile(each, each.id in found.unfinished))
        if found.batches:
            self._add_figures(found)

    def _pile(self, batch: Batch, unfinished: bool) -> QWidget:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(text(_("{when}, {via}", when=moment(batch.at), via=via_name(batch.via)), "label"))
        if unfinished:
            column.addWidget(badge(_("stopped"), "warning"))
        column.addWidget(text(fates_sentence(batch.fates)))
        if batch.names and batch.via != "scanner":
            names = ", ".join(batch.names[:4]) + (" …" if len(batch.names) > 4 else "")
            column.addWidget(text(names, "small"))
        if unfinished and not self.context.session.read_only:
            words = trn("Go on: {n} page is left", "Go on: {n} pages are left", batch.missing) if batch.missing else _("Finish it")
            column.addLayout(row(button(words, lambda: self.intake.resume(batch.id)), None))
        return card(column)

    def _add_missing(self, standings: list[Standing]) -> None:
        """Sheets of the last pile of which pages have not come."""
        for each in standings:
            if each.missing:
                pages = stretches(piece.page for piece in each.missing)
                words = trn("Sheet {sheet} ({title}): page {pages} has not been scanned.",
                            "Sheet {sheet} ({title}): pages {pages} have not been scanned.", len(each.missing), sheet=each.sheet.spoken,
                            title=each.sheet.title, pages=pages)
                self._shown.addWidget(flag(words, "triangle-alert", "warning"))

    def _add_due(self, due: int) -> None:
        if due and not self.context.session.read_only:
            words = trn("The picture of {n} checked page is past its time.", "The pictures of {n} checked pages are past their time.", due)
            self._shown.addWidget(flag(words, "clock", "warning"))
            self._shown.addLayout(row(button(_("Erase them"), self._erase), None))

    def _add_figures(self, found: _Found) -> None:
        section = Section(_("How good the reading is"), open=False)
        section.body.addWidget(text(rate_sentence(found.rate)))
        count, size = found.weight
        section.body.addWidget(text(trn("{n} picture is kept in the desk ({size} MB), encrypted, until its time is up.",
                                        "{n} pictures are kept in the desk ({size} MB), encrypted, until their time is up.", count,
                                        size=f"{size / 1e6:.1f}"), "quiet"))
        if self.context.session.may_change(Right.DESK_SETTINGS):
            section.body.addWidget(self._two_people())
        self._shown.addWidget(section)

    def _two_people(self) -> QWidget:
        """Whether a page is looked through by somebody else than who decided its rows."""
        from dpdesk.services import scans_two
        session = self.context.session
        tick = QCheckBox(_("Two people check every page"))
        tick.setMinimumHeight(theme.TARGET)
        tick.setChecked(scans_two.two_people(session))
        tick.toggled.connect(lambda wanted: self.context.jobs.run(
            "write", lambda: scans_two.set_two_people(session, wanted), owner=self,
            failed=lambda error: failures.show(self.context, error)))
        return tick

    def _choose(self) -> None:
        ask.choose_several(self, _("Scanned pages"), _("Scans (*.pdf *.tif *.tiff *.jpg *.jpeg *.png *.heic)"), self.intake.files)

    def paste(self) -> None:
        """Take what the clipboard holds: files, or a picture."""
        mime = QApplication.clipboard().mimeData()
        paths = local(mime.urls()) if mime is not None else []
        image = QApplication.clipboard().image()
        if paths:
            self.intake.files(paths, "paste")
        elif not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")
            self.intake.pasted(bytes(buffer.data().data()))
        else:
            self.context.say("warning", _("There is no picture and no scanned file to paste. Copy one first."), None)

    def _set_delete(self, wanted: bool) -> None:
        self.intake.delete = wanted

    def _choose_folder(self) -> None:
        if self.intake.folder is not None:
            self._keep_folder(None)
        else:
            ask.choose_folder(self, _("The folder your scanner writes into"), self._keep_folder)

    def _keep_folder(self, folder: Path | None) -> None:
        from dpdesk.services import scans_watch
        session = self.context.session
        self.context.jobs.run("write", lambda: scans_watch.choose(session, folder), owner=self, done=lambda _none: self._watch(folder),
                              failed=lambda error: failures.show(self.context, error))

    def _watch(self, folder: Path | None) -> None:
        if self.context.session.read_only:
            return
        if folder != self.intake.folder:
            self.intake.watch(folder)
        self.watching.setVisible(folder is not None)
        self.watch.setText(_("Watch a folder…") if folder is None else _("Stop watching"))
        if folder is not None and self.intake.gone:
            self.watching.setText(_("The watched folder “{folder}” is not there now. It is read once it is back.", folder=folder.name))
        elif folder is not None:
            self.watching.setText(_("Watching “{folder}”: a file is read once it has stood still for five seconds.", folder=folder.name))

    def _erase(self) -> None:
        from dpdesk.services import scans_images
        session = self.context.session

        def done(gone: int) -> None:
            self.context.say("done", trn("{n} picture is erased; its answers stay.", "{n} pictures are erased; their answers stay.", gone),
                             None)
            self.refresh()
        self.context.jobs.run("write", lambda: scans_images.erase(session), owner=self, done=done,
                              failed=lambda error: failures.show(self.context, error))

    def place(self) -> dict[str, Any]:
        """Nothing to come back to."""
        return {}
