"""Names of codes in an officer's words: roles, fields, statuses, actions, problems, reasons, findings.

States are named alike in the window, on paper, in a CSV and in the log. An unknown code is shown readably, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from dpdesk.services.field_names import FIELDS as _FIELDS
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr
from dpdesk.services.wording import joined

ROLES = {
    "accountable_person": _m("Accountable person"),
    "dpo": _m("Data protection officer"),
    "secretary": _m("Secretary"),
    "membership_officer": _m("Membership officer"),
    "canvass_lead": _m("Canvass lead"),
    "responsible_individual": _m("Responsible individual"),
    "data_entry": _m("Data entry"),
    "auditor": _m("Auditor (reads only)"),
}
RIGHTS = joined("RIGHTS", {  # after "may" or "may not"
    "officers.see": _m("see the officers"),
    "officers.manage": _m("add, suspend or remove officers"),
    "desk.settings": _m("change the desk's settings"),
    "desk.rekey": _m("re-key the desk"),
    "members.see": _m("see members and contacts"),
    "members.edit": _m("change members and contacts"),
    "members.import": _m("import a membership list"),
    "members.export": _m("export members"),
    "members.erase": _m("archive and erase people"),
    "copies.see": _m("see the copies that left the desk"),
    "notes.strictly_confidential": _m("read strictly confidential notes"),
    "stops.add": _m("record that a person does not want to be contacted"),
    "desk.backup": _m("back the desk up"),
    "stops.lift": _m("lift a stop on contact"),
    "post.see": _m("see what e-mails were sent"),
    "post.send": _m("write to members by e-mail"),
    "post.approve": _m("approve e-mails to many people"),
    "post.settings": _m("set up mail accounts"),
    "wordings.edit": _m("change the words people are asked with"),
    "register.see": _m("see the electoral register"),
    "register.import": _m("take files of the electoral register in"),
    "audit.see": _m("read the audit log"),
    "audit.export": _m("export the audit log"),
})
FIELDS = joined("FIELDS", _FIELDS)
KINDS = joined("KINDS", {"member": _m("Member"), "contact": _m("Contact"), "officer": _m("Officer"), "desk": _m("Desk"),
         "note": _m("Note"), "stop": _m("Stop on contact"), "consent": _m("Consent"), "sharing": _m("Permission to share"),
         "import": _m("Import"), "export": _m("Export"), "list": _m("List"), "policy": _m("Data policy"),
         "entry": _m("Entry of the audit log"), "audit": _m("Audit log"), "key": _m("Key"), "column": _m("Column"),
         "search": _m("Saved search"), "copy": _m("Copy"), "erasure": _m("Erasure"), "merge": _m("Merge"), "backup": _m("Backup"),
         "capacity": _m("Capacity"), "enquiry": _m("Enquiry"), "mailing": _m("Mailing"), "account": _m("Mail account"),
         "processor": _m("Agreement with a processor"), "wording": _m("Wording"), "asking": _m("Question"), "evidence": _m("Evidence"),
         "reply": _m("Reply"), "address": _m("Address that does not work"), "mailbox": _m("Mailbox for replies"), "elector": _m("Elector"),
         "register_file": _m("File of the register"),
         "follow": _m("Pair of electors")})
CAPACITIES = {"supporter": _m("Supporter"), "volunteer": _m("Volunteer"), "elected_representative": _m("Elected representative"),
              "enquirer": _m("Enquirer"), "electoral_administrator": _m("Electoral administrator"),
              "registered_campaigner": _m("Registered campaigner")}
WAYS = {"website": _m("On the website"), "email": _m("By e-mail"), "letter": _m("By letter"), "phone": _m("By phone"),
        "in_person": _m("In person"), "facebook": _m("On Facebook"), "x": _m("On X (Twitter)"), "other": _m("Another way")}
STAGES = {"open": _m("Open"), "closed": _m("Answered"), "held": _m("On hold"), "review": _m("Hold to review"),
          "expired": _m("To be erased")}
REPLIES = {"stop_mail": _m("No more e-mail"), "stop_all": _m("No contact at all"), "dead_address": _m("Address does not work"),
           "failing_address": _m("Address failed for now"),
           "new_address": _m("New e-mail address"), "refused": _m("Mail refused: to read"), "unclear": _m("To read")}
REPLY_STATES = {"open": _m("Waiting"), "confirmed": _m("Confirmed"), "dismissed": _m("Dismissed")}
STATUSES = {"current": _m("Current"), "pending": _m("Pending"), "arrears": _m("In arrears"), "lapsed": _m("Lapsed"),
            "resigned": _m("Resigned"), "deceased": _m("Deceased")}
STANDINGS = {"active": _m("Active"), "suspended": _m("Suspended"), "ended": _m("Access ended"), "removed": _m("Removed")}
CONFIDENTIALITY = {"ordinary": _m("Ordinary"), "confidential": _m("Confidential"),
                   "strictly_confidential": _m("Strictly confidential")}
CHANNELS = {"email": _m("E-mail"), "phone": _m("Phone"), "sms": _m("Text message"), "post": _m("Post"),
            "all": _m("Every channel")}
STOP_REASONS = {"opt_out": _m("Opted out"), "objection": _m("Objected to our use of their data"),
                "do_not_contact": _m("Asked not to be contacted"), "vulnerable": _m("Vulnerable: left in peace"),
                "restriction": _m("Asked that their data be used for nothing for now")}
METHODS = {"web": _m("On the web"), "paper": _m("On paper"), "verbal": _m("By word of mouth"), "email": _m("By e-mail"),
           "imported": _m("In an imported list"), "other": _m("Another way"), "confirmation": _m("Confirmed in writing")}
MATCHES = {"email": _m("the e-mail address"), "phone": _m("the phone number"), "person": _m("name and address"),
           "number": _m("the membership number"), "record": _m("this record")}
REACHES = {"consent": _m("consent is on record"), "stopped": _m("stopped"),
           "no_consent": _m("no consent on record"), "ended": _m("the consent has ended: ask again"),
           "under_age": _m("a parent’s consent is not on record"), "no_address": _m("no address for it")}
ANSWERS = {"waiting": _m("No answer yet"), "yes": _m("Said yes"), "no": _m("Said no")}
GROUNDS = {"permitted": _m("Permitted"), "ending": _m("Ends soon"), "never_asked": _m("Never asked"),
           "waiting": _m("Asked, no answer yet"), "said_no": _m("Said no"), "withdrawn": _m("Withdrawn"),
           "expired": _m("Ended: ask again"), "stopped": _m("Stopped"), "under_age": _m("Parent’s consent missing"),
           "archived": _m("In the archive")}
MEDIA = {"application/pdf": _m("PDF"), "message/rfc822": _m("e-mail"), "text/plain": _m("text")}
SORTS = {"name": _m("Name"), "number": _m("Membership number"), "postcode": _m("Postcode"), "joined": _m("Joined"),
         "status": _m("Status"), "renewal": _m("Renewal due"), "match": _m("Best match")}
FLAGS = {"under_18": _m("Under 18"), "child": _m("Child"), "no_email_consent": _m("No consent for e-mail"), "archived": _m("Archive"),
         "parent_consent_missing": _m("A parent’s consent is missing"), "stopped": _m("Stopped"),
         "email_bad": _m("E-mail address to check"), "restricted": _m("Use restricted")}
COPY_KINDS = joined("COPY_KINDS", {
    "members": _m("List of people"), "log": _m("Audit log"), "backup": _m("Backup"), "kit": _m("Recovery kit"),
    "source": _m("List that was brought in"), "certificate": _m("Certificate"), "evidence": _m("Evidence of consent"),
    "drafts": _m("Drafts of e-mails"), "print": _m("Print"), "register": _m("List of electors")})
COPY_STATES = {"open": _m("There"), "deleted": _m("Gone: looked for where it lay, and not found"),
               "declared": _m("Destroyed, on an officer’s word")}
LOOKS = {"there": _m("The file is there"), "changed": _m("A file of that name is there, with other content"),
         "in_wastebasket": _m("In the wastebasket"), "gone": _m("Not where it was written any more"),
         "out_of_sight": _m("Its drive or folder is not there now")}
REMOVALS = {"overwritten": _m("Overwritten, then deleted"),
            "flash": _m("Deleted; on a solid-state drive traces may remain until their place is used again, and only an encrypted "
                        "disk protects them"),
            "copying": _m("Deleted; this kind of disk keeps older versions for a while, and only an encrypted disk protects them"),
            "unknown": _m("Deleted; traces may remain until their place is used again, and only an encrypted disk protects them")}
VERDICTS = {"synced": _m("in a folder copied elsewhere"), "encrypted": _m("on an encrypted drive"),
            "encrypted_itself": _m("encrypted in itself"), "network": _m("on another machine"),
            "volume_unknown": _m("on a drive dpdesk knows nothing of"), "own_disk": _m("on this machine’s own disk"),
            "removable_unknown": _m("on a drive that can be pulled out"), "removable_plain": _m("on a plain drive")}
KEYS = {"officer": _m("Officer"), "recovery": _m("Recovery key")}


def _named(table: Mapping[str, str], code: str) -> str:
    """The name of `code`, or the code itself made readable."""
    if code in table:
        return tr(table[code])
    return str(code).replace(".", ": ").replace("_", " ") if code else ""


def role_name(code: str) -> str:
    """The office: "Membership officer"."""
    return _named(ROLES, code)


def right_name(code: str) -> str:
    """What a right allows, to stand after "may": "change members and contacts"."""
    return _named(RIGHTS, code)


def field_name(code: str) -> str:
    """The label of a field: "Date of birth"."""
    return _named(FIELDS, code)


def kind_name(code: str) -> str:
    """A kind of record: "Member"."""
    return _named(KINDS, code)


def status_name(code: str) -> str:
    """Where a membership stands: "In arrears"."""
    return _named(STATUSES, code)


def standing_name(code: str) -> str:
    """An officer's standing: "Suspended"."""
    return _named(STANDINGS, code)


def confidentiality_name(code: str) -> str:
    """The class of a note: "Strictly confidential"."""
    return _named(CONFIDENTIALITY, code)


def channel_name(code: str) -> str:
    """A way of reaching a person: "Text message"."""
    return _named(CHANNELS, code)


def reason_name(code: str) -> str:
    """Why a stop was set: "Opted out"."""
    return _named(STOP_REASONS, code)


def method_name(code: str) -> str:
    """How consent reached us: "By word of mouth"."""
    return _named(METHODS, code)


def match_name(code: str) -> str:
    """By what a stop recognised a person: "the e-mail address"."""
    return _named(MATCHES, code)


def reach_name(code: str) -> str:
    """Why a channel may or may not be used: "no consent on record"."""
    return _named(REACHES, code)


def answer_name(code: str) -> str:
    """What a person said when asked: "Said yes"."""
    return _named(ANSWERS, code)


def ground_name(code: str) -> str:
    """Why we may share with somebody, or not: "Never asked"."""
    return _named(GROUNDS, code)


def media_name(code: str) -> str:
    """What kind of file: "PDF", "picture"."""
    return tr("picture") if code.startswith("image/") else _named(MEDIA, code)


def sort_name(code: str) -> str:
    """A sort order: "Renewal due"."""
    return _named(SORTS, code)


def flag_name(code: str) -> str:
    """What stands out about a person: "Under 18"."""
    return _named(FLAGS, code)


def key_kind_name(code: str) -> str:
    """A kind of key slot: "Recovery key"."""
    return _named(KEYS, code)


def copy_kind_name(code: str) -> str:
    """What left the desk: "List of people"."""
    return _named(COPY_KINDS, code)


def copy_state_name(code: str) -> str:
    """Where a copy stands: "Gone: looked for where it lay, and not found"."""
    return _named(COPY_STATES, code)


def look_name(code: str) -> str:
    """What looking for a copy found: "In the wastebasket"."""
    return _named(LOOKS, code)


def verdict_name(code: str) -> str:
    """What kind of place a copy lies in: "on an encrypted drive"."""
    return _named(VERDICTS, code)


def removal_name(code: str) -> str:
    """What can be said of a deleted file: "Overwritten, then deleted"."""
    return _named(REMOVALS, code)


def capacity_name(code: str) -> str:
    """In what the branch knows a person: "Elected representative"."""
    return _named(CAPACITIES, code)


def way_name(code: str) -> str:
    """How an enquiry came: "By letter"."""
    return _named(WAYS, code)


def stage_name(code: str) -> str:
    """Where an enquiry stands: "On hold"."""
    return _named(STAGES, code)


def reply_name(code: str) -> str:
    """What a reply asks for: "No more e-mail"."""
    return _named(REPLIES, code)


def reply_state_name(code: str) -> str:
    """Where a suggestion stands: "Waiting"."""
    return _named(REPLY_STATES, code)
