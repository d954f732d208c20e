"""The pages of transfers as the window lists them; each page's code is loaded when it is first shown."""

from __future__ import annotations

from dpdesk.domain.roles import Right
from dpdesk.ui.context import Context
from dpdesk.ui.page import PageSpec, lazily
from dpdesk.ui.words import _

_lazy = lazily("transfers")


def begin(context: Context) -> None:
    """The outbox goes by itself from unlocking on."""
    if not context.session.read_only:
        from dpdesk.ui.transfers.courier import courier
        courier(context).begin()


def specs() -> list[PageSpec]:
    """Packages and the outbox in the navigation; cards, destinations and sealing are reached from them."""
    group, see = _("Transfers"), Right.TRANSFERS_SEE
    return [
        PageSpec("packages", group, _("Packages"), "lock", see, _lazy("packages", "PackagesPage")),
        PageSpec("outbox", group, _("Outbox and receipts"), "file-up", see, _lazy("outbox", "OutboxPage")),
        PageSpec("package_seal", group, _("Seal files"), "lock", Right.TRANSFERS_SEND, _lazy("seal", "SealPage"), True, "packages"),
        PageSpec("cards", group, _("Officer cards"), "contact", see, _lazy("cards", "CardsPage"), True, "packages"),
        PageSpec("packs", group, _("Canvass packs"), "map-pin", see, _lazy("packs", "PacksPage"), True, "packages"),
        PageSpec("destinations", group, _("Destinations"), "map-pin", see, _lazy("destinations", "DestinationsPage"), True, "outbox"),
    ]
