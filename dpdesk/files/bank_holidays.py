"""The bundled bank holidays of each nation, as a table of days and names."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache

from dpdesk import RESOURCES
from dpdesk.domain.working_days import Nation


@cache
def load(nation: Nation) -> dict[date, str]:
    """The bank holidays of a nation, day -> name."""
    with (RESOURCES / "registers" / "bank_holidays.toml").open("rb") as file:
        found = tomllib.load(file)[nation.value]
    return {date.fromisoformat(day): name for day, name in found.items()}
