"""Handing sheets out: only to somebody briefed, who acknowledges it with a PIN, a drawn signature, or on the lead's word (S0 l.8-9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dpdesk.domain.custody import ACKNOWLEDGED, How, Move, PageCopy, State
from dpdesk.domain.errors import Declined, Invalid, NotFound
from dpdesk.domain.ids import new_id
from dpdesk.domain.roles import Right
from dpdesk.domain.sessions import CanvassSession, Part, Participant, SessionState
from dpdesk.services import custody, sessions
from dpdesk.services.session import Session

if TYPE_CHECKING:
    from dpdesk.domain.secret import Secret
    from dpdesk.store.unit import Unit

Stroke = Sequence[tuple[float, float]]
_LEAST_DRAWN = 0.25  # of the width of the field, all strokes together: a slip of the pen is no signature
_TEXT_LONGEST = 4_000


@dataclass(frozen=True)
class Briefing:
    """A version of what holders of sheets are told; `id` is "" for the policy's text that was never used yet."""

    id: str
    version: int
    text: str
    since: str = ""


@dataclass(frozen=True)
class Acknowledged:
    """How a responsible individual says that they were briefed: by `pin`, by `strokes` (x, y from 0 to 1), or by the lead's word."""

    how: How
    version: int
    pin: Secret | None = None
    strokes: Sequence[Stroke] = field(default=())


def briefings(session: Session) -> list[Briefing]:
    """Every version of the briefing, the newest first; the policy's own text where the branch has none yet."""
    from dpdesk.store import campaigns
    session.require(Right.SHEETS_SEE)
    with session.desk.read() as connection:
        found = [Briefing(*each) for each in campaigns.briefings(connection)]
    return found or [Briefing("", 1, session.policy.sheet_briefing.strip())]


def write_briefing(session: Session, text: str) -> Briefing:
    """A new version of the briefing; who takes sheets from now on acknowledges that one. Raises `Invalid`."""
    session.require(Right.CAMPAIGNS_EDIT)
    now = briefings(session)[0]
    text = text.strip()
    if not text or len(text) > _TEXT_LONGEST:
        raise Invalid({"text": "too_long" if text else "missing"})
    if text == now.text:
        raise Invalid({"text": "already_so"})
    with session.change("briefing.written") as unit:
        return _keep(unit, text, now.version + 1 if now.id else now.version)


def _keep(unit: Unit, text: str, version: int) -> Briefing:
    from dpdesk.store import campaigns
    new = Briefing(new_id(), version, text, unit.at)
    campaigns.add_briefing(unit.connection, new.id, version, text, unit.at, unit.seq)
    unit.facts(briefing=new.id, version=version)
    unit.commit_to(text.encode())
    return new


def to_issue(session: Session, sheets: Sequence[str]) -> list[PageCopy]:
    """The pieces of paper that go with some sheets: of each page the newest print that is in hand. Raises `Declined` where one has none."""
    from dpdesk.store import sheets as store
    session.require(Right.SHEETS_SEE)
    found: dict[tuple[str, int], PageCopy] = {}
    with session.desk.read() as connection:
        wanted = {identity: store.get(connection, identity) for identity in sheets}
        for each in store.copies(connection, list(wanted)):
            if each.state is State.PRINTED or (each.state is State.RETURNED and not each.work):
                found[each.piece.sheet, each.piece.page] = each
    for identity, sheet in wanted.items():
        if sheet is None:
            raise NotFound("sheet", identity)
        absent = [page for page in range(1, sheet.pages + 1) if (identity, page) not in found]
        if absent:
            raise Declined("sheets.not_printed", {"title": sheet.title, "page": absent[0]})
    return [found[key] for key in sorted(found)]


def issue(session: Session, sheets: Sequence[str], participant: str, said: Acknowledged, *, place: str = "") -> list[PageCopy]:
    """Hand all pages of some sheets of one session to a responsible individual, who has acknowledged the briefing.

    Refused without the written authorisation to take paper off the premises (S1 23), without the newest briefing, and for one who is
    no responsible individual. In a session that has begun they are out at once.
    """
    session.require(Right.SHEETS_RUN)
    pages = to_issue(session, sheets)
    parent, who = _parent(session, sheets, participant)
    now = briefings(session)[0]
    _check(session, parent, who, said, now)
    with session.change("sheets.issued") as unit:
        if not now.id:
            now = _keep(unit, now.text, now.version)
        ack = _acknowledge(session, unit, who, said, now)
        handing = custody.Handing(f"person:{who.id}", who.id, place or parent.place, how=said.how, ack=ack)
        out = custody.apply(session, unit, pages, Move.ISSUE, handing)
        if parent.state is SessionState.RUNNING:
            out = custody.apply(session, unit, out, Move.GO_OUT, custody.Handing(place=parent.place))
        unit.about("canvass_session", parent.id)
        unit.facts(sheets=len(sheets), pages=len(pages), participant=who.id, how=said.how.value, briefing=now.version, acknowledgement=ack)
    return out


def _parent(session: Session, sheets: Sequence[str], participant: str) -> tuple[CanvassSession, Participant]:
    from dpdesk.services import sheets as register
    parents = {register.get(session, each).session for each in sheets}
    if len(parents) != 1:
        raise Declined("sheets.one_session")
    parent = sessions.get(session, parents.pop())
    who = parent.somebody(participant)
    if who is None:
        raise NotFound("participant", participant)
    return parent, who


def _check(session: Session, parent: CanvassSession, who: Participant, said: Acknowledged, now: Briefing) -> None:
    """Raise what stands against handing sheets to somebody."""
    if parent.state is SessionState.CLOSED:
        raise Declined("sessions.closed")
    if not parent.authorised_by:
        raise Declined("sheets.not_authorised")
    if who.part is Part.CANVASSER:
        raise Declined("sheets.not_responsible")
    if said.version != now.version:
        raise Declined("sheets.briefing_old", {"version": now.version})
    if said.how not in ACKNOWLEDGED:
        raise Invalid({"how": "unknown"})
    if said.how is How.PIN and not (said.pin is not None and sessions.pin_fits(session, who.id, said.pin)):
        raise Declined("sheets.pin_wrong" if who.has_pin else "sheets.pin_none")
    if said.how is How.SIGNATURE and _drawn(said.strokes) < _LEAST_DRAWN:
        raise Invalid({"signature": "missing"})


def _drawn(strokes: Sequence[Stroke]) -> float:
    """How long the strokes are together."""
    return sum(((x - a) ** 2 + (y - b) ** 2) ** 0.5 for stroke in strokes for (a, b), (x, y) in zip(stroke, stroke[1:], strict=False))


def _acknowledge(session: Session, unit: Unit, who: Participant, said: Acknowledged, briefing: Briefing) -> str:
    from dpdesk.store import custody as store
    identity = new_id()
    strokes = json.dumps([[(round(x, 4), round(y, 4)) for x, y in stroke] for stroke in said.strokes]) if said.strokes else ""
    store.add_acknowledgement(unit.connection, identity, who.id, said.how, briefing.id, strokes, session.officer.id, unit.at, unit.seq)
    unit.commit_to(strokes.encode())
    return identity


@dataclass(frozen=True)
class Signed:
    """What somebody acknowledged, and when: `strokes` of a drawn signature."""

    participant: str
    how: How
    version: int
    at: str
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


def signed(session: Session, parent: str) -> list[Signed]:
    """What the people of a session acknowledged, the oldest first."""
    from dpdesk.store import campaigns
    from dpdesk.store import custody as store
    found = sessions.get(session, parent)
    with session.desk.read() as connection:
        versions = {identity: version for identity, version, _text, _since in campaigns.briefings(connection)}
        rows = store.acknowledgements(connection, [each.id for each in found.people])
    return [Signed(holder, How(how), versions.get(briefing, 0), at,
                   tuple(tuple(map(tuple, stroke)) for stroke in json.loads(strokes)) if strokes else ())
            for _id, holder, how, briefing, strokes, at in rows]
