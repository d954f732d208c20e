"""The words that devices, disposals and handovers bring to the tables of all."""

from __future__ import annotations

from dpdesk.services.translation import marked as _m

ACTIONS = {
    "device.added": _m("Device entered"), "device.changed": _m("Device put right"), "device.retired": _m("Device out of use"),
    "device.checked": _m("Device checked"), "device.attested": _m("Point of a device attested"),
    "device.word_taken_back": _m("Word on a device taken back"), "device.excepted": _m("Desk on a personal device permitted"),
    "device.exception_ended": _m("Permission for a personal device ended"), "device.reported": _m("Report of a device written"),
    "device.searched": _m("Stray copies looked for"), "device.report_taken_in": _m("Report of a device taken in"),
    "disposal.recorded": _m("Disposal noted"), "disposal.authorised": _m("Disposal authorised"),
    "disposal.certified": _m("Certificate of disposal written"), "repairer.approved": _m("Repairer approved"),
    "repairer.ended": _m("Repairer no longer approved"),
    "handover.begun": _m("Handover begun"), "handover.step_done": _m("Step of a handover done"),
    "desk.erasing": _m("Erasing of this desk begun"),
    "handover.signed": _m("Handover signed"), "handover.given_up": _m("Handover given up"),
}
FIELDS = {
    "device_name": _m("Name of the device"), "device_kind": _m("Kind of device"), "ownership": _m("Whose it is"),
    "household": _m("Others at home use it"), "controls": _m("What makes up for it"), "controls_more": _m("What else makes up for it"),
    "said": _m("In your words"), "item": _m("Item"), "description": _m("Description"), "serial": _m("Serial number"),
    "data_class": _m("Data it held"), "means": _m("Method"), "tool": _m("Tool or process"), "verified": _m("How it was verified"),
    "verified_by": _m("Verified by"), "third_party": _m("Third party"), "certificate": _m("Certificate"),
    "done_by": _m("Done by"), "done_on": _m("Done on"), "fate": _m("What becomes of it"),
    "repairer": _m("Provider"), "agreement": _m("Agreement"), "approved_until": _m("Approved until"), "successor": _m("Who takes over"),
    "wipe": _m("How it is wiped"), "handover_kind": _m("Why"), "step": _m("Step"),
}
KINDS = {"device": _m("Device"), "disposal": _m("Disposal"), "repairer": _m("Repairer"), "handover": _m("Handover"),
         "point": _m("Point of the device policy")}
RIGHTS = {
    "device.check": _m("check their own device"), "devices.see": _m("see every officer’s devices"),
    "devices.approve": _m("permit a desk on a personal device"), "disposals.see": _m("see the disposal log"),
    "disposals.keep": _m("note disposals"),
}
PROBLEMS = {
    "third_party_certificate": _m("A third party gives a certificate: enter its number"),
    "paper_shredded": _m("Paper is destroyed: shredded or pulped"),
    "flash_not_cleared": _m("Overwriting leaves old copies on this kind of memory: purge or destroy it"),
    "not_approved": _m("This is not an approved repairer"), "is_destroyed": _m("What was destroyed is recycled, or gone"),
}
TODAY = {
    "device_never": _m("This device has not been checked yet"),
    "device_worse": _m("This device stands worse than before ({count})"),
    "device_fails": _m("Points of this device are to be put right ({count})"),
    "device_words": _m("Points of this device wait for your word ({count})"),
    "device_due": _m("This device was last checked {days} days ago"),
    "devices_late": _m("Devices of other officers were not checked lately ({count})"),
    "exceptions_ending": _m("Permissions for personal devices end soon or have ended ({count})"),
    "disposals_open": _m("Disposals wait for the accountable person ({count})"),
    "handover_open": _m("A handover is not finished"),
    "handover_to_sign": _m("A handover waits for your signature"),
}
COPY_KINDS = {"device": _m("Report of a device")}
_ = _m("Nothing was changed.")
FAILURES = {
    "device.unknown": (_m("This device is not in the inventory yet."), _, _m("Enter it on the page “This device” first.")),
    "device.known": (_m("This device is in the inventory already."), _, _m("Look at the page “This device”.")),
    "device.not_yours": (_m("This is another officer’s device."), _, _m("Each officer speaks for their own device: ask them.")),
    "device.fails": (_m("Point {point} fails: it was seen not to be so."), _, _m("Put it right, and check it again.")),
    "device.told": (_m("dpdesk can see point {point} for itself: no word is needed."), _, ""),
    "device.control_fails": (_m("These controls do not hold now: {points}."), _, _m("Put them right first, or choose others.")),
    "device.accountable_only": (_m("Only the accountable person authorises a disposal."), _, _m("Ask them.")),
    "device.not_authorised": (_m("Disposal {number} is not authorised yet, so there is no certificate of it."), _,
                              _m("The accountable person authorises it on the page “Disposals”.")),
    "device.step_before": (_m("A step before this one is not done yet."), _, _m("Go through the steps in their order.")),
    "device.sheets_out": (_m("You still have sheets out ({sheets})."), _, _m("Hand them in first.")),
    "device.copies_open": (_m("Copies that you made are still there ({copies})."), _, _m("Delete each on the page “Copies”.")),
    "device.no_fresh_backup": (_m("No backup was made since the step before."), _,
                               _m("Make one on the page “Backups”, and give it to your successor.")),
    "device.erase_not_handed_over": (_m("The desk is not handed over yet, so it is not erased."), _m("Nothing was erased."),
                                     _m("Go through the steps of “Leaving a device” first.")),
    "device.erase_not_in_backup": (_m("The last backup does not hold everything: {later} entries of the log came later."),
                                   _m("Nothing was erased."), _m("Make another backup, and give your successor that one.")),
    "device.certificate_inside": (_m("The certificate would lie in the folder that is erased."), _m("Nothing was erased."),
                                  _m("Save it elsewhere, best where the backup lies.")),
    "device.no_successor": (_m("It is not said yet who takes over."), _, _m("Choose another officer.")),
    "device.sign_other": (_m("Whoever leaves does not sign for themselves."), _, _m("Your successor or the accountable person signs.")),
    "device.report_broken": (_m("“{file}” is no report of a device, or was changed since it was written."), _,
                             _m("Ask for it again.")),
    "device.report_foreign": (_m("“{file}” was not written by an officer of this desk."), _,
                              _m("Take in only what an officer of this desk gives you.")),
    "device.report_newer": (_m("“{file}” was written by a newer dpdesk."), _, _m("Install the newest dpdesk first.")),
}
