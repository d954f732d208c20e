"""Whether the Mac looks for updates and installs them by itself, and when it last did look (S1 §27.4)."""

from __future__ import annotations

from datetime import datetime

from dpdesk.device.asked import Asked, failed, unknown, updated_before
from dpdesk.device.machine import Machine
from dpdesk.device.macos import plists
from dpdesk.domain.device import Result

_LOOKS = ("AutomaticCheckEnabled", "CriticalUpdateInstall")
_INSTALLS = ("AutomaticDownload", "AutomaticallyInstallMacOSUpdates")


def look(machine: Machine, asked: Asked) -> Result:
    """Not looking fails; leaving the installing to somebody is a warning; a setting that was never made tells nothing."""
    found = plists.of_file(machine, plists.UPDATES)
    if found is None:
        return unknown("updates", "not_said", program="softwareupdate")
    last = found.get("LastSuccessfulDate")
    days = (asked.today - last.date()).days if isinstance(last, datetime) else None
    facts = {"program": "softwareupdate", "days": days}
    if any(key in found and not found[key] for key in _LOOKS):
        return failed("updates", "switched_off", **facts)
    if days is not None and days > asked.updates:
        return failed("updates", "updated_long_ago", **facts)
    if any(key in found and not found[key] for key in _INSTALLS):
        return failed("updates", "by_hand", mild=True, automatic=False, **facts)
    if days is None or not all(key in found for key in (*_LOOKS, *_INSTALLS)):
        return unknown("updates", "not_said", **facts)
    return updated_before("updates", days, asked, program="softwareupdate", automatic=True)
