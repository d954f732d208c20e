"""Enquiries as the command line shows them: as data for machines, and as a table."""

from __future__ import annotations

from dpdesk.cli.output import table
from dpdesk.services.words import day, stage_name, tr, way_name


def data_of(shown) -> dict:
    """An enquiry for machines."""
    each = shown.enquiry
    return {"id": each.id, "person": each.person, "asked_on": each.asked_on, "way": each.channel.value, "handle": each.handle,
            "place": each.place, "query": each.query, "last_contact_on": each.last_contact_on, "closed_on": each.closed_on,
            "hold_reason": each.hold_reason, "hold_review_on": each.hold_review_on, "kept_until": shown.kept_until,
            "stage": shown.stage.value}


def lines_of(found, *, names: bool = False) -> str:
    """Enquiries as a table."""
    head = (tr("ID"), *((tr("Name"),) if names else ()), tr("Asked on"), tr("How"), tr("What"), tr("Stands"), tr("Kept until"))
    return table(head, [(each.enquiry.id, *((each.name,) if names else ()), day(each.enquiry.asked_on),
                         way_name(each.enquiry.channel.value), each.enquiry.query[:60], stage_name(each.stage.value),
                         tr("review on {day}", day=day(each.enquiry.hold_review_on)) if each.enquiry.hold_reason
                         else day(each.kept_until)) for each in found])
