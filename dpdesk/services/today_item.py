"""One thing that needs doing, as every capability hands it to the Today page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One thing to do. `urgency` 0 now, 1 soon, 2 when there is time; `page` is where it is done; facts for the words."""

    code: str
    urgency: int
    page: str
    facts: Mapping[str, object] = field(default_factory=dict)
