"""Who of a walk goes on its sheets: those not yet contacted, postal voters and so on; who asked to be left alone never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.clocks import months_before
from dpdesk.domain.electors import Elector
from dpdesk.services.session import Session, today

CONTACTED = ("", "never", "before")
ANY_INTENTION, NO_INTENTION = "any", "none"
POSTAL = ("", "only", "without")


@dataclass(frozen=True)
class Filters:
    """`contacted`: "" for all, "never", or "before" for nobody spoken to within `months`; `postal`: "", "only" or "without" postal
    voters; `intentions`: those whose last one is among these, as "party:strength", "party", ":strength", "any" or "none".
    """

    contacted: str = ""
    months: int = 0
    postal: str = ""
    intentions: tuple[str, ...] = ()


class Reach:
    """What is known of the electors of a walk, read once."""

    def __init__(self, session: Session, connection, electors: Sequence[Elector], filters: Filters) -> None:
        from dpdesk.services.leaving_alone import apart
        from dpdesk.services.results_ages import oldest_day
        from dpdesk.store import register_files, results
        ids = [each.id for each in electors]
        self._filters = filters
        self._absent = register_files.absent_of(connection, ids)
        self._apart = apart(session, connection, electors)
        self._reached = results.last_reached(connection, ids) if filters.contacted else {}
        self._said = results.last_intentions(connection, ids, oldest_day(session)) if filters.intentions else {}
        self._since = months_before(today(), filters.months).isoformat() if filters.contacted == "before" else ""

    def absent(self, elector: Elector) -> tuple[str, ...]:
        """How they vote otherwise: codes."""
        return self._absent.get(elector.id, ())

    def kept_away(self, elector: Elector) -> str:
        """Why their line is blank, "" where it is not."""
        return self._apart.get(elector.id, "")

    def wanted(self, elector: Elector) -> bool:
        """Whether the filters let them on the sheet."""
        by_post = any(how in ("postal", "proxy_postal") for how in self.absent(elector))
        if self._filters.postal and by_post is not (self._filters.postal == "only"):
            return False
        last = self._reached.get(elector.id, "")
        if self._filters.contacted == "never" and last:
            return False
        if self._filters.contacted == "before" and last >= self._since:
            return False
        return not self._filters.intentions or self._says(elector.id)

    def _says(self, elector: str) -> bool:
        known = self._said.get(elector)
        if known is None:
            return NO_INTENTION in self._filters.intentions
        party, strength, _day = known
        return bool({ANY_INTENTION, party, f":{strength}", f"{party}:{strength}"} & set(self._filters.intentions) - {""})
