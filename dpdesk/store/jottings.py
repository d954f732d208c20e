"""An officer's own slips: drafts, where they were, remembered choices. Encrypted like all else, nobody's record."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert, select

from dpdesk.store.desk import Desk
from dpdesk.store.tables import jotting
from dpdesk.store.unit import utc_now


def write(desk: Desk, officer: str, key: str, value: Any) -> None:
    """Keep `value` (anything JSON can hold) under `key`; None takes it away."""
    mine = (jotting.c.officer == officer, jotting.c.key == key)
    with desk.jot() as connection:
        connection.execute(delete(jotting).where(*mine))
        if value is not None:
            connection.execute(insert(jotting), [{"officer": officer, "key": key, "at": utc_now(),
                                                  "value": json.dumps(value, ensure_ascii=False)}])


def read(desk: Desk, officer: str, key: str) -> Any:
    """What was kept, or None."""
    with desk.read() as connection:
        found = connection.execute(select(jotting.c.value).where(jotting.c.officer == officer, jotting.c.key == key)
                                   ).scalar()
    return None if found is None else json.loads(found)


def keys(desk: Desk, officer: str, beginning: str) -> list[str]:
    """The keys an officer has slips under, of those beginning so."""
    with desk.read() as connection:
        return list(connection.execute(select(jotting.c.key).where(
            jotting.c.officer == officer, jotting.c.key.startswith(beginning, autoescape=True))
            .order_by(jotting.c.key)).scalars())
