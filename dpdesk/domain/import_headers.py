"""What the headers of membership lists mean: presets for CiviCRM, NationBuilder and lists as UK branches keep them.

Opt-out columns are told by their words, so that none is missed for being spelt in a new way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dpdesk.domain.headings import header_words

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

# Field -> headers in the order they are preferred where a list has several.
_GENERIC: dict[str, tuple[str, ...]] = {
    "number": ("membership number", "membership no", "member number", "member no", "membership id", "member id", "mem no",
               "member ref", "membership ref", "membership reference", "number", "no", "external identifier",
               "external id", "id", "contact id", "nationbuilder id"),
    "title": ("title", "salutation", "prefix", "individual prefix", "honorific"),
    "forename": ("forename", "first name", "given name", "forenames", "first names", "christian name", "firstname", "first",
                 "given", "given names"),
    "surname": ("surname", "last name", "family name", "lastname", "second name", "last", "family", "last names"),
    "known_as": ("known as", "nickname", "preferred name", "preferred first name", "calling name"),
    "full_name": ("full name", "name", "member name", "display name", "contact name"),
    "date_of_birth": ("date of birth", "dob", "birth date", "born", "birthdate", "birthday", "born at", "d o b"),
    "parent_consent_on": ("parent consent on", "parents consent on", "parental consent", "parents consent",
                          "parent consent", "parent s consent on", "parent s consent",
                          "parental consent date", "guardian consent", "parental consent on"),
    "email": ("email", "e mail", "email address", "e mail address", "primary email", "email 1", "email1", "mail",
              "home email"),
    "mobile": ("mobile", "mobile number", "mobile phone", "mobile no", "cell", "cell phone", "mobile telephone", "mob",
               "mobile phone number"),
    "landline": ("landline", "home phone", "phone", "telephone", "tel", "phone number", "telephone number", "home tel",
                 "home telephone", "landline number", "tel no", "telephone no", "phone no", "daytime phone"),
    "address1": ("address 1", "address line 1", "address1", "street address", "address", "street", "addr 1",
                 "primary address1", "primary address 1", "property address 1", "line 1", "home address"),
    "address2": ("address 2", "address line 2", "address2", "supplemental address 1", "addr 2", "primary address2",
                 "primary address 2", "line 2"),
    "address3": ("address 3", "address line 3", "address3", "supplemental address 2", "addr 3", "primary address3",
                 "primary address 3", "line 3", "address 4", "address line 4", "address4", "supplemental address 3"),
    "town": ("town", "city", "post town", "town city", "primary city", "town or city", "locality"),
    "postcode": ("postcode", "post code", "postal code", "zip", "zip code", "primary zip", "primary postcode",
                 "post zip code"),
    "branch": ("branch", "local party", "local branch", "clp", "constituency party", "branch name"),
    "ward": ("ward", "ward name", "electoral ward"),
    "membership_type": ("membership type", "type", "member type", "category", "membership category", "membership",
                        "membership level", "grade"),
    "status": ("status", "membership status", "member status", "state of membership"),
    "joined_on": ("joined", "joined on", "date joined", "join date", "joining date", "member since", "joined date",
                  "membership start date", "start date", "membership started at", "date of joining"),
    "renewal_on": ("renewal", "renewal date", "renewal on", "renewal due", "expiry date", "expires", "expiry",
                   "membership expiration date", "end date", "membership end date", "membership expires at",
                   "expires on", "paid until", "renewal due date", "due date"),
    "deceased": ("is deceased", "deceased", "deceased date", "date of death", "date deceased", "death date", "died on", "died"),
}
SEVERAL = frozenset({"address3"})
"""Fields that may take several columns, put together."""

# Headers that only that system writes, and what they mean there where the generic list would not know.
_CIVICRM = {
    "contact id": "", "contact type": "", "contact subtype": "", "external identifier": "number",
    "individual prefix": "title", "individual suffix": "", "supplemental address 1": "address2",
    "supplemental address 2": "address3", "do not trade": "", "no bulk emails user opt out": "stop:email",
    "is opt out": "stop:email", "preferred communication method": "", "contact source": "",
    "do not mail": "stop:post", "do not phone": "stop:phone", "do not sms": "stop:sms", "do not email": "stop:email",
    "on hold": "stop:email", "membership expiration date": "renewal_on", "deceased date": ""}
_NATIONBUILDER = {
    "nationbuilder id": "", "email opt in": "consent:email", "mobile opt in": "consent:sms", "do not call": "stop:phone",
    "do not contact": "stop:all", "support level": "", "precinct id": "", "primary address1": "address1",
    "primary address2": "address2", "primary address3": "address3", "primary city": "town", "primary zip": "postcode",
    "phone number": "landline", "mobile number": "mobile", "banned at": "stop:all", "external id": "number",
    "membership started at": "joined_on", "membership expires at": "renewal_on", "civicrm id": "", "van id": "",
    "party": "", "unsubscribed at": "stop:email", "federal donotcall": "stop:phone", "born at": "date_of_birth"}
PRESETS = {"civicrm": _CIVICRM, "nationbuilder": _NATIONBUILDER, "generic": {}}
_SHARED_HEADERS = {"do not email", "do not contact", "do not mail", "do not phone", "do not sms", "phone number",
                   "mobile number", "external id", "party"}

_CHANNELS = (("sms", "sms"), ("texts", "sms"), ("text", "sms"), ("email", "email"), ("emails", "email"),
             ("e mail", "email"), ("e mails", "email"), ("mailing", "email"), ("mailings", "email"),
             ("newsletter", "email"), ("newsletters", "email"), ("post", "post"), ("postal", "post"), ("mail", "post"),
             ("letter", "post"), ("letters", "post"), ("leaflet", "post"), ("leaflets", "post"), ("phone", "phone"),
             ("phones", "phone"), ("telephone", "phone"), ("call", "phone"), ("calls", "phone"), ("ring", "phone"),
             ("mobile", "sms"), ("landline", "phone"), ("donotcall", "phone"))
_STOP = re.compile(
    r"\b(do ?not (?!trade|share)|dont |don t |opt(ed)? ?outs?\b|unsubscribed?\b|un subscribed?\b|unsubscription|banned\b|"
    r"suppress(ed|ion)?\b|"
    r"no (bulk |marketing |more )?(e ?mails?|calls?|phone|post|mail|sms|texts?|contact|mailings?)\b(?! ?address)|"
    r"never (e ?mail|call|phone|post|contact|text)|dnc\b|dnd\b|objects?\b|objected\b|objection\b|refuse[sd]? |stop\b|"
    r"blocklist(ed)?\b|blacklist(ed)?\b|donotcall\b|donotcontact\b|donotemail\b|tps\b|mps\b)")
_CONSENT = re.compile(
    r"\b(ok|okay|opt(ed)? ?in|consent(s|ed|ing)?|permission|permitted|agree[sd]?|allowed|subscribed|may|can|happy)\b")
_EITHER = re.compile(r"\bin (or )?out\b|\bout (or )?in\b|\b(sent|opened|received|clicked)\b")
_NOT_OURS = re.compile(r"\b(parent|parents|parental|guardian|photo|photos|share|sharing|third party|date|wording|"
                       r"evidence|source|reason)\b")


def normal(header: str) -> str:
    """A header as lower-case words: "Do_Not-E-mail " and "DoNotEmail" are alike."""
    return " ".join(header_words(_CAMEL.sub(" ", header.replace("\u00a0", " "))))


def contact_target(words: str) -> str:
    """`stop:<channel>`, `consent:<channel>` or "" for a header in `normal` form."""
    if _EITHER.search(words):
        return ""
    named = {to for word, to in _CHANNELS if re.search(rf"\b{word}\b", words)} - ({"post"} if "e mail" in words else set())
    channel = named.pop() if len(named) == 1 else "all" if named else ""
    stops = bool(_STOP.search(words + " "))
    consents = bool(_CONSENT.search(words)) and not _NOT_OURS.search(words)
    if stops:
        return f"stop:{channel or _alone(words)}"
    if consents and channel not in ("", "all"):
        return f"consent:{channel}"
    return ""


def _alone(words: str) -> str:
    """The channel of a stop that names none: unsubscribing is from mail, registers of calls are for calls."""
    if re.search(r"unsubscri|un subscri", words):
        return "email"
    if re.search(r"\btps\b", words):
        return "phone"
    if re.search(r"\bmps\b", words):
        return "post"
    return "all"


def preset_of(headers: Sequence[str]) -> str:
    """Which system wrote a list with these headers."""
    known = {normal(header) for header in headers}
    for name in ("civicrm", "nationbuilder"):
        distinctive = (known & PRESETS[name].keys()) - _SHARED_HEADERS
        if len(distinctive) >= 2 or (distinctive and len(known & PRESETS[name].keys()) >= 4):
            return name
    return "generic"


def propose(headers: Sequence[str], preset: str = "") -> dict[int, str]:
    """Column -> target ("" where none); each field is taken by one column only, but for `SEVERAL`."""
    chosen = PRESETS[preset or preset_of(headers)]
    wanted: list[tuple[int, int, str]] = []
    found = dict.fromkeys(range(len(headers)), "")
    for column, header in enumerate(headers):
        words = normal(header)
        if words in chosen and chosen[words]:
            target, rank = chosen[words], -1
        else:
            target, rank = _generic(words)
        if target.startswith(("stop:", "consent:")):
            found[column] = target
        elif target:
            wanted.append((rank, column, target))
    taken: set[str] = set()
    for _rank, column, target in sorted(wanted):
        if target not in taken or target in SEVERAL:
            found[column] = target
            taken.add(target)
    if taken & {"forename", "surname"}:
        found = {column: "" if target == "full_name" else target for column, target in found.items()}
    return found


def _generic(words: str) -> tuple[str, int]:
    contact = contact_target(words)
    if contact:
        return contact, 0
    return _BY_HEADER.get(words, _BY_HEADER.get(words.replace(" ", ""), ("", 0)))


_BY_HEADER = {spelt: (field, rank) for field, names in _GENERIC.items() for rank, name in enumerate(names)
              for spelt in (name, name.replace(" ", ""))}
