"""Who asked to be left alone: a person or a household, by which channel, until when. Nothing that comes in undoes it (S1 §13.3; C7)."""

from __future__ import annotations

from dataclasses import dataclass

from dpdesk.domain.folding import fold

EVERY = "all"
DOOR = "door"
CHANNELS = (EVERY, DOOR, "phone", "post")
UNTIL = ("ever", "election", "day")
WHY_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LeaveAlone:
    """What somebody asked: `until` the last day it holds, "" for ever; `lifted` the log's number that ended it.

    `fact` is what was entered from a sheet where they said so, "" where an officer noted it.
    """

    id: str
    elector: str
    household: bool
    channel: str
    until: str
    why: str
    fact: str
    noted_on: str
    officer: str
    lifted: int = 0
    lifted_why: str = ""

    def holds(self, channel: str, today: str) -> bool:
        """Whether it stands against a channel today (ISO)."""
        return not self.lifted and self.channel in (EVERY, channel) and (not self.until or today <= self.until)


def person_text(forename: str, surname: str, postcode: str) -> str:
    """What a person is recognised by when a later file brings them anew; "" where there is no name."""
    name = fold(f"{forename} {surname}")
    return f"person:{name}|{fold(postcode).replace(' ', '')}" if name else ""


def home_text(address: str, postcode: str) -> str:
    """What a household is recognised by; "" where there is no address."""
    return f"home:{fold(address)}|{fold(postcode).replace(' ', '')}" if address else ""
