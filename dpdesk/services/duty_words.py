"""An entry of a register in words: its values, its clocks, its timeline, the same in the window, on paper and in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dpdesk.domain.deadlines import Run
from dpdesk.domain.duties import Duty, Event, Running
from dpdesk.domain.registers.declaring import Field, Kind, Register, rows_of
from dpdesk.services.dates import away, british, day, moment
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr

_EVENTS = {"added": _m("Added"), "changed": _m("Changed"), "noted": _m("Note"), "attached": _m("Document kept"),
           "removed": _m("Document taken out"), "linked": _m("Linked to people"), "unlinked": _m("Link to somebody taken out")}


def value_words(field: Field, value: str, names: Mapping[str, str] | None = None) -> str:
    """A value as it is shown; `names` are what entries of other registers are called, by identity."""
    if not value:
        return ""
    if field.kind is Kind.CHOICE:
        return tr(field.words_of(value))
    if field.kind is Kind.SEVERAL:
        return ", ".join(tr(field.words_of(each)) for each, _words in field.choices if each in value.split())
    if field.kind is Kind.DAY:
        return day(value)
    if field.kind is Kind.MOMENT:
        return moment(value)
    if field.kind is Kind.TICK:
        return tr("Yes")
    if field.kind is Kind.NUMBER:
        return f"{int(value):,}"
    if field.kind is Kind.ENTRY:
        return (names or {}).get(value, value)
    if field.kind is Kind.ROWS:
        return "\n".join(f"{at}. {row_words(field, row)}" for at, row in enumerate(rows_of(value), 1))
    return value


def row_words(field: Field, row: Mapping[str, str]) -> str:
    """One row of a ROWS field on one line."""
    return "; ".join(tr("{label}: {value}", label=tr(each.label), value=said)
                     for each in field.columns if (said := value_words(each, row.get(each.code, ""))))


def state_words(register: Register, state: str) -> str:
    """Where an entry stands."""
    return tr(register.state(state).label)


def clock_words(running: Running, now: datetime) -> str:
    """A clock in one sentence: "Answer: Thu 24 Dec 2026, in 28 days"."""
    return tr("{clock}: {how}", clock=tr(running.clock.label), how=run_words(running.run, now))


def run_words(run: Run, now: datetime) -> str:
    """How a clock runs, without its name."""
    if run.met:
        said = _when(run.met, now)
        return tr("done {day}, late: it was due {due}", day=said, due=_when(run.due, now)) if run.late else tr("done {day}", day=said)
    if not run.due:
        return tr("the clock stands still")
    return tr("over since {due}", due=_with_distance(run, now)) if run.overdue(now) else _with_distance(run, now)


def due_words(run: Run, now: datetime) -> str:
    """When it is due, with the distance."""
    return _with_distance(run, now)


def _with_distance(run: Run, now: datetime) -> str:
    if not run.by_hours:
        return tr("{day}, {away}", day=day(run.due), away=away(run.due, british(now.isoformat()).date()))
    left = (datetime.fromisoformat(run.due) - now).total_seconds()
    hours = int(abs(left) // 3600)
    far = (tr("in {n} hours", n=hours) if hours else tr("within the hour")) if left > 0 else tr("{n} hours ago", n=hours)
    return tr("{moment}, {far}", moment=moment(run.due), far=far)


def _when(iso: str, now: datetime) -> str:
    return moment(iso) if len(iso) > 10 else day(iso)


def event_words(register: Register, event: Event) -> str:
    """What happened, in one line: "Begin the answer: Received → Being answered"."""
    if event.kind == "moved":
        move = next((each for each in register.moves if each.code == event.move), None)
        said = tr(move.label) if move else event.move
        if event.before != event.after:
            return tr("{move}: now {state}", move=said, state=state_words(register, event.after))
        return said
    said = tr(_EVENTS.get(event.kind, event.kind))
    fields = field_words(register, event)
    return tr("{said}: {fields}", said=said, fields=fields) if event.kind == "changed" and fields else said


def field_words(register: Register, event: Event) -> str:
    """The names of the fields that changed."""
    labels = {each.code: each.label for each in register.fields}
    return ", ".join(tr(labels[code]) for code in event.fields if code in labels)


def facts_by_group(duty: Duty, register: Register, names: Mapping[str, str] | None = None) -> list[tuple[str, list[tuple[Field, str]]]]:
    """The fields that hold something, under their headings."""
    found: dict[str, list[tuple[Field, str]]] = {}
    for field in register.fields:
        said = value_words(field, duty.values.get(field.code, ""), names)
        if said:
            found.setdefault(field.group, []).append((field, said))
    return list(found.items())
