"""What the pages about people say: sentences made of codes and numbers, without a widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dpdesk.domain.asking import body_of
from dpdesk.domain.contacting import ALL_CHANNELS, Channel, Reach, Stop
from dpdesk.domain.members import Kind, Member, age_on
from dpdesk.ui.words import _, capacity_name, channel_name, day, reach_name, status_name, trn


def state(kind: Kind, counts) -> str:
    """The list's one sentence of state: "612 members, 14 without consent for e-mail, 3 under 18"."""
    if kind is Kind.CONTACT:
        return trn("{n} contact", "{n} contacts", counts.contacts)
    parts = [trn("{n} member", "{n} members", counts.members)]
    without = max(0, counts.members - counts.email_consents)
    if without:
        parts.append(trn("{n} without consent for e-mail", "{n} without consent for e-mail", without))
    if counts.under_18:
        parts.append(trn("{n} under 18", "{n} under 18", counts.under_18))
    return ", ".join(parts)


def purpose_words(purpose: str, bodies: Mapping[str, str]) -> str:
    """What a consent or permission is for: "E-mail", "Sharing with Headquarters"; `bodies` are names by code."""
    body = body_of(purpose)
    return _("Sharing with {body}", body=bodies.get(body, body)) if body else channel_name(purpose)


def stop_words(channel: str) -> str:
    """A stop as an instruction."""
    return {
        ALL_CHANNELS: _("Do not contact"),
        Channel.EMAIL.value: _("Do not e-mail"),
        Channel.PHONE.value: _("Do not phone"),
        Channel.SMS.value: _("Do not text"),
        Channel.POST.value: _("Do not write by post"),
    }[channel]


_ORDER = (ALL_CHANNELS, *(channel.value for channel in Channel))


def stops_words(stopped: Iterable[str]) -> str:
    """All stops of a person on one line; a stop on everything says the rest."""
    channels = set(stopped)
    if ALL_CHANNELS in channels or channels >= {channel.value for channel in Channel}:
        return stop_words(ALL_CHANNELS)
    return ", ".join(stop_words(code) for code in _ORDER if code in channels)


def reach_words(reach: Reach, stops: Sequence[Stop] = ()) -> tuple[str, str]:
    """The answer for one channel ("Yes"/"No") and why."""
    if reach.allowed:
        return _("Yes"), _("consent is on record")
    if reach.why == "stopped":
        since = min((s.since for s in stops if s.channel in (ALL_CHANNELS, reach.channel.value)), default="")
        return _("No"), _("stopped since {day}").format(day=day(since)) if since else _("stopped")
    if reach.why == "no_address":
        return _("No"), {
            Channel.EMAIL: _("no e-mail address on record"),
            Channel.PHONE: _("no telephone number on record"),
            Channel.SMS: _("no mobile number on record"),
            Channel.POST: _("no postal address on record"),
        }[reach.channel]
    return _("No"), reach_name(reach.why)


def age_words(member: Member, today: date, flag_under: int) -> str:
    """The age flag in words, "" where there is none."""
    age = age_on(member.date_of_birth, today)
    if age is None or age >= flag_under:
        return ""
    return trn("Under {limit}: {n} year old", "Under {limit}: {n} years old", age).replace("{limit}", str(flag_under))


def standing(member: Member, capacities: Iterable[str] = ()) -> str:
    """Status, kind and since when, and in which capacities they are known, on one line."""
    held = [", ".join(map(capacity_name, capacities))] if capacities else []
    if member.kind is Kind.CONTACT:
        return " · ".join([_("Contact, not a member"), *held])
    parts = [status_name(member.status)] if member.status else [_("Status not known")]
    if member.membership_type:
        parts.append(member.membership_type)
    if member.joined_on:
        parts.append(_("member since {day}").format(day=day(member.joined_on)))
    return " · ".join(parts + held)


def phone_words(number: str) -> str:
    """A stored number as it is dialled and read out in Britain: +447700900801 is 07700 900801."""
    if not number.startswith("+44"):
        return number
    home = "0" + number[3:]
    if home.startswith("02"):
        return f"{home[:3]} {home[3:7]} {home[7:]}"
    if home.startswith("011") or (home.startswith("01") and home[3:4] == "1"):
        return f"{home[:4]} {home[4:7]} {home[7:]}"
    return f"{home[:5]} {home[5:]}"


def short_day(iso: str) -> str:
    """A day without its weekday, for a column: "24 Nov 2026"."""
    return day(iso).partition(" ")[2]


def found(n: int, limit: int) -> str:
    """How many a search found."""
    if not n:
        return _("Nobody fits.")
    if n >= limit:
        return _("The {n} best fits, the best first").format(n=n)
    return trn("{n} fits, the best first", "{n} fit, the best first", n)


def name_of(member: Member) -> str:
    """What a person is called; never empty, so that a row can always be read out."""
    return member.name or member.number or _("No name on record")


def formal_name(member: Member) -> str:
    """The whole name as recorded, for the head of a person's page."""
    parts = [member.title, member.forename, member.surname]
    full = " ".join(part for part in parts if part) or name_of(member)
    if member.known_as and member.known_as != member.forename:
        return _("{name} (known as {known})").format(name=full, known=member.known_as)
    return full
