"""Names of what happens: actions of the audit log, findings of a check, problems of fields, reasons of imports, notices."""

from __future__ import annotations

from dpdesk.services.names import _named
from dpdesk.services.translation import marked as _m

ACTIONS = {
    "desk.created": _m("Desk created"),
    "desk.opened": _m("Desk opened"),
    "desk.rekeyed": _m("Desk re-keyed"),
    "desk.recovered": _m("Opened with the recovery key"),
    "desk.settings": _m("Settings changed"),
    "officer.added": _m("Officer added"),
    "officer.suspended": _m("Officer suspended"),
    "officer.reinstated": _m("Officer reinstated"),
    "officer.end_set": _m("Last day of access set"),
    "officer.removed": _m("Officer removed"),
    "members.imported": _m("List imported"),
    "members.exported": _m("Members exported"),
}
FINDINGS = {
    "edited": _m("was changed after it was written"),
    "deleted": _m("is missing"),
    "inserted": _m("was put in by something other than dpdesk"),
    "reordered": _m("stands in another place than it was written"),
    "cut": _m("is missing: the end of the log has been cut off"),
    "forked": _m("is not the entry that was there before: the log was rewritten or replaced by another copy"),
    "signature": _m("was not signed by the officer it names"),
    "officer": _m("names an officer the log never introduced"),
    "values": _m("no longer fits the values kept for it"),
}
PROBLEMS = {
    "missing": _m("This is needed"),
    "name_missing": _m("A forename or a surname is needed"),
    "in_future": _m("This day is still to come"),
    "too_long_ago": _m("This day is too long ago"),
    "before_birth": _m("This is before the date of birth"),
    "parent_consent_missing": _m("A parent’s consent is needed at this age: enter the day it was given"),
}
IMPORT_REASONS: dict[str, str] = {}
PLACES = {
    "synced": _m("This folder is copied to other places by {name}. Keep the desk in a folder that is not: two machines "
                 "changing one desk would damage it, and copies outside your control cannot be deleted."),
    "network": _m("This folder lies on another machine. If the network breaks off, the desk may be damaged: keep it on "
                  "this machine’s own disk."),
    "removable": _m("This folder lies on a drive that can be pulled out. Keep the desk on this machine’s own disk."),
}
NOTICES = {
    "header_restored": _m("The desk’s key file was damaged and was restored from its copy. Nothing was lost."),
}
TODAY: dict[str, str] = {}


def action_name(code: str) -> str:
    """What was done: "List imported"."""
    return _named(ACTIONS, code)


def finding_name(kind: str) -> str:
    """What a check found about an entry, after "Entry 12": "was changed after it was written"."""
    return _named(FINDINGS, kind)


def problem(code: str) -> str:
    """What is wrong with a field's value, to stand beside the field."""
    return _named(PROBLEMS, code)


def import_reason(code: str) -> str:
    """Why a row of a list was refused or changed on its way in."""
    return _named(IMPORT_REASONS, code)


def place_warning(code: str) -> str:
    """What is wrong with a desk's place; `code` such as "network" or "synced:Dropbox"."""
    kind, _, name = code.partition(":")
    return _named(PLACES, kind).replace("{name}", name)


def notice(code: str) -> str:
    """What an officer is told once when the desk opens."""
    kind, _, name = code.partition(":")
    return _named({**PLACES, **NOTICES}, kind).replace("{name}", name)


def today_item(code: str) -> str:
    """The headline of something on the Today page."""
    return _named(TODAY, code)
