"""Saved searches and chosen columns: an officer's own slips, kept inside the desk under a name they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.errors import Invalid, NotFound
from dpdesk.domain.folding import fold
from dpdesk.domain.members import Kind
from dpdesk.domain.queries import Query
from dpdesk.domain.roles import Right
from dpdesk.services import queries, settings
from dpdesk.services.session import Session

SEARCHES = "searches"  # one slip: all of an officer's searches, so that renaming is one write
LONGEST = 60
MOST = 40


@dataclass(frozen=True)
class Saved:
    """A search under its name: the query, and the columns from left to right (none: those chosen for the list)."""

    name: str
    query: Query
    columns: tuple[str, ...] = ()


def listing(session: Session, kind: Kind | None = None) -> list[Saved]:
    """The officer's searches by name; one this version does not know is left out, and kept."""
    found = []
    for each in _slips(session):
        try:
            found.append(Saved(str(each["name"]), queries.kept(each.get("query")), tuple(map(str, each.get("columns", ())))))
        except (Invalid, KeyError):
            continue
    return sorted((one for one in found if kind in (None, one.query.kind)), key=lambda one: fold(one.name))


def get(session: Session, name: str) -> Saved:
    """The search of that name, capitals or not; raises `NotFound`."""
    for one in listing(session):
        if fold(one.name) == fold(name):
            return one
    raise NotFound("search", name)


def save(session: Session, name: str, query: Query, columns: Sequence[str] = (), *, replacing: bool = False) -> Saved:
    """Keep a search; raises `Invalid` for a name that is empty, too long, or taken and not to be replaced."""
    session.require(Right.MEMBERS_SEE)
    there = _slips(session)
    taken = [each for each in there if _same(each, name)]
    clean = _checked(name, bool(taken) and not replacing)
    if not taken and len(there) >= MOST:
        raise Invalid({"search_name": "too_many"})
    slip = {"name": clean, "query": query.to_dict(), "columns": list(columns)}
    _write(session, [*(each for each in there if each not in taken), slip])
    return Saved(clean, query, tuple(columns))


def rename(session: Session, name: str, new: str) -> None:
    """Give a search another name; raises `NotFound` or `Invalid`."""
    there = _slips(session)
    mine = [each for each in there if _same(each, name)]
    if not mine:
        raise NotFound("search", name)
    clean = _checked(new, any(_same(each, new) for each in there if each not in mine))
    _write(session, [{**each, "name": clean} if each in mine else each for each in there])


def delete(session: Session, name: str) -> None:
    """Forget a search; raises `NotFound`."""
    there = _slips(session)
    rest = [each for each in there if not _same(each, name)]
    if len(rest) == len(there):
        raise NotFound("search", name)
    _write(session, rest)


def columns(session: Session, kind: Kind) -> tuple[str, ...]:
    """The columns the officer chose for a list, from left to right; none where they never chose."""
    kept = settings.jotting(session, f"columns:{kind.value}")
    return tuple(map(str, kept)) if isinstance(kept, list) else ()


def choose_columns(session: Session, kind: Kind, codes: Sequence[str]) -> None:
    """Remember the columns of a list; none goes back to the usual ones."""
    settings.jot(session, f"columns:{kind.value}", list(codes) or None)


def _slips(session: Session) -> list[dict]:
    kept = settings.jotting(session, SEARCHES)
    return [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []


def _write(session: Session, slips: list[dict]) -> None:
    settings.jot(session, SEARCHES, slips or None)


def _same(slip: dict, name: str) -> bool:
    return fold(str(slip.get("name", ""))) == fold(name)


def _checked(name: str, taken: bool) -> str:
    clean = " ".join(name.split())
    wrong = "missing" if not fold(clean) else "too_long" if len(clean) > LONGEST else "name_taken" if taken else ""
    if wrong or not clean.isprintable():
        raise Invalid({"search_name": wrong or "control"})
    return clean
