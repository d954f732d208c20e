"""Long text to be read: Markdown set like a page of a book, in the tokens of the theme, links handed to the owner."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

_HEADINGS = {1: 1.6, 2: 1.24, 3: 1.1}  # times the body's size
_LINE = 120                            # per cent


class Reader(QTextBrowser):
    """Shows Markdown; `asked` carries the address of a link somebody chose, nothing is opened from here."""

    asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markdown = ""
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(lambda url: self.asked.emit(url.toString()))

    def show_text(self, markdown: str) -> None:
        """Show `markdown` from its beginning."""
        self._markdown = markdown
        self._set()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def to_heading(self, words: str) -> bool:
        """Bring the heading that begins with `words` to the top; whether there is one."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().casefold().startswith(words.casefold()):
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top))
                self.setTextCursor(QTextCursor(block))
                return True
            block = block.next()
        return False

    def loadResource(self, kind: int, name: QUrl) -> object:
        """Nothing is fetched: no pictures from outside, no files."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Set the text anew when theme or text size change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._markdown:
            place = self.verticalScrollBar().value()
            self._set()
            self.verticalScrollBar().setValue(place)

    def _set(self) -> None:
        document = self.document()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(4)
        document.setMarkdown(self._markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()  # else a long table is laid out anew for each of its cells
        tabled = self._rule_tables()
        block = document.begin()
        while block.isValid():
            self._space(block, block.blockNumber() in tabled)
            block = block.next()
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _space(self, block: QTextBlock, tabled: bool) -> None:
        """Line height and distances of one paragraph; headings larger than the text they head.

        Neither `textList` nor `currentTable` is asked: PySide drops a reference to None each time these answer None.
        """
        form, em = QTextBlockFormat(), self.fontMetrics().height()
        level, listed = block.blockFormat().headingLevel(), block.blockFormat().objectIndex() >= 0
        form.setLineHeight(105 if level or tabled else _LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        form.setTopMargin(em * 0.9 if level and block.blockNumber() else 0)
        if not tabled:
            form.setBottomMargin(em * (0.35 if level else 0.2 if listed else 0.5))
        QTextCursor(block).mergeBlockFormat(form)
        if level:
            self._enlarge(block, _HEADINGS.get(level, 1.0))

    def _enlarge(self, block: QTextBlock, times: float) -> None:
        """A heading's letters; Markdown's own adjustment would win over a size in points."""
        found = []
        at = block.begin()
        while not at.atEnd():
            found.append(at.fragment())
            at += 1
        for fragment in found:
            look = fragment.charFormat()
            look.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
            look.setFontPointSize(self.font().pointSizeF() * times)
            look.setFontWeight(QFont.Weight.DemiBold)
            cursor = QTextCursor(self.document())
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(look)

    def _rule_tables(self) -> set[int]:
        """Tables as wide as the page, with hairlines under their rows instead of boxes; the numbers of their paragraphs."""
        tabled: set[int] = set()
        for frame in self.document().rootFrame().childFrames():
            if not isinstance(frame, QTextTable):
                continue
            tabled.update(range(frame.firstCursorPosition().block().blockNumber(),
                                frame.lastCursorPosition().block().blockNumber() + 1))
            form = frame.format()
            form.setBorder(0)
            form.setBorderCollapse(True)
            form.setCellPadding(5)
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(form)
            for row in range(frame.rows()):
                for column in range(frame.columns()):
                    cell = frame.cellAt(row, column)
                    look = cell.format().toTableCellFormat()
                    look.setBottomBorder(1)
                    look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                    look.setBottomBorderBrush(self.palette().midlight())
                    cell.setFormat(look)
        return tabled
