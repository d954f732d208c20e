"""Who is to be left alone, in the store: recognised by elector, or by keyed digests of name and home where the elector came anew."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert, or_, select, update

from dpdesk.domain.electors import Elector
from dpdesk.domain.leaving_alone import LeaveAlone, home_text, person_text
from dpdesk.store.tables_results import leave_alone

_NAMES = tuple(LeaveAlone.__dataclass_fields__)


class LeavingAlone:
    """Asks and notes over one connection; `key` is the desk's secret for the digests."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection, self._key = connection, key

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), "sha256") if text else b""

    def keys_of(self, elector: Elector) -> tuple[bytes, bytes]:
        """(digest of the person, digest of their home); empty where nothing is known."""
        return (self._digest(person_text(elector.forename, elector.surname, elector.postcode)),
                self._digest(home_text(elector.address, elector.postcode)))

    def add(self, new: LeaveAlone, elector: Elector, seq: int) -> None:
        """Note it."""
        person, home = self.keys_of(elector)
        values = {name: getattr(new, name) for name in _NAMES}
        self._connection.execute(insert(leave_alone), [{**values, "household": int(new.household), "person_key": person, "home_key": home,
                                                        "seq": seq}])

    def of_many(self, electors: Sequence[Elector]) -> dict[str, list[LeaveAlone]]:
        """All that was ever asked by or for electors, by elector; those who asked nothing are left out."""
        rows = self._connection.execute(select(leave_alone).where(leave_alone.c.lifted == 0)).all()
        if not rows:
            return {}
        by_elector: dict[str, list] = {}
        by_person: dict[bytes, list] = {}
        by_home: dict[bytes, list] = {}
        for row in rows:
            by_elector.setdefault(row.elector, []).append(row)
            if row.person_key:
                by_person.setdefault(row.person_key, []).append(row)
            if row.household and row.home_key:
                by_home.setdefault(row.home_key, []).append(row)
        found = {}
        for each in electors:
            person, home = self.keys_of(each)
            mine = {row.id: row for row in (*by_elector.get(each.id, ()), *by_person.get(person, ()), *by_home.get(home, ()))}
            if mine:
                found[each.id] = [_made(row) for row in mine.values()]
        return found

    def ever_of(self, elector: Elector) -> list[LeaveAlone]:
        """What one elector asked, also what was lifted, the newest first."""
        person, home = self.keys_of(elector)
        of_home = (leave_alone.c.home_key == home) & (leave_alone.c.household == 1) if home else leave_alone.c.elector == elector.id
        of_person = leave_alone.c.person_key == person if person else leave_alone.c.elector == elector.id
        rows = self._connection.execute(select(leave_alone).where(or_(leave_alone.c.elector == elector.id, of_person, of_home))
                                        .order_by(leave_alone.c.seq.desc()))
        return [_made(row) for row in rows]

    def get(self, identity: str) -> LeaveAlone | None:
        """One of them."""
        row = self._connection.execute(select(leave_alone).where(leave_alone.c.id == identity)).first()
        return _made(row) if row else None

    def lift(self, identities: Iterable[str], seq: int, why: str) -> None:
        """They hold no more."""
        for identity in identities:
            self._connection.execute(update(leave_alone).where(leave_alone.c.id == identity).values(lifted=seq, lifted_why=why))

    def of_fact(self, fact: str) -> list[LeaveAlone]:
        """What was noted because of a fact, and holds."""
        return [_made(row) for row in self._connection.execute(select(leave_alone).where(leave_alone.c.fact == fact,
                                                                                         leave_alone.c.lifted == 0))]

    def count(self) -> int:
        """How many hold."""
        return len(self._connection.execute(select(leave_alone.c.id).where(leave_alone.c.lifted == 0)).all())


def _made(row) -> LeaveAlone:
    values = {name: row._mapping[name] for name in _NAMES}
    return LeaveAlone(**{**values, "household": bool(row.household)})


def drop_orphans(connection: Connection) -> int:
    """Forget the words noted for electors who are gone for good; that they are left alone stays, by digests alone."""
    cursor = connection.connection.cursor()
    return cursor.execute("UPDATE leave_alone SET elector = '', why = '', fact = '' WHERE elector <> '' "
                          "AND elector NOT IN (SELECT id FROM elector)").rowcount
