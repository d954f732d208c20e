"""What the pages of the register say, as sentences."""

from __future__ import annotations

from dpdesk.domain.register_files import RegisterFile
from dpdesk.services.electors import Counts, Record, Row
from dpdesk.services.register_words import (
    absent_name,
    elector_kind_name,
    entitlement_name,
    markers_words,
    permitted_name,
    regulation_name,
    vote_name,
)
from dpdesk.ui.words import _, day, field_name, trn


def state(counts: Counts) -> str:
    """The page's one sentence."""
    if not (counts.electors or counts.hidden):
        return ""
    said = [_("{electors} in {districts}.", electors=trn("{n} elector", "{n} electors", counts.electors),
              districts=trn("{n} district", "{n} districts", len(counts.districts)))]
    when = _("on {day}", day=day(counts.polling_day)) if counts.polling_day else _("today")
    if counts.hidden:
        said.append(trn("{n} is not old enough {when} to be shown.", "{n} are not old enough {when} to be shown.", counts.hidden,
                        when=when))
    return " ".join(said)


def found(count: int, limit: int) -> str:
    """How many a search found."""
    if count >= limit:
        return _("The first {n} that fit.", n=f"{limit:,}")
    return trn("{n} fits.", "{n} fit.", count)


def title(row: Row) -> str:
    """Who it is."""
    return row.elector.name or elector_kind_name(row.elector.kind)


def facts(record: Record) -> list[tuple[str, str]]:
    """Label and value of what the register says."""
    elector = record.row.elector
    said = [
        (_("Elector number"), str(elector.key)), (field_name("address"), elector.home),
        (field_name("markers"), markers_words(elector.markers)),
        (field_name("attains_on"), day(elector.attains_on) if record.row.attainer else ""),
        (_("Votes"), ", ".join(map(absent_name, record.row.absent))),
        (_("At the same address"), ", ".join(each.name for each in record.home if each.name)),
        (_("Voted"), ", ".join(f"{day(when)}: {vote_name(mark)}" for when, mark in record.votes)),
        (_("Earlier numbers"), ", ".join(_("{number} in {year}", number=number, year=year) if year else str(number)
                                       for number, year in record.earlier))]
    return [(label, value) for label, value in said if value]


def supply(file: RegisterFile) -> list[tuple[str, str]]:
    """Label and value of a record of supply."""
    given = file.supply
    said = [(field_name("supplier"), given.supplier), (field_name("supplied_on"), day(given.supplied_on)),
            (field_name("entitlement"), entitlement_name(given.entitlement.value)), (field_name("regulation"),
                                                                                     regulation_name(given.regulation)),
            (field_name("permitted"), permitted_name(given.permitted.value)), (field_name("area"), given.area),
            (field_name("polling_day"), day(given.polling_day)), (field_name("year"), str(given.year or "")),
            (field_name("destroy_by"), day(given.destroy_by))]
    return [(label, value) for label, value in said if value]
