"""Names of what e-mails are for, why people are left out, where mailings stand, and what to look at before they go."""

from __future__ import annotations

from dpdesk.services.names import _named
from dpdesk.services.post_plan import Remark
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

PURPOSES = {
    "service": _m("Service message"), "notice": _m("Formal notice to members"), "newsletter": _m("Newsletter"), "event": _m("Event"),
    "marketing": _m("Campaigning"), "fundraising": _m("Fundraising"),
}
BASES = {
    "consent": _m("Consent (UK GDPR Art 6(1)(a), 9(2)(a); PECR reg 22)"),
    "contract": _m("Contract of membership (Art 6(1)(b), 9(2)(d))"),
    "legitimate_interests": _m("Legitimate interests (Art 6(1)(f), 9(2)(d))"),
}
REASONS = {
    "deceased": _m("has died"), "archived": _m("is in the archive"), "erased": _m("is not on the desk any more"),
    "restricted": _m("asked that their data be used for nothing for now"), "vulnerable": _m("vulnerable: left in peace"),
    "objected": _m("objected to our use of their data"), "do_not_contact": _m("asked not to be contacted"),
    "stopped": _m("opted out"), "under_age": _m("under age"), "not_member": _m("not a member at present"),
    "no_consent": _m("no consent on record"), "consent_expired": _m("the consent is too old: ask again"),
    "no_address": _m("no e-mail address"), "address_bad": _m("the e-mail address cannot be used"),
    "address_not_ascii": _m("the e-mail address has letters before the @ that most servers do not take"),
    "bouncing": _m("the address does not exist: an e-mail came back"),
    "duplicate": _m("somebody before them has the same address"),
}
ROUTES = {"smtp": _m("Sent from here, one by one"), "each": _m("Drafts, one per person"), "bcc": _m("Drafts with Bcc"),
          "list": _m("Addresses for Bcc"), "processor": _m("Through a bulk mailer")}
STATES = {"draft": _m("Draft"), "awaiting_approval": _m("Waits for a second officer"), "ready": _m("Ready"), "sending": _m("Being sent"),
          "paused": _m("Paused"), "done": _m("Done"), "cancelled": _m("Cancelled")}
OUTCOMES = {"waiting": _m("waiting"), "in_flight": _m("in flight"), "sent": _m("sent"), "deferred": _m("put off by the server"),
            "failed": _m("refused"), "unknown": _m("unknown: ask"), "dropped": _m("left out in time"), "drafted": _m("in a draft"),
            "listed": _m("on the Bcc list"), "exported": _m("handed to the bulk mailer")}
PAUSES = {"limit": _m("the provider’s limit is reached"), "server_busy": _m("the server asks for a rest"),
          "sender_refused": _m("the server does not let this account send"), "dropped": _m("the line broke"),
          "refusing": _m("the server refused several people in a row, so none of them was counted"),
          "stopped": _m("stopped by an officer"), "cut_off": _m("the program ended in the middle"),
          "restored": _m("the desk was put back from a backup, so who has had it is not known"),
          "put_off": _m("some are to be tried again later"), "failed": _m("something went wrong")}


def purpose_name(code: str) -> str:
    """What a mailing is for: "Newsletter"."""
    return _named(PURPOSES, code)


def basis_name(code: str) -> str:
    """The lawful basis: "Consent (…)"."""
    return _named(BASES, code)


def left_out_name(code: str) -> str:
    """Why somebody is left out: "no consent on record"."""
    return _named(REASONS, code)


def route_name(code: str) -> str:
    """How a mailing goes out: "Drafts with Bcc"."""
    return _named(ROUTES, code)


def mailing_state_name(code: str) -> str:
    """Where a mailing stands: "Paused"."""
    return _named(STATES, code)


def outcome_name(code: str) -> str:
    """What became of it for a person: "unknown: ask"."""
    return _named(OUTCOMES, code)


def pause_name(code: str) -> str:
    """Why a mailing is paused: "the line broke"."""
    return _named(PAUSES, code) if code in PAUSES else tr("the mail server cannot be used")


def remark_sentence(found: Remark) -> str:
    """What to look at before a letter goes."""
    words = ", ".join(f"“{word}”" for word in found.words)
    if found.code == "campaigning":
        return tr("This reads like campaigning ({words}). A service message may not campaign: take it out, or choose a purpose that needs "
                  "consent.", words=words)
    if found.code == "no_fallback":
        return trn("{n} person has nothing for {words}: give a fallback, such as {{{{forename|friend}}}}.",
                   "{n} people have nothing for {words}: give a fallback, such as {{{{forename|friend}}}}.", found.count, words=words)
    if found.code == "stray_fields":
        return tr("Everybody would read {words} as it stands. A field is written like this: {{{{forename|friend}}}}.", words=words)
    if found.code == "role_addresses":
        return trn("{n} address is likely read by several people (info@, secretary@).",
                   "{n} addresses are likely read by several people (info@, secretary@).", found.count)
    if found.code == "mistyped":
        return trn("{n} address looks mistyped.", "{n} addresses look mistyped.", found.count)
    if found.code == "big":
        return tr("The attachments are {size} MB for each person; a link is kinder.", size=f"{found.count / 1048576:.1f}")
    if found.code == "unread":
        return tr("dpdesk cannot look into {words}: make sure that nobody’s details are in it.", words=words)
    if found.code == "fallbacks":
        return tr("In Bcc everybody reads the same: every field shows its fallback.")
    return found.code
