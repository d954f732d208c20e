"""Step 2 of a letter: subject, Markdown with merge fields, attachments and class, and beside it how it is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dpdesk.domain.post_fields import FIELDS
from dpdesk.ui import failures, theme
from dpdesk.ui.post.preview import Preview
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import Choice, button, empty_out, row, text
from dpdesk.ui.words import _, field_name

if TYPE_CHECKING:
    from dpdesk.domain.post import Attachment
    from dpdesk.ui.post.write import WritePage

_BESIDE_FROM = 900  # pixels at 100 %: from here on the preview stands beside the letter


def fallback(code: str) -> str:
    """What a field says of somebody who has nothing there, as it is first offered."""
    return {"first_name": _("friend"), "forename": _("friend"), "name": _("member"), "branch": _("our branch")}.get(code, "")


def field_words(code: str) -> str:
    """What a merge field is called."""
    return {"first_name": _("First name"), "name": _("Whole name")}.get(code) or field_name(code)


class TextStep(QWidget):
    """Tells the page through `page.touched()` when anything changes."""

    def __init__(self, page: WritePage) -> None:
        super().__init__()
        self._page = page
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(4 * theme.SPACE)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.subject = QLineEdit()
        self.subject.setMaxLength(200)
        self.subject.setMinimumHeight(theme.TARGET)
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(round(280 * theme.scale()))
        for words, field in ((_("Subject"), self.subject), (_("Letter"), self.body)):
            field.setAccessibleName(words)
            column.addWidget(text(words, "label"))
            column.addWidget(field)
        self.subject.textEdited.connect(lambda _typed: page.touched())
        self.body.textChanged.connect(lambda: page.touched())
        column.addWidget(text(_("**bold**, *italic*, # heading, - list, [words](https://…). Put in what differs from reader to reader:"),
                              "small"))
        self.fields = {code: button(field_words(code), lambda code=code: self.insert(code), role="chip",
                                    name=_("Put in: {field}", field=field_words(code))) for code in FIELDS}
        column.addWidget(flow(*self.fields.values()))
        self._attachments(column)
        column.addStretch(1)
        self.preview = Preview(page.context)
        self._outer.addWidget(left, 1)
        self._outer.addWidget(self.preview, 1)

    def _attachments(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.SPACE)
        column.addWidget(text(_("Attachments"), "label"))
        self._files = QVBoxLayout()
        column.addLayout(self._files)
        self.attach_button = button(_("Attach a file…"), self._choose, icon="plus")
        column.addLayout(row(self.attach_button, None))
        policy = self._page.context.session.policy
        self.classes = Choice([(each.code, each.name) for each in policy.confidentiality_classes], name=_("Confidentiality"))
        self.classes.activated.connect(self._classed)
        column.addWidget(text(_("Confidentiality"), "label"))
        column.addLayout(row(self.classes, None))

    def show_letter(self) -> None:
        """Show what the page holds."""
        for field, words in ((self.subject, self._page.subject), (self.body, self._page.text)):
            field.blockSignals(True)
            (field.setText if isinstance(field, QLineEdit) else field.setPlainText)(words)
            field.blockSignals(False)
        self.classes.choose(self._page.classification.value)
        self.show_files()

    def show_files(self) -> None:
        """The files that go with the letter."""
        empty_out(self._files)
        for at, each in enumerate(self._page.attachments):
            words = text(_("{name}, {size} kB", name=each.name, size=f"{max(1, len(each.content) // 1024):,}"))
            line = row(words, button("", lambda at=at: self._detach(at), role="quiet", icon="x",
                                     name=_("Take out {name}", name=each.name)))
            line.setStretch(0, 1)
            self._files.addLayout(line)

    def insert(self, code: str) -> None:
        """Put a merge field where the caret is, its fallback marked so that typing replaces it."""
        words = fallback(code)
        cursor = self.body.textCursor()
        cursor.insertText(f"{{{{{code}|{words}}}}}")
        end = cursor.position() - 2
        cursor.setPosition(end - len(words))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.body.setTextCursor(cursor)
        self.body.setFocus()

    def _choose(self) -> None:
        ask.choose_open(self, _("Attach a file"), _("Files (*)"), self.attach)

    def attach(self, path: Path) -> None:
        """Take a file into the letter, once it was looked into: a list of people does not go with it."""
        from dpdesk.services import post, post_attachments
        context = self._page.context

        def work() -> Attachment:
            made = post.attach(Path(path))
            post_attachments.check(context.session, (made,))
            return made
        context.jobs.run("other", work, owner=self, done=self._attached, failed=lambda error: failures.show(context, error))

    def _attached(self, made: Attachment) -> None:
        self._page.attachments = (*self._page.attachments, made)
        self.show_files()
        self._page.touched(files=True)

    def _detach(self, at: int) -> None:
        self._page.attachments = tuple(each for n, each in enumerate(self._page.attachments) if n != at)
        self.show_files()
        self._page.touched(files=True)

    def _classed(self, _index: int) -> None:
        from dpdesk.domain.members import Confidentiality
        self._page.classification = Confidentiality(self.classes.code())
        self._page.touched()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview beside the letter where there is room, below it elsewhere."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM * theme.scale()
        self._outer.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
