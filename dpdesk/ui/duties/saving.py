"""How a page of the duties asks why and where before a file leaves the desk, and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dpdesk.domain.copies import CopyKind
from dpdesk.domain.errors import Invalid
from dpdesk.ui import failures, leaving
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.fields import FieldSpec
from dpdesk.ui.words import _

Write = Callable[[Path, str, str, Any], object]  # path, why, what was accepted, a token with `progress` and `cancelled`


def ask_file(page: Any, heading: str, about: str, name: str, names: str, work: Write, *, said: Callable[[Any], str] | None = None) -> None:
    """Ask in `page.slot`; then `work` writes in the write lane. `said` gives the words for when it is done."""
    def chosen(values: dict[str, str]) -> None:
        if not values["why"]:
            page.slot.show_problems(Invalid({"why": "missing"}))
            return
        leaving.choose(page, page.context.jobs, CopyKind.DUTIES, leaving.Chooser(heading, name, names),
                       lambda path, accepted: write(page, path, values["why"], accepted, work, said),
                       lambda error: failures.show(page.context, error))

    page.slot.ask(Entry(heading, about, [FieldSpec("why", _("Why"), longest=300)], _("Choose where…"), chosen))


def write(page: Any, path: Path, why: str, accepted: str, work: Write, said: Callable[[Any], str] | None = None) -> None:
    """Write the file, with a line at the foot of the window while it takes time."""
    def done(answer: Any) -> None:
        page.slot.close_up()
        page.context.changed("copies")
        page.context.say("done", said(answer) if said is not None else _(
            "Saved as “{file}”. It is on the list of copies until it is gone.", file=path.name), None)
    page.context.work("write", _("Writing the file"), lambda token: work(path, why, accepted, token), owner=page, done=done,
                      failed=lambda error: failures.show(page.context, error))
