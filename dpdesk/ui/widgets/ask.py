"""The only place that asks questions and opens file choosers: what, what follows, a verb on each button; nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from dpdesk.ui import theme
from dpdesk.ui.widgets.parts import button, row, text
from dpdesk.ui.words import _


class Question(QDialog):
    """One question; Cancel is what Enter and Esc do where the answer is dangerous."""

    def __init__(self, parent: QWidget | None, what: str, consequence: str, verb: str, then: Callable[[], object], *,
                 danger: bool, type_word: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("dpdesk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._then, self._word = then, type_word
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(2 * theme.SPACE)
        layout.addWidget(text(what, "heading"))
        if consequence:
            layout.addWidget(text(consequence))
        self._typed = self._word_field(layout) if type_word else None
        self._go = button(verb, self._agree, role="danger" if danger else "primary")
        cancel = button(_("Cancel"), self.reject)
        layout.addLayout(row(None, cancel, self._go))
        self.setMinimumWidth(round(420 * theme.scale()))
        self._allow()
        chosen = cancel if danger else self._go
        chosen.setDefault(True)
        (self._typed or chosen).setFocus()

    def _word_field(self, layout: QVBoxLayout) -> QLineEdit:
        asked = _("Type {word} to go on").replace("{word}", self._word)
        layout.addWidget(text(asked, "label"))
        field = QLineEdit()
        field.setAccessibleName(asked)
        field.textChanged.connect(self._allow)
        layout.addWidget(field)
        return field

    def _allow(self) -> None:
        if self._typed is not None:
            self._go.setEnabled(self._typed.text().strip().casefold() == self._word.casefold())

    def _agree(self) -> None:
        self.accept()
        self._then()


def confirm(parent: QWidget, what: str, consequence: str, verb: str, then: Callable[[], object], *, danger: bool = False,
            type_word: str = "") -> Question:
    """Ask; `then` is called where the officer agrees. `type_word` has to be typed first (for what destroys for many)."""
    asked = Question(parent.window(), what, consequence, verb, then, danger=danger, type_word=type_word)
    asked.open()
    return asked


def _choose(parent: QWidget, title: str, then: Callable[[Path], object], prepare: Callable[[QFileDialog], None]) -> QFileDialog:
    chooser = QFileDialog(parent.window(), title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    prepare(chooser)
    chooser.fileSelected.connect(lambda name: then(Path(name)))
    chooser.open()
    return chooser


def choose_open(parent: QWidget, title: str, names: str, then: Callable[[Path], object]) -> QFileDialog:
    """Choose one file that is there; `names` such as "Lists (*.csv *.xlsx)"."""
    def prepare(chooser: QFileDialog) -> None:
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(names)
    return _choose(parent, title, then, prepare)


def choose_several(parent: QWidget, title: str, names: str, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Choose one file or more that are there."""
    chooser = QFileDialog(parent.window(), title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chooser.setNameFilter(names)
    chooser.filesSelected.connect(lambda chosen: then([Path(name) for name in chosen]))
    chooser.open()
    return chooser


def choose_save(parent: QWidget, title: str, name: str, names: str, then: Callable[[Path], object]) -> QFileDialog:
    """Choose where to save, beginning with `name`; an existing file is asked about by the chooser."""
    def prepare(chooser: QFileDialog) -> None:
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setFileMode(QFileDialog.FileMode.AnyFile)
        chooser.setNameFilter(names)
        chooser.setDefaultSuffix(Path(name).suffix.lstrip("."))
        chooser.selectFile(name)
    return _choose(parent, title, then, prepare)


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], object]) -> QFileDialog:
    """Choose a folder."""
    def prepare(chooser: QFileDialog) -> None:
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    return _choose(parent, title, then, prepare)


def choose_printer(parent: QWidget, then: Callable[[Any], object]):
    """The system's own dialog for a printer; `then(printer)` with A4 and the whole of the paper to draw on.

    Printing into a file is not offered: what leaves as a file goes through the copies door. None where no printer is set up.
    """
    from PySide6.QtGui import QPageLayout, QPageSize
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
    if not QPrinterInfo.availablePrinterNames():
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName("dpdesk")
    chooser = QPrintDialog(printer, parent.window())
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    chooser.accepted.connect(lambda: then(printer))
    chooser.open()
    return chooser
