"""What comes back from a lead: looked at first with every conflict, then taken in as facts that are only added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dpdesk.domain.campaigns import Outcome
from dpdesk.domain.errors import Declined
from dpdesk.domain.packages import PackageKind, Step
from dpdesk.services import packages, packs, packs_pages
from dpdesk.services.session import Session
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.services.packs import Seen
    from dpdesk.store.packages import Package
    from dpdesk.store.packs import Pack

CONFLICTS = ("gone", "renumbered", "left_alone", "answered", "paper")
BACK = ("canvass_fact", "custody", "acknowledgement", "sheet_loss", "scan_page", "scan_image", "scan_row", "canvass_second", "page_copy",
        "destruction")
_OF_SHEETS = ("canvass_fact", "custody", "sheet_loss", "scan_page", "canvass_second", "page_copy")
_ADDED = ("acknowledgement", "custody", "sheet_loss", "canvass_second")


@dataclass(frozen=True)
class Conflict:
    """Something changed at both ends: `kind` one of `CONFLICTS`, `subject` an elector or "sheet/page/copy"; `where` as people read it."""

    kind: str
    subject: str
    where: str


@dataclass(frozen=True)
class Preview:
    """What taking a return in will do: new answers, movements of paper, pictures, what is here already, and conflicts."""

    pack: Pack
    answers: int
    movements: int
    pictures: int
    known: int
    conflicts: tuple[Conflict, ...]


def preview(session: Session, seen: Seen) -> Preview:
    """Look at a return; nothing is written."""
    from dpdesk.store import packs as store
    pack = _pack(session, seen)
    tables = packs.tables_of(seen, BACK)
    with session.desk.read() as connection:
        facts = tables["canvass_fact"]
        known = {row["id"] for row in store.rows(connection, "canvass_fact", "id", [row["id"] for row in facts])}
        moves = {row["id"] for row in store.rows(connection, "custody", "id", [row["id"] for row in tables["custody"]])}
        conflicts = tuple(_conflicts(session, connection, pack, tables, known))
    gone = {each.subject for each in conflicts if each.kind == "gone"}
    fresh = [row for row in facts if row["id"] not in known and row["elector"] not in gone]
    return Preview(pack, len(fresh), len(tables["custody"]) - len(moves), len(tables["scan_page"]), len(known), conflicts)


def _pack(session: Session, seen: Seen) -> Pack:
    """The pack a return is of: from its lead, and about its own sheets and the electors on them alone."""
    from dpdesk.store import packs as store
    if seen.step is not Step.RETURNED:
        raise Declined("transfers.pack_step")
    pack = packs.get(session, seen.pack)
    if pack.way != "out" or pack.card != seen.package.sender or pack.step is Step.ERASED:
        raise Declined("transfers.pack_step")
    tables, sheets = packs.tables_of(seen, BACK), set(pack.snapshot["sheets"])
    strange = any(row.get("sheet") not in sheets for table in _OF_SHEETS for row in tables[table])
    pages, acks = {row["id"] for row in tables["scan_page"]}, {row["ack"] for row in tables["custody"]}
    strange |= any(row.get("page") not in pages for table in ("scan_image", "scan_row") for row in tables[table])
    strange |= any(row.get("id") not in acks for row in tables["acknowledgement"])
    batches = {row["destruction"] for row in tables["page_copy"]} - {""}
    strange |= any(row.get("id") not in batches for row in tables["destruction"])
    with session.desk.read() as connection:
        lines = {row["elector"] for row in store.rows(connection, "sheet_row", "sheet", sheets)}
    if strange or any(row["elector"] and row["elector"] not in lines for row in tables["canvass_fact"]):
        raise Declined("transfers.pack_strange")
    return pack


def _conflicts(session: Session, connection, pack: Pack, tables: Mapping[str, Any], known: set[str]):
    """What changed at both ends since the pack went out."""
    from dpdesk.store import packs as store
    answered = {row["elector"] for row in tables["canvass_fact"] if row["elector"]}
    here = {row["id"]: row for row in store.rows(connection, "elector", "id", answered)}
    lines = {row["elector"]: f"{row['page']}/{row['line']}" for row in tables["canvass_fact"]}
    alone = {row["elector"] for row in store.rows(connection, "leave_alone", "elector", answered) if not row["lifted"]}
    mine = {row["elector"] for row in store.rows(connection, "canvass_fact", "elector", answered)
            if not row["ended"] and row["id"] not in known and row["entered_at"] > pack.out_at}
    for elector in sorted(answered):
        was, now = pack.snapshot["electors"].get(elector), here.get(elector)
        if now is None or now["gone"]:
            yield Conflict("gone", elector, lines[elector])
            continue
        where = f"{now['district']} {now['number']}"
        if was is not None and [now["district"], now["number"], now["suffix"]] != was:
            yield Conflict("renumbered", elector, where)
        if elector in alone:
            yield Conflict("left_alone", elector, where)
        if elector in mine:
            yield Conflict("answered", elector, where)
    for row in store.rows(connection, "page_copy", "sheet", pack.snapshot["sheets"]):
        where = f"{row['sheet']}/{row['page']}/{row['copy']}"
        before = pack.snapshot["papers"].get(where)
        theirs = next((each for each in tables["page_copy"] if f"{each['sheet']}/{each['page']}/{each['copy']}" == where), None)
        if theirs is not None and row["state"] + row["work"] not in (before, theirs["state"] + theirs["work"]):
            yield Conflict("paper", where, where)


def take_back(session: Session, seen: Seen) -> tuple[Preview, Package]:
    """Take a return in, and seal the word that tells the lead to erase: (what was done, that package).

    Answers about electors who are gone are left out; where the branch answered too, both stay and the newer counts; paper that moved
    here stays as it is here; whoever asked to be left alone is noted so.
    """
    from dpdesk.store import packs as store
    found = preview(session, seen)
    tables, pack = seen.content["tables"], found.pack
    left_out = {each.subject for each in found.conflicts if each.kind == "gone"}
    stays = {each.subject for each in found.conflicts if each.kind == "paper"}
    with session.change("pack.came_back") as unit:
        facts = [row for row in tables["canvass_fact"] if row["elector"] not in left_out]
        fresh = store.put_new(unit.connection, "canvass_fact", facts, ("id",), seq=unit.seq)
        packs_pages.end(unit, facts)
        for table in _ADDED:
            store.put_new(unit.connection, table, tables[table], ("id",), seq=unit.seq)
        packs_pages.take(unit, tables)
        packs_pages.destroyed(unit, tables["destruction"], pack.card)
        _papers(session, unit, tables["page_copy"], stays)
        _leave_alone(session, unit, fresh)
        store.change(unit.connection, pack.id, step=Step.TAKEN.value, returned_at=pack.returned_at or unit.at, taken_at=unit.at,
                     snapshot=json.dumps(pack.snapshot | {"papers": _stand(unit, pack, stays)}))
        packages.note_opened(session, unit, seen.package)
        unit.about("pack", pack.id)
        unit.facts(answers=len(fresh), left_out=len(left_out), conflicts=len(found.conflicts), pictures=len(tables["scan_page"]))
        unit.commit_to("\n".join(str(row["id"]) for row in fresh).encode())
    word = packs._seal(session, pack.card, PackageKind.RETURN, tr("A return was taken in"), {"pack": pack.id}, pack.id, Step.TAKEN,
                       packages.DAYS, None)
    return found, word


def _papers(session: Session, unit, rows, stays: set[str]) -> None:
    """Pieces of paper as the lead left them, but for those that moved here."""
    from dpdesk.services import custody
    from dpdesk.store import packs as store
    key = ("sheet", "page", "copy")
    store.put_new(unit.connection, "page_copy", rows, key)
    for row in rows:
        if "/".join(str(row[name]) for name in key) not in stays:
            store.overwrite(unit.connection, "page_copy", {name: row[name] for name in key}, row)
    custody.settle(unit, {row["sheet"] for row in rows})


def _stand(unit, pack: Pack, stays: set[str]) -> dict[str, str]:
    """How each piece of paper stands now; of those that moved here, how it stood when the pack went out."""
    from dpdesk.store import packs as store
    now = {f"{row['sheet']}/{row['page']}/{row['copy']}": row["state"] + row["work"]
           for row in store.rows(unit.connection, "page_copy", "sheet", pack.snapshot["sheets"])}
    return {where: pack.snapshot["papers"].get(where, "") if where in stays else said for where, said in now.items()}


def _leave_alone(session: Session, unit, fresh) -> None:
    """Whoever asked at the door to be left alone is noted so here too: at the lead's desk it was noted under that desk's own key."""
    from dpdesk.services import leaving_alone
    from dpdesk.services.register import shown_born_by
    from dpdesk.store import electors
    asked = {row["elector"]: row["id"] for row in fresh if row["outcome"] == Outcome.DNC_REQUEST.value and not row["ended"]}
    for elector in electors.by_ids(unit.connection, list(asked), shown_born_by(session), gone=True):
        leaving_alone.noted(session, unit, elector, fact=asked[elector.id])
