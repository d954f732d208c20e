"""Long text to be read: Markdown set like a page of a book, in the tokens of the theme, links handed to the owner."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

_HEADINGS = {1: 1.9, 2: 1.25, 3: 1.1}  # times the body's size
_LINE = 138                            # per cent


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
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            self._space(block)
            block = block.next()
        cursor.endEditBlock()
        self._rule_tables()

    def _space(self, block: QTextBlock) -> None:
        """Line height and distances of one paragraph; headings larger than the text they head."""
        form = QTextBlockFormat()
        em = self.fontMetrics().height()
        level = block.blockFormat().headingLevel()
        form.setLineHeight(115 if level else _LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        listed = block.textList() is not None
        form.setTopMargin(em * 0.9 if level and block.blockNumber() else 0)
        form.setBottomMargin(em * (0.4 if level or not listed else 0.2) if not level else em * 0.35)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(form)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            look = QTextCharFormat()
            look.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
            look.setFontPointSize(self.font().pointSizeF() * _HEADINGS.get(level, 1.0))
            look.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(look)

    def _rule_tables(self) -> None:
        """Tables with hairlines under their rows instead of boxes."""
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(1)
                form.setBorderCollapse(True)
                form.setBorderBrush(self.palette().midlight())
                form.setCellPadding(6)
                form.setCellSpacing(0)
                frame.setFormat(form)
