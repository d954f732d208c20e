"""What the import of a list says at each step: columns, counts, impact and the end, as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dpdesk.domain.imports import Counts
from dpdesk.domain.members import FIELD
from dpdesk.services.words import table_note
from dpdesk.ui.members.sentences import stop_words
from dpdesk.ui.words import _, channel_name, field_name, trn

if TYPE_CHECKING:
    from dpdesk.services.imports import Draft

SYSTEMS = {"civicrm": "CiviCRM", "nationbuilder": "NationBuilder"}


def target_name(target: str) -> str:
    """What a column becomes."""
    kind, _sep, channel = target.partition(":")
    if kind == "stop":
        return _("Opt-out: {stop}").format(stop=stop_words(channel))
    if kind == "consent":
        return _("Consent: {channel}").format(channel=channel_name(channel))
    return {"": _("Leave out"), "full_name": _("Whole name"), "deceased": _("Has died")}.get(target) or field_name(target)


def column_note(target: str) -> str:
    """What an officer should know of a column of opt-outs or consents."""
    kind = target.partition(":")[0]
    if kind == "stop":
        return _("Opt-outs always come in. An answer nobody knows counts as an opt-out.")
    if kind == "consent":
        return _("Only a plain yes counts. It never lifts an opt-out.")
    return ""


def refused_column(kind: str, clause: str) -> str:
    """Why a column stays out."""
    names = {
        "bank_details": _("Bank details"), "national_insurance": _("National Insurance number"), "health": _("Health"),
        "ethnicity": _("Ethnic origin"), "religion": _("Religion"), "trade_union": _("Trade union"),
        "sexual_life": _("Sexual life"), "criminal": _("Criminal record"), "biometric": _("Biometric data"),
        "passport_or_id": _("Passport or identity papers"), "benefits": _("Benefits")}
    return _("Stays out. {kind}: the branch has no purpose for it ({clause}).").format(
        kind=names.get(kind, kind.replace("_", " ")), clause=clause)


def opened(draft: Draft) -> list[str]:
    """What was found in the file."""
    said = [trn("{n} row", "{n} rows", draft.row_count) + " " +
            trn("in {n} column", "in {n} columns", len(draft.headers)) + "."]
    if draft.remembered:
        said.append(_("The columns are matched as you matched them last time."))
    elif draft.preset in SYSTEMS:
        said.append(_("It looks like an export from {system}.").format(system=SYSTEMS[draft.preset]))
    return [*said, *map(table_note, draft.notes)]


def target_groups() -> list[str]:
    """Every field a column may go to, in the order of a person's page."""
    return ["", "full_name", *FIELD, "deceased"]


def impact(counts: Counts) -> str:
    """What bringing in will do: "Add 38, change 12, mark 5 as lapsed."."""
    parts = _parts(counts)
    if counts.lapsed:
        parts.append(_("mark {n} as lapsed").format(n=f"{counts.lapsed:,}"))
    if not parts:
        return _("No record changes: every row is already as the list has it.")
    return _capital(", ".join(parts)) + "."


def verb(counts: Counts) -> str:
    """The words on the last button: "Add 38, change 12"."""
    parts = _parts(counts)
    if counts.lapsed and not parts:
        parts.append(_("mark {n} as lapsed").format(n=f"{counts.lapsed:,}"))
    if not parts:
        return _("Record opt-outs and consents") if counts.stops or counts.consents else _("Finish")
    return _capital(", ".join(parts))


def _parts(counts: Counts) -> list[str]:
    said = [(counts.new, _("add {n}")), (counts.changed, _("change {n}"))]
    return [words.format(n=f"{n:,}") for n, words in said if n]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def stops_promise(counts: Counts) -> str:
    """What happens to opt-outs: none is lost; how many the list adds."""
    kept = _("Nobody's opt-out changes.")
    if not counts.stops:
        return kept
    return kept + " " + trn("{n} opt-out in the list is added.", "{n} opt-outs in the list are added.", counts.stops)


def also(counts: Counts, *, whole: bool = False) -> list[str]:
    """What else the list brings or leaves."""
    said = []
    if counts.consents:
        said.append(trn("{n} consent is recorded, with this list as its evidence.",
                        "{n} consents are recorded, with this list as their evidence.", counts.consents))
    if counts.missing and not whole:
        said.append(trn("{n} member of the desk is not in the list and stays as they are.",
                        "{n} members of the desk are not in the list and stay as they are.", counts.missing))
    return said


def ended(counts: Counts) -> str:
    """The plain end of an import."""
    said = [
        (counts.new, trn("{n} person added", "{n} people added", counts.new)),
        (counts.changed, trn("{n} changed", "{n} changed", counts.changed)),
        (counts.lapsed, trn("{n} marked as lapsed", "{n} marked as lapsed", counts.lapsed)),
        (counts.stops, trn("{n} opt-out added", "{n} opt-outs added", counts.stops)),
        (counts.unchanged, trn("{n} already the same", "{n} already the same", counts.unchanged)),
        (counts.refused, trn("{n} row refused", "{n} rows refused", counts.refused))]
    parts = [words for n, words in said if n]
    return ", ".join(parts) + "." if parts else _("Nothing was in the list.")


def big_numbers(counts: Counts) -> tuple[tuple[int, str, str], ...]:
    """The counts shown large, in the order they matter, with their icons."""
    return (
        (counts.new, _("new"), "user-plus"),
        (counts.changed, _("changed"), "pencil"),
        (counts.lapsed, _("lapsed"), "clock"),
        (counts.unchanged, _("already the same"), "check"),
        (counts.refused, _("refused"), "triangle-alert"),
    )
