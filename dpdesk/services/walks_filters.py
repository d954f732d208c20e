"""Who of a walk goes on its sheets: those not yet contacted, postal voters and so on; who asked to be left alone never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dpdesk.domain.electors import Elector
from dpdesk.services.session import Session

CONTACTED = ("", "never", "before")
POSTAL = ("", "only", "without")


@dataclass(frozen=True)
class Filters:
    """`contacted`: "" for all, "never", or "before" for nobody spoken to within `months`; `postal`: "", "only" or "without" postal
    voters.
    """

    contacted: str = ""
    months: int = 0
    postal: str = ""


class Reach:
    """What is known of the electors of a walk, read once."""

    def __init__(self, session: Session, connection, electors: Sequence[str], filters: Filters) -> None:
        from dpdesk.store import register_files
        self._filters = filters
        self._absent = register_files.absent_of(connection, electors)

    def absent(self, elector: Elector) -> tuple[str, ...]:
        """How they vote otherwise: codes."""
        return self._absent.get(elector.id, ())

    def kept_away(self, elector: Elector) -> str:
        """Why their line is blank, "" where it is not."""
        return ""

    def wanted(self, elector: Elector) -> bool:
        """Whether the filters let them on the sheet."""
        by_post = any(how in ("postal", "proxy_postal") for how in self.absent(elector))
        return self._filters.postal == "" or by_post is (self._filters.postal == "only")
