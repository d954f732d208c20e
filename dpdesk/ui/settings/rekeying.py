"""Encrypting the desk anew under a new key: asked plainly, shown with progress, ended plainly."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dpdesk.ui import failures
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.words import _


def offer(context: Context, owner: QWidget, *, removed: str = "") -> None:
    """Ask whether to re-key; `removed` names an officer who was just removed, which is the best reason to."""
    why = (_("{name}’s passphrase no longer opens this desk. If they copied the folder before, that copy still opens with it; "
             "re-keying makes their old key useless for anything written from now on.").format(name=removed) + " "
           if removed else "")
    ask.confirm(owner, _("Re-key the desk?"),
                why + _("The whole desk is encrypted anew. Everybody keeps their passphrase. Backups made before still open with "
                        "the old passphrases: destroy those you do not need."),
                _("Re-key"), lambda: start(context, owner))


def start(context: Context, owner: QWidget) -> None:
    """Re-key, with a line at the foot of the window."""
    from dpdesk.services import officers
    session, shown = context.session, context.progress(_("Re-keying the desk"))
    token = context.jobs.token(shown.update)

    def done(_nothing: object) -> None:
        shown.finish()
        context.say("done", _("The desk is re-keyed. Now destroy the backups you do not need: they open with the old "
                              "passphrases."))
        context.changed("audit")

    def failed(error: Exception) -> None:
        shown.finish()
        failures.show(context, error)

    context.jobs.run("write", lambda: officers.rekey(session, token.progress), owner=owner, done=done, failed=failed,
                     token=token)
