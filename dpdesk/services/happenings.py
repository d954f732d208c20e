"""Names of what happens: actions of the audit log, findings of a check, problems of fields, reasons of imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dpdesk.services.action_names import ACTIONS as _ACTIONS
from dpdesk.services.dates import day
from dpdesk.services.names import _named, channel_name, field_name
from dpdesk.services.today_names import TODAY as _TODAY
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr
from dpdesk.services.wording import joined

if TYPE_CHECKING:
    from dpdesk.domain.audit import Finding

ACTIONS = joined("ACTIONS", _ACTIONS)
TODAY = joined("TODAY", _TODAY)
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
PROBLEMS = joined("PROBLEMS", {
    "missing": _m("This is needed"),
    "name_missing": _m("A forename or a surname is needed"),
    "in_future": _m("This day is still to come"),
    "in_past": _m("This day has passed"),
    "too_long_ago": _m("This day is too long ago"),
    "before_birth": _m("This is before the date of birth"),
    "parent_consent_missing": _m("A parent’s consent is needed at this age: enter the day it was given"),
    "formula": _m("This begins like a spreadsheet formula"),
    "control": _m("This holds a hidden character"),
    "too_long": _m("This is too long"),
    "email_bad": _m("This is not an e-mail address, such as name@example.org"),
    "phone_bad": _m("This is not a phone number"),
    "number_mangled": _m("A spreadsheet has shortened this number"),
    "postcode_bad": _m("This is not a postcode, such as AB1 2CD"),
    "date_bad": _m("This is not a day, such as 24 Nov 1980 or 24/11/1980"),
    "date_month_first": _m("The month seems to come first: write the day first, such as 24/11/1980"),
    "status_unknown": _m("This is not a status dpdesk knows"),
    "number_taken": _m("Another member has this number"),
    "changed_meanwhile": _m("Somebody changed this while you were editing; look at it again"),
    "out_of_range": _m("This is outside what the policy allows"),
    "unknown": _m("This is not one of the choices"),
    "before_since": _m("This is before the first day"),
    "name_taken": _m("There is one of this name already"),
    "too_many": _m("There are as many as can be kept: delete one first"),
    "not_in_bulk": _m("This is changed one person at a time"),
    "office_missing": _m("Name the office and the area, such as: councillor, Priory ward"),
    "capacity_missing": _m("Say in which capacity they stay known to the branch"),
    "held_already": _m("This person holds it already"),
    "already_so": _m("This is so already"),
    "before_start": _m("This is before it began"),
    "review_too_far": _m("This is too far off: a hold is reviewed at least once a year"),
    "said_no": _m("They said no in the last six months: leave them in peace. What they give of their own accord can be recorded"),
    "before_asked": _m("This is before the day they were asked"),
    "before_given": _m("This is before the day the consent was given"),
    "not_suspended": _m("This officer is not suspended"),
    "attachments_big": _m("Together the files are larger than mail servers take (15 MB)"),
    "host_bad": _m("This is not the name of a server, such as smtp.example.org"),
})
TABLE_NOTES = {
    "other_sheets": _m("Only one sheet of the workbook is read; the others stay out. Save each as a file of its own to bring it in."),
    "mixed_encoding": _m("Parts of the file are spelt in different ways; look whether accented names read well."),
    "title_skipped": _m("Lines above the headers were skipped."),
    "twice_encoded": _m("Accented letters were spoilt before the list was saved (“SiÃ´n” for “Siôn”): ask for it again, saved as XLSX."),
}
IMPORT_REASONS = {  # rows that do not come in, and remarks on those that do
    "ragged": _m("the row has fewer or more cells than the header"),
    "erased_before": _m("this looks like somebody who was erased here"),
    "formula": _m("a cell begins like a spreadsheet formula"),
    "control": _m("a cell holds a hidden character"),
    "too_long": _m("the value is too long"),
    "name_missing": _m("there is neither a forename nor a surname"),
    "email_bad": _m("this is not an e-mail address"),
    "phone_bad": _m("this is not a phone number"),
    "number_mangled": _m("a spreadsheet has shortened this number: format the column as text, and save the list again"),
    "postcode_bad": _m("this is not a postcode"),
    "date_bad": _m("this is not a day"),
    "date_month_first": _m("the month seems to come first, and British lists have the day first"),
    "date_ambiguous": _m("other rows have the month first, so this day may be either of two"),
    "status_unknown": _m("this status is not known"),
    "in_future": _m("this day is still to come"),
    "too_long_ago": _m("this day is too long ago"),
    "before_birth": _m("this is before the date of birth"),
    "missing": _m("this is needed and is empty"),
    "parent_consent_missing": _m("a parent’s consent is needed at this age, and none is given"),
    "duplicate_in_file": _m("an earlier row of the list is the same person"),
    "ambiguous": _m("two people of the desk fit this row"),
    "stop_unkeyed": _m("it says “do not contact”, but holds nothing to recognise the person by next time"),
    "left_out": _m("a value that cannot be read was left out"),
    "stop_word_unknown": _m("an unknown word in an opt-out column counts as an opt-out"),
    "consent_stopped": _m("a “yes” where the person has opted out: the opt-out holds"),
    "consent_withdrawn": _m("a “yes” where the person withdrew consent before: the withdrawal holds"),
    "contact_joins": _m("a contact of the desk is on the list, and becomes a member: the same record"),
    "archived_back": _m("the person is in the archive and comes back, since the list has them as a member"),
    "phones_swapped": _m("mobile and landline changed places"),
    "number_bad": _m("there is no elector’s number"),
    "number_twice": _m("an earlier row of the file has this number"),
    "status_bad": _m("it says neither added, changed nor deleted"),
    "delete_unknown": _m("somebody is deleted who is not on the register"),
    "already_gone": _m("somebody is deleted who has gone already"),
    "change_unknown": _m("somebody is changed who was not on the register: they are added"),
    "add_known": _m("somebody is added who was on the register: they are changed"),
    "created_deleted": _m("added and deleted again in the meantime: left alone"),
    "vote_unmarked": _m("there is no mark"),
    "not_found": _m("no elector has this number"),
    "name_other": _m("another name stands under this number: it does not count"),
}
LIKENESSES = {  # why two records may be one person, and why not
    "name_same": _m("the same name"), "name_alike": _m("names that differ by little"), "name_short": _m("a short form of the name"),
    "name_swapped": _m("forename and surname swapped"), "name_part": _m("a part of the surname"), "surname_other": _m("another surname"),
    "email_same": _m("the same e-mail address"), "phone_same": _m("the same phone number"), "born_same": _m("the same date of birth"),
    "postcode_same": _m("the same postcode"), "address_same": _m("the same address"),
    "born_other": _m("another date of birth"), "born_close": _m("a date of birth that differs by a slip"),
    "number_other": _m("another membership number"),
}
GOES = {  # what is erased with a person
    "record": _m("the record itself"), "note": _m("notes"), "consent": _m("consents, with wording and evidence"),
    "sharing": _m("permissions to share"), "capacity": _m("capacities"), "enquiry": _m("enquiries"), "asking": _m("what they were asked"),
    "evidence": _m("attached evidence"), "reply": _m("suggestions of their replies"),
    "elector_link": _m("links to the electoral register"), "duty_link": _m("links from the registers of duties"),
    "history": _m("values in the history of changes"), "merge": _m("kept records of merges"),
    "slip": _m("officers’ unsaved drafts"), "mailing": _m("that they were written to (the counts stay)"),
    "session": _m("their name, PIN and signature in canvassing sessions"),
    "canvass": _m("their name on what they said at the door (the counts stay)"),
    "restriction": _m("restrictions on the use of their data"), "subject_search": _m("searches for all that is held on them"),
    "hold": _m("holds that have ended"),
}
DEPENDENTS = {  # why a list cannot be taken back
    "edited": _m("edited since"), "note": _m("has a note"), "sharing": _m("has a permission to share"),
    "consent": _m("gave or withdrew a consent since"), "capacity": _m("has a capacity on record"),
    "enquiry": _m("has an enquiry on record"), "asking": _m("was asked for a consent"), "evidence": _m("has evidence on record"),
    "reply": _m("has written back since"), "hold": _m("is under a hold"),
    "archive": _m("is archived"), "gone": _m("is not on the desk any more"), "erased": _m("the earlier values are erased"),
}
BULK_REASONS = {  # why somebody stays as they are when many are changed, or when that is undone
    "contact_status": _m("is a contact and has no status"),
    "deceased": _m("is on record as deceased: change that on their own page"),
    "before_birth": _m("would have joined before being born"),
    "gone": _m("is not on the desk any more"),
    "erased": _m("the earlier values are erased"),
}
MAIL_REASONS = {  # why a message among others was passed over
    "not_mail": _m("no mail: it has no sender, subject or date"), "mail_too_big": _m("larger than any mail dpdesk reads"),
    "mail_empty": _m("empty"), "outlook_msg": _m("in Outlook’s own format: save it as .eml"), "mail_packed": _m("packed: unpack it first"),
    "missing": _m("there is no such file"), "unreadable": _m("this machine does not let dpdesk read it"),
}
IMPORT_STATES = {"applied": _m("In force"), "rolled_back": _m("Taken back"), "superseded": _m("Replaced by a newer list")}
TARGETS = {"full_name": _m("Whole name"), "deceased": _m("Has died")}
PLACES = {
    "synced": _m("This folder is copied to other places by {name}. Keep the desk in a folder that is not: two machines "
                 "changing one desk would damage it, and copies outside your control cannot be deleted."),
    "network": _m("This folder lies on another machine. If the network breaks off, the desk may be damaged: keep it on "
                  "this machine’s own disk."),
    "removable": _m("This folder lies on a drive that can be pulled out. Keep the desk on this machine’s own disk."),
}
NOTICES = {
    "rekey_resumed": _m("An earlier re-keying had been cut off; it has been settled. Nothing was lost."),
    "loss_accepted": _m("The desk was opened although its last entries are missing. This is recorded in the audit log."),
    "clock_behind": _m("This machine’s clock stands before the last entry of the log, made on {name}. Set it right: deadlines, and what "
                       "is due to be erased, are counted by it."),
    "header_restored": _m("The desk’s key file was damaged and was restored from its copy. Nothing was lost."),
}


def action_name(code: str) -> str:
    """What was done: "List imported"."""
    return _named(ACTIONS, code)


def finding_sentence(found: Finding) -> str:
    """What the check found: "Entry 12 was changed after it was written"."""
    if found.until <= found.seq:
        return tr("Entry {seq} {what}", seq=found.seq, what=finding_name(found.kind))
    if found.kind == "cut":
        return tr("Entries {seq} to {until} are missing: the end of the log has been cut off", seq=found.seq, until=found.until)
    if found.kind == "deleted":
        return tr("Entries {seq} to {until} are missing", seq=found.seq, until=found.until)
    return tr("Entries {seq} to {until}: each {what}", seq=found.seq, until=found.until, what=finding_name(found.kind))


def finding_name(kind: str) -> str:
    """What a check found about an entry, after "Entry 12": "was changed after it was written"."""
    return _named(FINDINGS, kind)


def problem(code: str) -> str:
    """What is wrong with a field's value, to stand beside the field."""
    return _named(PROBLEMS, code)


def likeness_name(code: str) -> str:
    """Why two records may be one person: "the same e-mail address"."""
    return _named(LIKENESSES, code)


def goes_name(code: str) -> str:
    """What is erased with a person: "notes"."""
    return _named(GOES, code)


def dependent_name(code: str) -> str:
    """Why somebody keeps a list from being taken back: "edited since"."""
    return _named(DEPENDENTS, code)


def bulk_reason(code: str) -> str:
    """Why somebody stays as they are: "is a contact and has no status"; of a field: "Ward was changed since"."""
    return _named(BULK_REASONS, code) if code in BULK_REASONS else tr("{field} was changed since", field=field_name(code))


def import_state_name(code: str) -> str:
    """Where a list that came in stands: "In force"."""
    return _named(IMPORT_STATES, code)


def import_reason(code: str) -> str:
    """Why a row of a list was refused or changed on its way in."""
    return _named(IMPORT_REASONS, code)


def table_note(code: str) -> str:
    """What an officer should know of how a list was read."""
    return _named(TABLE_NOTES, code)


def place_warning(code: str) -> str:
    """What is wrong with a desk's place; `code` such as "network" or "synced:Dropbox"."""
    kind, _, name = code.partition(":")
    return _named(PLACES, kind).replace("{name}", name)


def notice(code: str) -> str:
    """What an officer is told once when the desk opens."""
    kind, _, name = code.partition(":")
    return _named({**PLACES, **NOTICES}, kind).replace("{name}", day(name) if kind == "clock_behind" else name)


def today_item(code: str, facts: Mapping[str, object] | None = None) -> str:
    """The headline of something on the Today page, its placeholders filled from the item's facts."""
    text = _named(TODAY, code)
    for name, value in (facts or {}).items():
        text = text.replace(f"{{{name}}}", day(str(value)) if name == "on" else str(value))
    return text


def mail_reason(code: str) -> str:
    """Why a message was passed over: "packed: unpack it first"."""
    return _named(MAIL_REASONS, code)


def target_name(target: str) -> str:
    """What a column of a list becomes: a field, an opt-out, a consent; "" for a column that is left out."""
    kind, _, channel = target.partition(":")
    if kind == "stop":
        return tr("Opt-out: {channel}", channel=channel_name(channel))
    if kind == "consent":
        return tr("Consent: {channel}", channel=channel_name(channel))
    return _named(TARGETS, target) if target in TARGETS else field_name(target)
