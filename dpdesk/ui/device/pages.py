"""The pages of devices as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("device")


def specs(group: str) -> list[PageSpec]:
    """This device in the navigation; the inventory, disposals and handing over are reached from it."""
    check = Right.DEVICE_CHECK
    return [
        PageSpec("device", group, _("This device"), "shield-check", check, _lazy("page", "DevicePage")),
        PageSpec("devices", group, _("All devices"), "list", check, _lazy("inventory", "DevicesPage"), True, "device"),
        PageSpec("disposals", group, _("Disposals"), "file-text", Right.DISPOSALS_SEE, _lazy("disposals", "DisposalsPage"), True, "device"),
        PageSpec("strays", group, _("Stray copies"), "search", check, _lazy("strays", "StraysPage"), True, "device"),
        PageSpec("handover", group, _("Leaving a device"), "user", check, _lazy("handover", "HandoverPage"), True, "device"),
    ]
