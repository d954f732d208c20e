"""Letters to whoever was given a person's data, when it is put right, erased or restricted (S1 §8.6.g, §13.7; UK GDPR Art 19)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dpdesk.domain.copies import WITHIN, Copy, CopyKind
from dpdesk.domain.errors import Declined, Invalid
from dpdesk.domain.roles import Right
from dpdesk.services import copies, duties, members
from dpdesk.services.copies import Leaving
from dpdesk.services.dates import day
from dpdesk.services.names import field_name
from dpdesk.services.session import Session, today
from dpdesk.services.subject_pack import Recipient, recipients
from dpdesk.services.translation import marked as _m
from dpdesk.services.translation import tr, trn

if TYPE_CHECKING:
    from dpdesk.files.duty_papers import Paper, Part

LONGEST = 2_000
HOW = {
    "corrected": (_m("Put right"), _m("Data we gave you about the person below was wrong. Please put it right as written here.")),
    "erased": (_m("Erased"), _m("We have erased the data we gave you about the person below. Please erase it too, unless the law tells you "
                                "to keep it.")),
    "restricted": (_m("Held back"), _m("The use of the data we gave you about the person below is restricted. Please store it and do "
                                       "nothing else with it until you hear from us.")),
}


def save(session: Session, person: str, how: str, what: str, path: Path, *, request: str = "", accepted: str = "") -> Copy:
    """Write one letter for each body that was given the data as one PDF; `how` is one of HOW, `what` is what is right now.

    The entry of the register `request` is told who is written to. Raises `Invalid`, `Declined` where nobody was given any, `NotFound`.
    """
    from dpdesk.files.duty_papers import pdf
    session.require(Right.SUBJECT_PACK)
    if how not in HOW or not what.strip() or len(what) > LONGEST:
        raise Invalid({"correction_how": "unknown"} if how not in HOW else {"correction_what": "too_long" if what.strip() else "missing"})
    bodies = outside(session, person)
    if not bodies:
        raise Declined("retention.nobody_given")
    made = pdf(paper(session, person, how, what.strip(), bodies))
    title = trn("Letter to {n} body that was given a person’s data", "Letters to {n} bodies that were given a person’s data", len(bodies))
    with copies.door(session, Leaving(CopyKind.DUTIES, path, title, tr("To tell them: {how}", how=tr(HOW[how][0])),
                                      accepted=accepted)) as out:
        out.write(made)
        copy = out.note("subject.told", [person], lambda unit: unit.facts(bodies=len(bodies), how=how))
    if request:
        _note(session, request, [found[0].body for found in bodies])
    return copy


def outside(session: Session, person: str) -> list[list[Recipient]]:
    """What each body outside the branch was given, body by body, the newest first."""
    found: dict[str, list[Recipient]] = {}
    for each in recipients(session, person):
        if each.whom != WITHIN:
            found.setdefault(each.whom, []).append(each)
    return list(found.values())


def paper(session: Session, person: str, how: str, what: str, bodies: Sequence[Sequence[Recipient]]) -> Paper:
    """A letter a page."""
    from dpdesk.files.duty_papers import Paper
    who = members.get(session, person)
    whom = " · ".join(part for part in (who.name, who.values().get("number", ""), who.values().get("postcode", "")) if part)
    parts = [part for at, given in enumerate(bodies) for part in _letter(session, whom, how, what, given, at > 0)]
    return Paper(tr("About data we gave you"), tr(HOW[how][0]), parts, tr("Confidential."))


def _letter(session: Session, whom: str, how: str, what: str, given: Sequence[Recipient], anew: bool) -> list[Part]:
    from dpdesk.files.duty_papers import Part
    facts = [(tr("Person"), whom), (tr(HOW[how][0]), what), *(
        (tr("Given on {day}", day=day(each.on)), ", ".join(map(field_name, each.columns)) or tr("a list with this person on it"))
        for each in given)]
    ask = tr("Please do so without delay, tell whoever had it from you, and let us know when it is done (UK GDPR Art 19).")
    begin = [f"{session.branch}, {day(today())}", tr(HOW[how][1])]
    return [Part(tr("To: {body}", body=given[0].body), facts, begin, anew), Part("", text=[ask, _from(session)])]


def _from(session: Session) -> str:
    return tr("{officer}, for {branch}", officer=session.officer.name, branch=session.branch)


def _note(session: Session, request: str, bodies: Sequence[str]) -> None:
    """Into the request: who is written to, and on what day."""
    said = "; ".join(tr("{body}: letter of {day}", body=body, day=day(today())) for body in bodies)
    before = duties.get(session, request).duty.values.get("told_others", "")
    duties.change(session, request, {"told_others": "\n".join(filter(None, (before, said)))})
