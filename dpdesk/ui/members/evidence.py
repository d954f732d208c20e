"""The files that prove a consent or permission, below it on a person's page: attach, save out by the copies door, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dpdesk.domain.contacting import Consent, Sharing
from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.domain.evidence import MEDIA, Evidence
from dpdesk.domain.roles import Right
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, text
from dpdesk.ui.words import _, field_name, media_name

if TYPE_CHECKING:
    from dpdesk.ui.members.block import Block


def files(block: Block, given: Consent | Sharing, held: tuple[Evidence, ...], first: QPushButton | None) -> QWidget | None:
    """A line for each file of `given`, and below them what may be done; `first` is a button to stand before the others."""
    page = block.page
    mine = [each for each in held if each.of == given.id]
    acts: list[QPushButton] = [first] if first is not None else []
    if page.may(Right.MEMBERS_EDIT) and not given.withdrawn_on:
        acts.append(button(_("Attach a file…"), lambda: choose(block, given), role="link", icon="plus"))
    if not mine and not acts:
        return None
    holder = QWidget()
    holder.setProperty("role", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for each in mine:
        column.addWidget(flow(text_of(each), *_actions(block, each)))
    if acts:
        column.addWidget(flow(*acts))
    return holder


def text_of(each: Evidence):
    """A file in words: "scan.pdf · PDF, 120 kB"."""
    label = text(_("{name} · {kind}, {size}", name=each.name, kind=media_name(each.media_type), size=_size(each.size)), "quiet",
                 selectable=True)
    label.setWordWrap(False)
    label.setMinimumHeight(theme.TARGET)
    return label


def _size(size: int) -> str:
    return _("{n} MB", n=f"{size / (1 << 20):.1f}") if size >= 1 << 20 else _("{n} kB", n=max(1, round(size / 1024)))


def _actions(block: Block, each: Evidence) -> list[QPushButton]:
    page, found = block.page, []
    if page.may(Right.MEMBERS_EXPORT):
        found.append(button(_("Save…"), lambda: _ask_why(block, each), role="link", name=_("Save {file}", file=each.name)))
    if page.may(Right.MEMBERS_EDIT):
        found.append(button(_("Remove…"), lambda: _ask_removal(block, each), role="link", name=_("Remove {file}", file=each.name)))
    return found


def choose(block: Block, given: Consent | Sharing) -> None:
    """Ask for a file and keep it."""
    endings = " ".join(f"*{ending}" for ending in (*MEDIA.values(), ".jpeg", ".tiff"))
    ask.choose_open(block.page, _("Attach a file"), _("Evidence ({endings})", endings=endings),
                    lambda path: attach(block, given, Path(path)))


def attach(block: Block, given: Consent | Sharing, path: Path) -> None:
    """Keep the file at `path`; then offer to delete the one it came from."""
    from dpdesk.services import evidence
    page = block.page
    session = page.context.session

    def done(attached: Any) -> None:
        page.context.changed("members")
        page.context.changed("copies")
        page.context.say("done", _("“{file}” is attached, encrypted in the desk.", file=attached.evidence.name), None)
        ask.confirm(page, _("Delete the file it came from?"),
                    _("It still lies at {path}, for everybody who uses this machine to read. Unless it is deleted it stands on the list "
                      "of copies.", path=attached.source.path), _("Delete the file"), lambda: _delete(block, attached.source.id))
    page.context.jobs.run("write", lambda: evidence.attach(session, given.id, path), owner=page, done=done,
                          failed=lambda error: failures.show(page.context, error))


def _delete(block: Block, copy: str) -> None:
    from dpdesk.services import copies
    page = block.page
    session = page.context.session

    def done(closed: Any) -> None:
        page.context.changed("copies")
        page.context.say("done", f"{closed.closed_how}." if closed.closed_how else _("The file is deleted, and off the list."), None)
    page.context.jobs.run("write", lambda: copies.delete(session, copy), owner=page, done=done,
                          failed=lambda error: failures.show(page.context, error))


def _ask_why(block: Block, each: Evidence) -> None:
    block.ask(Entry(_("Save {file}", file=each.name), _("The file will not be encrypted. It goes on the list of copies, with the day by "
                                                        "which it is to be deleted."),
                    [FieldSpec("why", field_name("why"), help=_("Such as: they asked for their data."), longest=300)],
                    _("Choose where…"), lambda values: _save(block, each, values["why"])))


def _save(block: Block, each: Evidence, why: str) -> None:
    page = block.page
    if not why.strip():
        block.slot.show_problems(Invalid({"why": "missing"}))
        return
    leaving.choose(page, page.context.jobs, CopyKind.EVIDENCE, leaving.Chooser(
        _("Save the evidence"), f"evidence-{each.id[-6:]}{each.ending}", f"{media_name(each.media_type)} (*{each.ending})"),
        lambda path, accepted: write(block, each, path, why, accepted), lambda error: failures.show(page.context, error))


def write(block: Block, each: Evidence, path: Path, why: str, accepted: str = "") -> None:
    """Write the file out."""
    from dpdesk.services import evidence
    block.page.write(lambda session, _person: evidence.save(session, each.id, path, why, accepted=accepted),
                     _("The file is saved. It is on the list of copies until it is gone."), block)


def _ask_removal(block: Block, each: Evidence) -> None:
    from dpdesk.services import evidence
    block.ask(Entry(_("Remove {file}", file=each.name), _("The file is gone from the desk for good. The log keeps that it was there."),
                    [FieldSpec("why", _("Why"), help=_("Such as: it belongs to somebody else."), longest=300)], _("Remove the file"),
                    lambda values: block.page.write(lambda session, _person: evidence.remove(session, each.id, values["why"]),
                                                    _("The file is removed from the desk."), block), role="danger"))
