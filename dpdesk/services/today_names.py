"""Headlines of the Today page; each later capability brings its own (`wording.py`)."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

TODAY = {
    "policy_to_read": _m("Read the data policy of {policy}"),
    "place_unsafe": _m("The desk lies in an unsafe place"),
    "backup_never": _m("There is no backup of this desk yet"),
    "backup_due": _m("The last backup is {days} days old: make a new one"),
    "audit_never_verified": _m("The audit log has never been checked"),
    "audit_long_ago": _m("The audit log was last checked {days} days ago"),
    "access_ended": _m("The access of {name} has ended: remove their key"),
    "access_ends_soon": _m("The access of {name} ends on {on}"),
    "no_recovery_key": _m("There is no recovery key: make one and print its kit"),
    "draft_kept": _m("Changes you had not saved are waiting ({count})"),
    "enquiries_expired": _m("Enquiries whose time is up are to be erased ({count})"),
    "holds_due": _m("Holds on enquiries are to be reviewed ({count})"),
    "post_approval": _m("E-mails wait for your approval ({count})"),
    "post_unknown": _m("It is not known whether everybody got their e-mail ({count})"),
    "post_paused": _m("E-mails are ready or paused ({count})"),
    "post_drafts": _m("Letters you began are waiting ({count})"),
    "copies_due": _m("Copies outside the desk are to be deleted today ({count})"),
    "consents_ending": _m("Consents and permissions have ended or end soon: ask again ({count})"),
    "replies_waiting": _m("Replies wait for your yes or no ({count})"),
    "registers_due": _m("Old files of the electoral register are to be destroyed ({count})"),
    "electors_uncertain": _m("Electors of the new register may be electors of the old one ({count})"),
    "no_members_yet": _m("Nobody is on the desk yet: import the membership list"),
}
