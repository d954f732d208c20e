"""What the import of a list says at each step: counts, impact and the end, as sentences."""

from __future__ import annotations

from dpdesk.ui.words import _, trn


def impact(counts) -> str:
    """What bringing in will do: "Add 38, change 12, mark 5 as lapsed"; and the promise about opt-outs apart."""
    parts = []
    if counts.new:
        parts.append(_("add {n}").format(n=_n(counts.new)))
    if counts.changed:
        parts.append(_("change {n}").format(n=_n(counts.changed)))
    if counts.lapsed:
        parts.append(_("mark {n} as lapsed").format(n=_n(counts.lapsed)))
    if not parts:
        return _("Nothing on the desk changes: every row is already as the list has it.")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:] + "."


def verb(counts) -> str:
    """The words on the last button: "Add 38, change 12"."""
    parts = []
    if counts.new:
        parts.append(_("add {n}").format(n=_n(counts.new)))
    if counts.changed + counts.lapsed:
        parts.append(_("change {n}").format(n=_n(counts.changed + counts.lapsed)))
    if not parts:
        return _("Record stops and consents") if counts.stops or counts.consents else _("Finish")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def stops_promise(counts) -> str:
    """What happens to opt-outs: none changes; how many the list adds."""
    kept = _("Nobody's opt-out changes.")
    if not counts.stops:
        return kept
    return kept + " " + trn("{n} opt-out in the list is added.", "{n} opt-outs in the list are added.", counts.stops)


def ended(counts) -> str:
    """The plain end of an import."""
    parts = []
    if counts.new:
        parts.append(trn("{n} person added", "{n} people added", counts.new))
    if counts.changed:
        parts.append(trn("{n} changed", "{n} changed", counts.changed))
    if counts.lapsed:
        parts.append(trn("{n} marked as lapsed", "{n} marked as lapsed", counts.lapsed))
    if counts.unchanged:
        parts.append(trn("{n} already the same", "{n} already the same", counts.unchanged))
    if counts.refused:
        parts.append(trn("{n} row refused", "{n} rows refused", counts.refused))
    return ", ".join(parts) + "." if parts else _("Nothing was in the list.")


def big_numbers(counts) -> tuple[tuple[int, str], ...]:
    """The counts shown large, in the order they matter."""
    return (
        (counts.new, _("new")),
        (counts.changed, _("changed")),
        (counts.lapsed, _("marked as lapsed")),
        (counts.unchanged, _("already the same")),
        (counts.refused, _("refused")),
    )


def _n(number: int) -> str:
    return f"{number:,}"
