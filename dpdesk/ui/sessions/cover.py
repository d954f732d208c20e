"""Saving the cover sheet of a session: the board on paper, without personal data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.ui import failures, leaving
from dpdesk.ui.context import Context
from dpdesk.ui.words import _


def save(page: QWidget, context: Context, session: str) -> None:
    """Ask where, and write it."""
    leaving.choose(page, context.jobs, CopyKind.COVER, leaving.Chooser(_("Save the cover sheet"), "cover.pdf", _("PDF (*.pdf)")),
                   lambda path, accepted: save_to(page, context, session, path, accepted), lambda error: failures.show(context, error))


def save_to(page: QWidget, context: Context, session: str, path: Path, accepted: str) -> None:
    """Write the cover sheet to a file."""
    from dpdesk.services import sheet_cover
    context.jobs.run("other", lambda: sheet_cover.save(context.session, session, path, accepted=accepted), owner=page,
                     done=lambda _copy: context.say("done", _("The cover sheet is written to “{file}”. It names nobody.", file=path.name),
                                                    None), failed=lambda error: failures.show(context, error))
