"""What is done at once after an incident, by its kind: in order, with where the desk does it, ticked off in the report (S1 29.5)."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.services import duties
from dpdesk.services.duties import Shown
from dpdesk.services.session import Session
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

FIELD = "at_once"
STEPS = {
    "lost_device": ("away", "passwords", "keys", "out_of_use", "copies", "police"),
    "loss_theft": ("copies", "police"),
    "to_cc_not_bcc": ("asked",),
    "wrong_recipient": ("asked",),
    "photo_posted": ("taken_down", "asked"),
    "unauthorised_access": ("shut_out", "passwords"),
    "unlawful_disclosure": ("asked",),
}
WORDS = {
    "away": _m("Lock or wipe it from another device: Find My Device, Find My, or what your organisation uses."),
    "passwords": _m("Change the passwords of e-mail and storage that it knew. The desk’s own new passphrase does not reach the desk on a "
                    "lost machine: that one is opened by the passphrase it had."),
    "keys": _m("If somebody may know your passphrase: come in as a new officer with new keys, suspend the old one, re-key the desk, and "
               "ask those who hold your officer card to revoke it."),
    "out_of_use": _m("Take it out of use in the inventory of devices."),
    "copies": _m("Look through the list of copies: which of them lay on it or with it, and were not encrypted."),
    "police": _m("Where it was stolen, tell the police and keep the number they give."),
    "asked": _m("Ask whoever got it to delete it and to say that they did."),
    "taken_down": _m("Have it taken off the internet."),
    "shut_out": _m("Shut out whoever looked: suspend the officer, or change what let them in."),
}
PAGES = {"passwords": "post_accounts", "keys": "officers", "out_of_use": "devices", "copies": "copies", "shut_out": "officers"}
"""Where the desk does it; the others are done outside."""


@dataclass(frozen=True)
class Step:
    """One step: its code in the field, its words, the page of the window that helps ("" for none), whether it is done."""

    code: str
    words: str
    page: str
    done: bool


def of(shown: Shown) -> list[Step]:
    """The steps of an incident in their order; none for an entry of another register, or once it has ended."""
    if shown.register.code != "incidents" or shown.duty.ended_at:
        return []
    done = shown.duty.values.get(FIELD, "").split()
    return [Step(code, tr(WORDS[code]), PAGES.get(code, ""), code in done) for code in STEPS.get(shown.duty.values.get("type", ""), ())]


def did(session: Session, identity: str, code: str) -> Shown:
    """Note that a step is done; the timeline says by whom and when."""
    shown = duties.get(session, identity)
    done = shown.duty.values.get(FIELD, "").split()
    said = tr(shown.register.field(FIELD).words_of(code))
    return duties.change(session, identity, {FIELD: " ".join(dict.fromkeys([*done, code]))}, said)
