"""Turns a failure into words in the message bar: what happened, what is safe, what to do."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dpdesk.domain.errors import Bug, Cancelled, DeskError
from dpdesk.ui.words import _, sentence, trace_code

if TYPE_CHECKING:
    from dpdesk.ui.context import Context

log = logging.getLogger(__name__)


def words_for(error: Exception) -> str:
    """One paragraph for `error`; a mistake of ours comes with the code to report, and nothing personal is told or logged."""
    code = ""
    if not isinstance(error, DeskError):
        log.error("unforeseen %s at %s", type(error).__name__, _where(error))
    if not isinstance(error, DeskError) or isinstance(error, Bug):
        code = _("Code: {code}", code=trace_code(error))
    said = sentence(error)
    return " ".join(part for part in (said.what, said.safe, said.do, code) if part)


def show(context: Context, error: Exception) -> None:
    """Say `error` in the message bar of the page in front; what the officer stopped is told as done, not as failed."""
    context.say("info" if isinstance(error, Cancelled) else "failed", words_for(error), None)


def _where(error: Exception) -> str:
    """Module and line of the innermost frame: no values."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
