"""What the pages about enquiries share: the fields, the sentences, and the cards that ask for a contact or a hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dpdesk.domain.enquiries import LINE_LONGEST, Stage, Way
from dpdesk.ui.widgets.entry import Entry
from dpdesk.ui.widgets.form import FieldSpec
from dpdesk.ui.words import _, day, due, field_name, stage_name, way_name

if TYPE_CHECKING:
    from dpdesk.services.enquiries import Asked, Shown

Send = Callable[[dict[str, str]], None]


def today_iso() -> str:
    """The day, as the forms propose it."""
    from dpdesk.services.session import today
    return today().isoformat()


def asked_specs(group: str = "") -> list[FieldSpec]:
    """What is asked of an enquiry (S2 l.13-18)."""
    ways = (("", _("Choose…")), *((way.value, way_name(way.value)) for way in Way))
    return [
        FieldSpec("way", field_name("way"), "choice", choices=ways, group=group),
        FieldSpec("asked_on", field_name("asked_on"), "date", group=group),
        FieldSpec("handle", field_name("handle"), longest=LINE_LONGEST, group=group),
        FieldSpec("place", field_name("place"), longest=LINE_LONGEST, group=group),
        FieldSpec("query", field_name("query"), "long", _("No more than the answer needs."), group=group, span=True)]


def asked_of(values: dict[str, str]) -> Asked:
    """The enquiry that a filled-in form describes."""
    from dpdesk.services.enquiries import Asked
    return Asked(*(values[code] for code in ("way", "query", "asked_on", "handle", "place")))


def head_words(shown: Shown) -> str:
    """The enquiry in a line: how, when, and where it stands."""
    return _("{way}, {day} · {stage}", way=way_name(shown.enquiry.channel.value), day=day(shown.enquiry.asked_on),
             stage=stage_name(shown.stage.value))


def details_of(shown: Shown) -> list[str]:
    """From where it was asked, the last contact, and until when it is kept."""
    from dpdesk.services.session import today
    each = shown.enquiry
    where = ", ".join(filter(None, (f"@{each.handle}" if each.handle else "", each.place)))
    return [*([where] if where else []), _("Last contact: {day}.", day=day(each.last_contact_on)), kept_words(shown, today())]


def kept_words(shown: Shown, today) -> str:
    """The countdown: "Kept until Mon 30 Nov 2026, in 6 days"."""
    each = shown.enquiry
    if each.hold_reason:
        return _("On hold: {reason}. Review: {when}.", reason=each.hold_reason, when=due(each.hold_review_on, today))
    if shown.stage is Stage.EXPIRED:
        return _("Its time was up on {day}: it is to be erased.", day=day(shown.kept_until))
    return _("Kept until {when}.", when=due(shown.kept_until, today))


def contact_entry(send: Send) -> Entry:
    """Asks when there was further contact."""
    return Entry(_("Record a further contact"), _("The time the enquiry is kept runs anew from that day."),
                 [FieldSpec("last_contact_on", field_name("last_contact_on"), "date")], _("Record contact"), send,
                 values={"last_contact_on": today_iso()})


def hold_entry(shown: Shown, send: Send) -> Entry:
    """Asks why an enquiry is kept beyond its time, and when that is looked at again."""
    each = shown.enquiry
    return Entry(_("Keep this enquiry on hold"), _("Only for a regulated reason. While it is held neither the enquiry nor the person "
                                                   "can be erased."), [
        FieldSpec("hold_reason", field_name("hold_reason"), longest=LINE_LONGEST, help=_("Such as: the regulator has asked about it.")),
        FieldSpec("hold_review_on", field_name("hold_review_on"), "date", _("At the latest a year from now."))],
        _("Keep on hold"), send, values={"hold_reason": each.hold_reason})
