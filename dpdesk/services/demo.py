"""The demo branch "Anytown": a throw-away desk full of invented people, made by the same verbs an officer uses,
so that its audit log and its histories are real. The same people come out each time.
"""

from __future__ import annotations

import contextlib
import csv
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from dpdesk.domain.asking import Answer, share_with
from dpdesk.domain.contacting import Channel, Method, StopReason
from dpdesk.domain.members import Confidentiality, Member
from dpdesk.domain.roles import Role
from dpdesk.domain.secret import Secret
from dpdesk.services import (
    asking,
    capacities,
    contacting,
    copies,
    demo_contacts,
    demo_duties,
    demo_people,
    demo_register,
    demo_sessions,
    demo_walks,
    imports,
    members,
    notes,
    officers,
)
from dpdesk.services.desks import Desks, Founding
from dpdesk.services.machine import Machine
from dpdesk.services.names import field_name
from dpdesk.services.session import Session, today

BRANCH = "Anytown"
PASSPHRASE = "lantern otter gravel teapot"
SECOND_PASSPHRASE = "bicycle harbour mustard owl"
MEMBERS, CONTACTS, TWINS = 600, 34, 6
_THROWN_AWAY = "dpdesk-demo-window-"
_WORDING = "I agree that Anytown branch may {how} me about its work. I can say stop at any time."
_HOW = {Channel.EMAIL: "e-mail", Channel.PHONE: "ring", Channel.SMS: "text", Channel.POST: "write to"}


@contextlib.contextmanager
def throw_away() -> Iterator[Path]:
    """A folder that goes with the program, for a demo in the window; what a program that was killed left goes first."""
    from dpdesk.store.lock import LOCK, DeskLock, in_use
    for left in Path(tempfile.gettempdir()).glob(f"{_THROWN_AWAY}*"):
        if (left / LOCK).exists() and not left.is_symlink() and in_use(left) is None:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_THROWN_AWAY, ignore_cleanup_errors=True) as place:
        held = DeskLock(Path(place))
        held.take()
        try:
            yield Path(place)
        finally:
            held.release()


def create(folder: Path) -> tuple[str, Session]:
    """Make the demo desk in the empty `folder`; returns its passphrase and the desk, open.

    Its key derivation is the least allowed: everybody is told the passphrase. The machine does not remember this desk.
    """
    from dpdesk.store import keys
    desks = Desks(Machine(), keys.least())
    session, _recovery = desks.create(folder, Founding("Marian Example", Role.ACCOUNTABLE, "generic", BRANCH,
                                                       Secret(PASSPHRASE)))
    try:
        officers.add(session, "Idris Sample", Role.MEMBERSHIP, Secret(SECOND_PASSPHRASE), kdf=keys.least())
        _fill(session, Random("Anytown"))
        demo_duties.add(session)
    finally:
        session.close()
    _second_officer(desks.open(folder, Secret(SECOND_PASSPHRASE)), Random("Idris"))
    return PASSPHRASE, desks.open(folder, Secret(PASSPHRASE))


def _fill(session: Session, rng: Random) -> None:
    """Import the list, then what a branch adds by hand."""
    with tempfile.TemporaryDirectory(prefix="dpdesk-demo-") as place:
        path = Path(place) / "anytown-members.csv"
        _write_list(path, list(demo_people.members(rng, today(), MEMBERS)))
        result = imports.apply(session, imports.preview(session, imports.open_list(session, path)))
        copies.delete(session, result.source)
        _write_register(path := Path(place) / "anytown-register.csv", _people(session)[::3])
        demo_register.bring(session, path)
    demo_walks.add(session)
    demo_sessions.add(session)
    demo_contacts.add(session, demo_people.contacts(rng, CONTACTS))
    everyone = _people(session)
    for values in demo_people.twins(Random("twins"), everyone, TWINS):
        capacities.add_contact(session, values, capacities.Given("supporter"))
    for channel, how in _HOW.items():
        asking.word(session, channel.value, _WORDING.format(how=how))
    _asked(session, everyone[7::40])
    for person in rng.sample(everyone, 60):
        _consent(session, person, rng.choice(tuple(Channel)), today() - timedelta(days=rng.randint(5, 900)))
    for person in rng.sample(everyone, 12):
        contacting.stop(session, person.id, rng.choice(("all", "email", "phone", "post")), rng.choice(tuple(StopReason)),
                        "Told us on the doorstep")
    for person, (text, kind) in zip(rng.sample(everyone, len(_NOTES)), _NOTES, strict=True):
        notes.add(session, person.id, text, kind)
    for person in rng.sample(everyone, 8):
        _move(session, person, rng)
    demo_contacts.capacities_of_members(session, everyone)


def _asked(session: Session, people: list[Member]) -> None:
    """Who was asked whether headquarters may know that they help: some said yes, some no, some have not answered."""
    purpose = share_with(session.policy.recipient_bodies[0].code)
    words = "May Anytown branch tell headquarters that you help with canvassing? You can take this back at any time."
    asking.word(session, purpose, words.replace(" You can take this back at any time.", ""))
    asking.word(session, purpose, words)
    on = (today() - timedelta(days=12)).isoformat()
    for person, answer in zip(people, (*Answer, *Answer, *Answer), strict=False):
        asking.ask(session, person.id, asking.Question(purpose, on, Method.VERBAL), asking.Reply(answer, on))


_NOTES = (
    ("Offers to deliver leaflets in Millbrook on Saturdays.", Confidentiality.ORDINARY),
    ("Has a large-print newsletter.", Confidentiality.ORDINARY),
    ("Keys to the hall cupboard.", Confidentiality.ORDINARY),
    ("Asked for the minutes of the March meeting.", Confidentiality.CONFIDENTIAL),
    ("Prefers to be rung after six.", Confidentiality.ORDINARY),
    ("Correspondence about a complaint is with the accountable person.", Confidentiality.STRICT),
)


def _write_list(path: Path, people: list[dict[str, str]]) -> None:
    """The list as a membership system writes it: British dates, one column of opt-outs, one of consents."""
    columns = list(people[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(field_name, columns), "Do not email", "Email opt in"])
        for at, person in enumerate(people):
            cells = [_british(person[code]) if code.endswith(("_on", "birth")) else person[code] for code in columns]
            writer.writerow([*cells, "Yes" if at % 29 == 3 else "No", "Yes" if at % 5 else ""])


def _write_register(path: Path, members: list[Member]) -> None:
    """The register of the wards, as the council writes it; some of the members are on it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(demo_register.rows(Random("register"), members=members))


def _british(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else ""


def _people(session: Session) -> list[Member]:
    """Every member, in an order that does not hang on the import."""
    spine = members.spine(session, members.Query(sort="number"))
    return [row.member for row in members.rows(session, spine)]


def _consent(session: Session, person: Member, channel: Channel, on: date) -> None:
    contacting.give_consent(session, person.id, contacting.Given(
        channel, on.isoformat(), Method.PAPER, _WORDING.format(how=_HOW[channel]), "Form in the green folder"))


def _move(session: Session, person: Member, rng: Random) -> None:
    """Somebody has moved house or has a new number."""
    now = members.get(session, person.id)
    house = {"address1": f"{rng.randint(1, 90)} Larkrise", "address2": "", "ward": "Hilltop", "postcode": "AN2 4LR"}
    changed = rng.choice((house, {"mobile": f"07700 900{rng.randint(0, 999):03d}"}))
    members.edit(session, now.id, changed, now)


def _second_officer(session: Session, rng: Random) -> None:
    """What the membership officer did: read the policy, put details right, undid one slip."""
    try:
        officers.acknowledge(session)
        for person in rng.sample(_people(session), 6):
            _move(session, person, rng)
        slip = rng.choice(_people(session))
        edited = members.edit(session, slip.id, {"known_as": "Spike"}, slip)
        members.undo(session, edited.changed)
        for person in rng.sample(_people(session), 3):
            contacting.permit(session, person.id, session.policy.recipient_bodies[0].code, today().isoformat(),
                              "You may tell headquarters that I help with canvassing.")
    finally:
        session.close()
