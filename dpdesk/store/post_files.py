"""Attachments of letters in the store: their bytes lie encrypted with all else, and go when the record of the mailing goes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from dpdesk.domain.ids import new_id
from dpdesk.domain.post import Attachment
from dpdesk.store.tables import attachment

_KIND = "mailing"


def replace(connection: Connection, identity: str, files: Iterable[Attachment], seq: int) -> None:
    """Keep the files of a letter in place of those it had."""
    connection.execute(delete(attachment).where(attachment.c.of_kind == _KIND, attachment.c.of == identity))
    rows = [{"id": new_id(), "person": "", "of_kind": _KIND, "of": identity, "name": each.name, "media_type": each.media_type,
             "size": len(each.content), "digest": hashlib.sha256(each.content).hexdigest(), "content": each.content, "seq": seq}
            for each in files]
    if rows:
        connection.execute(insert(attachment), rows)


def of(connection: Connection, identity: str) -> tuple[Attachment, ...]:
    """The files of a letter, in the order they were attached."""
    query = (select(attachment.c.name, attachment.c.media_type, attachment.c.content)
             .where(attachment.c.of_kind == _KIND, attachment.c.of == identity).order_by(attachment.c.id))
    return tuple(Attachment(row.name, row.media_type, bytes(row.content)) for row in connection.execute(query))
