"""A mailing as addresses for the Bcc field, as a mailto link of safe length, or as a controlled list for a bulk mailer.

Each goes through the same plan as sending: who may not be written to is not on it. A bulk mailer needs an agreement on record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from dpdesk.domain.copies import Copy, CopyKind
from dpdesk.domain.errors import Invalid, MailingRefused, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.mail_addresses import Address, read
from dpdesk.domain.members import FIELD
from dpdesk.domain.post import batches
from dpdesk.domain.post_states import Outcome, Route
from dpdesk.domain.roles import Right
from dpdesk.services import copies, post_mailings
from dpdesk.services.copies import Leaving
from dpdesk.services.imports_rows import Pace
from dpdesk.services.names import field_name
from dpdesk.services.post_drafts import PER_MESSAGE, settle, still
from dpdesk.services.session import Session, today
from dpdesk.services.translation import tr

if TYPE_CHECKING:
    from dpdesk.store.post_accounts import Processor

LONGEST_LINK = 1900
"""Characters of a mailto link that every system hands on whole; beyond about 2,000 some cut it without a word (DESK.md A5)."""
COLUMNS = ("email", "forename", "surname")
"""What a bulk mailer is given unless more is asked for: the fewest that a letter needs."""


@dataclass(frozen=True)
class Bcc:
    """Addresses for the Bcc field, in batches; `to` is the branch itself. `link` is a mailto link, "" where it would be too long."""

    to: str
    batches: tuple[str, ...]
    people: int
    link: str


def bcc(session: Session, identity: str, *, per_message: int = PER_MESSAGE) -> Bcc:
    """The addresses of a mailing that may go out, for the officer's own mail program; it is noted that they were handed out."""
    session.require(Right.POST_SEND)
    found = post_mailings.get(session, identity)
    post_mailings.require_ready(session, found, Route.LIST)
    people, dropped = still(session, found)
    if not people:
        raise MailingRefused("nobody", count=len(dropped))
    addresses = [read(person.email) for _row, person in people]
    with session.change("post.listed") as unit:
        settle(unit, identity, [row for row, _person in people], dropped, Outcome.LISTED)
        unit.facts(people=len(people))
    texts = tuple(", ".join(map(str, some)) for some in batches(addresses, per_message))
    return Bcc(found.sender_address, texts, len(people), mailto(found.sender_address, addresses, found.subject))


def mailto(to: str, hidden: Sequence[Address], subject: str = "") -> str:
    """A link that opens a message to the branch itself with everybody in Bcc; "" where it would be longer than is safe."""
    link = f"mailto:{quote(to, safe='@')}?bcc={','.join(quote(str(each), safe='@') for each in hidden)}"
    if subject and "{{" not in subject:
        link += f"&subject={quote(subject)}"
    return link if len(link) <= LONGEST_LINK else ""


@dataclass(frozen=True)
class Handed:
    """How a list was handed over: the copy on the register, how many people, how many were stopped meanwhile."""

    copy: Copy
    people: int
    dropped: int


def hand_over(session: Session, identity: str, processor: str, path: Path, columns: Sequence[str] = COLUMNS, *, accepted: str = "",
              progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None) -> Handed:
    """Write the people of a mailing as CSV for a bulk mailer whose agreement is in force; raises `MailingRefused` without one."""
    from dpdesk.files.cells import write_rows
    session.require(Right.POST_SEND)
    session.require(Right.MEMBERS_EXPORT)
    if not columns or len(set(columns)) < len(columns) or not set(columns) <= FIELD.keys() or "email" not in columns:
        raise Invalid({"columns": "unknown" if columns else "missing"})
    agreement = next((each for each in processors(session) if each.id == processor), None)
    if agreement is None or not agreement.stands(today().isoformat()):
        raise MailingRefused("no_agreement")
    found = post_mailings.get(session, identity)
    post_mailings.require_ready(session, found, Route.PROCESSOR)
    people, dropped = still(session, found)
    if not people:
        raise MailingRefused("nobody", count=len(dropped))
    pace = Pace(len(people), progress, cancelled)

    def rows():
        yield [field_name(code) for code in columns]
        for at, (_row, person) in enumerate(people, 1):
            pace.at(at)
            yield [str(read(person.email)) if code == "email" else getattr(person, code) for code in columns]
    leaving = Leaving(CopyKind.MEMBERS, path, tr("People for a bulk mailer: {columns}", columns=", ".join(map(field_name, columns))),
                      tr("Mailing through {name}", name=agreement.name), columns=tuple(columns), accepted=accepted)
    with copies.door(session, leaving) as out:
        write_rows(out, rows())

        def tell(unit) -> None:
            settle(unit, identity, [row for row, _person in people], dropped, Outcome.EXPORTED)
            unit.facts(processor=processor)
        copy = out.note("post.handed_over", [person.id for _row, person in people], tell)
    return Handed(copy, len(people), len(dropped))


def processors(session: Session) -> list[Processor]:
    """The agreements with processors, the newest first."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SEE)
    with session.desk.read() as connection:
        return store.processors(connection)


def add_processor(session: Session, name: str, service: str, agreed_on: str, evidence: str, ends_on: str = "") -> Processor:
    """Record an agreement with a processor (UK GDPR Art 28): who, what for, since when, where it is kept; raises `Invalid`."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SETTINGS)
    given = {"name": name, "service": service, "agreed_on": agreed_on, "evidence": evidence}
    problems = {code: "missing" for code, text in given.items() if not text.strip()}
    for code, day, wrong in (("agreed_on", agreed_on, "in_future"), ("ends_on", ends_on, "in_past")):
        if day.strip() and (problem := _day_problem(day, wrong)):
            problems[code] = problem
    if problems:
        raise Invalid(problems)
    made = store.Processor(new_id(), name.strip(), service.strip(), agreed_on, ends_on, evidence.strip())
    with session.change("processor.added") as unit:
        store.add_processor(unit.connection, made, unit.seq)
        unit.record("processor", made.id, {}, {"name": made.name, "service": made.service, "agreed_on": agreed_on,
                                               "evidence": made.evidence})
    return made


def _day_problem(day: str, wrong: str) -> str:
    """What is wrong with a day that may not be in the future, or not in the past; "" where nothing is."""
    try:
        found, now = date.fromisoformat(day), today()
    except ValueError:
        return "date_bad"
    return wrong if (found > now if wrong == "in_future" else found < now) else ""


def end_processor(session: Session, identity: str) -> None:
    """Note that an agreement has ended: nothing more is handed over."""
    from dpdesk.store import post_accounts as store
    session.require(Right.POST_SETTINGS)
    if identity not in {each.id for each in processors(session)}:
        raise NotFound("processor", identity)
    with session.change("processor.ended") as unit:
        store.end_processor(unit.connection, identity, today().isoformat())
        unit.about("processor", identity)
        unit.facts(ended=True)
