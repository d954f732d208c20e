"""What the tests of transfers share: two desks whose officers know each other's cards, and a destination both use."""

from __future__ import annotations

from pathlib import Path

from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import cards, destinations
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.session import Session
from dpdesk.store import keys
from tests.founding import found

WORDS = "the ferret sang on tuesday"


def desk(folder: Path, name: str = "Ravi Example", branch: str = "Othertown") -> Session:
    """A desk of another branch; an officer is founded once for each name."""
    return found(Desks(Machine(path=folder.parent / "machine.json"), keys.least()), folder,
                 Founding(name, Role.ACCOUNTABLE, "green", branch, Secret(WORDS)))[0]


def introduce(one: Session, other: Session) -> None:
    """Each takes in and verifies the other's card."""
    for mine, theirs in ((one, other), (other, one)):
        card = cards.own(theirs)
        kept = cards.add(mine, card.text)
        cards.verify(mine, kept.id, " ".join(card.card.spoken()))


def folder_at(session: Session, path: Path, name: str = "Stick") -> str:
    """The identity of a tested folder destination."""
    path.mkdir(exist_ok=True)
    made = destinations.save(session, destinations.Wish(name, "folder", str(path)))
    destinations.test(session, made.id)
    return made.id
