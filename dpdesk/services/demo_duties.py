"""The registers of the demo branch: a few invented entries in each, some of them due soon, none about anybody real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from dpdesk.services import duties, duties_start, incidents, notices
from dpdesk.services.session import Session, today

_STARTED = ("processing", "dpias", "exercises", "notices", "policy_documents", "documents")


def _ago(days: int) -> str:
    return (today() - timedelta(days=days)).isoformat()


def _entries() -> list[tuple[str, Mapping[str, str]]]:
    """register, values: in the order they are added."""
    return [
        ("controller", {"name": "Anytown Branch", "address": "1 Example Street\nAnytown AN1 1AA", "email": "branch@example.org",
                        "accountable": "Marian Example", "dpo": "The party’s data protection officer", "registration": "ZA000000",
                        "registered_on": _ago(340), "joint": "The national party for the membership list; the branch for the rest."}),
        ("requests", {"who": "A. Tester, 4 Example Road", "type": "access", "received_on": _ago(24), "way": "letter",
                      "words": "Please send me everything you hold about me."}),
        ("requests", {"who": "B. Sample", "type": "direct_marketing_objection", "received_on": _ago(2), "way": "email"}),
        ("complaints", {"who": "C. Invented", "issue": "marketing", "received_on": _ago(21), "way": "phone",
                        "words": "Still gets letters after saying no."}),
        ("agreements", {"partner": "Anytown Print Works", "kind": "processor", "service": "Prints leaflets with addresses",
                        "agreed_on": _ago(330), "terms": "instructions confidence security back", "kept_at": "Green folder"}),
        ("lias", {"name": "Leaflets to every household", "purpose": "To tell the ward what the branch does.", "electronic": "no"}),
        ("consents", {"purpose": "Newsletter", "channel": "email", "method": "paper", "words": "I agree that the branch may e-mail me.",
                      "special": "yes", "checks": "free explicit specific clear informed active not_inferred", "withdrawal": "By reply"}),
        ("disclosures", {"requester": "Electoral registration officer", "received_on": _ago(5), "ground": "registration_officer",
                         "what": "An elector says that the address is wrong."}),
        ("training", {"who": "Idris Sample", "course": "data_protection", "mode": "online", "role": "Membership officer"}),
        ("training", {"who": "New canvassers", "course": "induction", "mode": "live"}),
        ("collection_forms", {"name": "Petition for the crossing", "kind": "petition", "version": "2", "purpose": "To show support.",
                              "asks": "name address", "minimal": "The council counts names with addresses alone."}),
        ("transfers", {"what": "The newsletter service keeps its lists in Canada", "country": "Canada", "tool": "adequacy",
                       "data": "name contact"}),
        ("risks", {"name": "Sheets left in cars", "likelihood": "possible", "severity": "significant", "owner": "Canvass lead",
                   "measures": "Sheets are counted back in at the end of each session."}),
    ]


def add(session: Session) -> None:
    """Fill every register."""
    for code in _STARTED:
        duties_start.start(session, code)
    made = {}
    for code, values in _entries():
        made[code] = duties.add(session, code, values)
    duties.move(session, "RQ-1", "begin", on=_ago(22), note="Members, enquiries and e-mail are being searched.")
    duties.move(session, "TN-1", "complete", on=_ago(3))
    duties.move(session, made["consents"].ref, "use")
    document = duties.listing(session, "policy_documents")[0]
    for each in duties.listing(session, "processing"):
        values = each.duty.values
        if values["art9"] in ("political_parties", "substantial_public_interest"):
            duties.change(session, each.duty.id, {"apd": document.duty.id})
        if values["art6"] != "legitimate_interests":
            duties.move(session, each.duty.id, "approve")
    notices.write(session, next(each.ref for each in duties.listing(session, "notices") if each.heading == "Electors"))
    incidents.report(session, {"what": "A list of addresses was read aloud in a café", "type": "unlawful_disclosure",
                               "aware_at": duties.stored(datetime.now(UTC) - timedelta(hours=19)), "subjects": "elector",
                               "data": "name address", "people_count": "12", "encrypted": "no", "contained": "unknown"})
