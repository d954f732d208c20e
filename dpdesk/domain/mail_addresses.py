"""E-mail addresses a message may go to: one mailbox in ASCII, or the code of what is wrong with the text.

Codes: empty, control, several, group, named, comment, quoted, literal, space, local_not_ascii, too_long, host_bad, shape.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

PROBLEMS = ("empty", "control", "several", "group", "named", "comment", "quoted", "literal", "space", "local_not_ascii",
            "too_long", "host_bad", "shape")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PLAIN = re.compile(rf"(?=[^@]{{1,64}}@){_LOCAL.pattern}@(?:{_LABEL.pattern}\.)+(?=[a-z0-9-]*[a-z]){_LABEL.pattern}")
"""What nearly every address looks like; with no more than 254 signs it is sound, and nothing is left to be looked at."""
_ROLES = frozenset({
    "abuse", "accounts", "admin", "all", "bookings", "chair", "committee", "contact", "enquiries", "enquiry", "events", "finance",
    "hello", "help", "hostmaster", "info", "mail", "mailbox", "members", "membership", "news", "noreply", "no-reply", "office",
    "postmaster", "press", "reception", "sales", "secretary", "support", "team", "treasurer", "webmaster"})
_TYPOS = frozenset({
    "gmial.com", "gmai.com", "gmal.com", "gmail.co", "gmail.con", "gnail.com", "gmail.co.uk", "gmaill.com", "hotmial.com",
    "hotmai.com", "hotmal.com", "hotmail.con", "hotmail.co", "hotnail.com", "outlok.com", "outlook.con", "yaho.com", "yahoo.con",
    "yahoo.co", "yhoo.co.uk", "iclod.com", "icloud.con", "btinternet.con", "btinternet.co", "btinernet.com", "talktalk.ne"})
_TYPO_ENDS = (".con", ".cmo", ".ocm", ".vom", ".couk", ".co.ku", ".co.k", ".comm")
_ODD = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Direction marks and the like steer how a line is shown, not what it says.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class BadAddress(ValueError):
    """A text that is no single mailbox; `code` is one of `PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox in ASCII, as it goes on the wire: there is no way to make one that holds two, a name or a line break."""

    text: str

    def __post_init__(self) -> None:
        if len(self.text) <= 254 and _PLAIN.fullmatch(self.text):
            return
        local, at, host = self.text.rpartition("@")
        if not (at and _LOCAL.fullmatch(local) and len(local) <= 64 and len(self.text) <= 254 and host_is_sound(host)):
            raise BadAddress("shape")

    @property
    def host(self) -> str:
        """What stands after the @."""
        return self.text.rpartition("@")[2]

    def __str__(self) -> str:
        return self.text


def host_is_sound(host: str) -> bool:
    """Whether it is a domain name in ASCII with at least two labels, the last of them no number."""
    labels = host.split(".")
    return (len(labels) > 1 and len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
            and not labels[-1].isdigit())


def read(text: str) -> Address:
    """The one mailbox that `text` is; raises `BadAddress`. A host in other letters becomes its ASCII form (RFC 5891)."""
    if len(text) <= 254 and _PLAIN.fullmatch(text):
        return Address(text)
    if not (text.isascii() and text.isprintable()) and any(unicodedata.category(c) in _HIDDEN for c in text):
        raise BadAddress("control")
    text = text.strip()
    if not text:
        raise BadAddress("empty")
    if problem := _shape(text):
        raise BadAddress(problem)
    local, _, host = text.rpartition("@")
    if not local.isascii():
        raise BadAddress("local_not_ascii")
    if len(local) > 64 or len(text) > 254:
        raise BadAddress("too_long")
    if not _LOCAL.fullmatch(local):
        raise BadAddress("shape")
    ascii_host = _ascii(host)
    if not host_is_sound(ascii_host):
        raise BadAddress("host_bad")
    return Address(f"{local}@{ascii_host}")


def _shape(text: str) -> str:
    """The code of a shape that is more, or other, than one plain mailbox."""
    for signs, code in ((";:", "group"), ("<>", "named"), ("()", "comment"), ('"\\', "quoted"), ("[]", "literal"), (",", "several")):
        if any(sign in text for sign in signs):
            return code
    if any(c.isspace() for c in text):
        return "space"
    return "shape" if text.count("@") == 0 else "several" if text.count("@") > 1 else ""


def _ascii(host: str) -> str:
    """A host as it is asked for: lower case, other letters as Punycode; "" where a label cannot be one."""
    labels = []
    for label in unicodedata.normalize("NFC", host.rstrip(".") if host.count(".") > 1 else host).lower().split("."):
        if label.isascii():
            labels.append(label)
        elif all(unicodedata.category(c)[0] in "LMN" or c == "-" for c in label):
            labels.append("xn--" + label.encode("punycode").decode("ascii"))
        else:
            return ""
    return ".".join(labels)


def is_role(address: Address) -> bool:
    """Whether several people are likely to read it: info@, secretary@."""
    return address.text.rpartition("@")[0].casefold().partition("+")[0] in _ROLES


def looks_mistyped(address: Address) -> bool:
    """Whether its host is a well-known one with a slip: gmial.com, example.con."""
    return address.host in _TYPOS or address.host.endswith(_TYPO_ENDS)


_LONGEST_NAME = 100
_PLAIN_NAME = re.compile(r"(?:[A-Za-z0-9.'’-]+ )*[A-Za-z0-9.'’-]+")


def shown_name(text: str) -> str:
    """A name as it may stand in a header or a letter: one line, nothing hidden, no second address, no coded word.

    Made shorter where it is longer than any name; what stays is shown as it was written.
    """
    if len(text) <= _LONGEST_NAME and _PLAIN_NAME.fullmatch(text):  # the most, and nothing to do for them
        return text
    plain = " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text.translate(_ODD)).split())
    plain = plain.replace("=?", "= ?").replace("?=", "? =")
    if "@" in plain:
        plain = " ".join(word for word in plain.split() if "@" not in word)
    return plain if len(plain) <= _LONGEST_NAME else plain[:_LONGEST_NAME - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name it is shown with."""

    address: Address
    name: str = ""

    def __post_init__(self) -> None:
        if type(self.address) is not Address:
            raise TypeError("a mailbox has one Address")
        if shown_name(self.name) != self.name:
            raise BadAddress("control")


def mailbox(address: str, name: str = "") -> Mailbox:
    """The mailbox of those texts, its name made fit to be shown; raises `BadAddress`."""
    return Mailbox(read(address), shown_name(name))
