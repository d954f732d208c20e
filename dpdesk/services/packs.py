"""Canvass packs: a session's walks, sheets and the least of their electors go sealed to a lead's own desk, and come back with results.

Nothing is silently overwritten: what comes back are facts that are only added; where the branch changed something meanwhile, its own word
stays and the officer is shown both. Once the branch has taken a return in, the lead's copy is erased, and the branch is told so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.domain.errors import Declined, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.packages import PackageKind, Step
from dpdesk.domain.roles import Right
from dpdesk.services import cards, packages
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.packages import Package
    from dpdesk.store.packs import Pack

CONTENT = "pack.json"
ELECTOR = ("id", "kind", "district", "number", "suffix", "surname", "forename", "address", "postcode", "sort_name")
"""The least a doorstep needs of an elector: no date of birth, no franchise marks, no property number."""
OUT = ("elector", "walk", "walk_part", "campaign", "code_set", "campaign_question", "canvass_session", "session_person", "allotment",
       "sheet", "sheet_row", "page_copy", "register_file")
"""The tables a pack brings; rows of any other are never taken in, whoever signed it."""
_BACK = ("canvass_fact", "custody", "acknowledgement", "sheet_loss", "scan_page", "scan_image", "scan_row", "canvass_second")
_OF_PAGES = ("scan_image", "scan_row")
_KEYS: dict[str, tuple[str, ...]] = {
    "page_copy": ("sheet", "page", "copy"), "sheet_row": ("sheet", "page", "line"), "walk_part": ("walk", "position"),
    "scan_image": ("page", "kind"), "scan_row": ("page", "line")}


def out(session: Session, canvass: str, to: str, *, days: int = packages.DAYS, hands: packages.Hands | None = None) -> Package:
    """Seal a pack of a canvassing session to a lead's card; the session's sheets must be made. Raises `Declined`."""
    from dpdesk.services import sessions, sheets
    from dpdesk.services.dates import day
    from dpdesk.store import packs as store
    session.require(Right.SHEETS_RUN)
    parent = sessions.get(session, canvass)
    lead = cards.to_seal_to(session, [to])[0]
    made = sheets.listing(session, parent.id)
    if not made:
        raise Declined("transfers.pack_no_sheets")
    content = _content(session, parent, [each.id for each in made])
    identity = new_id()
    content |= {"pack": identity, "title": parent.place}
    purpose = tr("Canvass pack, {day}", day=day(parent.on_day))
    sealed = _seal(session, lead.id, PackageKind.PACK, purpose, content, identity, Step.OUT, days, hands)
    with session.change("pack.out") as unit:
        store.add(unit.connection, store.Pack(identity, "out", parent.id, parent.place, lead.id, Step.OUT, unit.at,
                                              snapshot=_snapshot(content)), unit.seq)
        unit.about("pack", identity)
        unit.facts(sheets=len(made), electors=len(content["tables"]["elector"]), package=sealed.id)
    return sealed


def _content(session: Session, parent, sheets: Sequence[str]) -> dict[str, Any]:
    """The rows of a pack, by table."""
    from dpdesk.store import packs as store
    from dpdesk.store import sessions as people
    with session.desk.read() as connection:
        lines = store.rows(connection, "sheet_row", "sheet", sheets)
        walks = [row["walk"] for row in store.rows(connection, "allotment", "session", [parent.id]) if row["walk"]]
        names = people.names_of(connection, [each.person for each in parent.people if each.person])
        sets = {row["codes"] for row in store.rows(connection, "sheet", "id", sheets)}
        sets |= {row["codes"] for row in store.rows(connection, "campaign", "id", [parent.campaign])}
        tables = {
            "elector": store.rows(connection, "elector", "id", [row["elector"] for row in lines if not row["blank"]], ELECTOR),
            "walk": store.rows(connection, "walk", "id", walks), "walk_part": store.rows(connection, "walk_part", "walk", walks),
            "campaign": store.rows(connection, "campaign", "id", [parent.campaign]),
            "code_set": store.rows(connection, "code_set", "id", sets),
            "campaign_question": store.rows(connection, "campaign_question", "campaign", [parent.campaign]),
            "canvass_session": store.rows(connection, "canvass_session", "id", [parent.id]),
            "session_person": [row | {"of": "name", "name": row["name"] or names.get(row["person"], ""), "person": "", "pin": ""}
                               for row in store.rows(connection, "session_person", "session", [parent.id])],
            "allotment": store.rows(connection, "allotment", "session", [parent.id]),
            "sheet": store.rows(connection, "sheet", "id", sheets), "sheet_row": lines,
            "page_copy": store.rows(connection, "page_copy", "sheet", sheets),
            "register_file": [row | {"file": "", "digest": "", "source_copy": ""}
                              for row in store.rows(connection, "register_file", "state", ["applied"])]}
    return {"tables": tables}


def _snapshot(content: Mapping[str, Any]) -> dict[str, Any]:
    """What has to be known later of what was sent: numbers of electors, states of paper."""
    tables = content["tables"]
    return {"electors": {row["id"]: [row["district"], row["number"], row["suffix"]] for row in tables["elector"]},
            "sheets": [row["id"] for row in tables["sheet"]],
            "papers": {f"{row['sheet']}/{row['page']}/{row['copy']}": row["state"] + row["work"] for row in tables["page_copy"]}}


def _seal(session: Session, to: str, kind: PackageKind, purpose: str, content: Mapping[str, Any], pack: str, step: Step, days: int,
          hands: packages.Hands | None, subjects: Sequence[tuple[str, str]] = ()) -> Package:
    from dpdesk.sealed.packages import held
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return packages.seal(session, packages.Wish([to], purpose, contents=[held(CONTENT, raw)], kind=kind, days=days,
                                                facts={"pack": pack, "step": step.value}, subjects=subjects), hands)


@dataclass(frozen=True)
class Seen:
    """A package of a pack, opened in memory: which pack, which step, what it holds."""

    package: Package
    pack: str
    step: Step
    content: Mapping[str, Any]


def look(session: Session, path: Path, hands: packages.Hands | None = None) -> Seen:
    """Check a package of a pack whole and read it; nothing is taken in yet. Raises `Declined`."""
    session.require(Right.SHEETS_RUN)
    taken, held = packages.take(session, path, hands)
    if taken.kind not in (PackageKind.PACK, PackageKind.RETURN) or set(held) != {CONTENT}:
        raise Declined("transfers.not_a_pack")
    try:
        content = json.loads(held[CONTENT])
        return Seen(taken, str(taken.facts["pack"]), Step(taken.facts["step"]), content)
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Declined("transfers.not_a_pack") from problem


def take(session: Session, seen: Seen) -> Pack:
    """At the lead's desk: put a pack in. Rows that are here already stay as they are; only what the pack brought is erased later."""
    from dpdesk.store import packs as store
    _require(seen, Step.OUT)
    tables = tables_of(seen, OUT)
    if len(tables["canvass_session"]) != 1:
        raise Declined("transfers.not_a_pack")
    with session.change("pack.taken") as unit:
        if store.get(unit.connection, seen.pack) is not None:
            raise Declined("transfers.pack_known")
        brought: dict[str, list[str]] = {}
        for table, found in tables.items():
            key = _KEYS.get(table, ("id",))
            more = {"seq": unit.seq} if table not in ("elector", "sheet_row", "page_copy", "walk_part", "register_file") else {}
            fresh = store.put_new(unit.connection, table, found, key, **more)
            brought[table] = list(dict.fromkeys(str(row[key[0]]) for row in fresh))
        kept = store.Pack(seen.pack, "in", tables["canvass_session"][0]["id"], str(seen.content["title"]), seen.package.sender, Step.OUT,
                          unit.at, snapshot=_snapshot(seen.content) | {"brought": brought})
        store.add(unit.connection, kept, unit.seq)
        packages.note_opened(session, unit, seen.package)
        unit.facts(electors=len(brought["elector"]), sheets=len(brought["sheet"]))
        unit.commit_to("\n".join(brought["elector"]).encode())
    return kept


def tables_of(seen: Seen, wanted: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of just those tables; raises `Declined` where the package names others, or what is no row."""
    found = seen.content.get("tables") if isinstance(seen.content, dict) else None
    if not isinstance(found, dict) or set(found) != set(wanted):
        raise Declined("transfers.not_a_pack")
    if not all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in found.values()):
        raise Declined("transfers.not_a_pack")
    return found


def _require(seen: Seen, *steps: Step) -> None:
    if seen.step not in steps:
        raise Declined("transfers.pack_step")


def listing(session: Session) -> list[Pack]:
    """Packs at either end, the newest first."""
    from dpdesk.store import packs as store
    session.require(Right.TRANSFERS_SEE)
    with session.desk.read() as connection:
        return store.listing(connection)


def get(session: Session, wanted: str) -> Pack:
    """One pack, by its identity or the end of it."""
    found = [each for each in listing(session) if wanted and each.id.endswith(wanted)]
    if len(found) != 1:
        raise NotFound("pack", wanted)
    return found[0]


def give_back(session: Session, wanted: str, hands: packages.Hands | None = None) -> Package:
    """At the lead's desk: seal what came of a pack (results, custody, pictures) to the branch. May be done again until it is erased."""
    from dpdesk.store import packs as store
    session.require(Right.SHEETS_RUN)
    pack = get(session, wanted)
    if pack.way != "in" or pack.step in (Step.TAKEN, Step.ERASED):
        raise Declined("transfers.pack_step")
    sheets = pack.snapshot["sheets"]
    with session.desk.read() as connection:
        pages = [row["id"] for row in store.rows(connection, "scan_page", "sheet", sheets)]
        tables = {table: store.rows(connection, table, "page" if table in _OF_PAGES else "sheet", pages if table in _OF_PAGES else sheets)
                  for table in _BACK if table != "acknowledgement"}
        tables["acknowledgement"] = store.rows(connection, "acknowledgement", "id", [row["ack"] for row in tables["custody"] if row["ack"]])
        tables["page_copy"] = store.rows(connection, "page_copy", "sheet", sheets)
        tables["destruction"] = [_own_reasons(row, sheets) for row in store.rows(
            connection, "destruction", "id", [row["destruction"] for row in tables["page_copy"] if row["destruction"]])]
    content = {"pack": pack.id, "title": pack.title, "tables": tables}
    sealed = _seal(session, pack.card, PackageKind.RETURN, tr("Return of a pack"), content, pack.id, Step.RETURNED, packages.DAYS, hands,
                   [("sheet", each) for each in _whole(tables["page_copy"])])
    with session.change("pack.returned") as unit:
        store.change(unit.connection, pack.id, step=Step.RETURNED.value, returned_at=unit.at)
        unit.about("pack", pack.id)
        unit.facts(answers=len(tables["canvass_fact"]), pictures=len(pages), package=sealed.id)
    return sealed


def _own_reasons(row: Mapping[str, Any], sheets: Sequence[str]) -> dict[str, Any]:
    """A destruction with no more of its reasons than those about a pack's own sheets."""
    return {**row, "reasons": json.dumps({each: why for each, why in json.loads(row["reasons"]).items() if each in sheets})}


def _whole(papers: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sheets every used page of which was scanned or entered: a receipt for the return proves them uploaded (S0 l.9)."""
    used: dict[str, list[str]] = {}
    for row in papers:
        if row["state"] not in ("drafted", "void", "lost", "destroyed"):
            used.setdefault(row["sheet"], []).append(row["work"])
    return [sheet for sheet, work in used.items() if all(work)]


def erase(session: Session, seen: Seen) -> Package:
    """At the lead's desk: the branch has it all; what the pack brought and what came of it is erased here, and the branch told so."""
    from dpdesk.store import erasing
    from dpdesk.store import packs as store
    _require(seen, Step.TAKEN)
    pack = get(session, seen.pack)
    if pack.way != "in" or pack.card != seen.package.sender:
        raise Declined("transfers.pack_step")
    sheets, brought = pack.snapshot["sheets"], pack.snapshot["brought"]
    with session.change("pack.erased") as unit:
        pages = [row["id"] for row in store.rows(unit.connection, "scan_page", "sheet", sheets)]
        acks = [row["ack"] for row in store.rows(unit.connection, "custody", "sheet", sheets) if row["ack"]]
        gone = {table: store.drop(unit.connection, table, "page", pages) for table in _OF_PAGES}
        gone["acknowledgement"] = store.drop(unit.connection, "acknowledgement", "id", acks)
        gone["leave_alone"] = store.drop(unit.connection, "leave_alone", "elector", brought["elector"])
        for table in (*(each for each in _BACK if each not in ("acknowledgement", *_OF_PAGES)), "sheet_row", "page_copy"):
            gone[table] = store.drop(unit.connection, table, "sheet", sheets)
        for table in ("elector", "sheet", "allotment", "session_person", "canvass_session", "walk", "walk_part"):
            gone[table] = store.drop(unit.connection, table, _KEYS.get(table, ("id",))[0], brought[table])
        store.change(unit.connection, pack.id, step=Step.ERASED.value, erased_at=unit.at, snapshot="{}", title="")
        packages.note_opened(session, unit, seen.package)
        unit.about("pack", pack.id)
        unit.facts(**{f"gone_{table}": n for table, n in gone.items() if n})
        erasing.ask_compaction(unit.connection)
    packages.forget_sealed(session, lambda each: each.way == "in" and each.facts.get("pack") == pack.id)
    erasing.compact(session.desk)
    content = {"pack": pack.id, "gone": gone}
    return _seal(session, pack.card, PackageKind.RETURN, tr("A lead’s copy is erased"), content, pack.id, Step.ERASED, packages.DAYS, None)


def erased(session: Session, seen: Seen) -> Pack:
    """At the branch: note that the lead's copy is gone."""
    from dpdesk.store import packs as store
    _require(seen, Step.ERASED)
    pack = get(session, seen.pack)
    if pack.way != "out" or pack.card != seen.package.sender:
        raise Declined("transfers.pack_step")
    with session.change("pack.gone") as unit:
        store.change(unit.connection, pack.id, step=Step.ERASED.value, erased_at=unit.at)
        packages.note_opened(session, unit, seen.package)
        unit.about("pack", pack.id)
    return replace(pack, step=Step.ERASED)
