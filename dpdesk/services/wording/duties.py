"""Words of the registers of the duties: what happens to entries, what a rule refuses, what comes up on Today."""

from __future__ import annotations

from dpdesk.domain import registers
from dpdesk.services.translation import marked as _m

ACTIONS = {
    "duty.added": _m("Entry of a register added"),
    "duty.changed": _m("Entry of a register changed"),
    "duty.moved": _m("Entry of a register moved on"),
    "duty.noted": _m("Note in a register"),
    "duty.linked": _m("Entry of a register linked to people"),
    "duty.unlinked": _m("Entry of a register no longer linked to somebody"),
    "duty.attached": _m("Document kept with an entry of a register"),
    "duty.detached": _m("Document of a register taken out"),
    "duty.saved": _m("Document of a register saved to a file"),
    "duty.printed": _m("Entry of a register saved as a file"),
    "duties.exported": _m("Register exported"),
    "duties.calendar": _m("Calendar of duties exported"),
    "duties.packed": _m("Accountability pack made"),
    "duties.started": _m("Starter entries of a register added"),
    "duties.gate_set": _m("Whether training opens access changed"),
    "duties.holidays_set": _m("Bank holidays changed"),
}
FIELDS = {f"{register.code}.{field.code}": field.label for register in registers.every() for field in register.fields} | {
    f"{register.code}.{field.code}.{cell.code}": cell.label for register in registers.every() for field in register.fields
    for cell in field.columns} | {
    "aware_at": _m("Known since"),
    "moved_on": _m("On which day"), "note": _m("Note"), "bank_holidays": _m("Bank holidays"), "nation": _m("Where the branch is"),
    "holiday": _m("Day"),
    "holiday_name": _m("Name of the holiday"), "document": _m("Document"), "when": _m("When"), "happened": _m("What happened"),
    "register_code": _m("Register"), "format": _m("Format"), "device": _m("Device"), "training_gates": _m("Training opens access")}
KINDS = {"duty": _m("Entry of a register"), "register_of_duties": _m("Register"), "document": _m("Document")}
RIGHTS = {
    "incidents.report": _m("report an incident"),
    "duties.see": _m("see the registers of the duties"),
    "duties.keep": _m("keep the registers of the duties"),
    "duties.decide": _m("decide what the policy leaves to the data protection officer"),
}
PROBLEMS = {
    "moment_bad": _m("This is not a day and time, such as 24/11/2026 21:05"),
    "number_bad": _m("This is not a number"),
    "holiday_unknown": _m("This is no bank holiday here"),
    "field_unknown": _m("There is no such field here"),
    "tick_bad": _m("This is yes or no"),
    "row_too_long": _m("This row has more parts than columns"),
    "rows_bad": _m("These are not rows; add each with --row"),
    "entry_itself": _m("An entry cannot point to itself"),
    "entry_unknown": _m("There is no such entry in the register it points to"),
}
COPY_KINDS = {"duties": _m("Registers of the duties")}
TODAY = {
    "training_due": _m("Your training is not in date: until it is recorded you see no members and no electors"),
    "duty_overdue": _m("{clock}: {register} {ref}, was due {due}"),
    "duty_hand_on": _m("Hand on ({whom}): {register} {ref}"),
    "duty_due": _m("{clock}: {register} {ref}, due {due}"),
    "holidays_end": _m("Bank holidays are known until {year} only: look at them"),
}
FAILURES = {
    "duties.training_due": (_m("Your training is not in date, and this branch lets nobody at people’s data without it."), "",
                            _m("Complete it and have it recorded under Registers, Training, in your name.")),
    "duties.nobody_linked": (_m("Nobody who is on the desk is linked to this entry, so nobody can be searched for."), "",
                             _m("Link the person: on the entry’s page, or with dpdesk registers link.")),
    "duties.no_search_yet": (_m("No search was made yet for the people of this request."), "",
                             _m("Link the person, press “All that is held on …”, and search.")),
    "duties.no_activities": (_m("No approved processing activity is about these people yet."), _m("Nothing was changed."),
                             _m("Approve the activities first, or choose other people for the notice.")),
    "duties.not_an_incident": (_m("{ref} is no incident, so there is no such page of it."), "",
                               _m("Save the entry itself as PDF, or choose an incident.")),
    "duties.no_such_move": (_m("This cannot be done with the entry as it stands now."), "",
                            _m("Look at it again: somebody may have moved it on.")),
    "duties.extended_too_late": (_m("The first month is over, so more time can no longer be taken."), _m("Nothing was changed."),
                                 _m("Answer as soon as you can, say why it is late, and note it in the timeline.")),
    "duties.pause_for_access_only": (_m("The clock stops only where somebody asks for a copy of their data."), _m("Nothing was changed."),
                                     _m("Ask them all the same and write a note: the time goes on.")),
    "duties.search_not_logged": (_m("It is not yet written down what was searched."), _m("Nothing was changed."),
                                 _m("Fill in where it was searched, for what, by whom, and why that is enough.")),
    "duties.marketing_objection_absolute": (_m("An objection to marketing is always granted; it cannot be refused."), "",
                                            _m("Stop the messages and answer that it is done.")),
    "duties.people_not_told": (_m("At high risk the people are told without undue delay; here they were not, and no reason is given."),
                               _m("Nothing was changed."), _m("Tell them and note the day, or write down why not.")),
    "duties.special_without_condition": (
        _m("Special data is involved, and no condition for it is named."),
        _m("Nothing was changed."), _m("Choose the condition beside the lawful basis, or leave the special data out.")),
    "duties.condition_without_apd": (
        _m("This condition needs a policy document, and none is named."),
        _m("Nothing was changed."), _m("Add one under Policy documents and choose it here.")),
    "duties.interest_not_weighed": (
        _m("It rests on legitimate interests, and they are not yet weighed."),
        _m("Nothing was changed."), _m("Weigh them under Legitimate interests weighed and choose the entry here.")),
    "duties.mail_needs_consent": (
        _m("Marketing by e-mail, text or direct message needs consent; no interest outweighs that."),
        _m("Nothing was changed."), _m("Ask for consent, or leave the messages out of it.")),
    "duties.outcome_is_no": (
        _m("The outcome says that the interest does not outweigh."),
        _m("Nothing was changed."), _m("Choose “It does not outweigh”, or weigh it again.")),
    "duties.no_risks_yet": (
        _m("No risk is written down yet."),
        _m("Nothing was changed."), _m("Add the risks: somebody sees it, it is changed, it is gone.")),
    "duties.risk_without_measure": (
        _m("A risk has no measure yet."),
        _m("Nothing was changed."), _m("Write down for each risk what is done about it.")),
    "duties.high_risk_unasked": (
        _m("A high risk is left, and the regulator was not asked."),
        _m("Nothing was changed."), _m("Reduce the risk, or ask the regulator first and note the day.")),
    "duties.person_not_told": (
        _m("The person was not told, and no reason is given."),
        _m("Nothing was changed."), _m("Tell the person and note it, or write down why not.")),
    "duties.form_without_notice": (
        _m("The form shows no privacy notice."),
        _m("Nothing was changed."), _m("Choose the notice that people see with it.")),
    "duties.apd_kept_six_months": (
        _m("A policy document is kept for six months after the processing ends."),
        _m("Nothing was changed."), _m("Come back when the six months are over.")),
    "duties.consent_unsound": (
        _m("Not all of 16.1 to 16.7 hold, so this would be no consent."),
        _m("Nothing was changed."), _m("Change how people are asked until all of them hold.")),
    "duties.spoken_unacknowledged": (
        _m("Spoken consent to special data has to be acknowledged in writing."),
        _m("Nothing was changed."), _m("Write down how the acknowledgement is sent.")),
}
