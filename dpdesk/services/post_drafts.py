"""A mailing as draft files for the officer's own mail program: one per person, or To the branch itself and everybody in Bcc.

They are copies with a day of deletion: a draft with a Bcc list shows it to whoever opens the file (DESK.md A5).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.errors import MailingRefused
from dpdesk.domain.mail_addresses import read
from dpdesk.domain.members import Confidentiality, Member
from dpdesk.domain.post import batches
from dpdesk.domain.post_states import Mailing, Outcome, Route
from dpdesk.domain.roles import Right
from dpdesk.services import copies, post, post_mailings
from dpdesk.services.copies import Leaving
from dpdesk.services.imports_rows import Pace
from dpdesk.services.post_plan import Judge
from dpdesk.services.post_press import Press, sender_of
from dpdesk.services.session import Session
from dpdesk.services.translation import tr, trn

PER_MESSAGE = 50
"""Hidden recipients of one draft where no provider says another number."""


@dataclass(frozen=True)
class Written:
    """How it went: the copy on the register, how many files, for how many people, and how many were stopped meanwhile."""

    copy: Copy
    files: int
    people: int
    dropped: int


def write(session: Session, identity: str, folder: Path, *, per_message: int = PER_MESSAGE, accepted: str = "",
          progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None) -> Written:
    """Write the drafts of a mailing that may go out into the new `folder`, whole or not at all; it counts as one copy."""
    from dpdesk.files import eml
    session.require(Right.POST_SEND)
    found = post_mailings.get(session, identity)
    route = Route(found.route)
    if route not in (Route.EACH, Route.BCC):
        raise MailingRefused("state")
    post_mailings.require_ready(session, found, route)
    people, dropped = still(session, found)
    if not people:
        raise MailingRefused("nobody", count=len(dropped))
    press = Press(session, post.letter_of(session, identity), sender_of(session, found.sender_address, found.sender_name), identity)
    at, pace = datetime.now(UTC), Pace(len(people), progress, cancelled)
    if route is Route.EACH:
        contents = (eml.draft(press.envelope(person, at)) for _row, person in people)
    else:
        addresses = [read(person.email) for _row, person in people]
        contents = (eml.bundle(press.bundle(some, at)) for some in batches(addresses, per_message))
    leaving = Leaving(CopyKind.DRAFTS, folder, trn("{n} e-mail as drafts", "{n} e-mails as drafts", len(people)),
                      tr("To be sent from the officer’s own mail program"), classification=Confidentiality.CONFIDENTIAL, accepted=accepted)
    with copies.folder_door(session, leaving) as out:
        for number, content in enumerate(contents, 1):
            pace.at(min(number * (1 if route is Route.EACH else per_message), len(people)))
            out.write(f"{number:05}.eml", content)
        with session.change("post.drafts_written") as unit:
            copy = out.note(unit, [person.id for _row, person in people])
            settle(unit, identity, [row for row, _person in people], dropped, Outcome.DRAFTED)
    return Written(copy, out.files, len(people), len(dropped))


def still(session: Session, found: Mailing) -> tuple[list[tuple[int, Member]], list[int]]:
    """Those of a mailing who still may get it, as (row, person) in order, and the rows of those who have been stopped since."""
    from dpdesk.domain.post import Purpose
    from dpdesk.store import members
    from dpdesk.store import post as store
    with session.desk.read() as connection:
        rows = store.people(connection, found.id, [Outcome.WAITING, Outcome.DEFERRED])
        there = {person.id: person for person in members.by_ids(connection, [row.person for row in rows if row.person])}
        reasons = Judge(session, connection, Purpose(found.purpose)).reasons(list(there.values()))
    fine = [(row.id, there[row.person]) for row in rows if row.person in there and row.person not in reasons]
    kept = {row for row, _person in fine}
    return fine, [row.id for row in rows if row.id not in kept]


def settle(unit, identity: str, rows: Sequence[int], dropped: Sequence[int], outcome: Outcome) -> None:
    """Within a unit: everybody of the rows has it by that way, the dropped have not, and the mailing has ended."""
    from dpdesk.store import post as store
    store.set_outcomes(unit.connection, [(outcome.value, "", unit.at, 1, row) for row in rows]
                       + [(Outcome.DROPPED.value, "", unit.at, 0, row) for row in dropped])
    post_mailings.finish(unit, identity)
