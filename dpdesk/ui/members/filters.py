"""The form behind "Filter…": what a list can be narrowed by, with the values people have, and the chips of what is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpdesk.domain.contacting import Channel
from dpdesk.domain.members import Kind
from dpdesk.domain.policies import Policy
from dpdesk.domain.queries import DAYS, NAMED, UNSET, Query
from dpdesk.services import queries
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, capacity_name, channel_name, field_name

ASKED = (*NAMED, "postcode", "capacity", "consent", "no_consent", "shares_with", *DAYS)
_OF_MEMBERS = ("membership_type", "joined_since", "joined_until", "renewal_before")


def specs(query: Query, offered: Mapping[str, Sequence[str]], policy: Policy) -> list[FieldSpec]:
    """The fields of the form; a field that nobody of the list has is left out."""
    return [made for code in ASKED if (made := _spec(code, query, offered, policy)) is not None]


def _spec(code: str, query: Query, offered: Mapping[str, Sequence[str]], policy: Policy) -> FieldSpec | None:
    now = getattr(query, code)
    if query.kind is Kind.CONTACT and code in _OF_MEMBERS and not now:
        return None
    label = {"consent": _("With consent for"), "postcode": _("Postcode beginning")}.get(code) or field_name(code)
    if code in DAYS:
        return FieldSpec(code, label, "date")
    if code == "postcode":
        return FieldSpec(code, label, longest=12)
    if code in ("consent", "no_consent"):
        return FieldSpec(code, label, "choice", choices=_options([(c.value, channel_name(c.value)) for c in Channel]))
    if code == "shares_with":
        return FieldSpec(code, label, "choice", choices=_options([(body.code, body.name) for body in policy.recipient_bodies]))
    values = list(offered.get(code, ()))
    if not values and not now:
        return None
    if now and now != UNSET and now not in values:
        values.insert(0, now)
    named = [(value, capacity_name(value) if code == "capacity" else value) for value in values]
    return FieldSpec(code, label, "choice", choices=_options([*([] if code == "capacity" else [(UNSET, _("None on record"))]), *named]))


def _options(some: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return (("", _("Any")), *some)


def chips(query: Query, policy: Policy, without: Sequence[str] = ()) -> dict[str, str]:
    """What is in force, to stand on chips: code -> "In ward North"."""
    return {code: words[:1].upper() + words[1:] for code, words in queries.phrases(query, policy).items() if code not in without}
