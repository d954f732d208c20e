"""Scanned pages in the store: batches and where they came from, what became of each page, and the pages kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from dpdesk.domain.scans import Arrived, BatchState, Fate, Page, PageState, RowState, Sampled
from dpdesk.store.scan_rows import of_pages
from dpdesk.store.tables_scans import scan_arrived, scan_batch, scan_image, scan_page, scan_row, scan_source
from dpdesk.store.tables_sessions import page_copy

_AT_ONCE = 400


def add_batch(connection: Connection, identity: str, via: str, at: str, seq: int) -> None:
    """Begin a batch."""
    connection.execute(insert(scan_batch), [{"id": identity, "via": via, "state": BatchState.RUNNING.value, "at": at, "seq": seq}])


def end_batch(connection: Connection, identity: str, state: BatchState, at: str) -> None:
    """A batch is done, or was stopped."""
    connection.execute(update(scan_batch).where(scan_batch.c.id == identity).values(state=state.value, ended_at=at))


def batches(connection: Connection, limit: int = 200, state: str = "") -> list[dict]:
    """Batches, newest first: their columns and `fates` (code -> count)."""
    query = select(scan_batch).order_by(scan_batch.c.seq.desc()).limit(limit)
    found = [dict(row._mapping) for row in connection.execute(query.where(scan_batch.c.state == state) if state else query)]
    counts = connection.execute(select(scan_arrived.c.batch, scan_arrived.c.fate, func.count()).where(
        scan_arrived.c.batch.in_([each["id"] for each in found])).group_by(scan_arrived.c.batch, scan_arrived.c.fate))
    fates: dict[str, dict[str, int]] = {}
    for batch, fate, count in counts:
        fates.setdefault(batch, {})[fate] = count
    return [{**each, "fates": fates.get(each["id"], {})} for each in found]


def add_source(connection: Connection, batch: str, number: int, name: str, path: str, digest: str, pages: int, seq: int) -> None:
    """Where pages of a batch come from; `path` "" for what is no file."""
    connection.execute(insert(scan_source), [{"batch": batch, "number": number, "name": name, "path": path, "digest": digest,
                                              "pages": pages, "seq": seq}])


def set_copy(connection: Connection, batch: str, number: int, copy: str) -> None:
    """A file of a batch stands on the list of copies."""
    connection.execute(update(scan_source).where(scan_source.c.batch == batch, scan_source.c.number == number).values(copy=copy))


def sources(connection: Connection, batch: str) -> list[dict]:
    """Where the pages of a batch come from, in order."""
    rows = connection.execute(select(scan_source).where(scan_source.c.batch == batch).order_by(scan_source.c.number))
    return [dict(row._mapping) for row in rows]


def known_digest(connection: Connection, digest: str) -> str:
    """The batch in which this very file was read whole before, "" where it was not."""
    arrived = (select(func.count()).select_from(scan_arrived).where(
        scan_arrived.c.batch == scan_source.c.batch, scan_arrived.c.source == scan_source.c.number).scalar_subquery())
    return connection.execute(select(scan_source.c.batch).where(
        scan_source.c.digest == digest, scan_source.c.pages > 0, arrived >= scan_source.c.pages).limit(1)).scalar() or ""


def settled(connection: Connection, batch: str) -> set[tuple[int, int]]:
    """Which pages of a batch have been settled: (source, page in it from 0)."""
    return {(row.source, row.at) for row in connection.execute(
        select(scan_arrived.c.source, scan_arrived.c.at).where(scan_arrived.c.batch == batch))}


def add_arrived(connection: Connection, new: Arrived, seq: int) -> None:
    """Note what became of a page."""
    connection.execute(insert(scan_arrived), [{**new.__dict__, "fate": new.fate.value, "seq": seq}])


def change_arrived(connection: Connection, known: str, fate: Fate, **values: object) -> None:
    """What became of the page that was kept as `known` is known better now."""
    connection.execute(update(scan_arrived).where(scan_arrived.c.page == known).values(fate=fate.value, **values))


def arrived(connection: Connection, batch: str) -> list[Arrived]:
    """What became of each page of a batch, in the order of the pile."""
    rows = connection.execute(select(scan_arrived).where(scan_arrived.c.batch == batch).order_by(scan_arrived.c.source, scan_arrived.c.at))
    return [Arrived(row.batch, row.source, row.at, Fate(row.fate), row.reason, row.page, row.sheet, row.number, row.copy) for row in rows]


def add_page(connection: Connection, new: Page, ink: Sequence[float], features: bytes, seq: int) -> None:
    """Keep a page."""
    values = {name: getattr(new, name) for name in ("id", "batch", "sheet", "page", "copy", "layout", "boxes", "at", "quality", "markers",
                                                    "instead_of")}
    connection.execute(insert(scan_page), [{**values, "state": new.state.value, "bilevel": int(new.bilevel), "streaked": int(new.streaked),
                                            "ink": _spelt(ink), "features": features, "seq": seq}])


def _spelt(ink: Sequence[float]) -> str:
    return json.dumps([round(each, 4) for each in ink], separators=(",", ":"))


def change_page(connection: Connection, identity: str, **values: object) -> None:
    """Store changed columns of a page."""
    connection.execute(update(scan_page).where(scan_page.c.id == identity).values(**values))


def put_reading(connection: Connection, identity: str, page: Page, ink: Sequence[float], features: bytes) -> None:
    """A better reading of the same paper takes the place of the one there was."""
    connection.execute(update(scan_page).where(scan_page.c.id == identity).values(
        ink=_spelt(ink), features=features, quality=page.quality, markers=page.markers, bilevel=int(page.bilevel),
        streaked=int(page.streaked), layout=page.layout, boxes=page.boxes, sheet=page.sheet, page=page.page, copy=page.copy))


def _page(row, rows) -> Page:
    return Page(row.id, row.batch, row.sheet, row.page, row.copy, row.layout, row.boxes, PageState(row.state), row.at, bool(row.bilevel),
                bool(row.streaked), row.quality, row.markers, row.instead_of, row.done_at, tuple(rows))


def _read(connection: Connection, query) -> list[Page]:
    found = list(connection.execute(query))
    rows = of_pages(connection, [row.id for row in found])
    return [_page(row, rows.get(row.id, ())) for row in found]


def get(connection: Connection, identity: str) -> Page | None:
    """One page with its rows."""
    return next(iter(_read(connection, select(scan_page).where(scan_page.c.id == identity))), None)


def of_piece(connection: Connection, sheet: str, page: int, copy: int) -> list[tuple[Page, list[float]]]:
    """Every picture of one piece of paper, the first one first, with its ink; merged ones are left out."""
    query = (select(scan_page).where(scan_page.c.sheet == sheet, scan_page.c.page == page, scan_page.c.copy == copy,
                                     scan_page.c.state != PageState.MERGED.value).order_by(scan_page.c.seq, scan_page.c.id))
    inks = {row.id: json.loads(row.ink or "[]") for row in connection.execute(query)}
    return [(each, inks[each.id]) for each in _read(connection, query)]


def of_sheet(connection: Connection, sheet: str) -> list[Page]:
    """Every page of a sheet that is kept, in order."""
    return _read(connection, select(scan_page).where(scan_page.c.sheet == sheet, scan_page.c.state != PageState.MERGED.value)
                 .order_by(scan_page.c.page, scan_page.c.copy, scan_page.c.seq))


def in_state(connection: Connection, *states: PageState, batch: str = "", limit: int = _AT_ONCE) -> list[Page]:
    """Pages in some states, the order they came in."""
    query = select(scan_page).where(scan_page.c.state.in_([each.value for each in states])).order_by(scan_page.c.seq, scan_page.c.id)
    return _read(connection, (query.where(scan_page.c.batch == batch) if batch else query).limit(limit))


_PIECE = ((page_copy.c.sheet == scan_page.c.sheet) & (page_copy.c.page == scan_page.c.page) & (page_copy.c.copy == scan_page.c.copy)
          & (page_copy.c.work == "verified"))
_UNLOOKED = (scan_page.c.state == PageState.READ.value) & (scan_page.c.done_at == "") & ~exists().where(_PIECE)


def unchecked(connection: Connection, limit: int = _AT_ONCE) -> list[Page]:
    """Pages all of whose rows are decided and which nobody has looked through, the order they came in."""
    return _read(connection, select(scan_page).where(_UNLOOKED).order_by(scan_page.c.seq, scan_page.c.id).limit(limit))


def checked_elsewhere(connection: Connection) -> list[tuple[str, str]]:
    """(page, since when) of pages whose paper was checked without a look at the picture: by a second person who keyed it, say."""
    rows = connection.execute(select(scan_page.c.id, page_copy.c.since).join(page_copy, _PIECE).where(
        scan_page.c.state == PageState.READ.value, scan_page.c.done_at == ""))
    return [(row.id, row.since) for row in rows]


def counts(connection: Connection) -> dict[str, int]:
    """What waits: `line_up`, `review`, `differs` and `unchecked` pages, `waiting` and `strip` rows, `sampled` rows to read blind."""
    pages = dict(connection.execute(select(scan_page.c.state, func.count()).group_by(scan_page.c.state)).all())
    open_page = scan_page.c.state == PageState.REVIEW.value
    rows = dict(connection.execute(select(scan_row.c.state, func.count()).join(scan_page, scan_page.c.id == scan_row.c.page)
                                   .where(open_page).group_by(scan_row.c.state)).all())
    unlike = select(func.count()).select_from(scan_page).where(scan_page.c.instead_of != "", open_page)
    differs = connection.execute(unlike).scalar() or 0
    sampled = connection.execute(select(func.count()).select_from(scan_row).join(scan_image, scan_image.c.page == scan_row.c.page).where(
        scan_row.c.sampled == Sampled.WAITING.value)).scalar() or 0
    unlooked = connection.execute(select(func.count()).select_from(scan_page).where(_UNLOOKED)).scalar() or 0
    return {"unchecked": unlooked, "line_up": pages.get(PageState.LINE_UP.value, 0), "review": pages.get(PageState.REVIEW.value, 0),
            "waiting": rows.get(RowState.WAITING.value, 0), "strip": rows.get(RowState.STRIP.value, 0), "differs": differs,
            "sampled": sampled}


def features(connection: Connection, identity: str) -> bytes:
    """What the reader measured of a page, packed as it was handed over."""
    return bytes(connection.execute(select(scan_page.c.features).where(scan_page.c.id == identity)).scalar() or b"")


def streaked(connection: Connection, batch: str) -> int:
    """How many kept pages of a batch show dirt on the glass."""
    return connection.execute(select(func.count()).select_from(scan_page).where(
        scan_page.c.batch == batch, scan_page.c.streaked == 1)).scalar() or 0


def remove(connection: Connection, identities: Iterable[str]) -> None:
    """Take pages out with their rows and pictures."""
    wanted = list(identities)
    for table, column in ((scan_row, scan_row.c.page), (scan_image, scan_image.c.page), (scan_page, scan_page.c.id)):
        connection.execute(delete(table).where(column.in_(wanted)))
