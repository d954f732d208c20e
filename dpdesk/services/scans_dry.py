"""Reading scanned files without writing anything: what each page is, and what each box on it says, with its score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dpdesk.domain.roles import Right
from dpdesk.domain.scans import Fate, Row
from dpdesk.services.scans_take import Brought
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.sessions import Sheet
    from dpdesk.paper.readers import Read


@dataclass(frozen=True)
class Looked:
    """One page of one file: its fate as it would be, why, and its rows where it is ours and was read."""

    name: str
    at: int
    fate: Fate
    reason: str = ""
    sheet: Sheet | None = None
    page: int = 0
    copy: int = 0
    markers: int = 0
    frame: float = 0.0
    quality: float = 0.0
    bilevel: bool = False
    streaked: bool = False
    rows: tuple[Row, ...] = ()


def look(session: Session, brought: Iterable[Brought], cancelled: Callable[[], bool] | None = None) -> Iterator[Looked]:
    """Each page as it would be taken in; a page that is on the desk already is not told apart here."""
    from dpdesk.paper.decoding import Decoder, Unread
    from dpdesk.paper.readers import Readers
    from dpdesk.store import sheets
    session.require(Right.SCANS_TAKE)
    with Decoder() as decoder, Readers(sheets.code_key(session.desk)) as readers:
        for each in brought:
            try:
                count = decoder.open(each.content())
            except OSError:
                count = Unread("file_gone")
            if isinstance(count, Unread):
                yield Looked(each.name, 0, Fate.UNREAD, count.reason)
                continue
            sent: list[int] = []
            for at in range(count):
                if cancelled is not None and cancelled():
                    return
                found = decoder.page(at, at + 1)
                if isinstance(found, Unread):
                    yield Looked(each.name, at, Fate.UNREAD, found.reason)
                    continue
                if readers.full:
                    yield _looked(session, each.name, sent.pop(0), readers.get())
                readers.put(found)
                sent.append(at)
            for at in sent:
                yield _looked(session, each.name, at, readers.get())


def _looked(session: Session, name: str, at: int, read: Read) -> Looked:
    from dpdesk.services import scans_settle
    from dpdesk.store import sheets
    fate = scans_settle.fate_of(read)
    code = read.code
    if code is None:
        return Looked(name, at, fate or Fate.LINE_UP, read.reason, markers=read.markers)
    with session.desk.read() as connection:
        sheet, lines = sheets.get(connection, code.sheet), sheets.lines(connection, code.sheet, code.page)
    if sheet is None or not lines:
        return Looked(name, at, Fate.NOT_KNOWN, "", None, code.page, code.copy, read.markers, read.frame, read.quality)
    fate = fate or (Fate.LINE_UP if read.fate == "line_up" else Fate.TAKEN)
    rows = tuple(scans_settle.made_rows("", read, lines, scans_settle.sorts_of(sheet)))
    return Looked(name, at, fate, read.reason, sheet, code.page, code.copy, read.markers, read.frame, read.quality, read.bilevel,
                  read.streaked, rows)
