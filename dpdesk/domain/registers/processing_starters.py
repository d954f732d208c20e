"""The processing activities every branch has, to begin its record with: to be read, and made its own."""

from __future__ import annotations

_SAFE = "In the encrypted desk: named officers, least access, a log of every change. Copies have an owner and an end."
_MEMBER = {"art6": "legitimate_interests", "art9": "not_for_profit_body"}
_PARTY = {"art6": "democratic_engagement", "art9": "political_parties"}

_RULES = {"Membership list": "members_left", "E-mails to members": "mailings", "Electoral register": "registers",
          "Absent voters lists": "registers", "Marked registers": "registers", "Canvass records": "canvass",
          "Canvass sheets on paper": "sheets", "Scans of sheets": "scans", "Petitions and surveys": "consents_ended",
          "Volunteers": "contacts_quiet", "Complaints and enquiries": "enquiries", "Incident records": "requests"}
"""The policy's rule for each, by the name of the activity."""


def _activity(name: str, purpose: str, holds: str, people: str, data: str, kept: str, basis: dict[str, str], **more: str) -> dict[str, str]:
    return {"name": name, "purpose": purpose, "holds": holds, "people": people, "data": data, "kept": kept, "security": _SAFE, **basis,
            **more}


STARTERS = (
    _activity("Membership list", "To know who is a member, and to run the branch.", "members", "member former_member under_18",
              "name address contact birth membership", "The newest list only; the older one goes when it comes in.", _MEMBER,
              special="political_opinions", source="The party’s headquarters", function="Membership"),
    _activity("E-mails to members", "To invite, inform and ask members.", "mailings", "member supporter", "name contact correspondence",
              "Texts and who got them as long as the policy says; counts stay.", {"art6": "consent", "art9": "explicit_consent"},
              special="political_opinions", function="Membership"),
    _activity("Electoral register", "To find electors and check who may vote; electoral purposes alone.", "electors", "elector",
              "name address birth", "Until a newer register comes in, or the day it is to be destroyed.", {
                  "art6": "register_regulations", "art9": "none"}, source="The electoral registration officer", function="Campaigning"),
    _activity("Absent voters lists", "To write to those who vote by post or proxy.", "absent", "elector", "name address voted",
              "Until after the election.", {"art6": "register_regulations", "art9": "none"}, function="Campaigning"),
    _activity("Marked registers", "To know who voted.", "marked", "elector", "name address voted", "At most one year after the election.", {
        "art6": "register_regulations", "art9": "none"}, function="Campaigning"),
    _activity("Canvass records", "To know how electors mean to vote, and who wishes no visit.", "canvass", "elector",
              "name address voting_intention", "As long as the party’s policy says, and never after a notice to stop.", _PARTY,
              special="political_opinions", function="Campaigning"),
    _activity("Canvass sheets on paper", "To note on the doorstep what electors say.", "sheets", "elector", "name address voting_intention",
              "Until read in; then destroyed the same week.", _PARTY, special="political_opinions", where="On paper, with a named person"),
    _activity("Scans of sheets", "To read sheets in and check what was read.", "scans", "elector", "name address voting_intention image",
              "Until checked, and some days more.", _PARTY, special="political_opinions"),
    _activity("Petitions and surveys", "To show support for a cause, and to stay in touch with those who ask for it.", "consents",
              "supporter elector", "name address contact", "Petitions until handed over; consents until they end.", {
                  "art6": "consent", "art9": "explicit_consent"}, special="political_opinions"),
    _activity("Volunteers", "To know who helps, when and with what.", "contacts", "volunteer member", "name contact",
              "A year after they last helped.", _MEMBER, special="political_opinions"),
    _activity("Donors", "To receive gifts and report them where the law asks.", "none", "donor", "name address money",
              "Six years after the gift.", {"art6": "legal_obligation", "art9": "political_parties"}, special="political_opinions"),
    _activity("Sign-ups for events", "To run meetings and events.", "contacts", "member supporter", "name contact",
              "Until the event is over, unless they consent to more.", {"art6": "consent", "art9": "explicit_consent"},
              special="political_opinions"),
    _activity("Complaints and enquiries", "To answer people who ask or complain.", "enquiries", "enquirer", "name contact correspondence",
              "A year from the last contact, unless a regulated reason holds it.", {"art6": "legitimate_interests", "art9": "none"}),
    _activity("Training records", "To show who is trained and has read the policy.", "training", "volunteer staff", "name training",
              "While they have access, and two years.", {"art6": "legal_obligation", "art9": "none"}),
    _activity("Incident records", "To look into incidents, report breaches and learn.", "incidents", "member elector volunteer",
              "name correspondence", "Six years.", {"art6": "legal_obligation", "art9": "substantial_public_interest"},
              special="political_opinions"),
    _activity("Website of the branch", "To inform the public. This program sets no cookies and measures nobody.", "none", "enquirer",
              "online", "As the host’s contract says.", {"art6": "legitimate_interests", "art9": "none"}, function="Communications"),
)
