"""Sealing a device's report to another officer's card, and saving the package: for whom, then where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import CopyKind
from dpdesk.ui import leaving, sealing
from dpdesk.ui.words import _

if TYPE_CHECKING:
    from dpdesk.ui.device.page import DevicePage


def ask_for_whom(page: DevicePage) -> None:
    """Offer the verified cards; without one it is said what to do first."""
    sealing.ask_whom(page, page.context, page.slot.ask, _("Seal the report for"),
                     _("Only they can open it. Save it, and send it as an attachment or on a stick."), lambda card: _save(page, card),
                     page.failed)


def _save(page: DevicePage, card: str) -> None:
    from dpdesk.services import device_reports, packages
    from dpdesk.services.session import today
    session, device = page.context.session, page.device

    def write(path: Path, accepted: str) -> None:
        def work() -> None:
            made = device_reports.seal(session, [card], device)
            packages.save(session, made.id, path, accepted)
        page.context.jobs.run("write", work, owner=page, done=lambda _none: page.reported(path), failed=page.failed)
    leaving.choose(page, page.context.jobs, CopyKind.SEALED, leaving.Chooser(
        _("Save the sealed report"), f"device-{today().isoformat()}{packages.ENDING}", _("Sealed packages (*.age)")), write, page.failed)
