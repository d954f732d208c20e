"""The words of an answer to somebody who asks for their data: sections, what each is for, where it comes from, what must be told."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.services.names import _named
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr


@dataclass(frozen=True)
class Told:
    """What is told of a section: what it is, what for, on what basis, where from, and the category of retention that keeps it."""

    name: str
    purpose: str
    basis: str
    source: str
    category: str = ""


_PARTY = _m("to run and support your membership or your contact with the branch")
_MEMBERS = _m("contract of membership, or our legitimate interests; as a party with its members and regular contacts "
              "(UK GDPR Art 6(1)(b), 6(1)(f), 9(2)(d))")
_ELECTORAL = _m("electoral purposes, for which the register is supplied by law (UK GDPR Art 6(1)(e) with DPA 2018 s.8(e))")
_PROOF = _m("to be able to show that the rules were kept (UK GDPR Art 5(2), 6(1)(c))")
_YOU = _m("from you, or from the party’s membership system")
SECTIONS = {
    "member": Told(_m("The record"), _PARTY, _MEMBERS, _YOU, "members_left"),
    "electors": Told(_m("The electoral register"), _m("to campaign in elections"), _ELECTORAL,
                     _m("from the electoral registration officer of the council"), "registers"),
    "capacities": Told(_m("Capacities"), _PARTY, _MEMBERS, _YOU, "members_left"),
    "consents": Told(_m("Consents and permissions"), _m("to know what you agreed to"), _PROOF, _m("from you"), "consents_ended"),
    "askings": Told(_m("Questions asked"), _m("to ask nobody twice too soon"), _PROOF, _m("from us"), "consents_ended"),
    "stops": Told(_m("Stops on contact"), _m("to leave you in peace for good"), _m("legal obligation (UK GDPR Art 6(1)(c), 21)"),
                  _m("from you")),
    "notes": Told(_m("Notes"), _PARTY, _MEMBERS, _m("written by an officer of the branch"), "notes"),
    "enquiries": Told(_m("Enquiries"), _m("to answer you"), _m("our legitimate interests (UK GDPR Art 6(1)(f))"), _m("from you"),
                      "enquiries"),
    "mailings": Told(_m("E-mails"), _m("to inform you, or to ask for your support"), _m("as each e-mail says at its foot"),
                     _m("from us"), "mailings"),
    "replies": Told(_m("Replies"), _m("to act on what you wrote"), _m("our legitimate interests (UK GDPR Art 6(1)(f))"),
                    _m("from you"), "mailings"),
    "evidence": Told(_m("Files on record"), _m("to prove a consent or permission"), _PROOF, _m("from you, or from an officer"),
                     "consents_ended"),
    "copies": Told(_m("Copies that left the desk"), _m("as each was made for"), _MEMBERS, _m("from us"), "copies"),
    "lists": Told(_m("Where the record came from"), _PARTY, _MEMBERS, _m("from the party’s membership system")),
    "restrictions": Told(_m("Restrictions of use"), _m("to keep to what you asked for"), _m("legal obligation (UK GDPR Art 18)"),
                         _m("from you")),
    "canvass": Told(_m("Answers at the door"), _m("to campaign in elections"),
                    _m("democratic engagement (UK GDPR Art 6(1)(e) with DPA 2018 s.8(e)); as a political opinion, DPA 2018 Sch 1 para 22"),
                    _m("from you, or from somebody at your door"), "canvass"),
    "left_alone": Told(_m("To be left alone"), _m("to leave you in peace"), _m("legal obligation (UK GDPR Art 6(1)(c), 21)"),
                       _m("from you, or from somebody at your door")),
    "sheets": Told(_m("Campaign sheets"), _m("to campaign in elections"), _ELECTORAL, _m("from the electoral register"),
                   "sheets"),
    "sessions": Told(_m("Canvassing sessions you took part in"), _m("to know who held which campaign sheet"), _PROOF,
                     _m("from you, or from whoever ran the session"), "sheets"),
    "scans": Told(_m("Pictures of sheets"), _m("to check what was read from them"), _ELECTORAL, _m("from the paper"), "scans"),
    "duties": Told(_m("Registers"), _PROOF, _m("legal obligation (UK GDPR Art 5(2), 6(1)(c))"), _m("from you, or from an officer"),
                   "requests"),
    "history": Told(_m("Changes"), _PROOF, _m("legal obligation (UK GDPR Art 5(2), 32)"), _m("from us"), "history"),
    "mentions": Told(_m("Mentions in others’ records"), _PARTY, _MEMBERS, _m("from others"), "notes"),
}
GROUNDS = {"accuracy_disputed": _m("whether it is right is disputed"), "unlawful_but_kept": _m("unlawful, but to be kept"),
           "needed_for_claims": _m("needed by the person for legal claims"), "objection_pending": _m("an objection is being looked at"),
           "other": _m("another reason")}
MENTIONS = {"note": _m("A note on somebody else"), "enquiry": _m("Somebody else’s enquiry"), "mailing": _m("An e-mail to others")}
FATES = {"as_is": _m("goes out as it is"), "blacked": _m("goes out with others blacked out"), "left_out": _m("does not go out")}
TELLS = {
    "confirmation": (_m("Whether we hold data on you"), _m("Yes. This pack holds what we found; what was searched is listed in it.")),
    "purposes": (_m("What it is used for"), _m("Each section says what its data is used for, and on what legal basis.")),
    "categories": (_m("Categories of data"), ""), "recipients": (_m("Who has been told, or may be"), ""),
    "kept": (_m("How long it is kept"), ""), "source": (_m("Where it comes from"), _m("Each section says where its data comes from.")),
    "automated": (_m("Decisions by machines"), _m("No decision about you is made by a machine alone, and you are not profiled.")),
    "transfers": (_m("Other countries"), ""),
    "rights": (_m("Your rights"), _m("You may ask us to correct, complete or erase your data, to restrict its use, or to hand it on to "
                                     "somebody else; you may object to its use, and to advertising at any time; and you may withdraw any "
                                     "consent as easily as you gave it.")),
    "complaint": (_m("If you are not content"), _m("Complain to us first, in any way you like: we acknowledge it within 30 days and tell "
                                                   "you the outcome. You may also complain to {regulator} ({url}), or go to court.")),
}


def section_name(code: str) -> str:
    """A section: "Your enquiries"."""
    return tr(SECTIONS[code].name) if code in SECTIONS else code.replace("_", " ")


def ground_name(code: str) -> str:
    """Why the use of data is restricted."""
    return _named(GROUNDS, code)


def mention_name(code: str) -> str:
    """Where somebody is mentioned."""
    return _named(MENTIONS, code)


def fate_name(code: str) -> str:
    """What becomes of a record."""
    return _named(FATES, code)
