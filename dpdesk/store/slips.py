"""Officers' slips that name people: searches kept or left standing with somebody's surname, number or address in their words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update

from dpdesk.domain.folding import fold
from dpdesk.store.tables import jotting, member

SEARCHES, PLACE = "searches", "place"
_BATCH = 500


def forget_names(connection: Connection, people: Sequence[str]) -> None:
    """Drop every kept search, and every place, whose words name one of the people; while their records are still there."""
    names: set[str] = set()
    for at in range(0, len(people), _BATCH):
        rows = connection.execute(select(member.c.surname, member.c.number, member.c.email).where(
            member.c.id.in_(people[at:at + _BATCH])))
        names.update(folded for row in rows for value in row if (folded := fold(value)))
    slips = connection.execute(select(jotting.c.officer, jotting.c.key, jotting.c.value)
                               .where(jotting.c.key.in_((SEARCHES, PLACE)))).all()
    for row in slips if names else ():
        mine = (jotting.c.officer == row.officer, jotting.c.key == row.key)
        value = json.loads(row.value)
        if row.key == PLACE:
            if _names(json.dumps(value.get("place") if isinstance(value, dict) else value, ensure_ascii=False), names):
                connection.execute(delete(jotting).where(*mine))
        elif isinstance(value, list):
            rest = [each for each in value if not _names(_words_of(each), names)]
            if len(rest) < len(value):
                connection.execute(update(jotting).where(*mine).values(value=json.dumps(rest, ensure_ascii=False)))


def _words_of(search: object) -> str:
    if not isinstance(search, dict):
        return ""
    query = search.get("query")
    return f"{search.get('name', '')} {query.get('text', '') if isinstance(query, dict) else ''}"


def _names(words: str, names: set[str]) -> bool:
    said = f" {fold(words)} "
    return any(f" {name} " in said for name in names)
