"""Pictures of scanned pages: in the encrypted database and nowhere else, erased some time after their rows were checked (S1 9.b, §26)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.store.tables_scans import scan_image, scan_page, scan_row


def put(connection: Connection, page: str, kind: str, media_type: str, size: tuple[int, int], content: bytes) -> None:
    """Keep the picture of a page, in place of the one there was (whose cells are overwritten)."""
    connection.execute(delete(scan_image).where(scan_image.c.page == page))
    connection.execute(insert(scan_image), [{"page": page, "kind": kind, "media_type": media_type, "width": size[0], "height": size[1],
                                             "content": content}])


def get(connection: Connection, page: str) -> tuple[str, str, bytes] | None:
    """(kind, media type, content) of a page's picture; None where it has been erased."""
    row = connection.execute(select(scan_image).where(scan_image.c.page == page)).first()
    return (row.kind, row.media_type, bytes(row.content)) if row else None


def due(connection: Connection, before: str) -> list[tuple[str, str]]:
    """(page, when it was done) of pages whose picture is still there though they were done before that instant, the oldest first."""
    rows = connection.execute(select(scan_page.c.id, scan_page.c.done_at).join(scan_image, scan_image.c.page == scan_page.c.id)
                              .where(scan_page.c.done_at != "", scan_page.c.done_at < before).order_by(scan_page.c.done_at))
    return [(row.id, row.done_at) for row in rows]


def erase(connection: Connection, pages: Sequence[str], at: str) -> int:
    """Erase pictures, and with them what was measured and read: what the rows say lives on as results alone. How many there were."""
    gone = 0
    for start in range(0, len(pages), 400):
        some = list(pages[start:start + 400])
        gone += connection.execute(delete(scan_image).where(scan_image.c.page.in_(some))).rowcount
        connection.execute(update(scan_page).where(scan_page.c.id.in_(some), scan_page.c.erased_at == "").values(
            erased_at=at, features=b"", ink=""))
        connection.execute(update(scan_row).where(scan_row.c.page.in_(some)).values(read="", scores="", answer="", note="", blind=""))
    return gone


def weight(connection: Connection) -> tuple[int, int]:
    """(how many pictures are kept, how many bytes they have)."""
    row = connection.execute(select(func.count(), func.coalesce(func.sum(func.length(scan_image.c.content)), 0))
                             .select_from(scan_image)).first()
    return (int(row[0]), int(row[1])) if row else (0, 0)
