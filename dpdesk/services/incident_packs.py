"""One page on an incident: for headquarters, and for the regulator by the list of UK GDPR Art 33(3) (S0 l.11; S1 29.6-29.8)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import Copy
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.services import duties, duties_export
from dpdesk.services.dates import moment
from dpdesk.services.duties import Shown
from dpdesk.services.duty_words import clock_words, state_words, value_words
from dpdesk.services.session import Session
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.files.duty_papers import Paper

WHOM = ("headquarters", "regulator")
_HQ = (("what", _m("What happened")), ("type", _m("Kind")), ("aware_at", _m("Known since")), ("occurred", _m("When it happened")),
       ("story", _m("The whole story")), ("data", _m("Types of data")), ("special", _m("Special data")), ("subjects", _m("Whose data")),
       ("people_count", _m("People affected")), ("encrypted", _m("Encrypted")), ("contained", _m("Contained or got back")),
       ("at_once", _m("Done at once")), ("harm", _m("What harm may follow")), ("measures", _m("What was done")))
_REGULATOR = (("what", _m("Nature of the breach (a)")), ("type", _m("Kind (a)")), ("occurred", _m("When it happened")),
              ("aware_at", _m("Aware since")), ("subjects", _m("Categories of people (a)")),
              ("people_count", _m("People, approximately (a)")),
              ("data", _m("Categories of records (a)")), ("special", _m("Special categories (a)")),
              ("records_count", _m("Records, approximately (a)")), ("harm", _m("Likely consequences (c)")), ("risk", _m("Risk to people")),
              ("encrypted", _m("Encrypted")), ("contained", _m("Contained or got back")),
              ("at_once", _m("Done at once (d)")), ("measures", _m("Measures taken or proposed (d)")),
              ("people_told_on", _m("People told on")), ("people_not_told_why", _m("Why people were not told")),
              ("late_why", _m("Reasons for the delay (Art 33(1))")), ("case_number", _m("Case number")))


def save(session: Session, identity: str, whom: str, path: Path, why: str, *, accepted: str = "") -> Copy:
    """Write the page for `whom` (one of WHOM) through the copies door; raises `Invalid`, `NotFound`, `Declined` for what is no incident."""
    if whom not in WHOM:
        raise Invalid({"whom": "unknown"})
    shown = duties.get(session, identity)
    if shown.register.code != "incidents":
        raise Declined("duties.not_an_incident", {"ref": shown.ref})
    return duties_export.save_paper(session, shown, paper(session, shown, whom), path, why, accepted)


def paper(session: Session, shown: Shown, whom: str) -> Paper:
    """The page: what is known now, and what is not known yet as such; news can follow in phases."""
    from dpdesk.files.duty_papers import Paper, Part
    now, policy = duties.utc_now(), session.policy
    asked = _HQ if whom == "headquarters" else _REGULATOR
    facts = [(tr(label), value_words(shown.register.field(code), shown.duty.values.get(code, "")) or tr("not known yet"))
             for code, label in asked if shown.duty.values.get(code) or code not in ("late_why", "case_number", "people_told_on",
                                                                                     "people_not_told_why", "occurred")]
    address = policy.address_for("incidents")
    told = ", ".join(filter(None, (policy.report_incidents_to, address.email if address else "", address.url if address else "")))
    to = told if whom == "headquarters" else f"{policy.regulator.name}, {policy.regulator.url}"
    head = [(tr("To"), to), (tr("From"), _from(session)), (tr("Reference"), shown.ref), (tr("Stands"), state_words(
        shown.register, shown.duty.state))]
    clocks = [(tr("Clock"), clock_words(each, now)) for each in shown.running]
    title = tr("Incident report for headquarters") if whom == "headquarters" else tr("Personal data breach: notification (UK GDPR Art 33)")
    note = tr("Whether it is a breach is decided by those the party names; this page reports an "
    "incident.") if whom == "headquarters" else tr(
        "What is not known yet follows in phases without undue further delay (Art 33(4)).")
    return Paper(title, tr("As it stands {moment}.", moment=moment(duties.stored(now))), [
        Part("", [*head, *clocks]), Part(tr("The incident"), facts), Part("", text=[note])], tr("Confidential. {ref}", ref=shown.ref))


def _from(session: Session) -> str:
    """Who reports, with the contact Art 33(3)(b) asks for, from the controller's record."""
    found = duties.listing(session, "controller", ended=False)
    values = found[0].duty.values if found else {}
    contact = values.get("dpo") or values.get("accountable", "")
    return ", ".join(filter(None, (values.get("name", session.branch), contact, values.get("email", ""), session.officer.name)))
