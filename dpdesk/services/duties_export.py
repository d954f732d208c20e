"""A register out of the desk: as CSV for people, as JSON for machines, an entry as PDF; by the copies door alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.deadlines import Run
from dpdesk.domain.errors import Invalid
from dpdesk.domain.members import Confidentiality
from dpdesk.domain.registers.declaring import Kind, rows_of
from dpdesk.domain.roles import Right
from dpdesk.services import copies, duties, holdings, risk_grid
from dpdesk.services.copies import Leaving
from dpdesk.services.dates import day, moment
from dpdesk.services.duties import Shown
from dpdesk.services.duty_words import clock_words, event_words, facts_by_group, state_words, value_words
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.files.duty_papers import Paper

FORMATS = ("csv", "json", "pdf")


def export(session: Session, code: str, path: Path, why: str, *, accepted: str = "") -> Copy:
    """A whole register as CSV or JSON, told by the ending of `path`; raises `Invalid`, `PlaceRefused`."""
    from dpdesk.files.cells import write_rows
    register = duties.register_of(code)
    session.require(register.see)
    ending = path.suffix.lower().lstrip(".")
    if ending not in FORMATS[:2]:
        raise Invalid({"format": "unknown"})
    shown = duties.listing(session, code)
    leaving = _leaving(path, tr("Register: {register}", register=tr(register.title)), why, accepted)
    with copies.door(session, leaving) as out:
        if ending == "csv":
            write_rows(out, csv_rows(shown, code))
        else:
            out.write(as_json({"register": code, "entries": [data_of(each) for each in shown]}))
        return out.note("duties.exported", people_of(session, shown), lambda unit: unit.facts(register=code, entries=len(shown)))


def csv_rows(shown: list[Shown], code: str) -> list[list[str]]:
    """A register as rows: a heading, then an entry a row, in the words of the window."""
    register = duties.register_of(code)
    head = [tr("Reference"), tr("State"), tr("Opened"), tr("Due"), tr("Ended"), *(tr(each.label) for each in register.fields)]
    return [head, *([each.ref, state_words(register, each.duty.state), moment(each.duty.opened_at), _due(each), moment(each.duty.ended_at),
                     *(value_words(field, each.duty.values.get(field.code, "")) for field in register.fields)] for each in shown)]


def _due(shown: Shown) -> str:
    return moment(shown.due) if len(shown.due) > 10 else day(shown.due)


def as_json(data: object) -> bytes:
    """Data as JSON in UTF-8."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def data_of(shown: Shown) -> dict[str, Any]:
    """An entry for machines: codes, ISO days, UTC moments."""
    duty, register = shown.duty, shown.register
    values: dict[str, Any] = {}
    for field in register.fields:
        value = duty.values.get(field.code, "")
        if value:
            values[field.code] = (value.split() if field.kind is Kind.SEVERAL else rows_of(value) if field.kind is Kind.ROWS
                                  else int(value) if field.kind is Kind.NUMBER else value)
    return {"id": duty.id, "ref": shown.ref, "register": register.code, "state": duty.state, "opened_at": duty.opened_at,
            "ended_at": duty.ended_at, "due": shown.due, "values": values,
            "clocks": [{"clock": each.clock.code, **_run(each.run)} for each in shown.running],
            "events": [{"at": each.at, "on": each.on, "kind": each.kind, "move": each.move, "state": each.after, "note": each.note,
                        "fields": list(each.fields)} for each in duty.events]}


def _run(run: Run) -> dict[str, Any]:
    return {"starts": run.starts, "due": run.due, "met": run.met, "late": run.late}


def save_pdf(session: Session, identity: str, path: Path, why: str, *, accepted: str = "") -> Copy:
    """One entry as PDF; raises `NotFound`, `Invalid`, `PlaceRefused`."""
    shown = duties.get(session, identity)
    return save_paper(session, shown, paper_of(session, shown), path, why, accepted)


def save_paper(session: Session, shown: Shown, paper: Paper, path: Path, why: str, accepted: str) -> Copy:
    """A paper about an entry through the copies door."""
    from dpdesk.files.duty_papers import pdf
    leaving = _leaving(path, tr("{register} {ref} on paper", register=tr(shown.register.one), ref=shown.ref), why, accepted)
    with copies.door(session, leaving) as out:
        out.write(pdf(paper))
        return out.note("duty.printed", duties.people(session, shown.duty.id),
                        lambda unit: unit.facts(register=shown.register.code, number=shown.duty.number))


def paper_of(session: Session, shown: Shown, known: Mapping[str, str] | None = None) -> Paper:
    """An entry as a paper: how it stands, its fields with their clauses, its timeline; `known` are names of other entries."""
    from dpdesk.files.duty_papers import Paper, Part
    register, now = shown.register, duties.utc_now()
    linked = any(field.kind is Kind.ENTRY for field in register.fields)
    names, entries = duties.officers(session), known if known is not None else entry_names(session) if linked else {}
    stands = [(tr("State"), state_words(register, shown.duty.state)), (tr("Opened"), moment(shown.duty.opened_at)),
              *((tr("Clock"), clock_words(each, now)) for each in shown.running)]
    parts = [Part("", stands)]
    for group, facts in facts_by_group(shown.duty, register, entries):
        parts.append(Part(tr(group) if group else tr("The case"), [
            (f"{tr(field.label)} ({field.clause})" if field.clause else tr(field.label), said) for field, said in facts]))
    parts.append(Part(tr("Timeline"), [
        (moment(each.at), " — ".join(filter(None, (event_words(register, each), each.note, names.get(each.officer, "")))))
        for each in shown.duty.events]))
    if session.may(Right.DUTIES_SEE) and (said := holdings.told(session, shown)):
        parts[0] = Part("", [*stands, (tr("In the desk now"), said)])
    about = tr("{branch}. Printed {day} by {officer}.", branch=session.branch, day=moment(duties.stored(now)), officer=session.officer.name)
    return Paper(f"{shown.ref}  {tr(register.one)}", about, parts, tr("Confidential. {clause}", clause=register.clause),
                 risk_grid.grid(shown) if register.code == "dpias" else None)


def entry_names(session: Session) -> dict[str, str]:
    """What the entries of all registers are called, by identity: "CO-3 …"."""
    return {each.duty.id: f"{each.ref} {each.heading}" for each in duties.listing(session)}


def _leaving(path: Path, title: str, why: str, accepted: str) -> Leaving:
    return Leaving(CopyKind.DUTIES, path, title, why, classification=Confidentiality.CONFIDENTIAL, accepted=accepted)


def people_of(session: Session, shown: list[Shown]) -> list[str]:
    """Whom these entries are about, each once, by identity."""
    from dpdesk.store import duties as store
    with session.desk.read() as connection:
        return list(dict.fromkeys(person for each in shown for person in store.people(connection, each.duty.id)))
