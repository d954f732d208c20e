"""Names of the codes of cards, packages, destinations and transfers, and a fingerprint as it is read out."""

from __future__ import annotations

from dpdesk.domain.cards import Card
from dpdesk.services.names import role_name
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

CARD_STATES = {
    "unverified": _m("Not verified yet"),
    "verified": _m("Verified"),
    "revoked": _m("Revoked"),
    "replaced": _m("Replaced"),
}

PACKAGE_KINDS = {
    "files": _m("Files"),
    "sheets": _m("Scans of sheets"),
    "pack": _m("Canvass pack"),
    "return": _m("Return of a pack"),
}

PACKAGE_STATES = {
    "sealed": _m("Sealed"),
    "arrived": _m("Came in, not opened yet"),
    "opened": _m("Opened"),
}

DESTINATION_KINDS = {
    "webdav": _m("WebDAV or Nextcloud"),
    "s3": _m("S3-compatible storage"),
    "sftp": _m("SFTP"),
    "folder": _m("Folder or drive"),
}

TRANSFER_STATES = {
    "queued": _m("Waits to be sent"),
    "sending": _m("Being sent"),
    "paused": _m("Paused"),
    "sent": _m("On the server, no receipt yet"),
    "receipted": _m("Receipted"),
    "confirmed": _m("Confirmed by headquarters"),
    "cancelled": _m("Cancelled"),
}

PACK_STEPS = {
    "out": _m("With the lead"),
    "returned": _m("Return on its way"),
    "taken": _m("Return taken in, to be erased"),
    "erased": _m("Erased at the lead’s"),
}

CONFLICTS = {
    "gone": _m("No longer on the register: the answer is left out"),
    "renumbered": _m("Has another number now: the answer follows the elector"),
    "left_alone": _m("Asked to be left alone meanwhile: the answer is kept, nobody calls again"),
    "answered": _m("Answered here as well: both are kept, the newer counts"),
    "paper": _m("The paper moved here too: it stays as it is here"),
}


def _name(table: dict[str, str], code: str) -> str:
    return tr(table[code]) if code in table else code.replace("_", " ")


def card_state_name(code: str) -> str:
    """How a card stands."""
    return _name(CARD_STATES, code)


def package_kind_name(code: str) -> str:
    """What a package is for."""
    return _name(PACKAGE_KINDS, code)


def package_state_name(code: str) -> str:
    """Where a package stands."""
    return _name(PACKAGE_STATES, code)


def destination_kind_name(code: str) -> str:
    """What kind of place a destination is."""
    return _name(DESTINATION_KINDS, code)


def transfer_state_name(code: str) -> str:
    """Where a transfer stands."""
    return _name(TRANSFER_STATES, code)


def pack_step_name(code: str) -> str:
    """Where a canvass pack has come to."""
    return _name(PACK_STEPS, code)


def conflict_name(code: str) -> str:
    """What changed at both ends, and what becomes of it."""
    return _name(CONFLICTS, code)


def spoken(card: Card) -> str:
    """The words of a card in two lines of five."""
    words = card.spoken()
    return " ".join(words[:5]) + "\n" + " ".join(words[5:])


def holder(card: Card) -> str:
    """An office and a branch, as far as the card names them."""
    role = role_name(card.role) if card.desk else card.role
    return ", ".join(part for part in (role, card.branch) if part)


def size(count: int) -> str:
    """Bytes as people read them."""
    if count < 1_000:
        return tr("{n} bytes", n=count)
    for unit in (_m("{n} kB"), _m("{n} MB")):
        count_, count = count / 1_000, count // 1_000
        if count < 1_000:
            return tr(unit, n=f"{count_:.1f}" if count_ < 10 else f"{count_:.0f}")
    return tr("{n} GB", n=f"{count / 1_000:.1f}")
