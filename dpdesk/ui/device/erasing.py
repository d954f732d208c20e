"""Erasing the desk from the device that is left: what holds it up, where the certificate goes, a typed word, and the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.domain.copies import CopyKind
from dpdesk.services import device_words
from dpdesk.services.desk_end import Erased, Plan
from dpdesk.services.handovers import Seen
from dpdesk.ui import failures, leaving, theme
from dpdesk.ui.context import Context
from dpdesk.ui.widgets import ask
from dpdesk.ui.widgets.flow import flow
from dpdesk.ui.widgets.parts import button, shown_path, text
from dpdesk.ui.words import _, moment, trn


class EraseSection(QWidget):
    """Says what stands against it, once it knows; empty till then."""

    def __init__(self, context: Context, seen: Seen) -> None:
        super().__init__()
        self.context, self.seen = context, seen
        self._slot = QVBoxLayout(self)
        self._slot.setContentsMargins(0, 2 * theme.SPACE, 0, 0)
        self._slot.setSpacing(theme.SPACE)
        self.press = button(_("Erase this desk here…"), self._choose, role="danger")
        self.press.setParent(self)
        self.press.hide()
        from dpdesk.services import desk_end
        session = context.session
        context.jobs.run("read", lambda: desk_end.plan(session), owner=self, done=self._show, failed=self._failed)

    def _show(self, plan: Plan) -> None:
        name = self.seen.names.get(self.seen.handover.successor, "")
        self._slot.addWidget(text(_("Erase this desk from this device"), "heading"))
        self._slot.addWidget(text(_("Its keys are destroyed first, so that nothing that is left can be read, and then its files. Other "
                                    "files in its folder stay. You get a certificate: give it to {name}.", name=name)))
        if plan.later:
            self._slot.addWidget(text(trn("The last backup does not hold everything: {n} entry of the log came later. Make another, and "
                                          "give {name} that one.", "The last backup does not hold everything: {n} entries of the log came "
                                          "later. Make another, and give {name} that one.", plan.later, name=name), "warning"))
            self._slot.addWidget(flow(button(_("Go to backups"), lambda: self.context.go("backups", {}), role="primary")))
            return
        self._slot.addWidget(text(_("The last backup was made {moment}.", moment=moment(plan.backed_up_at)) + " " + (
            _("It can be reached from here, and is tried out first. Take it off this device once {name} has it.", name=name)
            if plan.tries else
            _("It cannot be reached from here: be sure that {name} has opened it.", name=name)), "quiet"))
        self.press.show()
        self._slot.addWidget(flow(self.press))

    def _choose(self) -> None:
        chooser = leaving.Chooser(_("Where does the certificate go?"), "dpdesk-certificate-of-erasing.pdf", "PDF (*.pdf)")
        leaving.choose(self, self.context.jobs, CopyKind.CERTIFICATE, chooser, self._ask, self._failed)

    def _ask(self, path: Path, accepted: str) -> None:
        ask.confirm(self, _("Erase this desk from this device?"), _(
            "Nothing brings it back here: not a passphrase, not the recovery key. Only a backup holds it then."), _("Erase it"),
            lambda: self._erase(path, accepted), danger=True, type_word=_("ERASE"))

    def _erase(self, path: Path, accepted: str) -> None:
        from dpdesk.services import desk_end
        session, desks = self.context.session, self.context.desks
        line = self.context.progress(_("Erasing this desk"), None)
        self.press.setEnabled(False)

        def done(made: Erased) -> None:
            line.finish()
            self.context.lock(said(made))

        def failed(error: Exception) -> None:
            line.finish()
            self.press.setEnabled(True)
            self._failed(error)
        self.context.jobs.run("write", lambda: desk_end.erase(session, desks, path, accepted=accepted), owner=self, done=done,
                              failed=failed)

    def _failed(self, error: Exception) -> Any:
        return failures.show(self.context, error)


def said(made: Erased) -> str:
    """What became of the desk, for whoever sits before the empty window."""
    parts = [_("The desk is erased: certificate {number}.", number=made.number)]
    if not made.ended.unreadable or made.ended.stayed:
        parts += [f"{label}: {value}" for label, value in device_words.ended_facts(made.ended)]
    if not made.complete:
        parts.append(_("The end could not be written into the certificate, which says only that the erasing began."))
    return " ".join([*parts, _("Give the certificate to your successor: {file}", file=shown_path(made.certificate))])
