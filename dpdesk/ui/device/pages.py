"""The pages of devices as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from importlib import import_module

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import Page, PageSpec
from dpdesk.ui.words import _


def _lazy(module: str, name: str):
    def make(context: Context) -> Page:
        return getattr(import_module(f"dpdesk.ui.device.{module}"), name)(context)
    return make


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
