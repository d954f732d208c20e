"""Writing electors to a file: for which purpose and for whom is asked first, and what is not electoral is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from dpdesk.domain.copies import WITHIN, CopyKind
from dpdesk.domain.register_files import Purpose
from dpdesk.services.electors import Query
from dpdesk.services.register_words import purpose_name
from dpdesk.ui import failures, leaving
from dpdesk.ui.context import Context
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, day, trn


def card(page: QWidget, context: Context, query: Callable[[], Query]) -> Entry:
    """A card that asks, checks the use, and writes those on the list now."""
    bodies = tuple((body.code, body.name) for body in context.session.policy.recipient_bodies)
    specs = (
        FieldSpec("purpose", _("What for"), "choice", choices=tuple((each.value, purpose_name(each.value)) for each in Purpose)),
        FieldSpec("whom", _("For whom"), "choice", choices=((WITHIN, _("Use inside the branch")), *bodies)))

    def ask(values: dict[str, str]) -> None:
        from dpdesk.services import register
        purpose, whom = Purpose(values["purpose"]), values["whom"]
        context.jobs.run("read", lambda: register.require_use(context.session, purpose, whom=whom), owner=page,
                         done=lambda _files: choose(purpose, whom), failed=lambda error: failures.show(context, error))

    def choose(purpose: Purpose, whom: str) -> None:
        leaving.choose(page, context.jobs, CopyKind.REGISTER, leaving.Chooser(_("Write the electors to"), "electors.csv",
                                                                              _("Lists (*.csv)")),
                       lambda path, accepted: _write(page, context, query(), (purpose, whom, path, accepted), made.close_up),
                       lambda error: failures.show(context, error))
    made = Entry(_("Write these electors to a file"),
                 _("Those on the list now, for an electoral purpose alone. The file goes on the list of "
                 "copies and is to be deleted after use."), specs, _("Choose where…"), ask,
                 values={"purpose": Purpose.CANVASSING.value, "whom": WITHIN})
    return made


def _write(page: QWidget, context: Context, query: Query, wish: tuple[Purpose, str, Path, str], close: Callable[[], None]) -> None:
    from dpdesk.services import register_export
    purpose, whom, path, accepted = wish
    session = context.session

    def done(written) -> None:
        close()
        copy, count = written
        context.changed("copies")
        context.say("done", trn("{n} elector is written to “{file}”. Delete it by {day}.",
                                "{n} electors are written to “{file}”. Delete it "
                                "by {day}.", count, file=path.name, day=day(copy.delete_by)),
                    (_("Show the copies"), lambda: context.go("copies", {})))
    made = register_export.Wish(path, purpose, query, whom=whom, accepted=accepted)
    context.work("other", _("Writing the electors"), lambda token: register_export.write(session, made, token.progress, token.cancelled),
                 owner=page, done=done, failed=lambda error: failures.show(context, error))
