"""Walks in the store: their rules, the doors of the register they are laid over, and houses put into their place by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from dpdesk.domain.walks import Part, Side, Walk, Way
from dpdesk.store.tables_walks import walk, walk_part, walk_place

Home = tuple[int, str, str, str, int]


def homes(connection: Connection, born_by: str, district: str = "") -> list[Home]:
    """(row, district, address, postcode, log's number since when they are there) of electors shown who have an address, district by
    district and in the order of the register.
    """
    where, values = ("AND district = ?", [district]) if district else ("", [])
    cursor = connection.connection.cursor()
    cursor.execute(f'SELECT "row", district, address, postcode, added FROM elector WHERE gone = 0 AND born_on <= ? {where} '
                   "AND address <> '' ORDER BY district, number, suffix", [born_by, *values])
    return cursor.fetchall()


def homeless(connection: Connection, born_by: str, district: str) -> int:
    """How many electors of a district have no address: anonymous entries and other electors."""
    cursor = connection.connection.cursor()
    cursor.execute("SELECT count(*) FROM elector WHERE gone = 0 AND born_on <= ? AND district = ? AND coalesce(address, '') = ''",
                   [born_by, district])
    return cursor.fetchone()[0]


def listing(connection: Connection, district: str = "") -> list[Walk]:
    """The walks of a district, or all, in order."""
    query = select(walk).where(walk.c.gone == 0).order_by(walk.c.district, walk.c.number)
    if district:
        query = query.where(walk.c.district == district)
    return _walks(connection, query)


def get(connection: Connection, identity: str) -> Walk | None:
    """One walk, also one that was taken away: sheets name it."""
    return next(iter(_walks(connection, select(walk).where(walk.c.id == identity))), None)


def numbered(connection: Connection, district: str, number: str) -> Walk | None:
    """The walk of a district with that number."""
    if not number.isdecimal():
        return None
    query = select(walk).where(walk.c.gone == 0, func.upper(walk.c.district) == district.upper(), walk.c.number == int(number))
    return next(iter(_walks(connection, query)), None)


def _walks(connection: Connection, query) -> list[Walk]:
    rows = connection.execute(query).all()
    parts: dict[str, list[Part]] = {}
    asked = select(walk_part).order_by(walk_part.c.walk, walk_part.c.position)
    for row in connection.execute(asked if len(rows) > 500 else asked.where(walk_part.c.walk.in_([row.id for row in rows]))):
        parts.setdefault(row.walk, []).append(Part(row.street, row.street_key, Side(row.side), row.low, row.high, bool(row.unnumbered),
                                                   Way(row.way)))
    return [Walk(row.id, row.district, row.number, row.name, tuple(parts.get(row.id, ())), row.seq) for row in rows]


def save(connection: Connection, walks: Sequence[Walk]) -> None:
    """Store walks as they are, new or not."""
    if not walks:
        return
    ids = [each.id for each in walks]
    for at in range(0, len(ids), 500):
        connection.execute(delete(walk).where(walk.c.id.in_(ids[at:at + 500])))
        connection.execute(delete(walk_part).where(walk_part.c.walk.in_(ids[at:at + 500])))
    connection.execute(insert(walk), [{"id": each.id, "district": each.district, "number": each.number, "name": each.name,
                                       "seq": each.since, "gone": 0} for each in walks])
    rows = [{"walk": each.id, "position": at, "street": part.street, "street_key": part.street_key, "side": part.side.value,
             "low": part.low, "high": part.high, "unnumbered": int(part.unnumbered), "way": part.way.value}
            for each in walks for at, part in enumerate(each.parts)]
    if rows:
        connection.execute(insert(walk_part), rows)


def end(connection: Connection, identities: Sequence[str], seq: int) -> None:
    """Take walks away; their rules stay for the sheets that name them."""
    for at in range(0, len(identities), 500):
        connection.execute(update(walk).where(walk.c.id.in_(identities[at:at + 500])).values(gone=seq))


def next_number(connection: Connection, district: str) -> int:
    """The number a new walk of a district gets."""
    return (connection.execute(select(func.max(walk.c.number)).where(walk.c.district == district, walk.c.gone == 0)).scalar() or 0) + 1


def places(connection: Connection, district: str = "") -> dict[tuple[str, str, str], str]:
    """Houses put into their place by hand: (district, street, door) -> the door they come after."""
    query = select(walk_place)
    if district:
        query = query.where(walk_place.c.district == district)
    return {(row.district, row.street_key, row.door): row.after for row in connection.execute(query)}


def place(connection: Connection, district: str, street_key: str, door: str, after: str, seq: int) -> None:
    """Put a door after another; "" puts it where it stands by itself."""
    connection.execute(delete(walk_place).where(walk_place.c.district == district, walk_place.c.street_key == street_key,
                                                walk_place.c.door == door))
    if after:
        connection.execute(insert(walk_place), [{"district": district, "street_key": street_key, "door": door, "after": after, "seq": seq}])
