"""The words of the policy's editions, retention, the yearly audit, restrictions, and what is held on a person."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

_UNCHANGED = _m("Nothing was changed.")

ACTIONS = {
    "policy.adopted": _m("Adopted an edition of the data policy"),
    "retention.planned": _m("Worked out what is to be erased by the retention rules"),
    "retention.approved": _m("Approved a retention run"),
    "retention.withdrawn": _m("Withdrew a retention run"),
    "retention.begun": _m("Began a retention run"),
    "retention.erased": _m("Erased by a retention rule"),
    "retention.finished": _m("Finished a retention run"),
    "retention.certified": _m("Wrote the certificate of a retention run"),
    "retention.held": _m("Placed a hold on erasing"),
    "retention.released": _m("Ended a hold on erasing"),
    "retention.kept_longer": _m("Approved longer keeping"),
    "retention.confirmed": _m("Confirmed that a record is still needed"),
    "data_audit.begun": _m("Began the audit of the data"),
    "data_audit.answered": _m("Went on with the audit of the data"),
    "data_audit.signed": _m("Signed the audit of the data"),
    "data_audit.certified": _m("Wrote the record of the audit of the data"),
    "subject.searched": _m("Searched for all that is held on somebody"),
    "subject.packed": _m("Built a pack for a person who asked for their data"),
    "subject.portable": _m("Exported a person’s data for another controller"),
    "subject.restricted": _m("Restricted the use of a person’s data"),
    "subject.freed": _m("Ended a restriction"),
    "subject.nameless": _m("Took the name off somebody’s answers at the door"),
    "subject.told": _m("Wrote to whoever was given a person’s data"),
}
FIELDS = {
    "correction_how": _m("What became of it"), "correction_what": _m("What is right now"),
    "sample": _m("Sample"), "forms": _m("Forms"), "statement": _m("Statement"), "review_on": _m("Looked at again on"),
    "category": _m("Category"), "ground": _m("Ground"),
    "kept_until": _m("Kept until"), "retention_hold": _m("Hold on erasing"), "retention_review_on": _m("Hold reviewed on"),
    "retention_category": _m("Category of retention"), "restricted": _m("Use restricted"),
    "restriction_ground": _m("Ground of restriction"),
}
KINDS = {"retention_run": _m("Retention run"), "retention_hold": _m("Hold"), "retention_longer": _m("Longer keeping"),
         "data_audit": _m("Audit of the data"), "restriction": _m("Restriction"), "subject_search": _m("Search for a person’s data")}
RIGHTS = {
    "policy.edit": _m("change the data policy of the branch"),
    "retention.see": _m("see what is due by the retention rules"),
    "retention.plan": _m("plan and carry out retention runs"),
    "retention.approve": _m("approve retention runs and longer keeping"),
    "data_audit.hold": _m("hold the yearly audit of the data"),
    "subject.search": _m("search for all that is held on a person"),
    "subject.pack": _m("build the pack for a person who asks for their data"),
    "subject.restrict": _m("restrict the use of a person’s data"),
}
PROBLEMS = {
    "unreadable": _m("This file cannot be read"), "not_https": _m("This is not an address that begins with https://"),
    "not_a_choice": _m("This is not one of the choices"), "wrong_type": _m("This is not a number"),
    "blank": _m("This may not be empty"), "not_one_line": _m("This must stand on one line"), "not_a_code": _m("This is not a code"),
    "not_a_date": _m("This is not a day"), "not_plain_words": _m("Only lower-case words without punctuation"),
    "out_of_order": _m("This contradicts another value"), "repeated": _m("This stands there twice"),
    "not_toml": _m("This file is no policy in TOML"), "too_large": _m("This file is too large"),
    "not_confirmed": _m("Say that you looked through the pack"),
}
TODAY = {
    "policy_update": _m("The party’s policy has a newer version than your branch’s own"),
    "retention_due": _m("Data is to go by the retention rules ({count})"),
    "retention_reviews": _m("Records are to be looked at: kept on or erased ({count})"),
    "retention_to_approve": _m("A retention run waits for your approval"),
    "retention_to_apply": _m("A retention run is approved and can be carried out"),
    "retention_unfinished": _m("A retention run was broken off: go on with it"),
    "retention_holds": _m("Holds on erasing are to be reviewed ({count})"),
    "data_audit_due": _m("The yearly audit of the data is due"),
    "data_audit_open": _m("The audit of the data is not finished"),
}
COPY_KINDS = {"pack": _m("Pack for a person who asked"), "portable": _m("Data of one person, for another controller")}
FAILURES = {
    "retention.other_party": (_m("This file is another party’s policy."), _UNCHANGED, _m("Choose that party in Settings instead.")),
    "retention.policy_same": (_m("Nothing differs from the policy in force."), _UNCHANGED, ""),
    "retention.policy_meanwhile": (_m("Somebody adopted another edition meanwhile."), _UNCHANGED,
                                   _m("Look at it, and make your changes again.")),
    "retention.certificate_of_run": (_m("A retention run erased them, and its certificate stands for all of it."), "",
                                     _m("Save that one: under Retention, or with dpdesk retention certificate.")),
    "retention.nobody_given": (_m("No body outside the branch was given their data, so there is nobody to write to."), "",
                               _m("Copies within the branch are under Copies: replace or delete them.")),
    "retention.no_run": (_m("No run was worked out yet."), _UNCHANGED,
                         _m("Work one out first: under Retention, or with “retention plan”.")),
    "retention.nothing_due": (_m("Nothing is due by the retention rules."), _UNCHANGED, ""),
    "retention.state": (_m("This run does not stand where that could be done."), _UNCHANGED, _m("Look at where it stands now.")),
    "retention.open_run": (_m("There is a run already that is not finished."), _UNCHANGED, _m("Carry it out or withdraw it first.")),
    "retention.rules_changed": (_m("The policy changed since this run was worked out."), _UNCHANGED, _m("Withdraw it and plan again.")),
    "retention.held": (_m("A hold keeps this from being erased: {reason}"), _UNCHANGED, _m("End the hold first, if its reason is over.")),
    "retention.transfer_place": (_m("What is due is to be handed to headquarters before it is erased."), _UNCHANGED,
                                 _m("Say where the file for headquarters is to be written.")),
    "retention.restricted": (_m("The use of this person’s data is restricted."), _UNCHANGED,
                             _m("Nothing is sent or changed until the accountable person ends the restriction.")),
    "retention.audit_open": (_m("An audit of the data is under way already."), _UNCHANGED, _m("Go on with that one.")),
    "retention.audit_incomplete": (_m("Not everything of the audit is answered yet."), _m("What you answered is kept."),
                                   _m("Go back to the step that is marked as open.")),
    "retention.not_reviewed": (_m("Nobody looked yet for other people’s data in this pack."), _UNCHANGED,
                               _m("Look through it, black out what is about others, and say that you did.")),
}
