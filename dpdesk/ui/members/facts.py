"""Facts about a person as widgets: flags, how they may be reached, and lists of label and value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from dpdesk.domain.contacting import Channel, Reach, Stop
from dpdesk.domain.masking import masked
from dpdesk.domain.members import Member
from dpdesk.domain.policies import Policy
from dpdesk.services.members import Row
from dpdesk.ui import assets, theme
from dpdesk.ui.members import sentences
from dpdesk.ui.veil import Veil
from dpdesk.ui.widgets.facts import flag
from dpdesk.ui.widgets.parts import text
from dpdesk.ui.words import _, capacity_name, channel_name, day, field_name, kind_name, status_name, way_name

if TYPE_CHECKING:
    from dpdesk.services.members import Change

ICONS = {Channel.EMAIL: "mail", Channel.PHONE: "phone", Channel.SMS: "phone", Channel.POST: "map-pin"}
CONTACT = ("email", "mobile", "landline")
MEMBERSHIP = ("number", "status", "membership_type", "branch", "ward", "joined_on", "renewal_on")
ADDRESS = ("address1", "address2", "address3", "town", "postcode")
PERSONAL = ("date_of_birth", "parent_consent_on")
_NAMES = {"status": status_name, "kind": kind_name, "capacity": capacity_name, "way": way_name}
_DAYS = ("date_of_birth", "since", "until", "enquiry")


def flags(member: Member, row: Row, policy: Policy, today: date) -> list[QWidget]:
    """The flags of a person, the gravest first."""
    made = []
    if "restricted" in row.flags:
        made.append(flag(_("The use of their data is restricted: it is only stored"), "ban", "danger"))
    closed = sentences.stops_words(row.stopped)
    if closed:
        made.append(flag(closed, "ban", "danger"))
    young = sentences.age_words(member, today, policy.flag_under)
    if young:
        made.append(flag(young, "triangle-alert", "warning"))
    if "email_bad" in row.flags:
        made.append(flag(_("Mail to this address comes back"), "triangle-alert", "warning"))
    return made


def reach_table(reaches: Sequence[Reach], stops: Sequence[Stop]) -> QWidget:
    """Per channel: may we, and why (not)."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE * 3 // 2)
    grid.setVerticalSpacing(theme.SPACE)
    grid.setColumnStretch(2, 1)
    for at, reach in enumerate(reaches):
        answer, why = sentences.reach_words(reach, stops)
        tint = "done" if reach.allowed else "danger" if reach.why == "stopped" else "quiet"
        sign = QLabel()
        assets.dress(sign, "check" if reach.allowed else "ban" if reach.why == "stopped" else "x", tint, 16)
        name = text(channel_name(reach.channel.value))
        name.setWordWrap(False)
        said = text(_("{answer}: {why}").format(answer=answer, why=why), "done" if reach.allowed else
                    "error" if reach.why == "stopped" else "quiet")
        grid.addWidget(sign, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, at, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, at, 2)
    return made


def pairs(member: Member, codes: Iterable[str], veil: Veil | None = None) -> list[tuple[str, str]]:
    """(label, value) of the fields that are known; those that `veil` holds back are masked."""
    return [(field_name(code), value_words(code, getattr(member, code), veil)) for code in codes if getattr(member, code)]


def value_words(code: str, value: object, veil: Veil | None = None) -> str:
    """A stored value as shown: days in words, statuses by name, contact details masked while `veil` holds them back."""
    said = str(value or "")
    if veil is not None and veil.hides(code):
        return masked(code, said)
    if code in _NAMES:
        return _NAMES[code](said)
    if code in ("mobile", "landline"):
        return sentences.phone_words(said)
    if said and (code.endswith("_on") or code in _DAYS):
        return day(said)
    return said


def touched(history: Sequence[Change], codes: Iterable[str]) -> list[str]:
    """Who changed which of the fields last, and when, the newest first: "Ward, Branch: changed by Jane Example, 24 Nov 2026"."""
    last: dict[str, str] = {}
    for change in (change for change in history if change.action != "member.added"):
        for code, _before, _after in change.fields:
            last.setdefault(code, ", ".join(filter(None, (change.officer, sentences.short_day(change.at)))))
    together: dict[str, list[str]] = {}
    for code in codes:
        if code in last:
            together.setdefault(last[code], []).append(field_name(code))
    return [_("{fields}: changed by {who}", fields=", ".join(names), who=who) for who, names in together.items()]
